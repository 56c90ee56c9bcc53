// The examples in docs/scenario-format.md are real: each is parsed, printed, run, and its expectations hold.
#include <doctest/doctest.h>

#include "core/sim/invariants.h"
#include "tests/support/files.h"

namespace vmp {
namespace {

// The fenced blocks marked as scenarios.
std::vector<std::string> examples() {
  constexpr std::string_view kOpening = "```vms\n";
  constexpr std::string_view kClosing = "```\n";
  const std::string text = test_support::read_file("docs/scenario-format.md");
  std::vector<std::string> found;
  for (std::size_t at = text.find(kOpening); at != std::string::npos; at = text.find(kOpening, at)) {
    at += kOpening.size();
    const std::size_t end = text.find(kClosing, at);
    REQUIRE(end != std::string::npos);
    found.push_back(text.substr(at, end - at));
  }
  return found;
}

}  // namespace

TEST_CASE("every example of the scenario format's specification runs as it says") {
  REQUIRE(examples().size() >= 5);
  for (const std::string& example : examples()) {
    CAPTURE(example);
    const auto scenario = parse_scenario(example, test_support::shipped_trace);
    REQUIRE_MESSAGE(scenario.ok(), (scenario.ok() ? "" : to_string(scenario.error(), "example")));
    const auto again = parse_scenario(print_scenario(*scenario), test_support::shipped_trace);
    REQUIRE(again.ok());
    CHECK(*again == *scenario);

    auto timeline = Timeline::start(scenario->config());
    REQUIRE(timeline.ok());
    for (const ScenarioLine& line : scenario->lines) {
      CAPTURE(line.number);
      if (const auto* step = std::get_if<StepLine>(&line.content)) {
        timeline->execute(step->step);
        CHECK(broken_invariants(timeline->machine().kernel()).empty());
      } else if (const auto* expect = std::get_if<ExpectLine>(&line.content)) {
        const auto failure =
            check_expectation(line, expect->expectation, timeline->current(), timeline->machine().kernel());
        if (failure) FAIL_CHECK("expected " << failure->expected << ", but it was " << failure->actual);
      }
    }
  }
}

TEST_CASE("the specification names every word of expectations and counters that the parser knows") {
  const std::string text = test_support::read_file("docs/scenario-format.md");
  const auto named = [&](std::string_view word) {
    return text.find("`" + std::string(word) + "`") != std::string::npos;
  };
  const auto check_names = [&](auto last, auto name) {
    for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i) {
      const std::string_view word = name(static_cast<decltype(last)>(i));
      CHECK_MESSAGE(named(word), std::string(word));
    }
  };
  check_names(SignalReason::SupervisorFault, [](SignalReason each) { return name_of(each); });
  check_names(CallReason::NoFrames, [](CallReason each) { return name_of(each); });
  check_names(RejectReason::ZeroFillNotWritable, [](RejectReason each) { return name_of(each); });
  check_names(FaultKind::DirtyClear, [](FaultKind each) { return name_of(each); });
  check_names(Errno::Efault, [](Errno each) { return name_of(each); });
}

}  // namespace vmp
