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
    {"cow", 0xB78F08B78168F28E},
    {"faults/accessed-clear", 0x1A494958B4F65FEC},
    {"faults/beyond-file-end", 0xF57621E74B23E78A},
    {"faults/dirty-clear", 0xFEB5AEC2E4520A92},
    {"faults/execute-forbidden", 0x42FCD219E3D1948B},
    {"faults/frame-outside-memory", 0x997ED4636FB25446},
    {"faults/misaligned-superpage", 0x3F6D615284B4A2E8},
    {"faults/non-canonical", 0xD8D1AA40CB2C84AC},
    {"faults/not-present", 0x657D15B72E0F576B},
    {"faults/out-of-memory", 0x294555EAD88DD08F},
    {"faults/pointer-at-last-level", 0x7054169F3A2FE1C9},
    {"faults/read-forbidden", 0xFA05115C4AA738B3},
    {"faults/reserved-bits", 0xCB43C3626B969196},
    {"faults/stack-guard-gap", 0x01E2663D635E5D29},
    {"faults/stack-limit", 0x9C11D742A74DFF5E},
    {"faults/supervisor-only", 0x79DB2DA463458D07},
    {"faults/swap-read-error", 0xE32741713F11A89B},
    {"faults/table-outside-memory", 0x015B2415EC561EB0},
    {"faults/user-page", 0x31E203A423047458},
    {"faults/write-forbidden", 0x2E106B59D63AD66B},
    {"faults/write-without-read", 0x4E4DF189B9DE4F3D},
    {"files", 0x814FED6CB26A8920},
    {"isolation", 0x75E5BE2F0B3DDA1C},
    {"segments", 0x26F52DD407D99B70},
    {"stale", 0xCD41422A4954E1C7},
    {"swap", 0x573FB572A59CB3EE},
    {"trace", 0xC9737EF414733E2A},
    {"translation", 0xF8879743357A6FC9},
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

TEST_CASE("every file in assets/scenarios and its faults folder is a golden test") {
  std::vector<std::string> golden;
  golden.reserve(kGolden.size());
  for (const Golden& each : kGolden) golden.emplace_back(each.name);
  std::vector<std::string> files = test_support::files_in("assets/scenarios", ".vms");
  for (const std::string& name : test_support::files_in("assets/scenarios/faults", ".vms"))
    files.push_back("faults/" + name);
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
