#include "core/os/thrashing.h"

#include "core/sim/scenario.h"
#include "tests/support/files.h"
#include "tests/support/world.h"

namespace vmp::test {
namespace {

constexpr std::uint64_t kFrames = 8;

PageUser page(std::uint64_t number, std::uint32_t process = 1) {
  return {ProcessId(process), PageNumber(number)};
}

// Each of `count` references, from number `first` on, needs a page that has just left.
void refault(Thrashing& thrashing, std::uint64_t first, std::uint64_t count) {
  for (std::uint64_t now = first; now < first + count; ++now) {
    thrashing.page_left(page(now));
    CHECK(thrashing.page_came_back(page(now), true, kFrames, now));
  }
}

struct Story {
  std::uint64_t began = 0;
  std::uint64_t ended = 0;
  std::vector<std::uint64_t> values;  // that reads gave
  Counters totals;
};

Story run(const Scenario& scenario, const MachineConfig& config) {
  Machine machine = Machine::build(config).value();
  Story story;
  for (const Step& step : scenario.steps()) {
    EventLog log;
    const Outcome outcome = machine.execute(step.command, &log);
    const auto broken = broken_invariants(machine.kernel());
    REQUIRE_MESSAGE(broken.empty(), (broken.empty() ? std::string() : broken.front()));
    for (const Event& event : log) {
      story.began += std::holds_alternative<ThrashingBegan>(event) ? 1 : 0;
      story.ended += std::holds_alternative<ThrashingEnded>(event) ? 1 : 0;
    }
    const auto* completed = std::get_if<Completed>(&outcome);
    REQUIRE(completed != nullptr);
    if (completed->value) story.values.push_back(*completed->value);
  }
  story.totals = machine.kernel().totals();
  return story;
}

}  // namespace

TEST_CASE("a page that never left RAM does not come back") {
  Thrashing thrashing(10, 50, kFrames);
  CHECK_FALSE(thrashing.page_came_back(page(1), true, kFrames, 0));
}

TEST_CASE("a page comes back too soon if no more pages left after it than there are in RAM") {
  for (const std::uint64_t others : {0ULL, 3ULL, 4ULL, 5ULL}) {
    Thrashing thrashing(10, 50, kFrames);
    thrashing.page_left(page(100));
    for (std::uint64_t i = 0; i < others; ++i) thrashing.page_left(page(i));
    CHECK(thrashing.page_came_back(page(100), true, 4, 0) == (others <= 4));
  }
}

TEST_CASE("a page is back once, and of a page found in RAM nobody waited for the return") {
  Thrashing thrashing(10, 50, kFrames);
  thrashing.page_left(page(1));
  CHECK_FALSE(thrashing.page_came_back(page(1), false, kFrames, 0));
  CHECK_FALSE(thrashing.page_came_back(page(1), true, kFrames, 0));
}

TEST_CASE("thrashing begins when half of the last ten references refaulted and ends below a quarter") {
  Thrashing thrashing(10, 50, kFrames);
  for (std::uint64_t now = 1; now <= 4; ++now) {
    refault(thrashing, now - 1, 1);
    CHECK(thrashing.look(now) == Thrashing::Change::None);
  }
  refault(thrashing, 4, 1);
  CHECK(thrashing.look(5) == Thrashing::Change::Began);
  CHECK(thrashing.refaults() == 5);
  for (std::uint64_t now = 6; now <= 12; ++now) CHECK(thrashing.look(now) == Thrashing::Change::None);
  CHECK(thrashing.active());
  CHECK(thrashing.look(13) == Thrashing::Change::Ended);  // references 3 and 4 are the last two
  CHECK(thrashing.refaults() == 2);
  CHECK_FALSE(thrashing.active());
}

TEST_CASE("a reference that needs two pages back is one reference") {
  Thrashing thrashing(10, 50, kFrames);
  thrashing.page_left(page(1));
  thrashing.page_left(page(2));
  CHECK(thrashing.page_came_back(page(1), true, kFrames, 7));
  CHECK(thrashing.page_came_back(page(2), true, kFrames, 7));
  CHECK(thrashing.refaults() == 1);
}

TEST_CASE("pages that are unmapped, and those of a process that ends, cannot come back") {
  Thrashing thrashing(10, 50, kFrames);
  for (const std::uint32_t process : {1U, 2U}) {
    for (std::uint64_t number = 0; number < 4; ++number) thrashing.page_left(page(number, process));
  }
  thrashing.forget(ProcessId(1), {address_of(PageNumber(1)), address_of(PageNumber(3))});
  CHECK(thrashing.page_came_back(page(0), true, kFrames, 0));
  CHECK_FALSE(thrashing.page_came_back(page(1), true, kFrames, 0));
  CHECK_FALSE(thrashing.page_came_back(page(2), true, kFrames, 0));
  CHECK(thrashing.page_came_back(page(3), true, kFrames, 0));
  thrashing.forget(ProcessId(2));
  CHECK_FALSE(thrashing.page_came_back(page(0, 2), true, kFrames, 0));
}

TEST_CASE("with a window or a percentage of 0 nothing is watched and nothing is state") {
  for (const auto& [window, percent] : {std::pair{0, 50}, std::pair{10, 0}}) {
    Thrashing thrashing(static_cast<std::uint64_t>(window), static_cast<std::uint64_t>(percent), kFrames);
    thrashing.page_left(page(1));
    CHECK_FALSE(thrashing.page_came_back(page(1), true, kFrames, 0));
    Hasher untouched;
    Hasher hasher;
    thrashing.hash_into(hasher);
    CHECK(hasher.value() == untouched.value());
  }
}

TEST_CASE("marks too old to matter are forgotten") {
  Thrashing one(10, 50, kFrames);
  for (std::uint64_t i = 0; i < 1000; ++i) one.page_left(page(i));
  CHECK_FALSE(one.page_came_back(page(0), true, ~std::uint64_t{0}, 0));
  CHECK(one.page_came_back(page(999), true, kFrames, 0));
}

TEST_CASE("two programs fit and three thrash; when the third goes it ends; the values are right all along") {
  const Scenario scenario = test_support::shipped_scenario("thrashing");
  const Story tight = run(scenario, scenario.config());
  CHECK(tight.began == 1);
  CHECK(tight.ended == 1);
  MachineConfig roomy = scenario.config();
  roomy.frames = 32;
  const Story calm = run(scenario, roomy);
  CHECK(calm.began == 0);
  CHECK(calm.totals.refaults == 0);
  CHECK(calm.values == tight.values);
}

TEST_CASE("with local scope and fault-frequency control the third program hurts itself, not the machine") {
  const Scenario scenario = test_support::shipped_scenario("thrashing");
  MachineConfig local = scenario.config();
  local.scope = ReplacementScope::Local;
  local.fault_frequency = {.low = 4, .high = 64};
  const Story controlled = run(scenario, local);
  const Story shared = run(scenario, scenario.config());
  CHECK(controlled.began == 0);
  CHECK(controlled.totals.refaults < shared.totals.refaults / 2);
  CHECK(controlled.values == shared.values);
}

TEST_CASE("a page that is mapped anew at an old address is no return") {
  MachineConfig config;
  config.frames = 10;
  config.kernel_frames = 0;
  config.swap_slots = 16;
  World world(config);
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 8);
  for (std::uint64_t i = 0; i < 8; ++i) world.write(a, at + i * kPageSize, i);
  REQUIRE(world.kernel.totals().evictions > 0);
  world.kernel.madvise(a, VirtualAddress(at), 8 * kPageSize, Kernel::Advice::DontNeed, nullptr);
  for (std::uint64_t i = 0; i < 4; ++i) CHECK(world.read(a, at + i * kPageSize) == 0);
  CHECK(world.kernel.totals().refaults == 0);
}

}  // namespace vmp::test
