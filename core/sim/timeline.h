// The timeline: every step given so far, and the machine as it is after the first `position()` of them. Going
// back restores the nearest keyframe and replays; keyframes are thinned so that their number stays small. A
// step given after going back branches: the old future is kept and can be returned to.
#pragma once

#include <map>

#include "core/sim/machine.h"
#include "core/sim/reading.h"

namespace vmp {

// What a step did. Filled when the step is executed; replaying it gives the same record.
struct StepRecord {
  Step step;
  EventLog events;  // empty for a slice of a trace but for its summary
  Outcome outcome;
  std::uint64_t hash = 0;  // of the machine after the step
  Reading reading = {};    // likewise
};

class Timeline {
 public:
  // `swap_device`: where swapped pages go; null: memory.
  static Result<Timeline, ConfigError> start(const MachineConfig& config,
                                             std::unique_ptr<SwapBackend> swap_device = nullptr);

  const Machine& machine() const { return m_machine; }
  const MachineConfig& config() const { return m_machine.config(); }
  std::size_t size() const { return m_steps.size(); }  // steps known, past and future
  std::size_t position() const { return m_position; }  // steps executed
  const Step& step(std::size_t index) const { return m_steps[index]; }
  // The record of step `index`, executed at least once in this branch.
  const StepRecord& record(std::size_t index) const;
  // The meters after the first `position` steps, which were executed at least once in this branch.
  const Reading& reading(std::size_t position) const {
    return position == 0 ? m_first_reading : record(position - 1).reading;
  }
  std::size_t records() const { return m_records.size(); }
  // The record of the step that led to the present position; null at the start.
  const StepRecord* current() const { return m_position == 0 ? nullptr : &m_records[m_position - 1]; }

  // Adds a step to the future without executing it: how a scenario is loaded.
  void append(Step step);
  // Executes `step` now. If there was a future it is set aside as a branch (unless its next step is this very
  // step).
  const StepRecord& execute(Step step);

  bool forward();  // false at the end
  bool back();     // false at the start
  void seek(std::size_t position);

  // Lines set aside, newest last: all their steps, and how many of them were shared when the line was left.
  struct Branch {
    std::size_t position = 0;
    std::vector<Step> steps;
  };
  const std::vector<Branch>& branches() const { return m_branches; }
  // Returns to that line, at the last step both lines share; the present line is set aside in its place.
  void take_branch(std::size_t index);

 private:
  explicit Timeline(Machine machine);
  void run_next();
  void keep_keyframe();
  void drop_future();

  Machine m_machine;
  Reading m_first_reading;
  std::vector<Step> m_steps;
  std::vector<StepRecord> m_records;  // a prefix of m_steps, at least m_position long
  std::size_t m_position = 0;
  std::map<std::size_t, Machine> m_keyframes;  // by position; 0 is always there
  std::size_t m_keyframe_distance = 8;
  std::vector<Branch> m_branches;
};

}  // namespace vmp
