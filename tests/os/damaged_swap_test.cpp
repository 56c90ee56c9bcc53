// Slots whose bytes are lost where they lie, as on a bad sector.
#include <doctest/doctest.h>

#include "tests/support/world.h"

namespace vmp::test {
namespace {

// A process with more pages than there is RAM, each holding its own number; the first lie on the device.
struct FullWorld : World {
  FullWorld()
      : World([] {
          MachineConfig config;
          config.frames = 12;
          config.swap_slots = 32;
          config.policy = PolicyKind::Fifo;
          return config;
        }()),
        a(spawn("A")),
        base(map(a, 10)) {
    kernel.set_signal_handling(a, true, nullptr);
    for (std::uint64_t i = 0; i < 10; ++i) write(a, base + i * kPageSize, 100 + i);
  }

  ProcessId a;
  std::uint64_t base;
};

SwapSlot slot_of(const FullWorld& world, std::uint64_t address) {
  const EntryState state = decode_leaf(world.kernel.format(), world.entry(world.a, address));
  REQUIRE(std::holds_alternative<SwappedEntry>(state));
  return std::get<SwappedEntry>(state).slot;
}

}  // namespace

TEST_CASE("a page in a damaged slot cannot be read: a bus error, each time, and nothing else changes") {
  FullWorld world;
  const SwapSlot slot = slot_of(world, world.base);
  const std::uint64_t before = world.kernel.hash();
  REQUIRE(std::holds_alternative<Completed>(world.kernel.damage_swap(slot, 1)));
  CHECK(world.kernel.hash() != before);
  CHECK(world.kernel.is_damaged(slot));
  for (int i = 0; i < 2; ++i) {
    const Outcome outcome = world.access(world.a, AccessKind::Read, world.base);
    REQUIRE(std::holds_alternative<Signalled>(outcome));
    CHECK(std::get<Signalled>(outcome).signal == Signal::Bus);
    CHECK(std::get<Signalled>(outcome).reason == SignalReason::SwapReadError);
    CHECK(world.events<PageReadFailed>().size() == 1);
  }
  CHECK(world.read(world.a, world.base + kPageSize) == 101);
  world.check_invariants();
}

TEST_CASE("a damaged slot that is written again is as good as any") {
  FullWorld world;
  const SwapSlot slot = slot_of(world, world.base);
  REQUIRE(std::holds_alternative<Completed>(world.kernel.damage_swap(slot, 1)));
  // The page is given up, so its slot is free: the next page to leave is written there.
  const auto advice = Kernel::Advice::DontNeed;
  world.kernel.madvise(world.a, VirtualAddress(world.base), kPageSize, advice, nullptr);
  CHECK(world.kernel.is_damaged(slot));
  world.write(world.a, world.base, 0);
  CHECK_FALSE(world.kernel.is_damaged(slot));
  for (std::uint64_t i = 1; i < 10; ++i) CHECK(world.read(world.a, world.base + i * kPageSize) == 100 + i);
}

TEST_CASE("advice reads past a damaged slot, and slots that are not there cannot be damaged") {
  FullWorld world;
  REQUIRE(std::holds_alternative<Completed>(world.kernel.damage_swap(slot_of(world, world.base), 1)));
  const Outcome advised = world.kernel.madvise(world.a, VirtualAddress(world.base), 10 * kPageSize,
                                               Kernel::Advice::WillNeed, nullptr);
  CHECK(std::holds_alternative<Completed>(advised));
  for (const auto& [slot, count] : {std::pair{32U, 1U}, {30U, 3U}, {0U, 33U}}) {
    const Outcome outcome = world.kernel.damage_swap(SwapSlot(slot), count);
    REQUIRE(std::holds_alternative<Rejected>(outcome));
    CHECK(std::get<Rejected>(outcome).reason == RejectReason::NoSuchSlot);
  }
  CHECK_FALSE(world.kernel.is_damaged(SwapSlot(31)));
}

}  // namespace vmp::test
