// The shortest reference string on which two runs of demand paging part: two policies that fault differently
// often, or one policy that faults more often with more frames, Belady's anomaly.
//
// The search is exhaustive: every string of one reference, then of two, and so on. Names of pages do not
// matter, so only strings are tried whose pages are numbered in the order of their first appearance; there
// are 4,213,597 of 12 references (Bell's numbers). Among the shortest the first in the order of the numbers
// is found.
#pragma once

#include "core/sim/demand_paging.h"

namespace vmp {

enum class Parting : std::uint8_t {
  FaultCountsDiffer,
  SecondFaultsMore,
};

struct SearchBounds {
  std::uint32_t longest = 12;  // references
  std::uint32_t pages = 12;    // different ones
};

struct PartingString {
  std::vector<std::uint32_t> pages;  // from 0
  std::uint64_t first_faults = 0;
  std::uint64_t second_faults = 0;
};

// Nothing if no string within the bounds will do.
std::optional<PartingString> shortest_parting_string(const PagingSettings& first,
                                                     const PagingSettings& second, Parting parting,
                                                     SearchBounds bounds);

// The faults of a whole string, of which the policy may know the future.
std::uint64_t faults_on(const PagingSettings& settings, const std::vector<std::uint32_t>& pages);

}  // namespace vmp
