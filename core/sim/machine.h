// The machine: a plain, copyable value. A command goes in, events come out; everything a learner sees is
// drawn from a const Machine& and the events of the current step.
#pragma once

#include "core/sim/command.h"

namespace vmp {

class Machine {
 public:
  // A machine of that configuration, or why there cannot be one.
  // `swap_device`: where swapped pages go; null: memory.
  static Result<Machine, ConfigError> build(const MachineConfig& config,
                                            std::unique_ptr<SwapBackend> swap_device = nullptr);

  // Carries the command out. `log` may be null: then nothing is recorded and long replays run faster, to the
  // same state.
  Outcome execute(const Command& command, EventLog* log);

  // One reference of a trace that is too long to hold as a ReplayTrace; nothing is recorded.
  Outcome replay(ProcessId process, TraceReference reference, std::uint64_t next_use = kNeverUsed) {
    return m_kernel.replay_reference(process, reference.kind(), reference.address(), nullptr, next_use);
  }

  const Kernel& kernel() const { return m_kernel; }
  const MachineConfig& config() const { return m_kernel.config(); }
  // RAM, swap slots, TLB, policy state, kernel, counters and random state; equal on every platform.
  std::uint64_t hash() const { return m_kernel.hash(); }

 private:
  Machine(const MachineConfig& config, std::unique_ptr<SwapBackend> swap_device)
      : m_kernel(config, std::move(swap_device)) {}

  template <class What>
  Outcome run(const What& what, EventLog* log);
  Outcome run_in(ProcessId process, const ForkProcess& what, EventLog* log);
  Outcome run_in(ProcessId process, const ExitProcess& what, EventLog* log);
  Outcome run_in(ProcessId process, const SetResidentLimit& what, EventLog* log);
  Outcome run_in(ProcessId process, const ReplaceProgram& what, EventLog* log);
  Outcome run_in(ProcessId process, const SetLimit& what, EventLog* log);
  Outcome run_in(ProcessId process, const SetSignalHandling& what, EventLog* log);
  Outcome run_in(ProcessId process, const AccessMemory& what, EventLog* log);
  Outcome run_in(ProcessId process, const MapMemory& what, EventLog* log);
  Outcome run_in(ProcessId process, const UnmapMemory& what, EventLog* log);
  Outcome run_in(ProcessId process, const ProtectMemory& what, EventLog* log);
  Outcome run_in(ProcessId process, const MoveBreak& what, EventLog* log);
  Outcome run_in(ProcessId process, const RemapMemory& what, EventLog* log);
  Outcome run_in(ProcessId process, const AdviseMemory& what, EventLog* log);
  Outcome run_in(ProcessId process, const LockMemory& what, EventLog* log);
  Outcome run_in(ProcessId process, const SyncMemory& what, EventLog* log);
  Outcome run_in(ProcessId process, const ReplayTrace& what, EventLog* log);

  // The distances to the next uses in `trace`, if the policy needs them.
  const std::vector<std::uint32_t>* future_of(const std::shared_ptr<const Trace>& trace);

  Kernel m_kernel;
  // Found once for all slices of a trace and all copies of this machine; follows from the trace, so it is no
  // state.
  struct Future {
    std::shared_ptr<const Trace> trace;
    std::vector<std::uint32_t> distances;
  };
  std::shared_ptr<const Future> m_future;
};

}  // namespace vmp
