#include "shell/present/branches.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "core/sim/narrate.h"
#include "shell/present/branch_choices.h"
#include "tests/present/fixture.h"
#include "tests/support/files.h"

namespace vmp {
namespace {

std::vector<Step> steps_of(const Timeline& timeline) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < timeline.size(); ++i) steps.push_back(timeline.step(i));
  return steps;
}

FutureRun run(const MachineConfig& config, const std::vector<Step>& steps) {
  Result<FutureRun, ConfigError> future = run_future(config, steps);
  REQUIRE(future.ok());
  return std::move(future.value());
}

test::Loaded lesson(const std::string& name, std::size_t position) {
  return test::load(test_support::shipped_scenario_text(name), position);
}

const BranchChoice& choice_labelled(const std::vector<BranchChoice>& choices, std::string_view label) {
  const auto found = std::find_if(choices.begin(), choices.end(),
                                  [&](const BranchChoice& choice) { return choice.label == label; });
  REQUIRE(found != choices.end());
  return *found;
}

const BranchRow& row_labelled(const BranchModel& model, std::string_view label) {
  const auto found = std::find_if(model.rows.begin(), model.rows.end(),
                                  [&](const BranchRow& row) { return row.label == label; });
  REQUIRE(found != model.rows.end());
  return *found;
}

}  // namespace

TEST_CASE("a beat is a step of both, and at the fork a step of either") {
  const Fork added{.at = 5, .left = 0, .right = 1};
  CHECK(added.own() == 1);
  CHECK(added.position(5, added.left) == 5);
  CHECK(added.position(5, added.right) == 5);
  CHECK(added.position(6, added.left) == 5);
  CHECK(added.position(6, added.right) == 6);
  CHECK(added.position(9, added.left) == 8);
  CHECK(added.position(9, added.right) == 9);
  const Fork other{.at = 2, .left = 3, .right = 1};
  CHECK(other.position(4, other.right) == 3);
  CHECK(other.position(6, other.right) == 4);
  CHECK(other.position(6, other.left) == 6);
}

TEST_CASE("the same machine and the same steps come to the same everywhere") {
  const test::Loaded loaded = lesson("swap", 10);
  FutureRun left = run(loaded.timeline.config(), steps_of(loaded.timeline));
  FutureRun right = run(loaded.timeline.config(), steps_of(loaded.timeline));
  BranchModel model = compare_runs(left, right, {});
  CHECK_FALSE(model.parting.has_value());
  CHECK(model.strip.size() == loaded.timeline.size());
  CHECK(model.left.name.empty());
  show_beat(left, right, {}, model.strip.size(), model);
  for (const BranchRow& row : model.rows) {
    CHECK(row.better == Better::Same);
    CHECK(row.left == row.right);
  }
  CHECK(model.left.output == model.right.output);
}

TEST_CASE("more RAM: the first step that costs another number is named, and the totals are the machine's") {
  const test::Loaded loaded = lesson("swap", 10);
  MachineConfig roomy = loaded.timeline.config();
  roomy.frames = 64;
  FutureRun left = run(loaded.timeline.config(), steps_of(loaded.timeline));
  FutureRun right = run(roomy, steps_of(loaded.timeline));
  BranchModel model = compare_runs(left, right, {});
  REQUIRE(model.parting.has_value());
  CHECK(model.strip[*model.parting] == BeatDifference::Cost);
  // By hand: the first step in which one side writes to swap.
  std::size_t first = 0;
  while (left.totals[first + 1].pages_written_out == right.totals[first + 1].pages_written_out) ++first;
  CHECK(*model.parting == first);
  CHECK(model.parting_text.find("They part at step " + std::to_string(first + 1)) == 0);
  CHECK(model.parting_text.find("1 pages to swap on the left, 0 on the right") != std::string::npos);
  show_beat(left, right, {}, model.strip.size(), model);
  CHECK(row_labelled(model, "To swap").better == Better::Right);
  CHECK(row_labelled(model, "To swap").right == "0");
  CHECK(row_labelled(model, "To swap").left ==
        std::to_string(left.timeline.machine().kernel().totals().pages_written_out));
  CHECK(row_labelled(model, "Time").difference.find("less") != std::string::npos);
  CHECK(row_labelled(model, "Accesses").better == Better::Same);
  CHECK(model.output_text == "The programs printed the same.");
  CHECK(model.right.name.find("64 frames") != std::string::npos);
  CHECK(model.left.frames.size() == 16);
  CHECK(model.right.frames.size() == 64);
  show_beat(left, right, {}, *model.parting, model);
  CHECK(row_labelled(model, "To swap").better == Better::Same);
}

