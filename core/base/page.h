// Page arithmetic: the only place where an address becomes a page number and back. A page is 4 KiB on every
// format modelled here; the low 12 bits of an address are the offset, which translation never changes.
#pragma once

#include "core/base/ids.h"

namespace vmp {

inline constexpr std::uint32_t kPageShift = 12;
inline constexpr std::uint64_t kPageSize = std::uint64_t{1} << kPageShift;
inline constexpr std::uint64_t kOffsetMask = kPageSize - 1;

constexpr PageNumber page_of(VirtualAddress va) {
  return PageNumber(va.value() >> kPageShift);
}
constexpr FrameNumber frame_of(PhysicalAddress pa) {
  return FrameNumber(pa.value() >> kPageShift);
}
constexpr std::uint64_t offset_of(VirtualAddress va) {
  return va.value() & kOffsetMask;
}
constexpr std::uint64_t offset_of(PhysicalAddress pa) {
  return pa.value() & kOffsetMask;
}
constexpr VirtualAddress address_of(PageNumber page) {
  return VirtualAddress(page.value() << kPageShift);
}
constexpr PhysicalAddress address_of(FrameNumber frame) {
  return PhysicalAddress(frame.value() << kPageShift);
}

constexpr bool is_page_aligned(VirtualAddress va) {
  return offset_of(va) == 0;
}

// Rounds a count of bytes, or an address, up to whole pages.
constexpr std::uint64_t round_up_to_page(std::uint64_t bytes) {
  return (bytes + kOffsetMask) & ~kOffsetMask;
}
constexpr std::uint64_t pages_in(std::uint64_t bytes) {
  return round_up_to_page(bytes) >> kPageShift;
}

}  // namespace vmp
