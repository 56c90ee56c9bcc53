// Two futures side by side: the same steps on another machine, or other steps from one moment on. Both are
// made to their end, step by step, and compared by what the programs saw and by what it cost; where they
// first part is found and named.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/sim/timeline.h"
#include "shell/present/memory_view.h"

namespace vmp {

// Where two futures fork: both make the same `at` steps, then `left` and `right` steps of their own, then the
// same again. A moment in both is counted in beats: a beat is a step that both make, or one of their own made
// at the same time.
struct Fork {
  std::size_t at = 0;
  std::size_t left = 0;
  std::size_t right = 0;

  bool operator==(const Fork&) const = default;
  std::size_t own() const { return left > right ? left : right; }
  // How many steps a future has made at that beat, if it has `mine` of its own.
  std::size_t position(std::size_t beat, std::size_t mine) const {
    if (beat <= at) return beat;
    if (beat >= at + own()) return beat - own() + mine;
    return at + (beat - at < mine ? beat - at : mine);
  }
};

// A future made to its end.
struct FutureRun {
  MachineConfig config;
  Timeline timeline;
  std::vector<Counters> totals;  // after each number of steps, none included
};
// Or why there is no such machine.
Result<FutureRun, ConfigError> run_future(const MachineConfig& config, const std::vector<Step>& steps);

enum class Better : std::uint8_t { Same, Right, Left, Neither };

// A counter of both.
struct BranchRow {
  std::string label;
  std::string left;
  std::string right;
  std::string difference;  // "31 fewer on the right"
  Better better = Better::Same;
};

enum class BeatDifference : std::uint8_t {
  None,
  Cost,     // another number of faults, misses, transfers ...
  Program,  // the program got another value, signal or error
  Own,      // a step that only one of them makes, or another one
};

struct FutureView {
  std::string name;               // what is special about it: "LRU", "with the step added"
  std::string memory;             // "32 frames · 128 KiB · 19 used"
  std::vector<FrameCard> frames;  // of a memory small enough to show each; else empty
  std::vector<std::string> output;
};

struct BranchModel {
  FutureView left;
  FutureView right;
  std::vector<BranchRow> rows;
  std::vector<BeatDifference> strip;   // one a beat
  std::size_t beat = 0;                // the moment shown: after so many
  std::optional<std::size_t> parting;  // the first beat at which they differ
  std::string parting_text;
  std::string output_text;  // what changed for the programs by now
};

// What differs between the settings of two machines, in words: of `config`, where it differs from `other`.
std::string special_about(const MachineConfig& config, const MachineConfig& other);

// The strip and the parting, which are the same for every beat.
BranchModel compare_runs(const FutureRun& left, const FutureRun& right, const Fork& fork);
// Goes to a beat in both and fills in what is true there.
void show_beat(FutureRun& left, FutureRun& right, const Fork& fork, std::size_t beat, BranchModel& model);

}  // namespace vmp
