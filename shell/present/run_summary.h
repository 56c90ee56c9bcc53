// What a run of steps came to, for comparing the same steps on two machines: the work it took, and what the
// programs saw of it.
#pragma once

#include <string>
#include <vector>

#include "core/sim/timeline.h"

namespace vmp {

struct RunSummary {
  std::size_t steps = 0;
  std::uint64_t faults = 0;
  std::uint64_t evictions = 0;
  std::uint64_t transfers = 0;  // pages to and from swap
  std::uint64_t cycles = 0;
  std::uint64_t resident_frames = 0;
  std::vector<std::string> output;  // every value printed, and every program that was ended, in order

  bool operator==(const RunSummary&) const = default;
};

// Of the steps made so far.
RunSummary summarize(const Timeline& timeline);

// What changed for the programs: "The programs saw the same." or where they parted.
std::string compare_output(const RunSummary& before, const RunSummary& now);

}  // namespace vmp
