#include "core/sim/reading.h"

namespace vmp {

Reading read_meters(const Kernel& kernel) {
  Reading reading{.totals = kernel.totals(),
                  .free_frames = kernel.frames().free_count(),
                  .used_slots = kernel.swap().used_count(),
                  .processes = {}};
  reading.processes.reserve(kernel.processes().size());
  for (const Process& process : kernel.processes()) {
    reading.processes.push_back({.process = process.id,
                                 .resident_pages = process.resident_pages,
                                 .table_frames = process.running() ? process.node_frames.size() : 0,
                                 .minor_faults = process.counters.minor_faults,
                                 .major_faults = process.counters.major_faults});
  }
  return reading;
}

}  // namespace vmp
