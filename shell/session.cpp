#include "shell/session.h"

#include <algorithm>

#include "core/sim/narrate.h"

namespace vmp {
namespace {

Timeline timeline_of(const MachineConfig& config) {
  Result<Timeline, ConfigError> timeline = Timeline::start(config);
  return std::move(timeline.value());
}

// What the lesson says will happen, in its words or as an expectation: true of the machine it was made for.
bool speaks_of_one_machine(const ScenarioLine& line) {
  return std::holds_alternative<ExpectLine>(line.content) ||
         std::holds_alternative<HeadlineLine>(line.content);
}

}  // namespace

Session::Session() : m_timeline(timeline_of(MachineConfig{})) {}

// A machine that cannot be is refused before its device is made: that may be a file the present one uses.
Result<Timeline, std::string> Session::start(const Scenario& scenario) const {
  const MachineConfig config = scenario.config();
  if (const auto error = check_config(config))
    return Failure{render(narrate_config_error(*error), format_of(config.format), english())};
  std::unique_ptr<SwapBackend> device;
  if (m_swap_maker) {
    auto made = m_swap_maker(config.swap_slots);
    if (!made) return Failure{made.error()};
    device = std::move(made.value());
  }
  Timeline timeline = std::move(Timeline::start(config, std::move(device)).value());
  for (Step& step : scenario.steps()) timeline.append(std::move(step));
  return timeline;
}

std::optional<std::string> Session::load(std::string name, Scenario scenario) {
  Result<Timeline, std::string> timeline = start(scenario);
  if (!timeline) return timeline.error();
  m_name = std::move(name);
  m_loaded = scenario;
  m_scenario = std::move(scenario);
  m_lesson = lesson_of(m_scenario);
  m_timeline = std::move(timeline.value());
  m_modified = false;
  m_machines_before.clear();
  m_machines_after.clear();
  m_left_before.clear();
  m_branches_taken_over = 0;
  ++m_version;
  return std::nullopt;
}

bool Session::forward() {
  if (!m_timeline.forward()) return false;
  ++m_version;
  return true;
}

bool Session::back() {
  if (!m_timeline.back()) return false;
  ++m_version;
  return true;
}

void Session::seek(std::size_t position) {
  m_timeline.seek(std::min(position, m_timeline.size()));
  ++m_version;
}

std::size_t Session::previous_checkpoint() const {
  std::size_t found = 0;
  for (const Checkpoint& checkpoint : m_lesson.checkpoints) {
    if (checkpoint.position < m_timeline.position()) found = checkpoint.position;
  }
  return found;
}

std::size_t Session::next_checkpoint() const {
  for (const Checkpoint& checkpoint : m_lesson.checkpoints) {
    if (checkpoint.position > m_timeline.position()) return checkpoint.position;
  }
  return m_timeline.size();
}

const StepRecord& Session::execute(Step step) {
  const std::size_t position = m_timeline.position();
  const bool known = position < m_timeline.size() && m_timeline.step(position) == step;
  if (!known) {
    if (!m_modified) m_left_at = position;
    m_modified = true;
    m_scenario = first_steps(m_scenario, position);
    m_scenario.lines.push_back(ScenarioLine{StepLine{step}, 0});
    m_lesson = lesson_of(m_scenario);
  }
  ++m_version;
  return m_timeline.execute(std::move(step));
}

// The steps to come stay in the text and on the timeline.
void Session::insert(Step step) {
  const std::size_t position = m_timeline.position();
  if (position < m_timeline.size() && m_timeline.step(position) == step) {
    forward();
    return;
  }
  if (!m_modified) m_left_at = position;
  m_modified = true;
  std::size_t steps = 0;
  auto place = m_scenario.lines.begin();
  for (auto line = place; line != m_scenario.lines.end(); ++line) {
    if (!std::holds_alternative<StepLine>(line->content)) continue;
    if (steps++ == position) break;
    place = std::next(line);
  }
  // What the lesson says of them need not be so any more.
  m_scenario.lines.erase(std::remove_if(place, m_scenario.lines.end(), speaks_of_one_machine),
                         m_scenario.lines.end());
  m_scenario.lines.insert(place, ScenarioLine{StepLine{step}, 0});
  m_lesson = lesson_of(m_scenario);
  std::vector<Step> to_come;
  for (std::size_t i = position; i < m_timeline.size(); ++i) to_come.push_back(m_timeline.step(i));
  m_timeline.execute(std::move(step));
  for (Step& later : to_come) m_timeline.append(std::move(later));
  ++m_version;
}

std::string Session::text() const {
  if (m_scenario.config() == m_loaded.config()) return print_scenario(m_scenario);
  Scenario told = m_scenario;
  std::erase_if(told.lines, speaks_of_one_machine);
  return print_scenario(told);
}

std::optional<std::string> Session::use_machine(const MachineConfig& config) {
  Scenario changed = with_machine(m_scenario, config);
  Result<Timeline, std::string> timeline = start(changed);
  if (!timeline) return timeline.error();
  const std::size_t position = m_timeline.position();
  if (!m_modified) m_left_at = position;
  m_left_before = futures_left();
  m_branches_taken_over = 0;
  m_timeline = std::move(timeline.value());
  m_timeline.seek(position);
  m_scenario = std::move(changed);
  m_modified = !(m_scenario == m_loaded);
  m_lesson = lesson_of(m_scenario);
  if (!(config == m_loaded.config())) {
    for (LessonStep& step : m_lesson.steps) step.headline.clear();
  }
  ++m_version;
  return std::nullopt;
}

std::optional<std::string> Session::reconfigure(const MachineConfig& config, Change change) {
  const MachineConfig before = m_scenario.config();
  if (config == before) return std::nullopt;
  if (auto refusal = use_machine(config)) return refusal;
  const bool goes_on = change == Change::SameAsLast && !m_machines_before.empty();
  if (!goes_on) m_machines_before.push_back(before);
  if (goes_on && m_machines_before.back() == config) m_machines_before.pop_back();
  m_machines_after.clear();
  return std::nullopt;
}

bool Session::undo_machine() {
  if (m_machines_before.empty()) return false;
  const MachineConfig now = m_scenario.config();
  if (use_machine(m_machines_before.back())) return false;
  m_machines_before.pop_back();
  m_machines_after.push_back(now);
  return true;
}

bool Session::redo_machine() {
  if (m_machines_after.empty()) return false;
  const MachineConfig now = m_scenario.config();
  if (use_machine(m_machines_after.back())) return false;
  m_machines_after.pop_back();
  m_machines_before.push_back(now);
  return true;
}

std::vector<std::vector<Step>> Session::futures_left() const {
  std::vector<std::vector<Step>> futures = m_left_before;
  const std::vector<Timeline::Branch>& branches = m_timeline.branches();
  for (std::size_t i = m_branches_taken_over; i < branches.size(); ++i) futures.push_back(branches[i].steps);
  return futures;
}

void Session::follow(const std::vector<Step>& steps) {
  std::size_t shared = 0;
  while (shared < m_timeline.size() && shared < steps.size() && m_timeline.step(shared) == steps[shared])
    ++shared;
  const std::size_t position = std::min(m_timeline.position(), shared);
  if (!m_modified) m_left_at = position;
  m_timeline.seek(shared);
  if (shared == steps.size()) {
    m_timeline.seek(position);
    ++m_version;
    return;
  }
  m_scenario = first_steps(m_scenario, shared);
  for (std::size_t i = shared; i < steps.size(); ++i)
    m_scenario.lines.push_back(ScenarioLine{StepLine{steps[i]}, 0});
  m_timeline.execute(steps[shared]);
  for (std::size_t i = shared + 1; i < steps.size(); ++i) m_timeline.append(steps[i]);
  m_timeline.seek(position);
  // Back at the lesson as it was written, it is told in the lesson's words again.
  if (m_scenario.config() == m_loaded.config() && m_loaded.steps() == steps) m_scenario = m_loaded;
  m_modified = !(m_scenario == m_loaded);
  m_lesson = lesson_of(m_scenario);
  ++m_version;
}

void Session::return_to(std::size_t future) {
  const std::vector<std::vector<Step>> futures = futures_left();
  if (future >= futures.size()) return;
  follow(futures[future]);
  // The timeline cannot forget one, so from now on they are kept here.
  std::vector<std::vector<Step>> left = futures_left();
  left.erase(left.begin() + static_cast<std::ptrdiff_t>(future));
  m_branches_taken_over = m_timeline.branches().size();
  m_left_before = std::move(left);
}

std::optional<std::string> Session::rebuild() {
  return use_machine(m_scenario.config());
}

void Session::restore_lesson() {
  const std::size_t position = std::min(m_left_at, m_timeline.position());
  Scenario loaded = m_loaded;
  // The scenario was accepted once, so it is again.
  if (!load(m_name, std::move(loaded))) seek(position);
}

}  // namespace vmp
