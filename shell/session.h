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
  std::string text() const { return print_scenario(m_scenario); }
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
  // Back to the scenario as it was loaded, at the step where it was left.
  void restore_lesson();

 private:
  SwapMaker m_swap_maker;
  std::string m_name;
  Scenario m_loaded;
  Scenario m_scenario;
  Lesson m_lesson;
  Timeline m_timeline;
  bool m_modified = false;
  std::size_t m_left_at = 0;  // position at which the first step was added
  std::uint64_t m_version = 0;
};

}  // namespace vmp
