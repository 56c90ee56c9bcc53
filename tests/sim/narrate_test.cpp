#include "core/sim/narrate.h"

#include <doctest/doctest.h>

#include "tests/sim/telling.h"
#include "tests/support/world.h"

namespace vmp::test {
namespace {

// A machine with processes A (1) and B (2), to give names to ids.
struct Told {
  explicit Told(FormatId format = FormatId::X86_32) : world(config_of(format)) {
    world.spawn("A");
    world.spawn("B");
  }
  static MachineConfig config_of(FormatId format) {
    MachineConfig config;
    config.format = format;
    return config;
  }
  std::string operator()(const Event& event) const { return log_line(event, world.kernel); }
  std::string cpu(const HardwareEvent& event) const { return (*this)(HardwareDid{a, event}); }
  std::string fault(FaultKind kind, std::optional<Fault::Entry> entry, std::uint64_t mask) const {
    return cpu(FaultRaised{Fault{kind, AccessKind::Read, VirtualAddress(0x403A2C), entry, mask}});
  }

  World world;
  ProcessId a{1};
  ProcessId b{2};
};

const AddressRange kRange{VirtualAddress(0x404000), VirtualAddress(0x408000)};
const Permissions kReadWrite{.read = true, .write = true, .execute = false};

}  // namespace

TEST_CASE("the TLB's part is told as the CPU's") {
  const Told told;
  CHECK(told.cpu(TlbHit{PageNumber(0x403), Asid(), 0, 0, FrameNumber(0x1B)}) ==
        "CPU: page 0x403 is in the TLB: frame 1B");
  CHECK(told.cpu(TlbMissed{PageNumber(0x403), Asid(), 0, TlbMissCause::NoEntry}) ==
        "CPU: page 0x403 is not in the TLB");
  CHECK(told.cpu(TlbMissed{PageNumber(0x403), Asid(), 0, TlbMissCause::LacksDirty}) ==
        "CPU: the TLB entry of page 0x403 is clean: the dirty flag must be set in the page table");
  CHECK(told.cpu(TlbMissed{PageNumber(0x403), Asid(), 0, TlbMissCause::LacksPermission}) ==
        "CPU: the TLB entry of page 0x403 does not allow this access: the page table decides");
  CHECK(told.cpu(TlbFilled{PageNumber(0x403), FrameNumber(0x1B), Asid(), 0, 0, {}}) ==
        "CPU: stores page 0x403 in the TLB: frame 1B");
  CHECK(told.cpu(TlbFilled{PageNumber(0x403), FrameNumber(0x1B), Asid(), 0, 0, PageNumber(0x407)}) ==
        "CPU: stores page 0x403 in the TLB: frame 1B; the entry of page 0x407 makes room");
}

TEST_CASE("an entry that is read is told by its place and what it leads to") {
  const Told told;
  CHECK(told.cpu(PteRead{1, 1, PhysicalAddress(0x12004), Pte{0x15027}}) ==
        "CPU: root entry 1 at 0x12004: node in frame 15");
  CHECK(told.cpu(PteRead{0, 3, PhysicalAddress(0x1500C), Pte{0x1B067}}) ==
        "CPU: entry 3 at 0x1500C: page in frame 1B");
  CHECK(told.cpu(PteRead{0, 3, PhysicalAddress(0x1500C), Pte{}}) == "CPU: entry 3 at 0x1500C: empty");
  CHECK(told.cpu(PteRead{0, 3, PhysicalAddress(0x1500C), Pte{0x600}}) ==
        "CPU: entry 3 at 0x1500C: not present, the other bits are the kernel's (0x00000600)");
  const Told sv39(FormatId::Sv39);
  CHECK(sv39.cpu(PteRead{1, 2, PhysicalAddress(0x15010), Pte{0x800D7}}) ==
        "CPU: entry 2 at 0x15010: superpage that begins in frame 200");
  CHECK(sv39.cpu(PteRead{0, 3, PhysicalAddress(0x15018), Pte{0x3000}}) ==
        "CPU: entry 3 at 0x15018: not valid, the other bits are the kernel's (0x0000000000003000)");
}

TEST_CASE("the flags that were set are named, and only these") {
  const Told told;
  const PhysicalAddress place(0x1500C);
  CHECK(told.cpu(PteFlagsSet{0, place, Pte{0x1B007}, Pte{0x1B067}}) ==
        "CPU: sets the accessed and dirty flags in the entry at 0x1500C");
  CHECK(told.cpu(PteFlagsSet{0, place, Pte{0x1B027}, Pte{0x1B067}}) ==
        "CPU: sets the dirty flag in the entry at 0x1500C");
  CHECK(told.cpu(PteFlagsSet{0, place, Pte{0x1B007}, Pte{0x1B027}}) ==
        "CPU: sets the accessed flag in the entry at 0x1500C");
}

TEST_CASE("a refusal names the flag as the format's manual does, and the entry it is in") {
  const Told told;
  const Fault::Entry entry{0, PhysicalAddress(0x1500C), Pte{0x1B005}};
  CHECK(told.fault(FaultKind::NotPresent, entry, 1) ==
        "CPU: page fault (#PF 0x4): the present flag (P) of the entry at 0x1500C is clear");
  CHECK(told.fault(FaultKind::WriteForbidden, entry, 2) ==
        "CPU: page fault (#PF 0x5): the write flag (R/W) of the entry at 0x1500C is clear");
  CHECK(told.fault(FaultKind::SupervisorOnly, entry, 4) ==
        "CPU: page fault (#PF 0x5): the user flag (U/S) of the entry at 0x1500C is clear");
  CHECK(told.fault(FaultKind::FrameOutsideMemory, entry, 0xFFFFF000) ==
        "CPU: bus error (not reported): the entry at 0x1500C points to frame 1B, where there is no RAM");
  CHECK(told.fault(FaultKind::TableOutsideMemory, entry, 0xFFFFF000) ==
        "CPU: bus error (not reported): the entry at 0x1500C points to a node in frame 1B, where there is no "
        "RAM");
  CHECK(told.fault(FaultKind::TableOutsideMemory, {}, 0) ==
        "CPU: bus error (not reported): the root node lies where there is no RAM");
  const Told sv39(FormatId::Sv39);
  CHECK(sv39.fault(FaultKind::NotPresent, entry, 1) ==
        "CPU: page fault (scause 13): the valid flag (V) of the entry at 0x1500C is clear");
  CHECK(sv39.fault(FaultKind::ExecuteForbidden, entry, 8) ==
        "CPU: page fault (scause 13): the execute flag (X) of the entry at 0x1500C is clear");
  CHECK(sv39.fault(FaultKind::ReadForbidden, entry, 2) ==
        "CPU: page fault (scause 13): the read flag (R) of the entry at 0x1500C is clear");
  CHECK(sv39.fault(FaultKind::ReservedBits, entry, std::uint64_t{1} << 63) ==
        "CPU: page fault (scause 13): reserved bits 0x8000000000000000 are set in the entry at 0x1500C");
  CHECK(sv39.fault(FaultKind::NonCanonical, {}, 0) ==
        "CPU: page fault (scause 13): 0x0000403A2C is not canonical, its upper bits do not repeat the "
        "highest index bit");
}

TEST_CASE(
    "a no-execute flag refuses where it is set, and a non-canonical x86-64 address is another exception") {
  const Told told(FormatId::X86_64);
  const Fault::Entry entry{0, PhysicalAddress(0x1500C), Pte{0x1B005}};
  CHECK(told.fault(FaultKind::ExecuteForbidden, entry, told.world.kernel.format().no_execute) ==
        "CPU: page fault (#PF 0x5): the no-execute flag (XD) of the entry at 0x1500C is set");
  CHECK(told.fault(FaultKind::NonCanonical, {}, 0) ==
        "CPU: general protection fault (#GP 0x0): 0x000000403A2C is not canonical, its upper bits do not "
        "repeat "
        "the highest index bit");
}

TEST_CASE("starting, switching and ending are the kernel's") {
  const Told told;
  CHECK(told(ProcessStarted{told.a, {}, FrameNumber(3)}) ==
        "kernel: starts A: the root node of its page table is frame 03");
  CHECK(told(ProcessStarted{told.b, told.a, FrameNumber(6)}) ==
        "kernel: starts B as a copy of A: the root node of its page table is frame 06");
  CHECK(told(ContextSwitched{{}, told.a, false, 0}) == "kernel: lets A run");
  CHECK(told(ContextSwitched{told.a, told.b, false, 0}) == "kernel: switches from A to B");
  CHECK(
      told(ContextSwitched{told.a, told.b, true, 1}) ==
      "kernel: switches to B and flushes the TLB, which cannot tell address spaces apart (1 entry dropped)");
  CHECK(told(ProcessEnded{told.a, ProcessState::Killed, 0}) ==
        "kernel: ends A and takes its frames and slots back");
  CHECK(told(ProcessEnded{told.a, ProcessState::Exited, 3}) == "A: exits with status 3");
}

TEST_CASE("changes of an address space are told as ranges") {
  const Told told;
  CHECK(told(SegmentMapped{told.a, SegmentKind::Heap, kRange, kReadWrite}) ==
        "kernel: sets aside 0x00404000 to 0x00408000, heap, rw-: no frame yet");
  CHECK(told(SegmentUnmapped{told.a, kRange}) ==
        "kernel: takes 0x00404000 to 0x00408000 out of the address space");
  CHECK(told(SegmentProtected{told.a, kRange, {true, false, false}}) ==
        "kernel: makes 0x00404000 to 0x00408000 r--");
  CHECK(told(BreakMoved{told.a, kRange.start, kRange.end}) ==
        "kernel: moves the program break up from 0x00404000 to 0x00408000: the heap grows");
  CHECK(told(BreakMoved{told.a, kRange.end, kRange.start}) ==
        "kernel: moves the program break down from 0x00408000 to 0x00404000: the heap shrinks");
  CHECK(told(BreakMoved{told.a, kRange.end, kRange.end}) == "kernel: leaves the program break at 0x00408000");
  CHECK(told(StackGrown{told.a, VirtualAddress(0xBFFFF000), VirtualAddress(0xBFFFE000)}) ==
        "kernel: lets the stack grow down from 0xBFFFF000 to 0xBFFFE000");
}

TEST_CASE("the kernel's finding about a fault names page and segment") {
  const Told told;
  const auto cause = [&](FaultCause why) {
    return told(FaultUnderstood{told.a, PageNumber(0x404), why, SegmentKind::Heap, false});
  };
  CHECK(cause(FaultCause::DemandZero) ==
        "kernel: first touch of page 0x404 (heap): it gets a frame of zeros");
  CHECK(cause(FaultCause::SwapIn) == "kernel: page 0x404 (heap) is on the swap device: it must come back");
  CHECK(cause(FaultCause::CopyOnWriteCopy) ==
        "kernel: page 0x404 (heap) is shared and is being written: it gets a copy of its own");
}

TEST_CASE("a victim is told with the policy's reason and everyone who loses it") {
  const Told told;
  const VictimChoice choice{.frame = FrameNumber(0x1B), .reason = VictimReason::NotAccessed};
  const PageUser first{told.a, PageNumber(0x405)};
  CHECK(told(VictimChosen{PolicyKind::Clock, choice, ReclaimCause::NoFreeFrame, {first}}) ==
        "kernel: no frame is free: takes frame 1B from page 0x405 of A "
        "(Clock: the first page under the hand with a clear accessed flag)");
  const VictimChoice oldest{.frame = FrameNumber(0x1B), .reason = VictimReason::OldestArrival};
  CHECK(told(VictimChosen{
            PolicyKind::Fifo, oldest, ReclaimCause::ResidentLimit, {first, {told.b, PageNumber(0x405)}}}) ==
        "kernel: the resident limit is reached: takes frame 1B from page 0x405 of A and 1 sharer "
        "(FIFO: no page has been in RAM longer)");
}

TEST_CASE("transfers are the device's, frames and slots the kernel's") {
  const Told told;
  CHECK(told(PageWrittenOut{FrameNumber(0x1B), SwapSlot(3)}) ==
        "device: writes the page in frame 1B to swap slot 3");
  CHECK(told(PageReadIn{FrameNumber(0x1B), SwapSlot(3)}) == "device: reads swap slot 3 into frame 1B");
  CHECK(told(PageDropped{FrameNumber(0x1B), DropReason::StillInFile}) ==
        "kernel: drops the page in frame 1B unwritten: its file holds the same bytes");
  CHECK(told(FrameAllocated{FrameNumber(0x1B), FrameUse::Page, told.a, 0}) ==
        "kernel: takes free frame 1B for a page of A");
  CHECK(told(FrameAllocated{FrameNumber(0x15), FrameUse::TableNode, told.a, 0}) ==
        "kernel: takes free frame 15 for a level-0 node of the page table of A");
  CHECK(told(FrameZeroed{FrameNumber(0x1B)}) == "kernel: fills frame 1B with zeros");
  CHECK(told(FrameCopied{FrameNumber(0x0C), FrameNumber(0x1B)}) == "kernel: copies frame 0C to frame 1B");
  CHECK(told(FrameFreed{FrameNumber(0x1B)}) == "kernel: frees frame 1B");
  CHECK(told(SlotFreed{SwapSlot(3)}) == "kernel: frees swap slot 3");
}

TEST_CASE("a written entry is told by what it means") {
  const Told told;
  const auto written = [&](std::uint32_t level, std::uint64_t before, std::uint64_t after) {
    return told(
        PteWritten{told.a, PageNumber(0x403), level, PhysicalAddress(0x1500C), Pte{before}, Pte{after}});
  };
  CHECK(written(1, 0, 0x15007) == "kernel: writes 0x00015007 at 0x1500C: node in frame 15");
  CHECK(written(1, 0x15007, 0) == "kernel: clears the entry at 0x1500C: the node below is gone");
  CHECK(written(0, 0, 0x1B007) == "kernel: writes 0x0001B007 at 0x1500C: page 0x403 is in frame 1B");
  CHECK(written(0, 0x1B067, 0x800) == "kernel: writes 0x00000800 at 0x1500C: page 0x403 is in swap slot 3");
  CHECK(written(0, 0x1B067, 0) == "kernel: clears the entry at 0x1500C: page 0x403 is nowhere");
  CHECK(written(0, 0x1B067, 0x1B047) == "kernel: clears the accessed flag of page 0x403");
  CHECK(written(0, 0x1B067, 0x1B065) ==
        "kernel: clears the write flag of page 0x403: the next write will fault");
  CHECK(written(0, 0x1B065, 0x1B067) == "kernel: sets the write flag of page 0x403");
  CHECK(written(0, 0x1B067, 0x1B100) ==
        "kernel: writes 0x0001B100 at 0x1500C: page 0x403 stays in frame 1B, but no access is allowed");
  CHECK(written(0, 0x1B065, 0x0C067) == "kernel: writes 0x0000C067 at 0x1500C: page 0x403 is in frame 0C");
}

TEST_CASE("what the program sees is told in its name") {
  const Told told;
  CHECK(told(ValueAccessed{told.b, AccessKind::Read, VirtualAddress(0x403A2C), 4, 7}) ==
        "B: reads 7 at 0x00403A2C");
  CHECK(told(ValueAccessed{told.a, AccessKind::Write, VirtualAddress(0x403A2C), 4, 42}) ==
        "A: writes 42 at 0x00403A2C");
  CHECK(told(ValueAccessed{told.a, AccessKind::Execute, VirtualAddress(0x400000), 4, 0}) ==
        "A: fetches an instruction at 0x00400000");
  CHECK(told(CallReturnedError{told.a, {Errno::Enomem, CallReason::HeapLimit}}) ==
        "A: gets ENOMEM from the call: the heap would exceed its limit");
}

TEST_CASE("a deadly signal is the kernel's act, a caught one is what the program sees") {
  const Told told;
  Signalled signal{Signal::Segv, SignalCode::MapErr, SignalReason::NoSegment, VirtualAddress(0x1000), {},
                   false};
  CHECK(told(SignalSent{told.a, signal}) == "kernel: no segment holds 0x00001000: SIGSEGV (SEGV_MAPERR)");
  signal.caught = true;
  CHECK(told(SignalSent{told.a, signal}) == "A: no segment holds 0x00001000: SIGSEGV (SEGV_MAPERR)");
  signal = {Signal::Kill, SignalCode::None, SignalReason::OutOfMemory, VirtualAddress(0x1000), {}, false};
  CHECK(told(SignalSent{told.a, signal}) == "kernel: RAM is full and no page may leave it: SIGKILL");
}

TEST_CASE("what is done by hand is told as yours") {
  const Told told;
  CHECK(told(MemoryEdited{PhysicalAddress(0x1500C), 4, 0x1B067, 0x0C067}) ==
        "you: change the 4 bytes at 0x1500C from 0x0001B067 to 0x0000C067");
  CHECK(told(TlbFlushed{{}, 5}) == "you: flush the TLB (5 entries dropped)");
  CHECK(told(TlbFlushed{told.a, 1}) == "kernel: tells the TLB to forget A (1 entry dropped)");
  CHECK(told(TlbInvalidated{told.a, PageNumber(0x403)}) == "kernel: tells the TLB to forget page 0x403 of A");
}

TEST_CASE("a slice of a trace is told by its references, counted from one, and an empty slice says nothing") {
  const Told told;
  CHECK(told(TraceReplayed{told.a, 1000, 500, 1}) ==
        "A: makes references 1001 to 1500 of its trace: 1 page fault");
  CHECK_FALSE(narrate(TraceReplayed{told.a, 1000, 0, 0}, told.world.kernel).has_value());
}

TEST_CASE("a process that never was is told by its number") {
  const Told told;
  CHECK(told(ContextSwitched{{}, ProcessId(9), false, 0}) == "kernel: lets 9 run");
}

}  // namespace vmp::test
