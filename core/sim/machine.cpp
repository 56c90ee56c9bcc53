#include "core/sim/machine.h"

#include <algorithm>
#include <type_traits>

#include "core/sim/next_use.h"

namespace vmp {

Result<Machine, ConfigError> Machine::build(const MachineConfig& config,
                                            std::unique_ptr<SwapBackend> swap_device) {
  if (const auto error = check_config(config)) return Failure{*error};
  return Machine(config, std::move(swap_device));
}

Outcome Machine::execute(const Command& command, EventLog* log) {
  return std::visit([&](const auto& what) { return run(what, log); }, command);
}

template <class What>
Outcome Machine::run(const What& what, EventLog* log) {
  using T = What;
  if constexpr (std::is_same_v<T, SpawnProcess>) {
    return m_kernel.spawn(what.process, what.program, log);
  } else if constexpr (std::is_same_v<T, SpawnEmpty>) {
    return m_kernel.spawn_empty(what.process, log);
  } else if constexpr (std::is_same_v<T, EditMemory>) {
    return m_kernel.edit_memory(what.address, what.size, what.value, log);
  } else if constexpr (std::is_same_v<T, FlushTlb>) {
    if (what.process.empty()) return m_kernel.flush_tlb(log);
    const Process* process = m_kernel.find_process(what.process);
    if (process == nullptr) return Rejected{RejectReason::NoSuchProcess};
    return m_kernel.flush_tlb(process->id, what.address, log);
  } else if constexpr (std::is_same_v<T, DamageSwap>) {
    return m_kernel.damage_swap(what.first, what.count);
  } else if constexpr (std::is_same_v<T, CreateFile>) {
    return m_kernel.create_file(what.name, what.bytes, what.fill, log);
  } else if constexpr (std::is_same_v<T, TruncateFile>) {
    const File* file = m_kernel.find_file(what.name);
    if (file == nullptr) return Rejected{RejectReason::NoSuchFile};
    return m_kernel.truncate_file(file->id(), what.bytes, log);
  } else {
    const Process* process = m_kernel.find_process(what.process);
    if (process == nullptr) return Rejected{RejectReason::NoSuchProcess};
    return run_in(process->id, what, log);
  }
}

Outcome Machine::run_in(ProcessId process, const ForkProcess& what, EventLog* log) {
  return m_kernel.fork(process, what.child, log);
}
Outcome Machine::run_in(ProcessId process, const ExitProcess& what, EventLog* log) {
  return m_kernel.exit(process, what.status, log);
}
Outcome Machine::run_in(ProcessId process, const SetResidentLimit& what, EventLog* log) {
  return m_kernel.set_resident_limit(process, what.pages, log);
}
Outcome Machine::run_in(ProcessId process, const ReplaceProgram& what, EventLog* log) {
  return m_kernel.exec(process, what.program, log);
}
Outcome Machine::run_in(ProcessId process, const SetLimit& what, EventLog* log) {
  return m_kernel.set_limit(process, what.limit, what.pages, log);
}
Outcome Machine::run_in(ProcessId process, const SetSignalHandling& what, EventLog* log) {
  return m_kernel.set_signal_handling(process, what.catches, log);
}
Outcome Machine::run_in(ProcessId process, const AccessMemory& what, EventLog* log) {
  return m_kernel.access(process, what.access, log);
}
Outcome Machine::run_in(ProcessId process, const MapMemory& what, EventLog* log) {
  Kernel::MapRequest request = what.request;
  if (!what.file.empty()) {
    const File* file = m_kernel.find_file(what.file);
    if (file == nullptr) return Rejected{RejectReason::NoSuchFile};
    request.file = file->id();
  }
  return m_kernel.mmap(process, request, log);
}
Outcome Machine::run_in(ProcessId process, const RemapMemory& what, EventLog* log) {
  return m_kernel.mremap(process, what.request, log);
}
Outcome Machine::run_in(ProcessId process, const AdviseMemory& what, EventLog* log) {
  return m_kernel.madvise(process, what.address, what.length, what.advice, log);
}
Outcome Machine::run_in(ProcessId process, const LockMemory& what, EventLog* log) {
  return m_kernel.mlock(process, what.address, what.length, what.lock, log);
}
Outcome Machine::run_in(ProcessId process, const SyncMemory& what, EventLog* log) {
  return m_kernel.msync(process, what.address, what.length, log);
}
Outcome Machine::run_in(ProcessId process, const UnmapMemory& what, EventLog* log) {
  return m_kernel.munmap(process, what.address, what.length, log);
}
Outcome Machine::run_in(ProcessId process, const ProtectMemory& what, EventLog* log) {
  return m_kernel.mprotect(process, what.address, what.length, what.permissions, log);
}
Outcome Machine::run_in(ProcessId process, const MoveBreak& what, EventLog* log) {
  return m_kernel.brk(process, what.address, log);
}

const std::vector<std::uint32_t>* Machine::future_of(const std::shared_ptr<const Trace>& trace) {
  if (config().policy != PolicyKind::Optimal) return nullptr;
  if (m_future == nullptr || m_future->trace != trace) {
    m_future = std::make_shared<const Future>(Future{trace, next_uses(trace->references)});
  }
  return &m_future->distances;
}

// The references themselves go unrecorded: a slice may hold millions of them.
Outcome Machine::run_in(ProcessId process, const ReplayTrace& what, EventLog* log) {
  const std::vector<TraceReference>& references = what.trace->references;
  if (what.first > references.size() || what.count > references.size() - what.first) {
    return Rejected{RejectReason::BadTraceRange};
  }
  const bool thrashed = m_kernel.thrashing().active();
  const std::uint64_t faults_before = m_kernel.find_process(process)->counters.faults();
  Outcome outcome = Completed{};
  const std::vector<std::uint32_t>* const future = future_of(what.trace);
  std::uint64_t done = 0;
  while (done < what.count && std::holds_alternative<Completed>(outcome)) {
    const auto index = static_cast<std::size_t>(what.first + done);
    const std::uint32_t distance = future == nullptr ? kNoNextUse : (*future)[index];
    outcome = replay(process, references[index], distance == kNoNextUse ? kNeverUsed : distance);
    ++done;
  }
  if (log != nullptr) {
    const std::uint64_t faults = m_kernel.find_process(process)->counters.faults() - faults_before;
    log->push_back(TraceReplayed{process, what.first, done, faults});
    const Thrashing& now = m_kernel.thrashing();
    if (now.active() && !thrashed) log->push_back(ThrashingBegan{now.refaults(), now.window()});
    if (!now.active() && thrashed) log->push_back(ThrashingEnded{now.refaults(), now.window()});
    if (const auto* signalled = std::get_if<Signalled>(&outcome))
      log->push_back(SignalSent{process, *signalled});
  }
  return outcome;
}

}  // namespace vmp
