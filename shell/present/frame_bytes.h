// The bytes of one frame as they lie in RAM, to be read and edited; and, in a page-table node, what the bytes
// of one entry mean, bit by bit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/sim/command.h"

namespace vmp {

// A flag of an entry, as the manual names it.
struct EntryBit {
  unsigned position = 0;  // in the entry, counted from its lowest bit
  std::string name;       // "P", "R/W"
  bool set = false;
};

struct EntryView {
  std::uint64_t index = 0;  // in its node
  PhysicalAddress address;
  std::uint32_t bytes = 4;  // of the entry
  Pte pte;
  std::string meaning;         // "entry 3 = 0x0000E067: page in frame 0E"
  std::vector<EntryBit> bits;  // lowest first
};
// The entry that the byte at `offset` of a frame belongs to; none if that is no page-table node.
std::optional<EntryView> entry_at(const Kernel& kernel, FrameNumber frame, std::uint32_t offset);

// "07 00 00 00  00 00 00 00", `count` bytes from `offset`.
std::string hex_bytes(const PageBytes& bytes, std::uint64_t offset, std::uint64_t count);
// The same as printable characters, the rest as dots.
std::string text_bytes(const PageBytes& bytes, std::uint64_t offset, std::uint64_t count);

// The commands that change one byte, or turn over one bit of an entry.
EditMemory edit_of_byte(FrameNumber frame, std::uint32_t offset, std::uint8_t value);
EditMemory edit_of_bit(const EntryView& entry, unsigned position);

}  // namespace vmp
