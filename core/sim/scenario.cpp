#include "core/sim/scenario.h"

namespace vmp {

bool ProgramLine::operator==(const ProgramLine& other) const {
  return program == other.program ||
         (program != nullptr && other.program != nullptr && *program == *other.program);
}

std::string_view Scenario::title() const {
  for (const ScenarioLine& line : lines) {
    if (const auto* title = std::get_if<TitleLine>(&line.content)) return title->text;
  }
  return {};
}

MachineConfig Scenario::config() const {
  for (const ScenarioLine& line : lines) {
    if (const auto* machine = std::get_if<MachineLine>(&line.content)) return machine->config;
  }
  return {};
}

std::vector<Step> Scenario::steps() const {
  std::vector<Step> steps;
  for (const ScenarioLine& line : lines) {
    if (const auto* step = std::get_if<StepLine>(&line.content)) steps.push_back(step->step);
  }
  return steps;
}

}  // namespace vmp
