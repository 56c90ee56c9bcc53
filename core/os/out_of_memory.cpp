// Memory is full and no page may leave it: the kernel ends the process that frees most (mm/oom_kill.c, 6.18).
#include <algorithm>

#include "core/os/kernel.h"

namespace vmp {

// oom_badness(): pages in RAM, pages on the swap device and table nodes, each counted as one.
MemoryScore Kernel::memory_score(const Process& process) const {
  MemoryScore score{.process = process.id,
                    .resident_pages = process.resident_pages,
                    .swapped_pages = 0,
                    .table_nodes = process.node_frames.size()};
  for (std::uint32_t slot = 0; slot < m_swap.size(); ++slot) {
    const std::vector<PageUser>& users = m_swap[SwapSlot(slot)].users;
    score.swapped_pages += static_cast<std::uint64_t>(std::count_if(
        users.begin(), users.end(), [&](const PageUser& user) { return user.process == process.id; }));
  }
  return score;
}

// Of equal scores the youngest process, as in Linux, which looks at the oldest first and keeps the last.
MemoryScore Kernel::worst_process() const {
  MemoryScore worst;
  for (const Process& process : m_processes) {
    if (!process.running()) continue;
    const MemoryScore score = memory_score(process);
    if (score.total() >= worst.total()) worst = score;
  }
  return worst;
}

void Kernel::kill_for_memory(const MemoryScore& score, EventLog* log) {
  Process& victim = m_processes[score.process.value() - 1];
  victim.killed_by = Signalled{.signal = Signal::Kill,
                               .code = SignalCode::None,
                               .reason = SignalReason::OutOfMemory,
                               .address = {},
                               .fault = {},
                               .caught = false};
  ++victim.counters.signals;
  ++m_totals.signals;
  end_process(victim, ProcessState::Killed, 0, log);
}

}  // namespace vmp
