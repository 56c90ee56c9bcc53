// What a program may tell the kernel about its pages: that it will not need them, that it will, that they
// must stay in RAM (mm/madvise.c, mm/mlock.c, 6.1).
#include <algorithm>
#include <utility>

#include "core/os/kernel.h"

namespace vmp {
namespace {

// RLIMIT_MEMLOCK as Linux sets it for everyone.
constexpr std::uint64_t kLockLimit = std::uint64_t{8} << 20;

// A page is asked for at most this often: each round the kernel mends one fault.
constexpr int kMostFaultsOfPage = 4;

std::uint64_t locked_bytes(const AddressSpace& space) {
  std::uint64_t bytes = 0;
  for (const Segment& segment : space.segments()) bytes += segment.locked ? segment.range.size() : 0;
  return bytes;
}

}  // namespace

bool Kernel::is_locked(FrameNumber frame) const {
  if (!m_has_locked) return false;
  const std::vector<PageUser>& users = m_frames[frame].users;
  return std::any_of(users.begin(), users.end(), [&](const PageUser& user) {
    const Segment* segment = find_process(user.process)->space.find(address_of(user.page));
    return segment != nullptr && segment->locked;
  });
}

// Empties the entries of the range; the segments stay.
void Kernel::drop_pages(Process& process, AddressRange range, EventLog* log) {
  m_thrashing.forget(process.id, range);
  for (const MappedPage& mapped : mapped_pages(process, range)) {
    set_entry(process, mapped.page, 0, mapped.entry, Pte{}, log);
    invalidate_tlb(process, mapped.page, log);
    forget_page(process, mapped.page, mapped.pte, log);
  }
}

Outcome Kernel::madvise(ProcessId id, VirtualAddress address, std::uint64_t length, Advice advice,
                        EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  switch_to(*process, log);
  if (!is_page_aligned(address)) return fail(*process, Errno::Einval, CallReason::NotPageAligned, log);
  if (length > ~std::uint64_t{0} - kPageSize || address + round_up_to_page(length) < address) {
    return fail(*process, Errno::Einval, CallReason::OutsideUserHalf, log);
  }
  const AddressRange range{address, address + round_up_to_page(length)};
  const std::vector<Segment> segments = process->space.segments();
  for (const Segment& segment : segments) {
    if (!segment.range.overlaps(range)) continue;
    const Segment part = segment.slice(range);
    if (advice == Advice::WillNeed) {
      read_ahead(*process, part, log);
      continue;
    }
    if (segment.locked) return fail(*process, Errno::Einval, CallReason::Locked, log);
    drop_pages(*process, part.range, log);
  }
  // Holes are passed over, and reported at the end.
  if (!process->space.is_mapped(range)) return fail(*process, Errno::Enomem, CallReason::HoleInRange, log);
  return Completed{};
}

// Advice is no demand: it takes free frames only.
void Kernel::read_ahead(const Process& process, const Segment& segment, EventLog* log) {
  const PageNumber end = page_of(segment.range.end);
  for (PageNumber page = page_of(segment.range.start); page < end && m_frames.free_count() > 0; ++page) {
    const auto entry = leaf_entry(process, page);
    const EntryState state = entry ? decode_leaf(format(), entry->pte) : EntryState{EmptyEntry{}};
    if (const auto* swapped = std::get_if<SwappedEntry>(&state)) {
      PageBytes bytes;
      if (swapped->slot.value() >= m_swap.size() || m_swap[swapped->slot].cached) continue;
      charge(&Counters::swap_reads);
      if (read_slot(swapped->slot, bytes)) {
        if (log != nullptr) log->push_back(PageReadFailed{swapped->slot});
        continue;
      }
      const FrameNumber frame = add_page_frame(process, {process.id, page}, log);
      m_memory.write_frame(frame, bytes);
      m_frames.mutate(frame).slot = swapped->slot;
      m_swap.set_cached(swapped->slot, frame);
      charge(&Counters::pages_read_in);
      if (log != nullptr) log->push_back(PageReadIn{frame, swapped->slot});
    } else if (std::holds_alternative<EmptyEntry>(state) && segment.backing) {
      const FilePageRef wanted = segment.backing_page(page);
      const File& source = file(wanted.file);
      const File::Page where = source.page(wanted.index);
      if (wanted.index < source.page_count() && !source.is_shared_memory() && !where.frame) {
        charge(&Counters::file_reads);
        cache_file_page(process, wanted, log);
      }
    }
  }
}

Outcome Kernel::mlock(ProcessId id, VirtualAddress address, std::uint64_t length, bool lock, EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  switch_to(*process, log);
  const VirtualAddress start = address_of(page_of(address));
  const std::uint64_t user_end = process->space.layout().user_end.value();
  if (address.value() > user_end || length > user_end - address.value()) {
    return fail(*process, Errno::Enomem, CallReason::OutsideUserHalf, log);
  }
  if (length == 0) return Completed{};
  const AddressRange range{start, VirtualAddress(round_up_to_page(address.value() + length))};
  if (lock && locked_bytes(process->space) + range.size() > kLockLimit) {
    return fail(*process, Errno::Enomem, CallReason::LockLimit, log);
  }
  m_has_locked = m_has_locked || lock;
  const bool complete = process->space.set_locked(range, lock);
  if (log != nullptr) log->push_back(SegmentLocked{id, range, lock});
  if (!complete) return fail(*process, Errno::Enomem, CallReason::HoleInRange, log);
  if (lock && !populate(*process, range, log)) {
    return fail(*process, Errno::Enomem, CallReason::NoFrames, log);
  }
  return Completed{};
}

// Brings every page of the range into RAM, as a touch of each would: private writable pages for writing.
bool Kernel::populate(Process& process, AddressRange range, EventLog* log) {
  for (VirtualAddress va = range.start; va < range.end; va = va + kPageSize) {
    const Segment* segment = process.space.find(va);
    if (segment == nullptr || segment->permissions.none()) return false;
    const AccessKind kind = segment->permissions.write && !segment->shared ? AccessKind::Write
                            : effective_permissions(format(), segment->permissions).read
                                ? AccessKind::Read
                                : AccessKind::Execute;
    bool there = false;
    for (int round = 0; round < kMostFaultsOfPage && !there; ++round) {
      NullTracer tracer;
      const Result<Leaf, Fault> leaf =
          walk(std::as_const(m_memory), translation_context(process), va, kind, tracer);
      there = leaf.ok();
      if (!there && handle_fault(process, leaf.error(), FirstRead::ZeroPage, log)) return false;
    }
    if (!there) return false;
  }
  return true;
}

}  // namespace vmp
