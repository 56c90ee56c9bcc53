// A flat page table in the kernel's hands: one node of many frames in a row.
#include "tests/support/world.h"

namespace vmp::test {
namespace {

constexpr std::uint64_t kTableFrames = 1024;

// Room for two tables, and `pages` frames more.
MachineConfig flat(std::uint64_t pages, std::uint32_t slots = 0) {
  MachineConfig config;
  config.format = FormatId::Linear;
  config.kernel_frames = 3;
  config.frames = 3 + 2 * kTableFrames + pages;
  config.swap_slots = slots;
  config.policy = PolicyKind::Fifo;
  return config;
}

}  // namespace

TEST_CASE("a flat table lies in frames in a row, and each knows the first page it covers") {
  World world(flat(8));
  const Process& process = world.process(world.spawn("A"));
  REQUIRE(process.node_frames.size() == kTableFrames);
  for (std::uint64_t i = 0; i < kTableFrames; ++i) {
    CHECK(process.node_frames[static_cast<std::size_t>(i)] == process.root + i);
    CHECK(world.kernel.frames()[process.root + i].node_first_page == PageNumber(i * 1024));
  }
  const auto allocated = world.events<FrameAllocated>();
  REQUIRE_FALSE(allocated.empty());
  CHECK(allocated.front().count == kTableFrames);
  world.check_invariants();
}

TEST_CASE("the first touch of a page makes no node: its entry is there already") {
  World world(flat(8));
  const ProcessId a = world.spawn("A");
  const std::uint64_t low = 0x00100000;
  world.kernel.mmap(a, {VirtualAddress(low), kPageSize, {true, true, false}, true}, nullptr);
  CHECK(missing_nodes(world.kernel.memory(), world.kernel.frames(), world.kernel.page_table(world.process(a)),
                      page_of(VirtualAddress(low))) == 0);
  world.write(a, low, 7);
  CHECK(world.read(a, low) == 7);
  CHECK(world.process(a).node_frames.size() == kTableFrames);
  CHECK(world.kernel.leaf_entry(world.process(a), page_of(VirtualAddress(low)))->address ==
        address_of(world.process(a).root) + low / kPageSize * 4);
  world.check_invariants();
}

TEST_CASE("unmapping everything frees no part of a flat table, the process's end frees all of it") {
  World world(flat(8));
  const std::uint64_t free = world.kernel.frames().free_count();
  const ProcessId a = world.spawn("A");
  const std::uint64_t place = world.map(a, 2);
  world.write(a, place, 1);
  world.kernel.munmap(a, VirtualAddress(place), 2 * kPageSize, nullptr);
  CHECK(world.process(a).node_frames.size() == kTableFrames);
  world.check_invariants();
  world.log.clear();
  world.kernel.exit(a, 0, &world.log);
  CHECK(world.kernel.frames().free_count() == free);
  bool as_one = false;
  for (const FrameFreed& freed : world.events<FrameFreed>()) as_one = as_one || freed.count == kTableFrames;
  CHECK(as_one);
  world.check_invariants();
}

TEST_CASE("fork copies the flat table, and a write parts the two") {
  World world(flat(8));
  const ProcessId a = world.spawn("A");
  const std::uint64_t place = world.map(a, 1);
  world.write(a, place, 1);
  const ProcessId b = world.fork(a, "B");
  CHECK(world.read(b, place) == 1);
  world.write(b, place, 2);
  CHECK(world.read(a, place) == 1);
  CHECK(world.process(b).root >= world.process(a).root + kTableFrames);
  world.check_invariants();
}

TEST_CASE("pages that lie where a table must go are evicted, until its frames lie in a row") {
  World world(flat(4, 64));
  const ProcessId a = world.spawn("A");
  const std::uint64_t place = world.map(a, 12);
  for (std::uint64_t i = 0; i < 12; ++i) world.write(a, place + i * kPageSize, i + 1);
  // A's pages leave more than enough frames for another table, but not in a row.
  REQUIRE(world.kernel.frames().free_count() < kTableFrames);
  world.log.clear();
  world.spawn("B");
  CHECK_FALSE(world.events<VictimChosen>().empty());
  for (std::uint64_t i = 0; i < 12; ++i) CHECK(world.read(a, place + i * kPageSize) == i + 1);
  world.check_invariants();
}

TEST_CASE("enough free frames that do not lie in a row evict pages for that reason") {
  World world(flat(400, 1024));
  const ProcessId a = world.spawn("A");
  const ProcessId b = world.spawn("B");
  const std::uint64_t place = world.map(b, 300);
  for (std::uint64_t i = 0; i < 300; ++i) world.write(b, place + i * kPageSize, i);
  world.kernel.exit(a, 0, nullptr);
  // What A's table leaves is taken from below: then the rest of it and the free end are no run.
  const std::uint64_t more = world.map(b, 200);
  for (std::uint64_t i = 0; i < 200; ++i) world.write(b, more + i * kPageSize, i);
  REQUIRE(world.kernel.frames().free_count() < kTableFrames);
  world.kernel.munmap(b, VirtualAddress(place), 300 * kPageSize, nullptr);
  REQUIRE(world.kernel.frames().free_count() >= kTableFrames);
  REQUIRE_FALSE(world.kernel.frames().lowest_run(kTableFrames, FrameTable::Runs::OfFree));
  world.log.clear();
  world.spawn("C");
  bool for_a_run = false;
  for (const VictimChosen& victim : world.events<VictimChosen>())
    for_a_run = for_a_run || victim.cause == ReclaimCause::NoFreeRun;
  CHECK(for_a_run);
  for (std::uint64_t i = 0; i < 200; ++i) CHECK(world.read(b, more + i * kPageSize) == i);
  world.check_invariants();
}

TEST_CASE("where no eviction can make a row, starting fails with that reason and nothing is evicted") {
  MachineConfig config = flat(0);
  config.frames = 3 + 2 * kTableFrames + 1000 + 400;
  World world(config);
  const ProcessId a = world.spawn("A");
  const std::uint64_t place = world.map(a, 999);
  for (std::uint64_t i = 0; i < 999; ++i) world.write(a, place + i * kPageSize, 1);
  world.spawn("B");  // its table lies above all of A's pages
  world.kernel.exit(a, 0, nullptr);
  const ProcessId c = world.spawn("C");  // and C's lowest of all: 1,000 frames are free below B's, 400 above
  REQUIRE(world.kernel.frames().free_count() >= kTableFrames + 1);
  world.log.clear();
  const Outcome outcome = world.kernel.spawn("D", std::make_shared<Program>(), &world.log);
  REQUIRE(std::holds_alternative<Rejected>(outcome));
  CHECK(std::get<Rejected>(outcome).reason == RejectReason::NoContiguousFrames);
  const Outcome forked = world.kernel.fork(c, "D", &world.log);
  REQUIRE(std::holds_alternative<CallFailed>(forked));
  CHECK(std::get<CallFailed>(forked).reason == CallReason::NoContiguousFrames);
  CHECK(std::get<CallFailed>(forked).error == Errno::Enomem);
  CHECK(world.events<VictimChosen>().empty());
  world.check_invariants();
}

TEST_CASE("scattered placement scatters pages, not the frames of a flat table") {
  MachineConfig config = flat(16, 64);
  config.placement = FramePlacement::Scattered;
  World world(config);
  const ProcessId a = world.spawn("A");
  CHECK(world.process(a).root == FrameNumber(3));
  world.spawn("B");
  world.check_invariants();
}

}  // namespace vmp::test
