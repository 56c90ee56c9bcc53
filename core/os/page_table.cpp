#include "core/os/page_table.h"

namespace vmp {
namespace {

std::uint32_t swap_slot_shift(const PageTableFormat& format) {
  return format.entry_bytes == 4 ? 9 : 12;
}

}  // namespace

EntryState decode_leaf(const PageTableFormat& format, Pte pte) {
  if (pte.bits == 0) return EmptyEntry{};
  if (pte.has(format.present)) return PresentEntry{frame_of(format, pte)};
  if (pte.has(format.global)) return ProtNoneEntry{frame_of(format, pte)};
  const std::uint64_t number = pte.bits >> swap_slot_shift(format);
  if (number == 0) return EmptyEntry{};
  return SwappedEntry{SwapSlot(static_cast<std::uint32_t>(number - 1))};
}

Pte make_swap_entry(const PageTableFormat& format, SwapSlot slot) {
  return Pte{(std::uint64_t{slot.value()} + 1) << swap_slot_shift(format)};
}

Pte make_page_entry(const PageTableFormat& format, FrameNumber frame, Permissions permissions) {
  if (permissions.none()) return make_frame_bits(format, frame).with(format.global);
  return make_leaf_entry(format, frame, permissions);
}

NodeOnPath deepest_node(const PhysicalMemory& memory, const FrameTable& frames, const PageTableRef& table,
                        PageNumber page, std::uint32_t lowest_level) {
  const PageTableFormat& format = *table.format;
  FrameNumber node = table.root;
  for (std::uint32_t level = format.root_level();; --level) {
    const PhysicalAddress entry =
        address_of(node) + format.index_of(address_of(page), level) * format.entry_bytes;
    if (level == lowest_level) return {node, level, entry};
    const Pte pte{memory.read_word(entry, format.entry_bytes)};
    const FrameNumber next = frame_of(format, pte);
    const bool mine =
        pte.has(format.present) && memory.contains(next) && frames[next].use == FrameUse::TableNode &&
        frames[next].node_owner == table.process && frames[next].node_level == level - 1 &&
        frames[next].node_first_page.value() == (page.value() & ~(format.pages_per_entry(level) - 1));
    if (!mine) return {node, level, entry};
    node = next;
  }
}

std::optional<PhysicalAddress> find_leaf_entry(const PhysicalMemory& memory, const FrameTable& frames,
                                               const PageTableRef& table, PageNumber page) {
  const NodeOnPath deepest = deepest_node(memory, frames, table, page);
  if (deepest.level != 0) return std::nullopt;
  return deepest.entry;
}

std::uint32_t missing_nodes(const PhysicalMemory& memory, const FrameTable& frames, const PageTableRef& table,
                            PageNumber page) {
  return deepest_node(memory, frames, table, page).level;
}

}  // namespace vmp
