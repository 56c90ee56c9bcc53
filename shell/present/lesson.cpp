#include "shell/present/lesson.h"

#include <algorithm>

namespace vmp {

namespace {

// Prose in blocks: lines that stand together, in paragraphs parted by an empty `text` line.
struct Prose {
  std::vector<std::string> blocks;
  bool open = false;  // the next line belongs to the last block

  void add(const std::string& text) {
    if (!open) blocks.emplace_back();
    open = true;
    std::string& block = blocks.back();
    if (text.empty()) {
      block += "\n\n";
      return;
    }
    if (!block.empty() && block.back() != '\n') block += ' ';
    block += text;
  }
  static std::string join(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : "\n\n") + part;
    return text;
  }
};

}  // namespace

// Prose stands before the command it is shown from. What stands before the first command is there from the
// start; if it is in several blocks, the last of them is about the first command.
Lesson lesson_of(const Scenario& scenario) {
  Lesson lesson;
  lesson.title = std::string(scenario.title());
  Prose prose;
  LessonStep step;
  for (const ScenarioLine& line : scenario.lines) {
    if (const auto* text = std::get_if<ProseLine>(&line.content)) {
      prose.add(text->text);
      continue;
    }
    prose.open = false;
    if (const auto* headline = std::get_if<HeadlineLine>(&line.content)) {
      step.headline = headline->text;
    } else if (const auto* checkpoint = std::get_if<CheckpointLine>(&line.content)) {
      lesson.checkpoints.push_back({lesson.steps.size(), checkpoint->name});
    } else if (std::holds_alternative<StepLine>(line.content)) {
      if (lesson.steps.empty() && prose.blocks.size() > 1) {
        step.prose = prose.blocks.back();
        prose.blocks.pop_back();
        lesson.introduction = Prose::join(prose.blocks);
      } else {
        step.prose = Prose::join(prose.blocks);
        if (lesson.steps.empty()) lesson.introduction = step.prose;
      }
      lesson.steps.push_back(std::move(step));
      step = {};
      prose = {};
    }
  }
  if (lesson.steps.empty()) lesson.introduction = Prose::join(prose.blocks);
  return lesson;
}

std::string_view Lesson::prose_at(std::size_t position) const {
  for (std::size_t i = std::min(position, steps.size()); i-- > 0;) {
    if (!steps[i].prose.empty()) return steps[i].prose;
  }
  return introduction;
}

// Its line is replaced where it stands; without one it comes behind the title, else first.
Scenario with_machine(const Scenario& scenario, const MachineConfig& config) {
  Scenario changed = scenario;
  auto place = changed.lines.begin();
  for (auto line = changed.lines.begin(); line != changed.lines.end(); ++line) {
    if (auto* machine = std::get_if<MachineLine>(&line->content)) {
      machine->config = config;
      return changed;
    }
    if (std::holds_alternative<TitleLine>(line->content)) place = std::next(line);
  }
  if (!(config == MachineConfig{})) changed.lines.insert(place, ScenarioLine{MachineLine{config}, 0});
  return changed;
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
    const bool of_the_last = steps == count && (std::holds_alternative<ExpectLine>(line.content) ||
                                                std::holds_alternative<CheckpointLine>(line.content));
    const bool before = steps < count || (step && steps == count);
    const bool introduction = steps == 0 && !std::holds_alternative<HeadlineLine>(line.content);
    if (of_the_whole || of_the_last || before || introduction) cut.lines.push_back(line);
  }
  return cut;
}

}  // namespace vmp
