#include "tests/support/world.h"

namespace vmp::test {
namespace {

using Why = FrameQuotaSet::Why;

MachineConfig controlled(std::uint64_t low, std::uint64_t high, std::uint64_t frames = 64) {
  MachineConfig config;
  config.frames = frames;
  config.kernel_frames = 0;
  config.swap_slots = 64;
  config.policy = PolicyKind::Lru;
  config.fault_frequency = {.low = low, .high = high};
  return config;
}

struct Watched : World {
  explicit Watched(const MachineConfig& config) : World(config) {
    a = spawn("A");
    at = map(a, 16);
  }
  void touch(std::uint64_t page) { write(a, at + page * kPageSize, page); }
  // Uses a page that is in RAM so many times.
  void use(std::uint64_t page, int times) {
    for (int i = 0; i < times; ++i) CHECK(read(a, at + page * kPageSize) == page);
  }
  FrameQuotaSet decision() const {
    const auto decisions = events<FrameQuotaSet>();
    REQUIRE(decisions.size() == 1);
    return decisions.front();
  }
  bool resident(std::uint64_t page) const {
    return entry(a, at + page * kPageSize).has(kernel.format().present);
  }

  ProcessId a;
  std::uint64_t at = 0;
};

}  // namespace

TEST_CASE("without fault-frequency control a process has no quota") {
  Watched world(controlled(0, 0));
  world.touch(0);
  CHECK(world.events<FrameQuotaSet>().empty());
  CHECK_FALSE(world.process(world.a).frame_quota);
}

TEST_CASE("faults that come sooner than the lower interval give a frame more each") {
  Watched world(controlled(4, 10));
  world.touch(0);
  CHECK(world.decision().why == Why::FirstFault);
  CHECK(world.decision().quota == 2);  // the stack's page and this one
  for (std::uint64_t page = 1; page < 6; ++page) {
    world.touch(page);
    CHECK(world.decision().why == Why::FaultsTooOften);
    CHECK(world.decision().interval == 1);
    CHECK(world.decision().quota == page + 2);
  }
  CHECK(world.kernel.totals().evictions == 0);
}

TEST_CASE("a fault later than the upper interval gives up what was not used since the last one") {
  Watched world(controlled(4, 10));
  for (std::uint64_t page = 0; page < 4; ++page) world.touch(page);
  world.use(3, 6);
  world.use(1, 5);
  world.touch(4);
  CHECK(world.decision().why == Why::FaultsSeldom);
  CHECK(world.decision().interval == 12);
  CHECK(world.events<UnusedPageReleased>().size() == 3);  // pages 0 and 2, and the stack's
  CHECK(world.decision().quota == 3);
  CHECK_FALSE(world.resident(0));
  CHECK(world.resident(1));
  CHECK_FALSE(world.resident(2));
  CHECK(world.resident(3));
  CHECK(world.resident(4));
  CHECK(world.kernel.frames().free_count() > 0);
  world.use(4, 1);
  CHECK(world.read(world.a, world.at) == 0);
  world.check_invariants();
}

TEST_CASE("between the thresholds, both included, a page of its own makes room") {
  for (const int uses : {3, 9}) {  // the fault itself is one more reference
    Watched world(controlled(4, 10));
    for (std::uint64_t page = 0; page < 4; ++page) world.touch(page);
    const std::uint64_t resident = world.process(world.a).resident_pages;
    world.use(3, uses);
    world.touch(4);
    CHECK(world.decision().why == Why::BetweenThresholds);
    CHECK(world.decision().quota == resident);
    CHECK(world.events<VictimChosen>().at(0).cause == ReclaimCause::FrameQuota);
    CHECK(world.process(world.a).resident_pages == resident);
    world.check_invariants();
  }
}

TEST_CASE("a loop over five pages comes to have its five frames, and then faults no more") {
  Watched world(controlled(4, 10));
  for (int round = 0; round < 4; ++round) {
    for (std::uint64_t page = 0; page < 5; ++page) world.touch(page);
  }
  CHECK(world.process(world.a).counters.faults() == 5);
  CHECK(world.process(world.a).resident_pages == 6);
}

TEST_CASE("a quota is a wish: where no page of its own may go the process gets a frame all the same") {
  MachineConfig config = controlled(0, 1000);
  config.swap_slots = 0;
  Watched world(config);
  for (std::uint64_t page = 0; page < 5; ++page) world.touch(page);
  CHECK(world.process(world.a).running());
  CHECK(world.process(world.a).resident_pages == 6);
}

TEST_CASE("a page that the device does not take stays") {
  MachineConfig config = controlled(2, 4);
  config.swap_write_failure = {1, true};
  Watched world(config);
  for (std::uint64_t page = 0; page < 4; ++page) world.touch(page);
  world.use(3, 8);
  world.touch(4);
  CHECK(world.events<PageWriteFailed>().size() > 0);
  for (std::uint64_t page = 0; page < 5; ++page) CHECK(world.resident(page));
  world.check_invariants();
}

TEST_CASE("pages that are shared after a fork, or locked, are not given up") {
  Watched world(controlled(2, 4));
  for (std::uint64_t page = 0; page < 3; ++page) world.touch(page);
  world.kernel.mlock(world.a, VirtualAddress(world.at), kPageSize, true, nullptr);
  world.fork(world.a, "B");
  world.write(world.a, world.at, 0);  // page 0 has a copy of its own now
  world.use(0, 8);
  world.touch(5);
  for (std::uint64_t page = 0; page < 3; ++page) CHECK(world.resident(page));
  world.check_invariants();
}

TEST_CASE("with local scope what one process gives up is there for another") {
  MachineConfig config = controlled(4, 10, 18);
  config.scope = ReplacementScope::Local;
  Watched world(config);
  for (std::uint64_t page = 0; page < 8; ++page) world.touch(page);
  world.use(7, 12);
  world.touch(8);  // all but page 7 goes
  CHECK(world.process(world.a).resident_pages == 2);
  const ProcessId b = world.spawn("B");
  const std::uint64_t at = world.map(b, 6);
  for (std::uint64_t page = 0; page < 6; ++page) world.write(b, at + page * kPageSize, page);
  CHECK(world.process(b).counters.evictions == 0);
  CHECK(world.process(world.a).resident_pages == 2);
  world.check_invariants();
}

TEST_CASE("the lower interval may not be above the upper one") {
  CHECK(check_config(controlled(11, 10))->kind == ConfigError::Kind::BadFaultFrequency);
  CHECK_FALSE(check_config(controlled(10, 10)));
}

}  // namespace vmp::test
