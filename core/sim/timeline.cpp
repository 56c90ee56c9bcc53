#include "core/sim/timeline.h"

#include <algorithm>

namespace vmp {
namespace {

// Copies share memory with the machine, so a keyframe costs what changed since; this many are kept at most.
constexpr std::size_t kMostKeyframes = 64;

}  // namespace

Result<Timeline, ConfigError> Timeline::start(const MachineConfig& config,
                                              std::unique_ptr<SwapBackend> swap_device) {
  Result<Machine, ConfigError> machine = Machine::build(config, std::move(swap_device));
  if (!machine) return Failure{machine.error()};
  return Timeline(std::move(machine.value()));
}

Timeline::Timeline(Machine machine)
    : m_machine(std::move(machine)), m_first_reading(read_meters(m_machine.kernel())) {
  m_keyframes.emplace(0, m_machine);
}

const StepRecord& Timeline::record(std::size_t index) const {
  check(index < m_records.size(), "a step that was never executed has no record");
  return m_records[index];
}

void Timeline::append(Step step) {
  m_steps.push_back(std::move(step));
}

const StepRecord& Timeline::execute(Step step) {
  const bool known = m_position < m_steps.size() && m_steps[m_position] == step;
  if (!known) {
    if (m_position < m_steps.size()) {
      m_branches.push_back({m_position, m_steps});
      drop_future();
    }
    m_steps.push_back(std::move(step));
  }
  run_next();
  return m_records[m_position - 1];
}

bool Timeline::forward() {
  if (m_position == m_steps.size()) return false;
  run_next();
  return true;
}

bool Timeline::back() {
  if (m_position == 0) return false;
  seek(m_position - 1);
  return true;
}

void Timeline::seek(std::size_t position) {
  position = std::min(position, m_steps.size());
  const auto keyframe = std::prev(m_keyframes.upper_bound(position));
  // Going forward from here is shorter, unless a keyframe lies in between.
  if (position < m_position || keyframe->first > m_position) {
    m_machine = keyframe->second;
    m_position = keyframe->first;
  }
  while (m_position < position) run_next();
}

void Timeline::take_branch(std::size_t index) {
  check(index < m_branches.size(), "there is no such branch");
  const std::vector<Step> steps = std::move(m_branches[index].steps);
  const auto parting = std::mismatch(m_steps.begin(), m_steps.end(), steps.begin(), steps.end());
  const auto shared = static_cast<std::size_t>(parting.first - m_steps.begin());
  m_branches[index] = {shared, m_steps};
  seek(shared);
  drop_future();
  m_steps = steps;
}

void Timeline::run_next() {
  const Step& step = m_steps[m_position];
  if (m_position < m_records.size()) {
    m_machine.execute(step.command, nullptr);
  } else {
    StepRecord record{.step = step, .events = {}, .outcome = Completed{}};
    record.outcome = m_machine.execute(step.command, &record.events);
    record.hash = m_machine.hash();
    record.reading = read_meters(m_machine.kernel());
    m_records.push_back(std::move(record));
  }
  ++m_position;
  if (m_position % m_keyframe_distance == 0) keep_keyframe();
}

void Timeline::keep_keyframe() {
  m_keyframes.emplace(m_position, m_machine);
  if (m_keyframes.size() <= kMostKeyframes) return;
  m_keyframe_distance *= 2;
  std::erase_if(m_keyframes, [&](const auto& entry) { return entry.first % m_keyframe_distance != 0; });
}

void Timeline::drop_future() {
  m_steps.resize(m_position);
  m_records.resize(std::min(m_records.size(), m_position));
  m_keyframes.erase(m_keyframes.upper_bound(m_position), m_keyframes.end());
}

}  // namespace vmp
