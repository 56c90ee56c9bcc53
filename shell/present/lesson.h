// A scenario as a lesson: for every step its prose, its own headline and its checkpoint, found from the lines
// that stand before the step in the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/sim/scenario.h"

namespace vmp {

struct LessonStep {
  std::string prose;     // to read once the step has been made; paragraphs parted by an empty line
  std::string headline;  // the lesson's own; empty: the generated one is shown
};

struct Checkpoint {
  std::size_t position = 0;  // how many steps have been made then
  std::string name;          // "both-run"
};

struct Lesson {
  std::string title;
  std::string introduction;  // prose before the first step
  std::vector<LessonStep> steps;
  std::vector<Checkpoint> checkpoints;  // in order

  // The prose to show when `position` steps have been made: the newest there is.
  std::string_view prose_at(std::size_t position) const;
};

Lesson lesson_of(const Scenario& scenario);

// A copy of the scenario for that machine.
Scenario with_machine(const Scenario& scenario, const MachineConfig& config);

// A copy of the scenario cut behind its first `count` steps and what is expected of them.
Scenario first_steps(const Scenario& scenario, std::size_t count);

}  // namespace vmp
