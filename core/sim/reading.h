// A reading of the machine's meters after a step, for plots over time: the counters, and what each process
// holds. Small enough to be kept for every step.
#pragma once

#include <vector>

#include "core/os/kernel.h"

namespace vmp {

struct ProcessReading {
  ProcessId process;
  std::uint64_t resident_pages = 0;
  std::uint64_t table_frames = 0;  // of its page table's nodes
  std::uint64_t minor_faults = 0;
  std::uint64_t major_faults = 0;
  constexpr bool operator==(const ProcessReading&) const = default;
};

struct Reading {
  Counters totals;
  std::uint64_t free_frames = 0;
  std::uint64_t used_slots = 0;
  std::vector<ProcessReading> processes;  // in the order of their ids, those that ended included
  bool operator==(const Reading&) const = default;
};

Reading read_meters(const Kernel& kernel);

}  // namespace vmp
