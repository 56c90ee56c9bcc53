#include "shell/present/lesson.h"

#include <algorithm>

namespace vmp {

// Prose stands before the command it is shown from. What stands before the first command is there from the
// start.
Lesson lesson_of(const Scenario& scenario) {
  Lesson lesson;
  lesson.title = std::string(scenario.title());
  LessonStep pending;
  for (const ScenarioLine& line : scenario.lines) {
    if (const auto* prose = std::get_if<ProseLine>(&line.content)) {
      if (!pending.prose.empty()) pending.prose += prose->text.empty() ? "\n\n" : " ";
      pending.prose += prose->text;
    } else if (const auto* headline = std::get_if<HeadlineLine>(&line.content)) {
      pending.headline = headline->text;
    } else if (const auto* checkpoint = std::get_if<CheckpointLine>(&line.content)) {
      pending.checkpoint = checkpoint->name;
    } else if (std::holds_alternative<StepLine>(line.content)) {
      if (lesson.steps.empty()) lesson.introduction = pending.prose;
      lesson.steps.push_back(std::move(pending));
      pending = {};
    }
  }
  if (lesson.steps.empty()) lesson.introduction = pending.prose;
  return lesson;
}

std::string_view Lesson::prose_at(std::size_t position) const {
  for (std::size_t i = std::min(position, steps.size()); i-- > 0;) {
    if (!steps[i].prose.empty()) return steps[i].prose;
  }
  return introduction;
}

Scenario first_steps(const Scenario& scenario, std::size_t count) {
  Scenario cut;
  std::size_t steps = 0;
  for (const ScenarioLine& line : scenario.lines) {
    const bool step = std::holds_alternative<StepLine>(line.content);
    if (step) ++steps;
    // Programs and the machine belong to the whole, what is expected to the step before it; anything else
    // that stands behind the last step speaks of the next one.
    const bool of_the_whole = std::holds_alternative<ProgramLine>(line.content) ||
                              std::holds_alternative<MachineLine>(line.content) ||
                              std::holds_alternative<TitleLine>(line.content);
    const bool of_the_last = steps == count && std::holds_alternative<ExpectLine>(line.content);
    const bool before = steps < count || (step && steps == count);
    const bool introduction = steps == 0 && !std::holds_alternative<HeadlineLine>(line.content) &&
                              !std::holds_alternative<CheckpointLine>(line.content);
    if (of_the_whole || of_the_last || before || introduction) cut.lines.push_back(line);
  }
  return cut;
}

}  // namespace vmp
