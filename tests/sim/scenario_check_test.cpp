// Expectations held against a machine: what is said when one does not hold.
#include <doctest/doctest.h>

#include "core/sim/scenario_names.h"
#include "core/sim/timeline.h"

using namespace vmp;

namespace {

// Runs the lines on a machine; the line numbers and texts of the expectations that do not hold.
std::vector<ExpectationFailure> failures_of(const std::string& lines) {
  const auto scenario = parse_scenario("vms 1\nmachine frames=24 swap=16\n" + lines, {});
  REQUIRE_MESSAGE(scenario.ok(), (scenario.ok() ? std::string() : to_string(scenario.error(), "test")));
  Timeline timeline = Timeline::start(scenario->config()).value();
  std::vector<ExpectationFailure> failures;
  for (const ScenarioLine& line : scenario->lines) {
    if (const auto* step = std::get_if<StepLine>(&line.content)) timeline.execute(step->step);
    if (const auto* expect = std::get_if<ExpectLine>(&line.content)) {
      const auto failure =
          check_expectation(line, expect->expectation, timeline.current(), timeline.machine().kernel());
      if (failure) failures.push_back(*failure);
    }
  }
  return failures;
}

}  // namespace

TEST_CASE("every counter can be expected of the machine, and a wrong number is told with the right one") {
  const std::string story =
      "program p\n  code 1\n  data 1\n  heap 0 limit 16\n  stack limit 8\nend\n"
      "spawn A p\nwrite A 0x00401000 5\nread A 0x00401000\nexecute A 0x00400000\n";
  const std::vector<std::pair<std::string, std::string>> counters{
      {"reads", "1"},        {"writes", "1"},       {"executes", "1"},    {"faults", "2"},
      {"minor-faults", "0"}, {"major-faults", "2"}, {"evictions", "0"},   {"pages-out", "0"},
      {"pages-in", "0"},     {"copies", "1"},       {"signals", "0"},     {"resident", "3"},
      {"used-slots", "0"},   {"swap-reads", "0"},   {"swap-writes", "0"}, {"file-writes", "0"}};
  for (const auto& [name, value] : counters) {
    const std::string line = "expect counter " + name + " ";
    INFO(line);
    CHECK(failures_of(story + line + value + "\n").empty());
    const auto failures = failures_of(story + line + "77\n");
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].actual == "counter " + name + " " + value);
    CHECK(failures[0].expected == "counter " + name + " 77");
    CHECK(failures[0].line == 13);
  }
}

TEST_CASE("the hardware's and the devices' counters are those of the machine's books") {
  const std::string story =
      "program p\n  code 1\n  data 1\n  heap 0 limit 16\n  stack limit 8\nend\n"
      "spawn A p\nwrite A 0x00401000 5\n";
  for (std::size_t i = 0; i <= static_cast<std::size_t>(CounterName::AccessTenths); ++i) {
    const std::string name(name_of(static_cast<CounterName>(i)));
    const auto failures = failures_of(story + "expect counter " + name + " 987654321987\n");
    INFO(name);
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].actual.starts_with("counter " + name + " "));
  }
}

TEST_CASE("an expectation that does not hold says what was there instead") {
  const std::string story =
      "program p\n  code 1\n  data 1\n  heap 0 limit 16\n  stack limit 8\nend\nspawn A p\n";
  const auto actual = [&](const std::string& lines) {
    const auto failures = failures_of(story + lines);
    REQUIRE(failures.size() == 1);
    return failures[0].actual;
  };
  CHECK(actual("read A 0x00401000\nread A 0x00401000\nexpect fault not-present\n") == "no fault");
  CHECK(actual("read A 0x00401000\nexpect fault write-forbidden\n") == "fault not-present");
  CHECK(actual("read A 0x00401000\nexpect value 1\n") == "value 0");
  CHECK(actual("expect page A 0x00401000 resident\n") == "page A 0x00401000 untouched");
  CHECK(actual("expect page A 0x10000000 resident\n") == "page A 0x10000000 unmapped");
  CHECK(actual("expect page B 0x00401000 resident\n") == "no running process B");
  CHECK(actual("expect counter B faults 1\n") == "no running process B");
  CHECK(actual("expect same-frame A 0x00401000 B 0x00401000\n") == "no running process B");
  CHECK(actual("expect same-frame A 0x00401000 A 0x00400000\n") == "a page that is in no frame");
}
