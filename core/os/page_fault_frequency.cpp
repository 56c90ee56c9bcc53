// Page-fault-frequency control (W. Chu, H. Opderbeck: "Program behavior and the page-fault-frequency
// replacement algorithm", Computer 9(11), 1976): how often a process faults tells how many frames it needs.
// The measure is the interval between two of its faults, in references of its own.
//
//   shorter than `low`            too often: it gets a frame more
//   from `low` to `high`          right: a page of its own makes room for the new one
//   longer than `high`            seldom: pages it did not use since its last fault are given up
//
// At each fault the accessed flags are cleared, so that "since its last fault" can be seen. The paper has one
// threshold (low = high); with two the quota has a range in which it rests (Silberschatz, Galvin, Gagne:
// "Operating System Concepts", 10th edition, 10.6.3).
#include "core/os/reclaim_view.h"

namespace vmp {
namespace {

AddressRange everything_of(const Process& process) {
  return {VirtualAddress(0), process.space.layout().user_end};
}

}  // namespace

void Kernel::set_frame_quota(Process& process, std::optional<FrameNumber> needed, EventLog* log) {
  using Why = FrameQuotaSet::Why;
  const std::uint64_t now = process.counters.accesses();
  const std::uint64_t interval = now - process.last_fault;
  const Why why = !process.frame_quota                       ? Why::FirstFault
                  : interval < m_config.fault_frequency.low  ? Why::FaultsTooOften
                  : interval > m_config.fault_frequency.high ? Why::FaultsSeldom
                                                             : Why::BetweenThresholds;
  if (why == Why::FaultsSeldom) release_unused_pages(process, needed, log);
  const bool one_more = why != Why::BetweenThresholds || process.resident_pages == 0;
  process.frame_quota = process.resident_pages + (one_more ? 1 : 0);
  process.last_fault = now;
  if (log != nullptr) log->push_back(FrameQuotaSet{process.id, interval, *process.frame_quota, why});
  clear_accessed_of(process, log);
}

// A page that others map too is not this process's to give up.
void Kernel::release_unused_pages(Process& process, std::optional<FrameNumber> needed, EventLog* log) {
  const ReclaimView view(*this, &process, needed);
  for (const MappedPage& mapped : mapped_pages(process, everything_of(process))) {
    if (!mapped.pte.has(format().present) || mapped.pte.has(format().accessed)) continue;
    const FrameNumber frame = frame_of(format(), mapped.pte);
    const bool own =
        m_memory.contains(frame) && m_frames[frame].users == std::vector{PageUser{process.id, mapped.page}};
    if (!own || !view.evictable(frame)) continue;
    if (log != nullptr) log->push_back(UnusedPageReleased{process.id, frame, mapped.page});
    const std::optional<Kept> kept = keep_bytes(frame, log);
    if (!kept) continue;  // the device failed: the page stays
    m_policy->page_left(frame);
    vacate(frame, *kept, log);
  }
}

void Kernel::clear_accessed_of(const Process& process, EventLog* log) {
  for (const MappedPage& mapped : mapped_pages(process, everything_of(process))) {
    if (!mapped.pte.has(format().present) || !mapped.pte.has(format().accessed)) continue;
    set_entry(process, mapped.page, 0, mapped.entry, mapped.pte.without(format().accessed), log);
    invalidate_tlb(process, mapped.page, log);
  }
}

}  // namespace vmp
