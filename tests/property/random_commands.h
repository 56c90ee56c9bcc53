// A seeded stream of commands around the places where things happen: mapped pages, their edges, the stack,
// the heap.
#pragma once

#include "core/base/rng.h"
#include "core/sim/machine.h"

namespace vmp::test {

MachineConfig random_config(Rng& rng);

class RandomCommands {
 public:
  RandomCommands(const MachineConfig& config, Rng& rng) : m_format(format_of(config.format)), m_rng(rng) {}
  // The next command, chosen with a look at the machine as it is.
  Command next(const Kernel& kernel);

 private:
  VirtualAddress some_address(const Process& process);
  Permissions some_permissions();
  Command next_for(const Process& process);
  Command spawn();
  std::shared_ptr<const Program> some_program();
  Command file_command();
  Command map_shared_or_file(const std::string& process, VirtualAddress address, std::uint64_t length);
  Command move_or_advise(const Process& process);

  const PageTableFormat& m_format;
  Rng& m_rng;
  int m_started = 0;
  std::uint64_t m_files = 0;
};

}  // namespace vmp::test
