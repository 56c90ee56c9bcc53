// Every lesson is a golden test: its expectations hold, the invariants hold after each step, and it ends in
// the very state it ended in when it was written, on every platform.
#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <map>

#include "core/sim/invariants.h"
#include "core/sim/text_number.h"
#include "tests/support/files.h"

namespace vmp {
namespace {

struct Golden {
  const char* name;
  std::uint64_t hash;  // of the machine after the last step
};
// A change that is meant to change the state changes these too; the test prints the new one.
constexpr auto kGolden = std::to_array<Golden>({
    {"cow", 0xEAF3986E72847FDB},
    {"faults/accessed-clear", 0x6197F7665CFBEA5A},
    {"faults/beyond-file-end", 0x6D97CCFBB8C39602},
    {"faults/dirty-clear", 0x0F7C2BAA7793A712},
    {"faults/execute-forbidden", 0x51E510D9BFC7E91B},
    {"faults/frame-outside-memory", 0xBFE74762A6C7D9D4},
    {"faults/misaligned-superpage", 0x19161C8D18C33D6A},
    {"faults/non-canonical", 0x7C992D05B6AA8727},
    {"faults/not-present", 0xEEF178EC03285117},
    {"faults/out-of-memory", 0xDFA28AC80657F83D},
    {"faults/pointer-at-last-level", 0x6B00BE3FCEDD9A46},
    {"faults/read-forbidden", 0xEBC7EB6808B864D2},
    {"faults/reserved-bits", 0x6EE5CF6F60186C9F},
    {"faults/stack-guard-gap", 0x7823669C605C7B90},
    {"faults/stack-limit", 0x0BF8B4D3B72E8DF1},
    {"faults/supervisor-only", 0xF68FC4DEAC98A77D},
    {"faults/swap-read-error", 0xDD2ADFC068446C75},
    {"faults/table-outside-memory", 0x5C4A9C391EA8480C},
    {"faults/user-page", 0x0AD83A5BCDCB1BC9},
    {"faults/write-forbidden", 0xEDD51BC659F77033},
    {"faults/write-without-read", 0x24E022D0DA900213},
    {"files", 0x2C37EE10D43ED885},
    {"isolation", 0x053265866F08ED65},
    {"read-ahead", 0x7054CBC362532B3F},
    {"segments", 0x70241855440F0861},
    {"stale", 0xFE0E19B6ED82C755},
    {"swap", 0x983191EFE931C5AC},
    {"tables/flat", 0x011E9AC4935B9C61},
    {"tables/tree", 0x225A467AEE2D00E0},
    {"tables/walk-cache", 0x9A3B77FE9D1577D0},
    {"thrashing", 0xDFCEF4AB87B8F120},
    {"trace", 0x8E17D0A8B5FB2909},
    {"translation", 0xBF7CCE2ADFC66EE7},
});

Timeline start(const Scenario& scenario) {
  auto timeline = Timeline::start(scenario.config());
  REQUIRE(timeline.ok());
  return std::move(timeline.value());
}

// Runs the scenario to its end with every check there is.
void run_checked(const Scenario& scenario, Timeline& timeline) {
  for (const ScenarioLine& line : scenario.lines) {
    CAPTURE(line.number);
    if (const auto* step = std::get_if<StepLine>(&line.content)) {
      const StepRecord& record = timeline.execute(step->step);
      CHECK_FALSE(std::holds_alternative<Rejected>(record.outcome));
      for (const std::string& broken : broken_invariants(timeline.machine().kernel())) FAIL_CHECK(broken);
    } else if (const auto* expect = std::get_if<ExpectLine>(&line.content)) {
      const auto failure =
          check_expectation(line, expect->expectation, timeline.current(), timeline.machine().kernel());
      if (failure) FAIL_CHECK("expected " << failure->expected << ", but it was " << failure->actual);
    }
  }
}

}  // namespace

TEST_CASE("every file in assets/scenarios and its folders is a golden test") {
  std::vector<std::string> golden;
  golden.reserve(kGolden.size());
  for (const Golden& each : kGolden) golden.emplace_back(each.name);
  std::vector<std::string> files = test_support::files_in("assets/scenarios", ".vms");
  for (const std::string& folder : {std::string("faults"), std::string("tables")}) {
    for (const std::string& name : test_support::files_in("assets/scenarios/" + folder, ".vms"))
      files.push_back(folder + "/" + name);
  }
  std::sort(files.begin(), files.end());
  CHECK(files == golden);
}

TEST_CASE("there is a scenario for every kind of fault, and the fault is raised in it") {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(FaultKind::DirtyClear); ++i) {
    const std::string name(name_of(static_cast<FaultKind>(i)));
    const std::string text = test_support::shipped_scenario_text("faults/" + name);
    CHECK_MESSAGE(text.find("\nexpect fault " + name + "\n") != std::string::npos, name);
  }
}

TEST_CASE("the expectations of every lesson hold, and so do the invariants") {
  for (const Golden& golden : kGolden) {
    INFO(std::string(golden.name));
    const Scenario scenario = test_support::shipped_scenario(golden.name);
    Timeline timeline = start(scenario);
    run_checked(scenario, timeline);
  }
}

TEST_CASE("every lesson ends in the same state on every platform") {
  for (const Golden& golden : kGolden) {
    const Scenario scenario = test_support::shipped_scenario(golden.name);
    Timeline timeline = start(scenario);
    run_checked(scenario, timeline);
    CHECK_MESSAGE(timeline.machine().hash() == golden.hash, std::string(golden.name), ": ",
                  to_hex(timeline.machine().hash(), 16));
  }
}

TEST_CASE("a lesson goes back to any step and forward again to the same states") {
  for (const Golden& golden : kGolden) {
    INFO(std::string(golden.name));
    const Scenario scenario = test_support::shipped_scenario(golden.name);
    Timeline timeline = start(scenario);
    run_checked(scenario, timeline);
    while (timeline.back()) {
      if (timeline.position() > 0) CHECK(timeline.machine().hash() == timeline.current()->hash);
    }
    while (timeline.forward()) CHECK(timeline.machine().hash() == timeline.current()->hash);
  }
}

TEST_CASE("every lesson has a title, prose from the start, and program lines that exist") {
  for (const Golden& golden : kGolden) {
    INFO(std::string(golden.name));
    const Scenario scenario = test_support::shipped_scenario(golden.name);
    CHECK_FALSE(scenario.title().empty());
    bool has_prose = false;
    std::map<std::string, std::size_t, std::less<>> lines_of;  // of the program a process runs
    for (const ScenarioLine& line : scenario.lines) {
      if (std::holds_alternative<ProseLine>(line.content)) has_prose = true;
      const auto* step_line = std::get_if<StepLine>(&line.content);
      if (step_line == nullptr) continue;
      CAPTURE(line.number);
      const Step& step = step_line->step;
      CHECK(has_prose);
      if (const auto* spawn = std::get_if<SpawnProcess>(&step.command)) {
        lines_of[spawn->process] = spawn->program->lines.size();
      }
      if (const auto* fork = std::get_if<ForkProcess>(&step.command)) {
        lines_of[fork->child] = lines_of[fork->process];
      }
      if (step.program_line != 0) CHECK(step.program_line <= lines_of[std::string(process_of(step.command))]);
    }
  }
}

}  // namespace vmp
