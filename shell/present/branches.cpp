#include "shell/present/branches.h"

#include <algorithm>
#include <array>

#include "shell/present/fill.h"
#include "shell/present/format.h"
#include "shell/present/run_summary.h"
#include "shell/present/setup_model.h"
#include "shell/present/step_text.h"

namespace vmp {
namespace {

constexpr std::uint64_t kMostMiniFrames = 1024;

// --- every sentence
constexpr std::string_view kSame = "the same";
constexpr std::string_view kFewer = "{0} fewer";
constexpr std::string_view kMore = "{0} more";
constexpr std::string_view kLess = "{0} less";
constexpr std::string_view kNoParting = "Both come to the same, step by step.";
constexpr std::string_view kPartBySteps = "They part at step {0}: {1}, or {2}.";
constexpr std::string_view kPartByAddition = "They part at step {0}: {1}, on one side only.";
constexpr std::string_view kPartByProgram =
    "They part at step {0}, where {1}: the program gets {2} on the left, {3} on the right.";
constexpr std::string_view kPartByCost =
    "They part at step {0}, where {1}: {2} on the left, {3} on the right.";
constexpr std::string_view kCounted = "{0} {1}";
constexpr std::string_view kNothing = "nothing";
constexpr std::string_view kSignalOf = "{0}";
constexpr std::string_view kNotPossible = "a step that is not possible";

// What is counted of a step, the most telling first.
struct Counted {
  std::uint64_t Counters::*counter;
  std::string_view noun;
};
constexpr std::array<Counted, 10> kCountedOfStep = {{{&Counters::major_faults, "major faults"},
                                                     {&Counters::minor_faults, "minor faults"},
                                                     {&Counters::pages_written_out, "pages to swap"},
                                                     {&Counters::evictions, "evictions"},
                                                     {&Counters::copies, "copied pages"},
                                                     {&Counters::tlb_misses, "TLB misses"},
                                                     {&Counters::table_reads, "table reads"},
                                                     {&Counters::file_reads, "reads of files"},
                                                     {&Counters::pages_read_in, "pages from swap"},
                                                     {&Counters::signals, "signals"}}};

std::string outcome_text(const Outcome& outcome) {
  struct {
    std::string operator()(const Completed& done) const {
      return done.value ? format_value(*done.value) : std::string(kNothing);
    }
    std::string operator()(const Signalled& signalled) const {
      return fill(kSignalOf, {name_of(signalled.signal)});
    }
    std::string operator()(const CallFailed& failed) const { return std::string(name_of(failed.error)); }
    std::string operator()(const Rejected&) const { return std::string(kNotPossible); }
  } words;
  return std::visit(words, outcome);
}

// One side at one beat: the step it makes, if it makes one.
struct Side {
  const FutureRun& run;
  std::size_t from = 0;
  std::size_t to = 0;

