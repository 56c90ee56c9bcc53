#include "core/os/faulty_swap.h"

#include <doctest/doctest.h>

#include "core/os/memory_swap.h"
#include "tests/support/world.h"

namespace vmp::test {
namespace {

PageBytes page_of_bytes(std::uint8_t byte) {
  PageBytes bytes;
  bytes.fill(byte);
  return bytes;
}

FaultySwap faulty(DeviceFailure reads, DeviceFailure writes) {
  return FaultySwap(std::make_unique<MemorySwap>(4), reads, writes);
}

// A machine of a few frames, a process with a mapping of `pages` pages, and its swap device as given.
struct SwapWorld : World {
  SwapWorld(std::uint64_t frames, DeviceFailure reads, DeviceFailure writes)
      : World([&] {
          MachineConfig config;
          config.frames = frames;
          config.swap_slots = 32;
          config.policy = PolicyKind::Fifo;
          config.swap_read_failure = reads;
          config.swap_write_failure = writes;
          return config;
        }()),
        a(spawn("A")) {}

  ProcessId a;
};

}  // namespace

TEST_CASE("the nth transfer fails, and with it all that follow if asked so") {
  FaultySwap once = faulty({}, {2, false});
  const PageBytes bytes = page_of_bytes(7);
  CHECK_FALSE(once.write(SwapSlot(0), bytes).has_value());
  const auto error = once.write(SwapSlot(1), bytes);
  REQUIRE(error.has_value());
  CHECK(error->kind == DeviceError::Kind::Output);
  CHECK(error->slot == SwapSlot(1));
  CHECK_FALSE(once.write(SwapSlot(1), bytes).has_value());

  FaultySwap forever = faulty({2, true}, {});
  PageBytes read = page_of_bytes(1);
  CHECK_FALSE(forever.read(SwapSlot(0), read).has_value());
  for (int i = 0; i < 3; ++i) CHECK(forever.read(SwapSlot(0), read).has_value());
}

TEST_CASE("a failed transfer changes no byte on either side, and reads do not count as writes") {
  FaultySwap device = faulty({1, false}, {2, false});
  CHECK_FALSE(device.write(SwapSlot(0), page_of_bytes(7)).has_value());
  PageBytes read = page_of_bytes(1);
  CHECK(device.read(SwapSlot(0), read).has_value());
  CHECK(read == page_of_bytes(1));
  CHECK(device.write(SwapSlot(0), page_of_bytes(9)).has_value());
  CHECK(device.peek(SwapSlot(0)) == page_of_bytes(7));
}

TEST_CASE("a copy of a faulty device counts on by itself") {
  FaultySwap device = faulty({}, {2, false});
  const auto copy = device.clone();
  CHECK_FALSE(device.write(SwapSlot(0), page_of_bytes(7)).has_value());
  CHECK(device.hash() != copy->hash());
  CHECK_FALSE(copy->write(SwapSlot(0), page_of_bytes(7)).has_value());
  CHECK(device.hash() == copy->hash());
}

TEST_CASE("a swap read error is a bus error, and nothing else changes: a second try finds the page") {
  SwapWorld world(12, {1, false}, {});
  world.kernel.set_signal_handling(world.a, true, nullptr);
  const std::uint64_t base = world.map(world.a, 10);
  for (std::uint64_t i = 0; i < 10; ++i) world.write(world.a, base + i * kPageSize, 100 + i);
  REQUIRE(world.kernel.swap().used_count() > 0);
  const std::uint64_t memory = world.kernel.memory().hash();
  const std::uint64_t frames = world.kernel.frames().hash();

  const Outcome outcome = world.access(world.a, AccessKind::Read, base);
  REQUIRE(std::holds_alternative<Signalled>(outcome));
  const auto& signalled = std::get<Signalled>(outcome);
  CHECK(signalled.signal == Signal::Bus);
  CHECK(signalled.code == SignalCode::AdrErr);
  CHECK(signalled.reason == SignalReason::SwapReadError);
  CHECK(signalled.address == VirtualAddress(base));
  CHECK(world.events<PageReadFailed>().size() == 1);
  CHECK(world.kernel.memory().hash() == memory);
  CHECK(world.kernel.frames().hash() == frames);
  world.check_invariants();
  CHECK(world.read(world.a, base) == 100);
}

TEST_CASE("a page the device does not take stays in RAM, and another one goes") {
  SwapWorld world(12, {}, {1, false});
  const std::uint64_t base = world.map(world.a, 10);
  std::uint64_t refused = 0;
  for (std::uint64_t i = 0; i < 10; ++i) {
    world.write(world.a, base + i * kPageSize, 100 + i);
    for (const PageWriteFailed& failed : world.events<PageWriteFailed>()) {
      ++refused;
      CHECK(world.kernel.frames()[failed.frame].use == FrameUse::Page);
      REQUIRE(world.events<PageWrittenOut>().size() == 1);
      CHECK(world.events<PageWrittenOut>().front().frame != failed.frame);
      CHECK(world.events<VictimChosen>().size() == 2);
    }
    world.check_invariants();
  }
  CHECK(refused == 1);
  for (std::uint64_t i = 0; i < 10; ++i) CHECK(world.read(world.a, base + i * kPageSize) == 100 + i);
}

TEST_CASE("when the device takes nothing, clean pages go, and only then the process") {
  SwapWorld world(12, {}, {1, true});
  const std::uint64_t base = world.map(world.a, 20);
  world.read(world.a, 0x00400000);  // a clean page: it can be had from the file again
  Outcome outcome = Completed{};
  std::uint64_t written = 0;
  while (std::holds_alternative<Completed>(outcome))
    outcome = world.access(world.a, AccessKind::Write, base + kPageSize * written++, 1);
  REQUIRE(std::holds_alternative<Signalled>(outcome));
  CHECK(std::get<Signalled>(outcome).signal == Signal::Kill);
  CHECK(std::get<Signalled>(outcome).reason == SignalReason::OutOfMemory);
  CHECK(world.kernel.totals().evictions == 1);
  CHECK(world.kernel.totals().pages_written_out == 0);
  world.check_invariants();
}

TEST_CASE("a device that fails again and again is left alone for the rest of that reclaim") {
  SwapWorld world(100, {}, {1, true});
  const std::uint64_t base = world.map(world.a, 120);
  std::size_t most = 0;
  for (std::uint64_t i = 0; i < 120; ++i) {
    const Outcome outcome = world.access(world.a, AccessKind::Write, base + i * kPageSize, 1);
    most = std::max(most, world.events<PageWriteFailed>().size());
    if (!std::holds_alternative<Completed>(outcome)) break;
  }
  CHECK(most == 32);
  world.check_invariants();
}

TEST_CASE("the limit of resident pages is kept by other pages when the device does not take one") {
  SwapWorld world(32, {}, {1, false});
  const std::uint64_t base = world.map(world.a, 6);
  world.kernel.set_resident_limit(world.a, 4, nullptr);
  for (std::uint64_t i = 0; i < 6; ++i) world.write(world.a, base + i * kPageSize, i);
  CHECK(world.process(world.a).resident_pages <= 4);
  for (std::uint64_t i = 0; i < 6; ++i) CHECK(world.read(world.a, base + i * kPageSize) == i);
  world.check_invariants();
}

TEST_CASE("a device says its name") {
  CHECK(MemorySwap(4).name() == "memory");
  CHECK(faulty({}, {}).name() == "faulty");
}

}  // namespace vmp::test
