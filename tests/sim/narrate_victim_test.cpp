// The words behind a victim, with the numbers that decided.
#include <doctest/doctest.h>

#include "tests/sim/telling.h"
#include "tests/support/world.h"

namespace vmp::test {
namespace {

std::string reason(VictimReason why, std::uint64_t value = 0, std::uint64_t against = 0) {
  const World world;
  const VictimChoice choice{.frame = FrameNumber(5), .reason = why, .value = value, .against = against};
  const std::string line =
      log_line(VictimChosen{PolicyKind::Fifo, choice, ReclaimCause::NoFreeFrame, {}}, world.kernel);
  const std::string before = "kernel: no frame is free: takes frame 05 (";
  REQUIRE(line.substr(0, before.size()) == before);
  return line.substr(before.size(), line.size() - before.size() - 1);
}

}  // namespace

TEST_CASE("the reason for a victim names the numbers that decided") {
  CHECK(reason(VictimReason::LowestClass, 1) ==
        "NRU: the oldest of class 1, not accessed since the last tick, but dirty");
  CHECK(reason(VictimReason::LowestAge, 0x124) ==
        "Aging: no counter is lower; accessed flag 1, counter 00100100");
  CHECK(reason(VictimReason::LeastFrequentlyUsed, 1) == "LFU: no page was used less, 1 time since it came");
  CHECK(reason(VictimReason::DrawnAtRandom, 7) == "Random: drawn from 7 pages");
  CHECK(reason(VictimReason::FarthestNextUse, 12) ==
        "Optimal: its next use is 12 references ahead, further than any other's");
  CHECK(reason(VictimReason::OutsideWorkingSet, 90, 64) ==
        "working set: unused for 90 references, longer than the window of 64");
  CHECK(reason(VictimReason::OldestOfWorkingSet, 9, 64) ==
        "working set: no page is outside the window of 64; this one is unused longest, for 9");
  CHECK(reason(VictimReason::InactiveNotAccessed, 4, 3) ==
        "Linux: the oldest inactive page not accessed; 4 inactive, 3 active");
  CHECK(reason(VictimReason::RecencyOverTarget, 1, 0) ==
        "ARC: the oldest used once; 1 page is so, the target is 0");
  CHECK(reason(VictimReason::NotVisited, 2) == "the hand passed 2 pages and found this one unvisited");
}

TEST_CASE("the next victim is told with its owner, its sharers and the reason") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 1);
  world.write(a, at, 1);
  const FrameNumber frame = world.frame(a, at);
  const VictimChoice choice{.frame = frame, .reason = VictimReason::OldestArrival};
  const auto next = [&] { return told(narrate_next_victim(choice, world.kernel), world.kernel.format()); };
  const std::string reason = ", in frame " + hex_frame(frame) + " (FIFO: no page has been in RAM longer)";
  const std::string page = "page " + hex_page(page_of(VirtualAddress(at))) + " of A";
  CHECK(next() == page + reason);
  world.fork(a, "B");
  CHECK(next() == page + " and 1 sharer" + reason);
  const VictimChoice nobodys{.frame = FrameNumber(0), .reason = VictimReason::OldestArrival};
  CHECK(told(narrate_next_victim(nobodys, world.kernel), world.kernel.format()) ==
        "the page in frame 00 (FIFO: no page has been in RAM longer)");
}

TEST_CASE("a tick looks at the accessed flags, clears them and invalidates the TLB entries") {
  MachineConfig config;
  config.policy = PolicyKind::Nru;
  config.tick = 2;
  World world(config);
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 2);
  world.write(a, at, 1);
  CHECK(world.entry(a, at).has(world.kernel.format().accessed));
  CHECK(world.events<AccessedFlagsGathered>().empty());
  world.write(a, at, 2);
  REQUIRE(world.events<AccessedFlagsGathered>().size() == 1);
  CHECK(log_line(world.events<AccessedFlagsGathered>().front(), world.kernel) ==
        "kernel: tick: looks at the accessed flags and clears 1 of them");
  CHECK_FALSE(world.entry(a, at).has(world.kernel.format().accessed));
  CHECK(world.events<TlbInvalidated>().size() == 1);
  world.write(a, at, 3);  // the walk sets it again
  CHECK(world.entry(a, at).has(world.kernel.format().accessed));
}

}  // namespace vmp::test
