#include "core/sim/demand_paging.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <string>

#include "core/sim/machine.h"
#include "core/sim/next_use.h"
#include "core/sim/stack_distance.h"
#include "core/sim/string_search.h"
#include "tests/support/seed.h"

namespace vmp::test {
namespace {

std::vector<PolicyKind> all_policies() {
  std::vector<PolicyKind> kinds;
  for (std::size_t i = 0; i < kPolicyKinds; ++i) kinds.push_back(static_cast<PolicyKind>(i));
  return kinds;
}

// References with some locality: most near the last one, some anywhere.
std::vector<std::uint32_t> random_string(Rng& rng, std::uint64_t length, std::uint64_t pages) {
  std::vector<std::uint32_t> string;
  std::uint64_t here = 0;
  for (std::uint64_t i = 0; i < length; ++i) {
    here = rng.below(4) == 0 ? rng.below(pages) : (here + rng.below(3)) % pages;
    string.push_back(static_cast<std::uint32_t>(here));
  }
  return string;
}

std::uint64_t faults(PolicyKind policy, std::uint64_t frames, const std::vector<std::uint32_t>& string) {
  return faults_on({.policy = policy, .frames = frames, .tick = 5}, string);
}

}  // namespace

TEST_CASE("demand paging alone counts the faults of the whole machine, for every policy") {
  Rng rng(test_support::seed());
  const std::vector<std::uint32_t> string = random_string(rng, 3000, 24);
  auto trace = std::make_shared<Trace>();
  for (const std::uint32_t page : string) {
    const AccessKind kind = rng.below(4) == 0 ? AccessKind::Write : AccessKind::Read;
    trace->references.emplace_back(kind, VirtualAddress(0x100000 + std::uint64_t{page} * kPageSize));
  }
  for (const PolicyKind policy : all_policies()) {
    for (const std::uint64_t frames : {1U, 3U, 8U, 20U}) {
      const std::string name(name_of(policy));
      CAPTURE(name);
      CAPTURE(frames);
      MachineConfig config;
      config.frames = 64;
      config.swap_slots = 64;
      config.policy = policy;
      config.tick = 7;
      config.window = 30;
      Machine machine = Machine::build(config).value();
      machine.execute(SpawnEmpty{"T"}, nullptr);
      machine.execute(SetResidentLimit{"T", frames}, nullptr);
      // In two slices: what comes next is known beyond the end of the first.
      machine.execute(ReplayTrace{"T", trace, 0, 1000}, nullptr);
      machine.execute(ReplayTrace{"T", trace, 1000, 2000}, nullptr);

      DemandPaging paging({.policy = policy,
                           .frames = frames,
                           .tick = config.tick,
                           .policy_settings = {.seed = config.seed, .window = config.window}});
      const std::vector<std::uint32_t> distances = next_uses(string);
      for (std::size_t i = 0; i < string.size(); ++i) {
        paging.reference(string[i], trace->references[i].kind() == AccessKind::Write,
                         distances[i] == kNoNextUse ? kNeverUsed : distances[i]);
      }
      CHECK(machine.kernel().totals().faults() == paging.faults());
    }
  }
}

TEST_CASE("stack distances give LRU's faults for every number of frames at once") {
  Rng rng(test_support::seed());
  for (int round = 0; round < 20; ++round) {
    const std::vector<std::uint32_t> string = random_string(rng, 1 + rng.below(2000), 1 + rng.below(40));
    StackDistances distances;
    for (const std::uint32_t page : string) distances.reference(page);
    for (std::uint64_t frames = 1; frames <= 42; ++frames) {
      REQUIRE(distances.faults(frames) == faults(PolicyKind::Lru, frames, string));
    }
  }
}

TEST_CASE("the distance to the next use counts references, and there is none after the last") {
  const std::vector<std::uint32_t> pages{0, 1, 0, 0, 2, 1};
  CHECK(next_uses(pages) == std::vector<std::uint32_t>{2, 4, 1, kNoNextUse, kNoNextUse, kNoNextUse});
}

TEST_CASE("Optimal never faults more often than any other policy, on 100,000 random strings") {
  Rng rng(test_support::seed());
  const std::vector<PolicyKind> policies = all_policies();
  for (int i = 0; i < 100'000; ++i) {
    const std::vector<std::uint32_t> string = random_string(rng, 8 + rng.below(24), 3 + rng.below(8));
    const std::uint64_t frames = 1 + rng.below(6);
    const std::uint64_t least = faults(PolicyKind::Optimal, frames, string);
    for (const PolicyKind policy : policies) REQUIRE(least <= faults(policy, frames, string));
  }
}

TEST_CASE("what LRU keeps in N frames it also keeps in N + 1") {
  Rng rng(test_support::seed());
  for (int round = 0; round < 500; ++round) {
    const std::uint64_t frames = 1 + rng.below(8);
    DemandPaging fewer({.policy = PolicyKind::Lru, .frames = frames});
    DemandPaging more({.policy = PolicyKind::Lru, .frames = frames + 1});
    for (const std::uint32_t page : random_string(rng, 200, 12)) {
      fewer.reference(page);
      more.reference(page);
      const std::vector<std::uint32_t> kept = more.resident_pages();
      const std::vector<std::uint32_t> inner = fewer.resident_pages();
      REQUIRE(std::includes(kept.begin(), kept.end(), inner.begin(), inner.end()));
    }
  }
}

TEST_CASE("a step says which page lost its frame, and the peek beforehand names its frame") {
  DemandPaging paging({.policy = PolicyKind::Fifo, .frames = 2});
  CHECK_FALSE(paging.reference(4).evicted.has_value());
  CHECK_FALSE(paging.peek_victim().has_value());
  CHECK(paging.reference(1).fault);
  CHECK_FALSE(paging.reference(4).fault);
  CHECK(paging.peek_victim()->frame == FrameNumber(0));
  CHECK(paging.reference(2).evicted == 4);
  CHECK_FALSE(paging.resident(4));
  CHECK(paging.resident_pages() == std::vector<std::uint32_t>{1, 2});
  CHECK(paging.references() == 4);
  CHECK(paging.faults() == 3);
}

}  // namespace vmp::test