  Side(const FutureRun& future, const Fork& fork, std::size_t beat, std::size_t mine)
      : run(future),
        from(std::min(fork.position(beat, mine), future.timeline.size())),
        to(std::min(fork.position(beat + 1, mine), future.timeline.size())) {}
  bool moves() const { return to > from; }
  const StepRecord& record() const { return run.timeline.record(from); }
  std::uint64_t count(std::uint64_t Counters::*what) const {
    return run.totals[to].*what - run.totals[from].*what;
  }
  std::string step() const { return describe_step(record().step, run.timeline.machine().kernel().format()); }
};

BeatDifference difference_at(const Side& left, const Side& right) {
  if (left.moves() != right.moves()) return BeatDifference::Own;
  if (!left.moves()) return BeatDifference::None;
  if (!(left.record().step == right.record().step)) return BeatDifference::Own;
  if (outcome_text(left.record().outcome) != outcome_text(right.record().outcome))
    return BeatDifference::Program;
  for (const Counted& counted : kCountedOfStep) {
    if (left.count(counted.counter) != right.count(counted.counter)) return BeatDifference::Cost;
  }
  return BeatDifference::None;
}

std::string parting_text(const Side& left, const Side& right, BeatDifference difference) {
  const Side& present = left.moves() ? left : right;
  const std::string number = group_digits(present.from + 1);
  switch (difference) {
    case BeatDifference::None:
      break;
    case BeatDifference::Own:
      if (left.moves() && right.moves()) return fill(kPartBySteps, {number, left.step(), right.step()});
      return fill(kPartByAddition, {number, present.step()});
    case BeatDifference::Program:
      return fill(kPartByProgram, {number, left.step(), outcome_text(left.record().outcome),
                                   outcome_text(right.record().outcome)});
    case BeatDifference::Cost:
      for (const Counted& counted : kCountedOfStep) {
        const std::uint64_t here = left.count(counted.counter);
        const std::uint64_t there = right.count(counted.counter);
        if (here == there) continue;
        return fill(kPartByCost, {number, left.step(), fill(kCounted, {group_digits(here), counted.noun}),
                                  group_digits(there)});
      }
  }
  return std::string(kNoParting);
}

FutureView view_of(const Timeline& timeline) {
  const Kernel& kernel = timeline.machine().kernel();
  FutureView view;
  view.memory = memory_summary(kernel);
  if (kernel.memory().frame_count() <= kMostMiniFrames) {
    for (std::uint64_t i = 0; i < kernel.memory().frame_count(); ++i)
      view.frames.push_back(frame_card(kernel, {}, kernel.frames().nth(i)));
  }
  view.output = summarize(timeline).output;
  return view;
}

std::uint64_t table_bytes(const Kernel& kernel) {
  std::uint64_t frames = 0;
  for (const Process& process : kernel.processes()) {
    if (process.running()) frames += process.node_frames.size();
  }
  return frames * kPageSize;
}

using Format = std::string (*)(std::uint64_t);

BranchRow row_of(std::string_view label, std::uint64_t left, std::uint64_t right, Format format,
                 bool less_is_better = true) {
  const bool count = format == group_digits;
  const std::string by = format(left > right ? left - right : right - left);
  BranchRow row{.label = std::string(label), .left = format(left), .right = format(right), .difference = {}};
  if (left == right) {
    row.difference = std::string(kSame);
    return row;
  }
  row.difference = fill(left < right ? kMore : count ? kFewer : kLess, {by});
  row.better = !less_is_better ? Better::Neither : left < right ? Better::Left : Better::Right;
  return row;
}

std::vector<BranchRow> rows_of(const Kernel& left, const Kernel& right) {
  const Counters& a = left.totals();
  const Counters& b = right.totals();
  const std::uint64_t left_time = cost_of(a, left.costs()).total();
  const std::uint64_t right_time = cost_of(b, right.costs()).total();
  const auto each = [](std::uint64_t cycles, std::uint64_t accesses) {
    return accesses == 0 ? 0 : cycles / accesses;
  };
  return {
      row_of("Accesses", a.accesses(), b.accesses(), group_digits, false),
      row_of("TLB misses", a.tlb_misses, b.tlb_misses, group_digits),
      row_of("Table reads", a.table_reads, b.table_reads, group_digits),
      row_of("Minor faults", a.minor_faults, b.minor_faults, group_digits),
      row_of("Major faults", a.major_faults, b.major_faults, group_digits),
      row_of("To swap", a.pages_written_out, b.pages_written_out, group_digits),
      row_of("From swap", a.pages_read_in, b.pages_read_in, group_digits),
      row_of("Page tables", table_bytes(left), table_bytes(right), format_bytes),
      row_of("Time", left_time, right_time, format_duration),
      row_of("An access", each(left_time, a.accesses()), each(right_time, b.accesses()), format_duration)};
}

}  // namespace

Result<FutureRun, ConfigError> run_future(const MachineConfig& config, const std::vector<Step>& steps) {
  Result<Timeline, ConfigError> timeline = Timeline::start(config);
  if (!timeline) return Failure{timeline.error()};
  FutureRun run{config, std::move(timeline.value()), {}};
  run.totals.push_back(run.timeline.machine().kernel().totals());
  for (const Step& step : steps) {
    run.timeline.append(step);
    run.timeline.forward();
    run.totals.push_back(run.timeline.machine().kernel().totals());
  }
  return run;
}

std::string special_about(const MachineConfig& config, const MachineConfig& other) {
  std::string text;
  const std::vector<Setting> others = settings_of(other);
  for (const Setting& setting : settings_of(config)) {
    const auto same = std::find_if(others.begin(), others.end(),
                                   [&](const Setting& each) { return each.id == setting.id; });
    if (same != others.end() && same->value_at(same->at) == setting.value_at(setting.at)) continue;
    const std::string& words = setting.is_slider() ? setting.value : setting.choices[setting.at];
    text += (text.empty() ? "" : ", ") + std::string(setting.label) + ": " + words;
  }
  return text;
}

BranchModel compare_runs(const FutureRun& left, const FutureRun& right, const Fork& fork) {
  BranchModel model;
  const std::size_t rest_left = left.timeline.size() - std::min(left.timeline.size(), fork.at + fork.left);
  const std::size_t rest_right =
      right.timeline.size() - std::min(right.timeline.size(), fork.at + fork.right);
  const std::size_t beats = fork.at + fork.own() + std::max(rest_left, rest_right);
  for (std::size_t beat = 0; beat < beats; ++beat) {
    const Side here(left, fork, beat, fork.left);
    const Side there(right, fork, beat, fork.right);
    const BeatDifference difference = difference_at(here, there);
    model.strip.push_back(difference);
    if (difference == BeatDifference::None || model.parting) continue;
    model.parting = beat;
    model.parting_text = parting_text(here, there, difference);
  }
  if (!model.parting) model.parting_text = std::string(kNoParting);
  model.left.name = special_about(left.config, right.config);
  model.right.name = special_about(right.config, left.config);
  return model;
}

void show_beat(FutureRun& left, FutureRun& right, const Fork& fork, std::size_t beat, BranchModel& model) {
  model.beat = std::min(beat, model.strip.size());
  left.timeline.seek(fork.position(model.beat, fork.left));
  right.timeline.seek(fork.position(model.beat, fork.right));
  const auto fill_in = [](const Timeline& timeline, FutureView& view) {
    std::string name = std::move(view.name);
    view = view_of(timeline);
    view.name = std::move(name);
  };
  fill_in(left.timeline, model.left);
  fill_in(right.timeline, model.right);
  model.rows = rows_of(left.timeline.machine().kernel(), right.timeline.machine().kernel());
  model.output_text = compare_output(summarize(left.timeline), summarize(right.timeline));
}

}  // namespace vmp
