// What is counted, of each process and of the machine. Costs are computed from these numbers alone
// (cost_model.h), so a reading of the counters is a reading of the simulated clock.
#pragma once

#include "core/base/hash.h"

namespace vmp {

struct Counters {
  std::uint64_t reads = 0;
  std::uint64_t writes = 0;
  std::uint64_t executes = 0;
  std::uint64_t minor_faults = 0;  // mended without a device
  std::uint64_t major_faults = 0;  // bytes had to come from the file or from swap
  std::uint64_t evictions = 0;     // pages of this process that lost their frame to another page
  std::uint64_t pages_written_out = 0;
  std::uint64_t pages_read_in = 0;  // from swap
  std::uint64_t copies = 0;         // copy-on-write copies
  std::uint64_t signals = 0;
  // The hardware's part.
  std::uint64_t tlb_hits = 0;
  std::uint64_t tlb_misses = 0;
  std::uint64_t table_reads = 0;  // entries of page tables read by walks
  // Requests to devices, failed ones included. The process that runs waits for them, whosever pages they are.
  std::uint64_t swap_reads = 0;
  std::uint64_t swap_writes = 0;
  std::uint64_t file_reads = 0;
  std::uint64_t file_writes = 0;
  std::uint64_t file_pages_read = 0;
  // Beyond what a fault asked for, and how many of those were used while still in RAM.
  std::uint64_t pages_read_ahead = 0;
  std::uint64_t read_ahead_hits = 0;
  std::uint64_t refaults = 0;  // faults on pages that had left RAM shortly before (thrashing.h)

  constexpr std::uint64_t faults() const { return minor_faults + major_faults; }
  constexpr std::uint64_t accesses() const { return reads + writes + executes; }
  constexpr bool operator==(const Counters&) const = default;
  void hash_into(Hasher& hasher) const;
};

}  // namespace vmp
