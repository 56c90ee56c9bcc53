// Everything the views draw for one state of the timeline, computed once when the state changes and then only
// read. A view adds the geometry of the size it has, nothing more.
#pragma once

#include <string>
#include <vector>

#include "shell/present/attempt.h"
#include "shell/present/column.h"
#include "shell/present/highlight.h"
#include "shell/present/lesson.h"
#include "shell/present/memory_view.h"
#include "shell/present/plots.h"
#include "shell/present/policy_model.h"
#include "shell/present/table_models.h"
#include "shell/present/tlb_models.h"
#include "shell/present/walk_diagram.h"

namespace vmp {

// A step on the timeline's slider.
struct StepMark {
  bool checkpoint = false;
  bool executed = false;  // its tone is known
  StepTone tone = StepTone::Quiet;
};

// A slice of a recording that has been replayed.
struct TraceSlice {
  std::size_t step = 0;  // its index on the timeline
  std::uint64_t references = 0;
  std::uint64_t faults = 0;
};

struct Model {
  const Timeline* timeline = nullptr;
  const Lesson* lesson = nullptr;
  std::string scenario;   // its name
  bool modified = false;  // steps were added to the lesson

  std::size_t position = 0;
  std::size_t size = 0;
  std::vector<StepMark> marks;
  std::vector<std::string> headlines;  // of every step executed so far, also those ahead
  std::string headline;                // of the present step
  std::string prose;
  std::string next;  // "B reads 4 bytes at 0x00403A2C", or empty at the end

  std::vector<Watch> watches;
  std::vector<ColumnModel> columns;
  std::size_t expected_processes = 0;  // that the lesson starts, as far as there is room from the beginning
  std::vector<FrameCard> frames;       // of a memory small enough to show each; else empty
  std::vector<SlotCard> slots;         // likewise
  std::string memory_summary;
  std::string memory_short;
  std::string swap_summary;
  std::string swap_title;  // with the device: "Swap (hard disk)"
  std::vector<std::string> swap_costs;
  std::string time;       // simulated, of the whole machine
  std::string thrashing;  // empty unless it does
  std::string thrashing_short;
  WalkModel walk;
  std::vector<AccessPath> paths;
  std::vector<Transfer> transfers;
  Highlight touched;               // by the present step
  std::vector<TraceSlice> slices;  // of a recording, as far as it was replayed
  TreeModel tree;                  // of the process the step was about
  std::vector<TlbModel> tlbs;
  WalkCacheModel walk_cache;
  std::optional<PolicyModel> policy;  // made when it is looked at, as the plots are
  std::vector<Plot> plots;            // the one that is shown, or all of them
  float plots_progress = 1;           // of those that take long

  const Kernel& kernel() const { return timeline->machine().kernel(); }
  bool has_swap() const { return kernel().swap().size() > 0; }
};

inline constexpr std::uint64_t kMostCards = 4096;

Model build_model(const Timeline& timeline, const Lesson& lesson);

// The headline of step `index`: the lesson's own if it has one, else the generated one.
std::string headline_of(const Timeline& timeline, const Lesson& lesson, std::size_t index);

}  // namespace vmp
