// The names of an entry's flags, as the manuals print them: Intel SDM vol. 3A tables 4-6 and 4-20, RISC-V
// Privileged 1.12 fig. 4.18.
#include <array>

#include "core/sim/explain.h"

namespace vmp {
namespace {

struct Flag {
  std::uint64_t mask;
  std::string_view name;
  std::string_view letter;
};

std::array<Flag, 10> flags_of(const PageTableFormat& format) {
  const bool x86 = is_x86(format);
  return {{{format.present, x86 ? "P" : "V", x86 ? "p" : "v"},
           {format.read, "R", "r"},
           {format.write, x86 ? "R/W" : "W", "w"},
           {format.execute, "X", "x"},
           {format.user, x86 ? "U/S" : "U", "u"},
           {format.global, "G", "g"},
           {format.accessed, "A", "a"},
           {format.dirty, "D", "d"},
           // In a 4 KiB leaf the same bit is a memory type (PAT), so it gets no letter.
           {format.page_size, "PS", ""},
           {format.no_execute, "XD", "nx"}}};
}

}  // namespace

std::string flag_letters(const PageTableFormat& format, Pte pte) {
  std::string letters;
  if (!pte.has(format.present)) return letters;
  for (std::uint64_t bit = 1; bit != 0; bit <<= 1) {
    for (const Flag& flag : flags_of(format)) {
      if (flag.mask != bit || !pte.has(bit) || flag.letter.empty()) continue;
      if (!letters.empty()) letters += ' ';
      letters += flag.letter;
    }
  }
  return letters;
}

std::string flag_name(const PageTableFormat& format, std::uint64_t mask) {
  for (const Flag& flag : flags_of(format)) {
    if (mask != 0 && flag.mask == mask) return std::string(flag.name);
  }
  return {};
}

}  // namespace vmp
