// The small words of narration: arguments made from ids. Shared by the files that make messages, and by
// nobody else.
#pragma once

#include <utility>

#include "core/sim/messages.h"
#include "core/sim/narrate.h"

namespace vmp::say {

inline Argument number(Argument::Kind kind, std::uint64_t value) {
  return {kind, value, {}};
}
inline Argument at(VirtualAddress va) {
  return number(Argument::Kind::Virtual, va.value());
}
inline Argument at(PhysicalAddress pa) {
  return number(Argument::Kind::Physical, pa.value());
}
inline Argument page(PageNumber page) {
  return number(Argument::Kind::Page, page.value());
}
inline Argument frame(FrameNumber frame) {
  return number(Argument::Kind::Frame, frame.value());
}
inline Argument entry(Pte pte) {
  return number(Argument::Kind::Entry, pte.bits);
}
inline Argument slot(SwapSlot slot) {
  return number(Argument::Kind::Slot, slot.value());
}
inline Argument count(std::uint64_t count) {
  return number(Argument::Kind::Count, count);
}
inline Argument value(std::uint64_t value) {
  return number(Argument::Kind::Value, value);
}
inline Argument term(MessageId id) {
  return number(Argument::Kind::Term, static_cast<std::uint64_t>(id));
}
inline Argument text(std::string text) {
  return {Argument::Kind::Text, 0, std::move(text)};
}

// A process's name; the id in digits if there never was such a process.
std::string name_of(ProcessId process, const Kernel& kernel);
// The word for a segment's kind.
MessageId term_of(SegmentKind kind);
// "SIGSEGV (SEGV_MAPERR)", or "SIGKILL" alone.
std::string signal_text(const Signalled& signal);
// Why a signal was sent: as a sentence of its own about the address, as a headline, and as a clause without
// numbers.
MessageId sentence_of(SignalReason reason);
MessageId headline_of(SignalReason reason);
MessageId clause_of(SignalReason reason);
// Why this page gives up its frame, as a clause (narrate_victim.cpp).
Argument reason_for(const VictimChoice& choice);
// Why a call failed, as a clause.
MessageId clause_of(CallReason reason);

// What the hardware did (narrate_hardware.cpp).
Message hardware_event(const HardwareEvent& event, const std::string& process, const MachineConfig& config);
// The kernel's stroke at one entry (narrate_entry.cpp).
Message entry_written(const PteWritten& event, const std::string& process, const PageTableFormat& format);

}  // namespace vmp::say
