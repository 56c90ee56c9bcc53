// Another machine for the same steps, and what became of them there.
#include <chrono>

#include "shell/app_parts.h"
#include "shell/present/format.h"

namespace vmp {
namespace {

// Making the steps again: beyond the first a slider that is dragged would stutter, beyond the second nobody
// wants it done twice.
constexpr std::chrono::milliseconds kNoticeable{150};
constexpr std::chrono::milliseconds kLong{2000};

std::string change_of(std::string_view what, std::uint64_t before, std::uint64_t now) {
  return std::string(what) + " " + group_digits(now) +
         (before == now ? "" : ", before " + group_digits(before)) + ". ";
}

std::string words_of(const RunSummary& before, const RunSummary& now) {
  return change_of("Page faults:", before.faults, now.faults) +
         change_of("Evictions:", before.evictions, now.evictions) +
         "Simulated time: " + format_duration(now.cycles) + ", before " + format_duration(before.cycles) +
         ". " + compare_output(before, now);
}

}  // namespace

void App::Parts::handle(const ui::ChangeMachine& change) {
  state.playing = false;
  state.setup.error = setting_error(change.config);
  state.setup.wanted = change.config;
  if (state.setup.error) {
    if (change.ended) platform.announce(state.setup.error->text);
    return;
  }
  if (m_rebuild_time > kNoticeable && !change.ended) return;
  const bool goes_on = m_last_gesture == change.gesture;
  const auto began = std::chrono::steady_clock::now();
  if (const auto refusal =
          session.reconfigure(change.config, goes_on ? Session::Change::SameAsLast : Session::Change::New)) {
    show_error(*refusal);
    return;
  }
  m_rebuild_time =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  m_last_gesture = change.gesture;
  machine_changed();
}

void App::Parts::handle(const ui::UndoMachine&) {
  m_last_gesture.reset();
  if (session.undo_machine()) machine_changed();
}

void App::Parts::handle(const ui::RedoMachine&) {
  m_last_gesture.reset();
  if (session.redo_machine()) machine_changed();
}

void App::Parts::machine_changed() {
  state.setup.wanted.reset();
  state.setup.error.reset();
  state.selected = {};
  state.popover.reset();
  m_step_age = 1000;
  arrived();
  refresh_comparison();
  const ui::SetupState& setup = state.setup;
  if (setup.before && setup.now) platform.announce(words_of(*setup.before, *setup.now));
}

// The machine before all changes is found out by making the same steps on it, apart from the one on screen.
void App::Parts::refresh_comparison() {
  ui::SetupState& setup = state.setup;
  setup.undo = session.can_undo_machine();
  setup.redo = session.can_redo_machine();
  if (!setup.open) {
    setup.before.reset();
    setup.now.reset();
    m_compared_version.reset();
    return;
  }
  if (m_compared_version == session.version()) return;
  m_compared_version = session.version();
  setup.now = summarize(session.timeline());
  setup.before.reset();
  if (!session.can_undo_machine() || m_rebuild_time > kLong) return;
  Result<Timeline, ConfigError> before = Timeline::start(session.first_config());
  if (!before) return;
  for (std::size_t i = 0; i < session.timeline().position(); ++i)
    before.value().append(session.timeline().step(i));
  before.value().seek(session.timeline().position());
  setup.before = summarize(before.value());
}

}  // namespace vmp
