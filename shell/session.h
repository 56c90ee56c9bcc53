// The work at hand: a scenario and the timeline it became, kept in step. Steps made by hand are added to the
// scenario's text too, behind the steps already made; so what is copied, shared or saved is always what is on
// screen.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/sim/scenario.h"
#include "shell/present/lesson.h"

namespace vmp {

// A swap device of that many slots, or why there is none.
using SwapMaker = std::function<Result<std::unique_ptr<SwapBackend>, std::string>(std::uint32_t slots)>;

class Session {
 public:
  // An empty scenario on the default machine.
  Session();

  // Replaces everything by the scenario, at its start. A machine that cannot be built is refused with the
  // reason, and nothing changes.
  std::optional<std::string> load(std::string name, Scenario scenario);

  // Where the swap device of each machine loaded from now on comes from; without one it is made of memory.
  void set_swap_maker(SwapMaker maker) { m_swap_maker = std::move(maker); }

  const Timeline& timeline() const { return m_timeline; }
  const Scenario& scenario() const { return m_scenario; }
  const Lesson& lesson() const { return m_lesson; }
  const std::string& name() const { return m_name; }
  // What the lesson says of its machine (headlines, expectations) is left out once it is another.
  std::string text() const;
  // Steps were made that the loaded scenario does not have.
  bool modified() const { return m_modified; }
  // Changes whenever something drawn may have changed.
  std::uint64_t version() const { return m_version; }

  bool forward();
  bool back();
  void seek(std::size_t position);
  // The nearest checkpoint before or after the present position; the start or the end if there is none.
  std::size_t previous_checkpoint() const;
  std::size_t next_checkpoint() const;
  // Makes a step now. A future that differs is dropped from the text; the timeline keeps it as a branch.
  const StepRecord& execute(Step step);
  // Makes a step now, in front of those that are still to come.
  void insert(Step step);
  // The same steps on another machine, as far as they are made now. A machine that cannot be built is refused
  // with the reason, and nothing changes. Several changes that belong together (a slider that is dragged) are
  // one step back.
  enum class Change : std::uint8_t { New, SameAsLast };
  std::optional<std::string> reconfigure(const MachineConfig& config, Change change = Change::New);
  // The machine before the last change, and the one after it again; false if there is none.
  bool undo_machine();
  bool redo_machine();
  bool can_undo_machine() const { return !m_machines_before.empty(); }
  bool can_redo_machine() const { return !m_machines_after.empty(); }
  // The machine before all changes, or the present one.
  MachineConfig first_config() const {
    return m_machines_before.empty() ? m_scenario.config() : m_machines_before.front();
  }
  // Futures left behind by a step given after going back, by a choice among two futures, or before the
  // machine was changed: all their steps, newest last.
  std::vector<std::vector<Step>> futures_left() const;
  // These steps from where they differ from the present ones; the position is there, or before it if it was.
  // The present ones are left behind.
  void follow(const std::vector<Step>& steps);
  // Follows a future that was left, which is then no longer among them.
  void return_to(std::size_t future);
  // Builds the present machine anew, on a device of the present swap maker.
  std::optional<std::string> rebuild();
  // Back to the scenario as it was loaded, at the step where it was left.
  void restore_lesson();

 private:
  // A timeline of that scenario at its start, or why there is none.
  Result<Timeline, std::string> start(const Scenario& scenario) const;
  std::optional<std::string> use_machine(const MachineConfig& config);

  SwapMaker m_swap_maker;
  std::string m_name;
  Scenario m_loaded;
  Scenario m_scenario;
  Lesson m_lesson;
  Timeline m_timeline;
  bool m_modified = false;
  std::size_t m_left_at = 0;  // position at which the first step was added
  std::uint64_t m_version = 0;
  // Futures that were left, but for those that the timeline set aside since it had so many of them.
  std::vector<std::vector<Step>> m_left_before;
  std::size_t m_branches_taken_over = 0;
  std::vector<MachineConfig> m_machines_before;
  std::vector<MachineConfig> m_machines_after;
};

}  // namespace vmp
