// Read-ahead: what lies beside the page that is needed comes with it, because asking a device costs more than
// the transfer of another page. From swap it is an aligned cluster of slots around the faulting one
// (mm/swap_state.c, swap_cluster_readahead(); vm.page-cluster), from a file a window of pages around the
// faulting one (mm/filemap.c, do_sync_mmap_readahead(): read-around of a mapping).
//
// Nobody maps these pages yet. They wait in the swap cache or the page cache; the fault that finds one there
// is a minor one, and a hit. Unlike a fault, read-ahead is no demand: where no room can be made it ends.
#include <algorithm>

#include "core/os/fault_plan.h"

namespace vmp {

void Kernel::read_ahead_of(const Process& process, const FaultPlan& plan, EventLog* log) {
  const bool from_swap = plan.cause == FaultCause::SwapIn && !plan.file_page && m_config.swap_cluster > 1;
  const bool from_file = plan.cause == FaultCause::LoadFromFile && plan.file_page && m_config.file_window > 1;
  if (!from_swap && !from_file) return;
  // The page itself stays: it was not used yet, and a policy might think it the best victim.
  const FrameNumber needed = frame_of(format(), leaf_entry(process, plan.page)->pte);
  if (from_swap) read_cluster(process, *plan.slot, needed, log);
  if (from_file) read_window(process, *plan.file_page, needed, log);
}

// Makes all the room first, so that the pages cannot drive each other out.
void Kernel::make_room_ahead(const Process& process, std::uint64_t count, FrameNumber needed, EventLog* log) {
  const Process* const scope = m_config.scope == ReplacementScope::Local ? &process : nullptr;
  while (m_frames.free_count() < count) {
    if (!evict_until(scope, needed, ReclaimCause::ReadAhead, log, std::nullopt)) return;
  }
}

// Memory shared without a name is not read ahead: it gives its slots up as it comes back.
void Kernel::read_cluster(const Process& process, SwapSlot slot, FrameNumber needed, EventLog* log) {
  const std::uint32_t first = slot.value() & ~(m_config.swap_cluster - 1);
  const std::uint32_t end = std::min(first + m_config.swap_cluster, m_swap.size());
  const auto is_wanted = [&](SwapSlot each) { return !m_swap[each].users.empty() && !m_swap[each].cached; };
  std::uint64_t count = 0;
  for (std::uint32_t each = first; each < end; ++each) count += is_wanted(SwapSlot(each)) ? 1 : 0;
  make_room_ahead(process, count, needed, log);

  for (std::uint32_t index = first; index < end && m_frames.free_count() > 0; ++index) {
    const SwapSlot each(index);
    if (!is_wanted(each)) continue;
    PageBytes bytes;
    if (read_slot(each, bytes)) {
      if (log != nullptr) log->push_back(PageReadFailed{each});
      continue;
    }
    const FrameNumber frame = add_page_frame(process, m_swap[each].users.front(), log);
    m_memory.write_frame(frame, bytes);
    FrameInfo& info = m_frames.mutate(frame);
    info.slot = each;
    info.read_ahead = true;
    m_swap.set_cached(each, frame);
    charge(&Counters::pages_read_in);
    charge(&Counters::pages_read_ahead);
    if (log != nullptr) log->push_back(PageReadIn{frame, each, true});
  }
}

void Kernel::read_window(const Process& process, FilePageRef page, FrameNumber needed, EventLog* log) {
  const std::uint64_t first = page.index - std::min<std::uint64_t>(page.index, m_config.file_window / 2);
  const std::uint64_t end = std::min(first + m_config.file_window, file(page.file).page_count());
  const auto is_wanted = [&](std::uint64_t index) { return !file(page.file).page(index).frame; };
  std::uint64_t count = 0;
  for (std::uint64_t index = first; index < end; ++index) count += is_wanted(index) ? 1 : 0;
  make_room_ahead(process, count, needed, log);

  for (std::uint64_t index = first; index < end && m_frames.free_count() > 0; ++index) {
    if (is_wanted(index)) cache_file_page(process, {page.file, index}, log, true);
  }
}

void Kernel::note_read_ahead_used(FrameNumber frame, EventLog* log) {
  if (!m_frames[frame].read_ahead) return;
  m_frames.mutate(frame).read_ahead = false;
  charge(&Counters::read_ahead_hits);
  if (log != nullptr) log->push_back(ReadAheadUsed{frame});
}

}  // namespace vmp
