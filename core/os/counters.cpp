#include "core/os/counters.h"

namespace vmp {

void Counters::hash_into(Hasher& hasher) const {
  for (const std::uint64_t count :
       {reads, writes, executes, minor_faults, major_faults, evictions, pages_written_out, pages_read_in,
        copies, signals, tlb_hits, tlb_misses, table_reads, swap_reads, swap_writes, file_reads, file_writes,
        file_pages_read}) {
    hasher.add(count);
  }
}

}  // namespace vmp
