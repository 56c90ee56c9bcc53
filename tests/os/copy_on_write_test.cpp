#include "tests/support/world.h"

namespace vmp::test {
namespace {

constexpr std::uint64_t kData = 0x00401000;

}  // namespace

TEST_CASE("after a fork parent and child share frames and neither may write them without a fault") {
  World world;
  const ProcessId parent = world.spawn("P");
  world.write(parent, kData, 42);
  const ProcessId child = world.fork(parent, "C");
  CHECK(world.frame(parent, kData) == world.frame(child, kData));
  CHECK_FALSE(world.entry(parent, kData).has(world.kernel.format().write));
  CHECK_FALSE(world.entry(child, kData).has(world.kernel.format().write));
  CHECK(world.read(child, kData) == 42);
  CHECK(world.events<FaultUnderstood>().empty());
  world.check_invariants();
}

TEST_CASE("the first write after a fork copies the page") {
  World world;
  const ProcessId parent = world.spawn("P");
  world.write(parent, kData, 42);
  const ProcessId child = world.fork(parent, "C");
  world.write(child, kData, 7);
  CHECK(world.events<FaultUnderstood>().at(0).cause == FaultCause::CopyOnWriteCopy);
  CHECK(world.read(parent, kData) == 42);
  CHECK(world.read(child, kData) == 7);
  CHECK(world.process(child).counters.copies == 1);
  world.check_invariants();
}

TEST_CASE("the last sharer takes the frame over uncopied") {
  World world;
  const ProcessId parent = world.spawn("P");
  world.write(parent, kData, 42);
  const FrameNumber frame = world.frame(parent, kData);
  const ProcessId child = world.fork(parent, "C");
  world.write(child, kData, 7);
  world.write(parent, kData, 43);
  CHECK(world.events<FaultUnderstood>().at(0).cause == FaultCause::CopyOnWriteReuse);
  CHECK(world.frame(parent, kData) == frame);
  CHECK(world.process(parent).counters.copies == 1);  // of the file's page, before the fork
  CHECK(world.process(child).counters.copies == 1);
}

TEST_CASE("a stale writable translation does not survive a fork") {
  World world;
  const ProcessId parent = world.spawn("P");
  world.write(parent, kData, 42);  // the TLB now holds a writable, dirty translation
  const ProcessId child = world.fork(parent, "C");
  world.write(parent, kData, 1);
  CHECK(world.read(child, kData) == 42);
}

TEST_CASE("a swapped page stays shared after a fork, and a write parts it") {
  MachineConfig config;
  config.frames = 20;
  config.kernel_frames = 0;
  config.swap_slots = 8;
  config.policy = PolicyKind::Fifo;
  World world(config);
  const ProcessId parent = world.spawn("P");
  world.kernel.set_resident_limit(parent, 2, nullptr);
  const std::uint64_t at = world.map(parent, 4);
  for (std::uint64_t page = 0; page < 4; ++page) world.write(parent, at + page * kPageSize, 10 + page);
  REQUIRE(std::holds_alternative<SwappedEntry>(decode_leaf(world.kernel.format(), world.entry(parent, at))));
  const ProcessId child = world.fork(parent, "C");
  CHECK(world.entry(child, at) == world.entry(parent, at));
  CHECK(world.read(child, at) == 10);
  CHECK(world.read(parent, at) == 10);
  CHECK(world.frame(parent, at) == world.frame(child, at));  // found in the swap cache, not read twice
  world.write(child, at, 99);
  CHECK(world.read(parent, at) == 10);
  CHECK(world.read(child, at) == 99);
  world.check_invariants();
}

TEST_CASE("ending the parent leaves the child everything") {
  World world;
  const ProcessId parent = world.spawn("P");
  world.write(parent, kData, 42);
  const ProcessId child = world.fork(parent, "C");
  world.kernel.exit(parent, 3, nullptr);
  CHECK(world.read(child, kData) == 42);
  world.write(child, kData, 43);
  CHECK(world.process(child).counters.copies == 0);
  CHECK(world.process(parent).exit_status == 3);
  world.check_invariants();
}

}  // namespace vmp::test