TEST_CASE("another value stored: the program sees it at a later step of both") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 2);
  const std::vector<BranchChoice> choices = branch_choices(loaded.timeline, {});
  const BranchChoice& without = choice_labelled(choices, "Without: A stores 42 at 0x00403A2C");
  CHECK(without.fork == Fork{2, 1, 0});
  FutureRun left = run(loaded.timeline.config(), steps_of(loaded.timeline));
  FutureRun right = run(without.config, without.steps);
  BranchModel model = compare_runs(left, right, without.fork);
  CHECK(model.strip.size() == loaded.timeline.size());
  CHECK(model.parting == 2);
  CHECK(model.parting_text == "They part at step 3: A stores 42 at 0x00403A2C, on one side only.");
  CHECK(model.strip[4] == BeatDifference::Program);  // A reads 42 here, 0 there
  show_beat(left, right, without.fork, 5, model);
  CHECK(left.timeline.position() == 5);
  CHECK(right.timeline.position() == 4);
  CHECK(model.left.output == std::vector<std::string>{"A prints 42"});
  CHECK(model.right.output == std::vector<std::string>{"A prints 0"});
  CHECK(model.output_text.find("Not the same") == 0);
}

TEST_CASE("what can be chosen: machines that can be, steps from here on, futures that were left") {
  const test::Loaded loaded = lesson("swap", 14);
  const std::vector<Step> steps = steps_of(loaded.timeline);
  std::vector<Step> other(steps.begin(), steps.begin() + 16);
  const std::vector<BranchChoice> choices = branch_choices(loaded.timeline, {other});
  std::vector<std::string> rows;
  for (const BranchChoice& choice : choices) {
    CAPTURE(choice.label);
    CHECK_FALSE(choice.label.empty());
    CHECK(run_future(choice.config, choice.steps).ok());
    const bool same = choice.config == loaded.timeline.config() && choice.steps == steps;
    CHECK_FALSE(same);
    if (!choice.row.empty() && (rows.empty() || rows.back() != choice.row)) rows.push_back(choice.row);
  }
  CHECK(rows.size() == 5);
  // A page that A never touched yet.
  CHECK(choice_labelled(choices, "First: B stores 43 at 0x00401000").fork == Fork{14, 0, 1});
  CHECK(choices.back().kept == 0);
  CHECK(choices.back().label == "Ends after step 16");
  CHECK(choices.back().fork == Fork{16, steps.size() - 16, 0});
}

TEST_CASE("every fork of every choice can be gone through from the first beat to the last") {
  for (const std::string name : {"isolation", "cow"}) {
    const test::Loaded loaded = lesson(name, 5);
    FutureRun left = run(loaded.timeline.config(), steps_of(loaded.timeline));
    for (const BranchChoice& choice : branch_choices(loaded.timeline, {})) {
      CAPTURE(choice.label);
      FutureRun right = run(choice.config, choice.steps);
      BranchModel model = compare_runs(left, right, choice.fork);
      for (std::size_t beat = 0; beat <= model.strip.size(); ++beat)
        show_beat(left, right, choice.fork, beat, model);
      CHECK(left.timeline.position() == left.timeline.size());
      CHECK(right.timeline.position() == right.timeline.size());
      CHECK(model.parting_text.find('{') == std::string::npos);
    }
  }
}

}  // namespace vmp
