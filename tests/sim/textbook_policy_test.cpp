// The figures of a well-known operating-systems textbook's paging simulator (tests/data/README.md): for every
// access whether it hits, and which page is replaced. Its RAND draws with another generator and its CLOCK is
// no clock, so those are left out.
#include <doctest/doctest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/sim/demand_paging.h"
#include "core/sim/next_use.h"
#include "tests/support/files.h"

namespace vmp::test {
namespace {

std::string option(const nlohmann::json& options, const std::string& name, const std::string& usual) {
  for (std::size_t i = 0; i + 1 < options.size(); ++i) {
    if (options[i] == name) return options[i + 1];
  }
  return usual;
}

void compare(const nlohmann::json& problem, PolicyKind policy) {
  const std::uint64_t frames = std::stoull(option(problem["options"], "-C", "3"));
  std::vector<std::uint32_t> pages;
  for (const auto& access : problem["accesses"]) pages.push_back(access["page"]);
  const std::vector<std::uint32_t> distances = next_uses(pages);
  DemandPaging paging({.policy = policy, .frames = frames});
  for (std::size_t i = 0; i < pages.size(); ++i) {
    CAPTURE(i);
    const DemandPaging::Step step =
        paging.reference(pages[i], false, distances[i] == kNoNextUse ? kNeverUsed : distances[i]);
    const nlohmann::json& expected = problem["accesses"][i];
    CHECK(step.fault == !expected["hit"].get<bool>());
    REQUIRE(step.evicted.has_value() == !expected["replaced"].is_null());
    if (step.evicted) CHECK(*step.evicted == expected["replaced"].get<std::uint32_t>());
  }
  CHECK(paging.faults() == problem["misses"].get<std::uint64_t>());
}

}  // namespace

TEST_CASE("FIFO, LRU, MRU and OPT hit and replace as the textbook says") {
  const std::map<std::string, PolicyKind> known{{"FIFO", PolicyKind::Fifo},
                                                {"LRU", PolicyKind::Lru},
                                                {"MRU", PolicyKind::Mru},
                                                {"OPT", PolicyKind::Optimal}};
  std::istringstream lines(test_support::read_file("tests/data/textbook/policy.jsonl"));
  std::map<PolicyKind, int> compared;
  for (std::string line; std::getline(lines, line);) {
    const auto problem = nlohmann::json::parse(line);
    const auto policy = known.find(option(problem["options"], "-p", "FIFO"));
    if (policy == known.end()) continue;
    CAPTURE(line);
    compare(problem, policy->second);
    ++compared[policy->second];
  }
  for (const auto& [name, policy] : known) CHECK(compared[policy] > 0);
}

}  // namespace vmp::test
