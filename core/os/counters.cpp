#include "core/os/counters.h"

namespace vmp {

void Counters::hash_into(Hasher& hasher) const {
  for (const std::uint64_t count :
       {reads, writes, executes, minor_faults, major_faults, evictions, pages_written_out, pages_read_in,
        copies, signals, tlb_hits, tlb_misses, table_reads, swap_reads, swap_writes, file_reads, file_writes,
        file_pages_read}) {
    hasher.add(count);
  }
  if ((pages_read_ahead | read_ahead_hits | refaults) == 0) return;
  for (const std::uint64_t count : {pages_read_ahead, read_ahead_hits, refaults}) hasher.add(count);
}

}  // namespace vmp
