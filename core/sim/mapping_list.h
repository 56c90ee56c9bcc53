// Everything a process's page table maps, found as the hardware would find it: by following the entries in
// RAM from the root, whoever wrote them. The kernel's books are not asked.
#pragma once

#include "core/os/kernel.h"

namespace vmp {

struct Mapping {
  VirtualAddress virtual_address;
  PhysicalAddress physical_address;
  std::uint64_t size = 0;  // bytes: a page, or more for a leaf above level 0
  Pte pte;                 // the leaf entry
};

struct MappingList {
  std::vector<Mapping> mappings;  // by rising virtual address
  bool complete = true;           // false: there are more than kMostMappings, and the rest was left out
};

// A table edited by hand may point at itself, and then maps more pages than anyone can look at.
inline constexpr std::size_t kMostMappings = std::size_t{1} << 20;

// Entries the hardware would refuse on every access (not present, reserved bits, outside RAM, ...) map
// nothing.
MappingList mappings_in_memory(const Kernel& kernel, const Process& process);

}  // namespace vmp
