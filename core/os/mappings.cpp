// Mappings: the kernel's three books about one page (the entry in RAM, the frame table, the swap area)
// changed together.
#include <algorithm>

#include "core/hw/node_entries.h"
#include "core/os/kernel.h"

namespace vmp {

void Kernel::set_entry(const Process& process, PageNumber page, std::uint32_t level, PhysicalAddress address,
                       Pte after, EventLog* log) {
  const Pte before{m_memory.read_word(address, format().entry_bytes)};
  if (before == after) return;
  m_memory.write_word(address, format().entry_bytes, after.bits);
  if (log != nullptr) log->push_back(PteWritten{process.id, page, level, address, before, after});
}

FrameNumber Kernel::add_node(Process& process, std::uint32_t level, PageNumber first_page, EventLog* log) {
  const std::uint64_t count = format().frames_per_node();
  const FrameNumber node = count > 1 ? m_frames.allocate_run(FrameUse::TableNode, count)
                                     : m_frames.allocate(FrameUse::TableNode, m_config.placement, m_rng);
  for (std::uint64_t i = 0; i < count; ++i) {
    FrameInfo& info = m_frames.mutate(node + i);
    info.node_owner = process.id;
    info.node_level = level;
    info.node_first_page = first_page + i * format().entries_per_frame();
    m_memory.zero_frame(node + i);
    process.node_frames.push_back(node + i);
  }
  if (log != nullptr) log->push_back(FrameAllocated{node, FrameUse::TableNode, process.id, level, count});
  return node;
}

void Kernel::release_nodes(Process& process, EventLog* log) {
  for (const FrameNumber frame : process.node_frames) m_frames.release(frame);
  const std::uint64_t count = format().frames_per_node();
  for (std::size_t i = 0; log != nullptr && i < process.node_frames.size();
       i += static_cast<std::size_t>(count))
    log->push_back(FrameFreed{process.node_frames[i], count});
  process.node_frames.clear();
}

PhysicalAddress Kernel::ensure_leaf_entry(Process& process, PageNumber page, EventLog* log) {
  NodeOnPath deepest = deepest_node(m_memory, m_frames, page_table(process), page);
  while (deepest.level > 0) {
    const PageNumber first(page.value() & ~(format().pages_per_entry(deepest.level) - 1));
    const FrameNumber node = add_node(process, deepest.level - 1, first, log);
    set_entry(process, page, deepest.level, deepest.entry, make_node_entry(format(), node), log);
    deepest = deepest_node(m_memory, m_frames, page_table(process), page);
  }
  return deepest.entry;
}

// `page` is what a policy may remember it by (frame_table.h, name_of_file_page()).
FrameNumber Kernel::add_page_frame(const Process& process, PageUser page, EventLog* log) {
  const FrameNumber frame = m_frames.allocate(FrameUse::Page, m_config.placement, m_rng);
  m_policy->page_arrived(frame, page);
  if (log != nullptr) log->push_back(FrameAllocated{frame, FrameUse::Page, process.id, 0});
  return frame;
}

// Write permission is withheld while the bytes are shared, with other mappings or with a swap slot others
// will read, or are the page cache's or the page of zeros: the next write then faults, and the kernel parts
// them (copy-on-write).
// A shared mapping writes to the page cache's own frame.
Pte Kernel::entry_for(const Segment& segment, FrameNumber frame) const {
  Permissions permissions = effective_permissions(format(), segment.permissions);
  const FrameInfo& info = m_frames[frame];
  if (segment.shared) return make_page_entry(format(), frame, permissions);
  if (info.use == FrameUse::ZeroPage || info.file_page || info.users.size() > 1 ||
      (info.slot && !m_swap[*info.slot].users.empty()))
    permissions.write = false;
  return make_page_entry(format(), frame, permissions);
}

void Kernel::add_user(FrameNumber frame, Process& process, PageNumber page) {
  m_frames.mutate(frame).users.push_back({process.id, page});
  ++process.resident_pages;
}

void Kernel::remove_user(FrameNumber frame, Process& process, PageNumber page, EventLog* log) {
  FrameInfo& info = m_frames.mutate(frame);
  const auto it = std::find(info.users.begin(), info.users.end(), PageUser{process.id, page});
  check(it != info.users.end(), "removing a frame's user that is not listed");
  info.users.erase(it);
  --process.resident_pages;
  if (!info.users.empty() || info.file_page) return;  // the page cache keeps its pages
  if (info.slot) detach_slot(frame, log);
  m_policy->page_left(frame);
  m_frames.release(frame);
  if (log != nullptr) log->push_back(FrameFreed{frame});
}

void Kernel::release_slot_user(SwapSlot slot, PageUser user, EventLog* log) {
  m_swap.remove_user(slot, user);
  // A frame that only the swap cache kept for this page has nobody left to wait for.
  const std::optional<FrameNumber> cached = m_swap[slot].cached;
  if (m_swap[slot].users.empty() && cached && m_frames[*cached].users.empty()) {
    m_swap.set_cached(slot, std::nullopt);
    m_policy->page_left(*cached);
    m_frames.release(*cached);
    if (log != nullptr) log->push_back(FrameFreed{*cached});
  }
  if (!m_swap[slot].free()) return;
  m_swap_device->discard(slot);
  if (log != nullptr) log->push_back(SlotFreed{slot});
}

// The frame no longer counts on its slot, so it holds the only copy of its bytes.
void Kernel::detach_slot(FrameNumber frame, EventLog* log) {
  FrameInfo& info = m_frames.mutate(frame);
  const SwapSlot slot = *info.slot;
  info.slot.reset();
  info.dirty = true;
  m_swap.set_cached(slot, std::nullopt);
  if (!m_swap[slot].free()) return;
  m_swap_device->discard(slot);
  if (log != nullptr) log->push_back(SlotFreed{slot});
}

// Takes the page out of the frame table and the swap area. The dirty flag of the entry that goes is
// remembered, because others may still map the frame.
void Kernel::forget_page(Process& process, PageNumber page, Pte pte, EventLog* log) {
  const PageUser user{process.id, page};
  const EntryState state = decode_leaf(format(), pte);
  if (const auto* swapped = std::get_if<SwappedEntry>(&state)) {
    if (swapped->slot.value() < m_swap.size() && is_listed(m_swap[swapped->slot].users, user)) {
      release_slot_user(swapped->slot, user, log);
    }
    return;
  }
  if (std::holds_alternative<EmptyEntry>(state)) return;
  const FrameNumber frame = frame_of(format(), pte);
  if (!m_memory.contains(frame) || !is_listed(m_frames[frame].users, user)) return;
  if (pte.has(format().dirty)) m_frames.mutate(frame).dirty = true;
  remove_user(frame, process, page, log);
}

std::vector<Kernel::MappedPage> Kernel::mapped_pages(const Process& process, AddressRange range) const {
  std::vector<FrameNumber> leaves;  // frames of level-0 entries
  for (const FrameNumber node : process.node_frames) {
    if (m_frames[node].node_level == 0) leaves.push_back(node);
  }
  std::sort(leaves.begin(), leaves.end(), [&](FrameNumber a, FrameNumber b) {
    return m_frames[a].node_first_page < m_frames[b].node_first_page;
  });

  std::vector<MappedPage> result;
  for (const FrameNumber node : leaves) {
    const PageNumber first = m_frames[node].node_first_page;
    const std::uint64_t count = format().entries_per_frame();
    if (address_of(first) >= range.end || address_of(first + count) <= range.start) continue;
    for_each_entry(m_memory, format(), node, 0, count, [&](const NodeEntry& entry) {
      const PageNumber page = first + entry.index;
      if (range.contains(address_of(page))) result.push_back({page, entry.address, entry.pte});
    });
  }
  return result;
}

void Kernel::unmap_range(Process& process, AddressRange range, EventLog* log) {
  const std::vector<Segment> pieces = process.space.remove(range);
  for (const Segment& piece : pieces) {
    if (log != nullptr) log->push_back(SegmentUnmapped{process.id, piece.range});
  }
  drop_pages(process, range, log);
  free_unneeded_nodes(process, range, log);
  release_unmapped_shared_memory(pieces, log);
}

// A node goes when no segment is left in the part of the address space it covers (Linux: free_pgtables()).
void Kernel::free_unneeded_nodes(Process& process, AddressRange range, EventLog* log) {
  const std::size_t before = process.node_frames.size();
  for (std::uint32_t level = 0; level < format().root_level(); ++level) {
    std::erase_if(process.node_frames, [&](FrameNumber node) {
      const FrameInfo& info = m_frames[node];
      const PageNumber first = info.node_first_page;
      const AddressRange span{address_of(first), address_of(first + format().pages_per_entry(level + 1))};
      if (info.node_level != level || !span.overlaps(range) || !process.space.is_free(span)) return false;
      const NodeOnPath parent = deepest_node(m_memory, m_frames, page_table(process), first, level + 1);
      const Pte pointer{m_memory.read_word(parent.entry, format().entry_bytes)};
      if (parent.level == level + 1 && frame_of(format(), pointer) == node) {
        set_entry(process, first, level + 1, parent.entry, Pte{}, log);
      }
      m_frames.release(node);
      if (log != nullptr) log->push_back(FrameFreed{node});
      return true;
    });
  }
  // A walk cache may still lead into a node that went (Linux: mmu_gather's freed_tables).
  if (process.node_frames.size() < before && m_config.walk_cache > 0) flush_tlb_of(process, log);
}

// Without address-space ids only the running process's translations can be in the TLB.
void Kernel::invalidate_tlb(const Process& process, PageNumber page, EventLog* log) {
  if (!uses_asids() && m_current != process.id) return;
  const Dropped dropped = m_tlb.invalidate(process.asid, page);
  if (log != nullptr && dropped.translations > 0) log->push_back(TlbInvalidated{process.id, page});
  tell_dropped_pointers(dropped, log);
}

void Kernel::flush_tlb_of(const Process& process, EventLog* log) {
  if (!uses_asids() && m_current != process.id) return;
  const Dropped dropped = m_tlb.invalidate_asid(process.asid);
  if (log != nullptr && dropped.translations > 0)
    log->push_back(TlbFlushed{process.id, dropped.translations});
  tell_dropped_pointers(dropped, log);
}

}  // namespace vmp
