// The playground's side: the same operations on the core's kernel, with answers in Linux's terms.
#pragma once

#include <array>

#include "core/os/kernel.h"
#include "tests/linux/operation.h"

namespace linux_oracle {

class SimulatedMachine {
 public:
  SimulatedMachine(const vmp::MachineConfig& config, std::uint8_t file_fill);

  Answer execute(const Operation& operation);
  std::vector<Area> areas(int process) const;
  const vmp::Kernel& kernel() const { return m_kernel; }

 private:
  Answer answer_to(const Operation& operation, const vmp::Outcome& outcome) const;
  vmp::FileId file_of(int file) const;
  vmp::Outcome carry_out(const Operation& operation);
  vmp::ProcessId id_of(int process) const { return m_ids[static_cast<std::size_t>(process)]; }

  vmp::Kernel m_kernel;
  std::array<vmp::ProcessId, kProcesses> m_ids;
  std::uint64_t m_heap = 0;
  std::uint64_t m_started = 0;
};

}  // namespace linux_oracle
