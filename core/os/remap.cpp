// mremap: a mapping grows, shrinks or moves, and its pages move with it without a byte being copied. Linux's
// checks in Linux's order (mm/mremap.c, 6.18).
#include <algorithm>
#include <set>

#include "core/os/kernel.h"

namespace vmp {

Outcome Kernel::mremap(ProcessId id, const RemapRequest& call, EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  switch_to(*process, log);
  AddressSpace& space = process->space;
  const std::uint64_t user_end = space.layout().user_end.value();
  if (call.dont_unmap && call.old_length != call.new_length) {
    return fail(*process, Errno::Einval, CallReason::LengthChanges, log);
  }
  if (!is_page_aligned(call.address)) return fail(*process, Errno::Einval, CallReason::NotPageAligned, log);
  if (call.old_length > user_end || call.new_length > user_end) {
    return fail(*process, Errno::Einval, CallReason::OutsideUserHalf, log);
  }
  RemapRequest request = call;
  request.old_length = round_up_to_page(call.old_length);
  request.new_length = round_up_to_page(call.new_length);
  if (request.new_length == 0) return fail(*process, Errno::Einval, CallReason::ZeroLength, log);
  if (const auto reason = why_not_moved_to(*process, request)) {
    return fail(*process, *reason == CallReason::BelowLowestAddress ? Errno::Eperm : Errno::Einval, *reason,
                log);
  }
  if (space.find(request.address) == nullptr) {
    return fail(*process, Errno::Efault, CallReason::NotMapped, log);
  }
  if (request.fixed || request.dont_unmap) return remap_to(*process, request, log);

  // Shrinking only unmaps, and may reach over several segments.
  if (request.old_length >= request.new_length) {
    const AddressRange tail{request.address + request.new_length, request.address + request.old_length};
    if (tail.end.value() > user_end) {
      return fail(*process, Errno::Einval, CallReason::OutsideUserHalf, log);
    }
    if (!tail.empty()) unmap_range(*process, tail, log);
    return Completed{request.address.value()};
  }
  if (const auto failure = why_not_resized(*process, request)) {
    return fail(*process, failure->error, failure->reason, log);
  }
  if (const auto failure = why_not_charged(*process, request)) {
    return fail(*process, failure->error, failure->reason, log);
  }
  const Segment whole = *space.find(request.address);
  const AddressRange more{whole.range.end, request.address + request.new_length};
  if (request.address + request.old_length == whole.range.end && more.end.value() <= user_end &&
      space.is_free(more)) {
    Segment grown = whole;
    grown.range = more;
    if (grown.backing) grown.file_offset = whole.end_offset();
    space.insert(std::move(grown));
    if (log != nullptr) log->push_back(SegmentMapped{id, whole.kind, more, whole.permissions});
    return Completed{request.address.value()};
  }
  if (!request.may_move) return fail(*process, Errno::Enomem, CallReason::NoRoomToGrow, log);
  const std::optional<VirtualAddress> place = space.place(request.new_length);
  if (!place) return fail(*process, Errno::Enomem, CallReason::NoRoom, log);
  return move_segment(*process, request, *place, log);
}

// check_mremap_params(): what is wrong with the place asked for, whatever is mapped.
std::optional<CallReason> Kernel::why_not_moved_to(const Process& process,
                                                   const RemapRequest& request) const {
  if (!request.fixed) return std::nullopt;
  const AddressRange target{*request.fixed, *request.fixed + request.new_length};
  if (target.start.value() > process.space.layout().user_end.value() - request.new_length) {
    return CallReason::OutsideUserHalf;
  }
  if (!is_page_aligned(target.start)) return CallReason::NotPageAligned;
  if (AddressRange{request.address, request.address + request.old_length}.overlaps(target)) {
    return CallReason::RangesOverlap;
  }
  if (target.start < process.space.layout().lowest_mappable) return CallReason::BelowLowestAddress;
  return std::nullopt;
}

// mremap_to(): the destination is cleared, then what is too long is cut off, then the rest moves.
Outcome Kernel::remap_to(Process& process, const RemapRequest& call, EventLog* log) {
  // Only what will move must lie in one segment; what a shrinking call cuts off may be anything.
  RemapRequest request = call;
  request.old_length = std::min(call.old_length, call.new_length);
  if (const auto failure = why_not_resized(process, request)) {
    return fail(process, failure->error, failure->reason, log);
  }
  if (request.fixed) unmap_range(process, {*request.fixed, *request.fixed + request.new_length}, log);
  const AddressRange tail{request.address + request.old_length, request.address + call.old_length};
  if (!tail.empty()) unmap_range(process, tail, log);
  // With an old length of zero the destination may have been the source itself.
  if (process.space.find(request.address) == nullptr) {
    return fail(process, Errno::Efault, CallReason::NotMapped, log);
  }
  if (const auto failure = why_not_charged(process, request)) {
    return fail(process, failure->error, failure->reason, log);
  }
  const std::optional<VirtualAddress> place =
      request.fixed ? request.fixed : process.space.place(request.new_length);
  if (!place) return fail(process, Errno::Enomem, CallReason::NoRoom, log);
  return move_segment(process, request, *place, log);
}

// check_prep_vma().
std::optional<CallFailed> Kernel::why_not_resized(const Process& process, const RemapRequest& request) const {
  const Segment* segment = process.space.find(request.address);
  if (segment == nullptr) return CallFailed{Errno::Efault, CallReason::NotMapped};
  if (request.old_length == 0 && !segment->shared) {
    return CallFailed{Errno::Einval, CallReason::ZeroLength};
  }
  if (request.old_length > segment->range.end - request.address) {
    return CallFailed{Errno::Efault, CallReason::ReachesPastSegment};
  }
  const std::uint64_t added = (request.new_length - request.old_length) / kPageSize;
  const auto limit = added > 0 ? exceeded_limit(process, segment->is_data(), added) : std::nullopt;
  if (limit) return CallFailed{Errno::Enomem, *limit};
  return std::nullopt;
}

// mremap_to() and vrm_calc_charge(): what the old range keeps is counted twice.
std::optional<CallFailed> Kernel::why_not_charged(const Process& process, const RemapRequest& request) const {
  const Segment& segment = *process.space.find(request.address);
  const std::uint64_t kept = request.dont_unmap ? request.old_length / kPageSize : 0;
  const auto limit = kept > 0 ? exceeded_limit(process, segment.is_data(), kept) : std::nullopt;
  if (limit) return CallFailed{Errno::Enomem, *limit};
  const std::uint64_t added = (request.new_length - request.old_length) / kPageSize + kept;
  if (segment.accountable() && added > 0 && !may_commit(added)) {
    return CallFailed{Errno::Enomem, CallReason::CommitLimit};
  }
  return std::nullopt;
}

// move_vma(): a new segment at the new place, the entries carried over, the old range unmapped.
Outcome Kernel::move_segment(Process& process, const RemapRequest& request, VirtualAddress to,
                             EventLog* log) {
  const AddressRange from{request.address, request.address + request.old_length};
  if (!make_room(nodes_missing_for(process, from, to), nullptr, std::nullopt, log)) {
    return fail(process, Errno::Enomem, CallReason::NoFrames, log);
  }
  Segment moved = *process.space.find(request.address);
  if (moved.backing) moved.file_offset += request.address - moved.range.start;
  moved.range = {to, to + request.new_length};
  process.space.insert(moved);
  move_pages(process, from, to, log);
  if (log != nullptr) log->push_back(SegmentMoved{process.id, from, moved.range});
  if (!request.dont_unmap && !from.empty()) unmap_range(process, from, log);
  return Completed{to.value()};
}

std::uint64_t Kernel::nodes_missing_for(const Process& process, AddressRange from, VirtualAddress to) const {
  std::set<std::pair<std::uint32_t, std::uint64_t>> nodes;  // level, first page
  for (const MappedPage& mapped : mapped_pages(process, from)) {
    const PageNumber page = page_of(to + (address_of(mapped.page) - from.start));
    const std::uint32_t missing = missing_nodes(m_memory, m_frames, page_table(process), page);
    for (std::uint32_t level = 0; level < missing; ++level) {
      nodes.emplace(level, page.value() & ~(format().pages_per_entry(level + 1) - 1));
    }
  }
  return nodes.size();
}

// Every entry goes to its new place as it is, flags and all; the frame table and the swap area follow.
void Kernel::move_pages(Process& process, AddressRange from, VirtualAddress to, EventLog* log) {
  const auto rename = [](std::vector<PageUser>& users, PageUser before, PageUser after) {
    std::replace(users.begin(), users.end(), before, after);
  };
  for (const MappedPage& mapped : mapped_pages(process, from)) {
    const PageUser before{process.id, mapped.page};
    const PageUser after{process.id, page_of(to + (address_of(mapped.page) - from.start))};
    set_entry(process, mapped.page, 0, mapped.entry, Pte{}, log);
    invalidate_tlb(process, mapped.page, log);
    const EntryState state = decode_leaf(format(), mapped.pte);
    if (const auto* swapped = std::get_if<SwappedEntry>(&state)) {
      if (swapped->slot.value() >= m_swap.size() || !is_listed(m_swap[swapped->slot].users, before)) continue;
      m_swap.remove_user(swapped->slot, before);
      m_swap.add_user(swapped->slot, after);
    } else {
      const FrameNumber frame = frame_of(format(), mapped.pte);
      if (!m_memory.contains(frame)) continue;
      if (frame != m_frames.zero_page()) {
        if (!is_listed(m_frames[frame].users, before)) continue;
        rename(m_frames.mutate(frame).users, before, after);
      }
    }
    set_entry(process, after.page, 0, ensure_leaf_entry(process, after.page, log), mapped.pte, log);
  }
}

}  // namespace vmp
