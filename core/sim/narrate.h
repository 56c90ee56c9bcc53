// Events become messages: who acted, which sentence, with which values. The sentence itself stands in a
// string table, so that a second language is a second table, and a picture, a log line and a screen reader
// say the same thing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/sim/timeline.h"

namespace vmp {

enum class Actor : std::uint8_t { Cpu, Kernel, Device, Program, You };

enum class MessageId : std::uint16_t;  // sim/messages.h

struct Argument {
  enum class Kind : std::uint8_t {
    Virtual,   // address: hex, as wide as the format's addresses
    Physical,  // address: hex
    Page,      // hex
    Frame,     // hex, two digits or more
    Entry,     // hex, as wide as the format's entries
    Slot,      // decimal
    Count,     // decimal
    Value,     // decimal, and hex if it is large
    Text,      // a name, as it is
    Term,      // a word of the string table: `number` is its MessageId
  };
  Kind kind = Kind::Count;
  std::uint64_t number = 0;
  std::string text;
  std::vector<Argument> parts = {};  // what a Term has in its own places
};

struct Message {
  Actor actor = Actor::Kernel;
  std::string process;  // the name of the process it is about, if any
  MessageId id{};
  std::vector<Argument> arguments;
};

// The kernel is the one after the step; it gives names to ids and widths to numbers. Empty for an event that
// says nothing new to a person.
std::optional<Message> narrate(const Event& event, const Kernel& kernel);
// One short line for the whole step: what a person should remember of it.
Message headline(const StepRecord& record, const Kernel& kernel);
// A process's fate or a call's refusal, in one sentence.
Message narrate_outcome(const StepRecord& record, const Kernel& kernel);
Message narrate_config_error(const ConfigError& error);
// The page a policy would take, and why: a clause, "page 0x403 of B, in frame 1B (FIFO: ...)".
Message narrate_next_victim(const VictimChoice& choice, const Kernel& kernel);
// Why an executable file is refused: a clause about the file, "it is no ELF file: ... (at byte 0x0 of the
// file)".
Message narrate_elf_error(const ElfError& error);

// A string table maps every MessageId to a sentence with places {0}, {1}, ...
class StringTable {
 public:
  virtual ~StringTable() = default;
  virtual std::string_view sentence(MessageId id) const = 0;
};
const StringTable& english();

// The sentence with its arguments in place. Widths of numbers follow `format`.
std::string render(const Message& message, const PageTableFormat& format, const StringTable& table);
// "CPU", "kernel", "device", "you", or the process's name for a program.
std::string render_actor(const Message& message, const StringTable& table);

// Numbers as shown everywhere: 0x00403A2C, frame 1B, ...
std::string hex_address(VirtualAddress va, const PageTableFormat& format);
std::string hex_address(PhysicalAddress pa);
std::string hex_frame(FrameNumber frame);
std::string hex_page(PageNumber page);
std::string hex_entry(Pte pte, const PageTableFormat& format);

}  // namespace vmp
