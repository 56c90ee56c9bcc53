// What happened, in lines that say who acted: CPU, kernel, device, program, or you.
#pragma once

#include <string>
#include <vector>

#include "core/sim/narrate.h"

namespace vmp {

struct LogLine {
  Actor actor = Actor::Kernel;
  std::string who;                 // "CPU", "kernel", or the program's name
  std::optional<std::size_t> hue;  // of the program
  std::string text;
};

// The lines of one step, in order. The kernel is the one after the step.
std::vector<LogLine> step_lines(const StepRecord& record, const Kernel& kernel);
// Only events [first, last) of the step.
std::vector<LogLine> event_lines(const StepRecord& record, std::size_t first, std::size_t last,
                                 const Kernel& kernel);

// How a step ended, for dots on the timeline and marks in the log.
enum class StepTone : std::uint8_t { Quiet, Fault, Signal };
StepTone tone_of(const StepRecord& record);

}  // namespace vmp
