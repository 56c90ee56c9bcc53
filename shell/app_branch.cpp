// Fork the timeline and look at both futures; go on with either.
#include "core/sim/narrate.h"
#include "shell/app_parts.h"
#include "shell/present/fill.h"

namespace vmp {
namespace {

constexpr std::string_view kAsItIs = "as it is";
constexpr std::string_view kSpoken = "{0}: {1} on the left, {2} on the right. ";
constexpr std::string_view kTaken = "The future on the right is followed. The other one is kept: B lists it.";
constexpr std::string_view kMachineTaken = "The machine of that future is yours now; Z takes it back.";

std::vector<Step> steps_of(const Timeline& timeline) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < timeline.size(); ++i) steps.push_back(timeline.step(i));
  return steps;
}

// Recordings as long as that would keep the page still for seconds, twice.
constexpr std::uint64_t kMostReferences = 2'000'000;
constexpr std::string_view kTooLong = "That many references are too long to be made again on two machines.";

std::uint64_t references_of(const std::vector<Step>& steps) {
  std::uint64_t count = 0;
  for (const Step& step : steps) {
    const auto* slice = std::get_if<ReplayTrace>(&step.command);
    count += slice == nullptr ? 0 : slice->count;
  }
  return count;
}

std::string words_of(const BranchModel& model) {
  std::string text = model.parting_text + " ";
  for (const BranchRow& row : model.rows) {
    if (row.better != Better::Same) text += fill(kSpoken, {row.label, row.left, row.right});
  }
  return text + model.output_text;
}

}  // namespace

std::string App::Parts::branch_text() const {
  if (!state.branch.model) return {};
  const BranchModel& both = *state.branch.model;
  return "; futures after beat " + std::to_string(both.beat) + " of " + std::to_string(both.strip.size()) +
         ": " + both.left.name + " | " + both.right.name + ": " + words_of(both);
}

// What can be chosen is found out while the window is open.
void App::Parts::refresh_branches() {
  ui::BranchState& branch = state.branch;
  if (branch.comparing && !branch.model) branch.comparing = false;
  if (!branch.comparing) {
    branch.model.reset();
    m_futures.reset();
  }
  if (!branch.choosing && state.popup != "branch" && !twin.branch_open) {
    branch.choices.clear();
    m_choices_version.reset();
  } else if (m_choices_version != session.version()) {
    m_choices_version = session.version();
    branch.choices = branch_choices(session.timeline(), session.futures_left());
    branch.choice = 0;
  }
}

void App::Parts::compare_futures(const MachineConfig& left, BranchChoice right) {
  state.playing = false;
  if (references_of(right.steps) > kMostReferences) {
    show_note(std::string(kTooLong));
    return;
  }
  const bool same_machine = left == right.config;
  Result<FutureRun, ConfigError> here = run_future(left, steps_of(session.timeline()));
  Result<FutureRun, ConfigError> there = run_future(right.config, right.steps);
  if (!here || !there) {
    const ConfigError& error = here ? there.error() : here.error();
    show_error(
        render(narrate_config_error(error), session.timeline().machine().kernel().format(), english()));
    return;
  }
  m_futures.emplace(Futures{std::move(here.value()), std::move(there.value()), std::move(right)});
  Futures& futures = *m_futures;
  BranchModel both = compare_runs(futures.left, futures.right, futures.choice.fork);
  if (same_machine) {
    both.left.name = std::string(kAsItIs);
    both.right.name = futures.choice.name;
  }
  show_beat(futures.left, futures.right, futures.choice.fork, both.strip.size(), both);
  platform.announce(words_of(both));
  state.branch.model = std::move(both);
  state.branch.comparing = true;
  state.popup = "compare";
}

void App::Parts::handle(const ui::ForkInto& fork) {
  const std::vector<BranchChoice>& choices = state.branch.choices;
  if (fork.choice < choices.size()) compare_futures(session.timeline().config(), choices[fork.choice]);
}

// The machine before all changes beside the present one.
void App::Parts::handle(const ui::CompareMachines&) {
  BranchChoice choice;
  choice.config = session.timeline().config();
  choice.steps = steps_of(session.timeline());
  compare_futures(session.first_config(), std::move(choice));
}

void App::Parts::handle(const ui::ShowBeat& show) {
  if (!m_futures || !state.branch.model) return;
  show_beat(m_futures->left, m_futures->right, m_futures->choice.fork, show.beat, *state.branch.model);
  if (show.spoken) platform.announce(words_of(*state.branch.model));
}

void App::Parts::handle(const ui::TakeFuture& take) {
  if (!m_futures) return;
  const BranchChoice choice = m_futures->choice;
  const MachineConfig config = take.right ? choice.config : m_futures->left.config;
  state.branch.comparing = false;
  const bool other_machine = !(config == session.timeline().config());
  if (other_machine) {
    if (const auto refusal = session.reconfigure(config)) {
      show_error(*refusal);
      return;
    }
  }
  const bool other_steps = take.right && !(choice.fork == Fork{});
  if (other_steps && choice.kept) session.return_to(*choice.kept);
  if (other_steps && !choice.kept) session.follow(choice.steps);
  if (!other_machine && !other_steps) return;
  machine_changed();
  show_note(std::string(other_machine ? kMachineTaken : kTaken));
}

}  // namespace vmp
