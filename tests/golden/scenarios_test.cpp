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
    {"cow", 0x23DCE3BC7F32D9C7},
    {"faults/accessed-clear", 0x87DCE52B02E00DF5},
    {"faults/beyond-file-end", 0x570387BCA3BFCEDA},
    {"faults/dirty-clear", 0xD0ED900B0D44C444},
    {"faults/exec-failed", 0xC5F67EE13F650A82},
    {"faults/execute-forbidden", 0x638A53340759CD01},
    {"faults/frame-outside-memory", 0x693D927D9641D433},
    {"faults/misaligned-superpage", 0xAC9227B67FACD6C2},
    {"faults/non-canonical", 0x7FA3BA391D077A35},
    {"faults/not-present", 0x10C1C73B7409F467},
    {"faults/out-of-memory", 0xF5ACDF77736F8632},
    {"faults/pointer-at-last-level", 0xE53A550EED56CE46},
    {"faults/read-forbidden", 0xCA2308C15060E130},
    {"faults/reserved-bits", 0x49146BBAC6CC542A},
    {"faults/stack-guard-gap", 0x119C40C0CD7553A3},
    {"faults/stack-limit", 0xC85650CB8DA2B99E},
    {"faults/supervisor-only", 0xF1DD0A8885DE8913},
    {"faults/swap-read-error", 0x16EF9B1D000FF750},
    {"faults/table-outside-memory", 0xA59A733B26CB005D},
    {"faults/user-page", 0x96915236C1FD3EC7},
    {"faults/write-forbidden", 0x8FC01DDEA42A8370},
    {"faults/write-without-read", 0xFB2D2B9087420370},
    {"files", 0x25C73601A85AA50B},
    {"isolation", 0xFBDA3C4ABB1949AD},
    {"programs", 0xF5D9CA728EE273E5},
    {"read-ahead", 0x2A2AEFAF4EAA9184},
    {"segments", 0x720AAFEAF11F2774},
    {"stale", 0x8BFB44C20F972BB9},
    {"swap", 0xDBF18BAF008F2729},
    {"tables/flat", 0x269FB8BF92ABDFF6},
    {"tables/tree", 0x890553918C73AA27},
    {"tables/walk-cache", 0x2D0E0FBA7D22BCDE},
    {"thrashing", 0xBD6AAC9861676B73},
    {"trace", 0x4A4F03950D5C99AC},
    {"translation", 0xE81A919E58245936},
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
