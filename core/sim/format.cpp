// How numbers look, everywhere. Addresses, pages, frames and entries are hexadecimal, so that the entry
// 0x0001B067 shows frame 1B by eye; counts, slots and values are decimal. A number is as wide as its kind, so
// that columns line up.
#include "core/sim/narrate.h"

namespace vmp {
namespace {

std::string hex(std::uint64_t value, std::uint32_t least_digits) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string digits;
  for (; value != 0 || digits.size() < least_digits; value >>= 4) {
    digits.insert(digits.begin(), kDigits[static_cast<std::size_t>(value & 0xF)]);
  }
  return digits;
}

}  // namespace

std::string hex_address(VirtualAddress va, const PageTableFormat& format) {
  return "0x" + hex(va.value(), (format.virtual_address_bits + 3) / 4);
}

// Five digits hold the first MiB, which is all that most machines here have.
std::string hex_address(PhysicalAddress pa) {
  return "0x" + hex(pa.value(), 5);
}

std::string hex_frame(FrameNumber frame) {
  return hex(frame.value(), 2);
}

std::string hex_page(PageNumber page) {
  return "0x" + hex(page.value(), 1);
}

std::string hex_entry(Pte pte, const PageTableFormat& format) {
  return "0x" + hex(pte.bits, 2 * format.entry_bytes);
}

}  // namespace vmp
