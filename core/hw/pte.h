// A page-table entry: the raw word as it lies in RAM. What its bits mean is asked of the format.
#pragma once

#include <string>

#include "core/hw/page_table_format.h"

namespace vmp {

struct Pte {
  std::uint64_t bits = 0;

  constexpr bool operator==(const Pte&) const = default;
  constexpr bool has(std::uint64_t mask) const { return mask != 0 && (bits & mask) == mask; }
  constexpr Pte with(std::uint64_t mask) const { return Pte{bits | mask}; }
  constexpr Pte without(std::uint64_t mask) const { return Pte{bits & ~mask}; }
};

// Permissions as a program thinks of them, the same in every format.
struct Permissions {
  bool read = false;
  bool write = false;
  bool execute = false;

  constexpr bool operator==(const Permissions&) const = default;
  constexpr bool none() const { return !read && !write && !execute; }
};

// "rw-", "r-x" and so on.
std::string to_string(Permissions permissions);

constexpr FrameNumber frame_of(const PageTableFormat& format, Pte pte) {
  return FrameNumber((pte.bits & format.frame_mask()) >> format.frame_shift);
}

// The frame a leaf's page begins in; of a superpage, a multiple of its size unless it is misaligned.
constexpr FrameNumber first_frame_of(const PageTableFormat& format, Pte leaf, std::uint32_t level) {
  return frame_of(format, level == 0 ? leaf : leaf.without(format.superpage_attributes));
}

constexpr bool is_leaf(const PageTableFormat& format, Pte pte, std::uint32_t level) {
  if (format.leaf_rule == LeafRule::PageSizeBit)
    return level == 0 || (format.has_superpages_at(level) && pte.has(format.page_size));
  return (pte.bits & (format.read | format.write | format.execute)) != 0;
}

// What the flags of one leaf allow. A format without a read (execute) flag allows it whenever the entry is
// present, unless a no-execute flag is set.
constexpr Permissions permissions_of(const PageTableFormat& format, Pte pte) {
  return Permissions{
      .read = format.read == 0 || pte.has(format.read),
      .write = pte.has(format.write),
      .execute = (format.execute == 0 || pte.has(format.execute)) && !pte.has(format.no_execute)};
}

constexpr Pte make_frame_bits(const PageTableFormat& format, FrameNumber frame) {
  return Pte{(frame.value() << format.frame_shift) & format.frame_mask()};
}

// An entry that points to a lower node. On x86 it grants everything and leaves the decision to the leaf, as
// Linux does.
constexpr Pte make_node_entry(const PageTableFormat& format, FrameNumber node) {
  const Pte entry = make_frame_bits(format, node).with(format.present);
  return format.permission_rule == PermissionRule::EveryLevel ? entry.with(format.write | format.user)
                                                              : entry;
}

// A user page's leaf. RISC-V reserves write without read, so a writable page is readable there.
constexpr Pte make_leaf_entry(const PageTableFormat& format, FrameNumber frame, Permissions permissions) {
  Pte entry = make_frame_bits(format, frame).with(format.present | format.user);
  if (permissions.read || permissions.write) entry = entry.with(format.read);
  if (permissions.write) entry = entry.with(format.write);
  entry = entry.with(permissions.execute ? format.execute : format.no_execute);
  return entry;
}

}  // namespace vmp
