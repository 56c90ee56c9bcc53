// A read of memory nobody wrote yet shows the kernel's one page of zeros (mm/memory.c, do_anonymous_page()).
#include "tests/support/world.h"

using namespace vmp;
using vmp::test::World;

namespace {

FrameNumber zeros(const World& world) {
  REQUIRE(world.kernel.frames().zero_page());
  return *world.kernel.frames().zero_page();
}

}  // namespace

TEST_CASE("untouched pages that are read show one page of zeros, which costs no frame") {
  World world;
  const ProcessId a = world.spawn("A");
  const ProcessId b = world.spawn("B");
  const std::uint64_t in_a = world.map(a, 3);
  const std::uint64_t in_b = world.map(b, 1);
  world.write(b, in_b + 8, 0);  // both have their table nodes now
  world.read(a, in_a);
  const std::uint64_t free = world.kernel.frames().free_count();
  const std::uint64_t resident = world.process(a).resident_pages;
  for (std::uint64_t page = 0; page < 3; ++page) {
    CHECK(world.read(a, in_a + page * kPageSize + 4) == 0);
    CHECK(world.frame(a, in_a + page * kPageSize) == zeros(world));
    CHECK_FALSE(world.entry(a, in_a + page * kPageSize).has(world.kernel.format().write));
  }
  CHECK(world.kernel.frames().free_count() == free);
  CHECK(world.process(a).resident_pages == resident);
  CHECK(world.process(a).counters.minor_faults == 3);
  world.check_invariants();
}

TEST_CASE("the first write parts a page from the page of zeros") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 1);
  world.read(a, at);
  CHECK(world.events<FaultUnderstood>().at(0).cause == FaultCause::ZeroPage);
  world.write(a, at, 42);
  CHECK(world.events<FaultUnderstood>().at(0).cause == FaultCause::DemandZero);
  CHECK(world.frame(a, at) != zeros(world));
  CHECK(world.read(a, at) == 42);
  CHECK(world.read(a, at + 4) == 0);
  CHECK(world.kernel.memory().frame_bytes(zeros(world)) == PageBytes{});
  world.check_invariants();
}

TEST_CASE("fork, mremap and mprotect keep showing zeros") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 2);
  world.read(a, at);
  world.read(a, at + kPageSize);
  const ProcessId child = world.fork(a, "child");
  CHECK(world.frame(child, at) == zeros(world));
  world.write(child, at, 7);
  CHECK(world.read(a, at) == 0);

  const VirtualAddress target(at - 16 * kPageSize);
  world.kernel.mremap(a,
                      {.address = VirtualAddress(at),
                       .old_length = kPageSize,
                       .new_length = kPageSize,
                       .may_move = true,
                       .fixed = target},
                      nullptr);
  CHECK(world.frame(a, target.value()) == zeros(world));
  world.kernel.mprotect(a, VirtualAddress(at + kPageSize), kPageSize, {true, false, false}, nullptr);
  world.kernel.mprotect(a, VirtualAddress(at + kPageSize), kPageSize, {true, true, false}, nullptr);
  CHECK_FALSE(world.entry(a, at + kPageSize).has(world.kernel.format().write));
  world.write(a, at + kPageSize, 9);
  CHECK(world.read(a, at + kPageSize) == 9);
  world.check_invariants();
}

TEST_CASE("unmapping and exit leave the page of zeros alone") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 2);
  world.read(a, at);
  world.read(a, at + kPageSize);
  world.kernel.munmap(a, VirtualAddress(at), kPageSize, nullptr);
  world.check_invariants();
  world.kernel.exit(a, 0, nullptr);
  CHECK(world.kernel.frames()[zeros(world)].use == FrameUse::ZeroPage);
  world.check_invariants();
}

TEST_CASE("a kernel without a frame of its own gives every first read a frame") {
  MachineConfig config;
  config.kernel_frames = 0;
  World world(config);
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 1);
  world.read(a, at);
  CHECK(world.events<FaultUnderstood>().at(0).cause == FaultCause::DemandZero);
  CHECK(world.kernel.frames()[world.frame(a, at)].use == FrameUse::Page);
}

TEST_CASE("a trace's reads stand for data, so they get frames") {
  World world;
  world.kernel.spawn_empty("T", nullptr);
  const ProcessId t = world.kernel.find_process("T")->id;
  world.kernel.replay_reference(t, AccessKind::Read, VirtualAddress(0x10000), nullptr);
  CHECK(world.process(t).resident_pages == 1);
  CHECK(world.frame(t, 0x10000) != zeros(world));
}
