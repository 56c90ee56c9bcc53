#include "shell/session.h"

#include <algorithm>

#include "core/sim/narrate.h"

namespace vmp {
namespace {

Timeline timeline_of(const MachineConfig& config) {
  Result<Timeline, ConfigError> timeline = Timeline::start(config);
  return std::move(timeline.value());
}

}  // namespace

Session::Session() : m_timeline(timeline_of(MachineConfig{})) {}

std::optional<std::string> Session::load(std::string name, Scenario scenario) {
  std::unique_ptr<SwapBackend> device;
  if (m_swap_maker) {
    auto made = m_swap_maker(scenario.config().swap_slots);
    if (!made) return made.error();
    device = std::move(made.value());
  }
  Result<Timeline, ConfigError> timeline = Timeline::start(scenario.config(), std::move(device));
  if (!timeline) {
    return render(narrate_config_error(timeline.error()), format_of(scenario.config().format), english());
  }
  m_name = std::move(name);
  m_loaded = scenario;
  m_scenario = std::move(scenario);
  m_lesson = lesson_of(m_scenario);
  m_timeline = std::move(timeline.value());
  for (Step& step : m_scenario.steps()) m_timeline.append(std::move(step));
  m_modified = false;
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

void Session::restore_lesson() {
  const std::size_t position = std::min(m_left_at, m_timeline.position());
  Scenario loaded = m_loaded;
  // The scenario was accepted once, so it is again.
  if (!load(m_name, std::move(loaded))) seek(position);
}

}  // namespace vmp
