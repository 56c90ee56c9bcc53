#include "tests/support/world.h"

using namespace vmp;
using vmp::test::World;

namespace {

MachineConfig small_machine() {
  MachineConfig config;
  config.frames = 20;
  config.swap_slots = 32;
  return config;
}

bool present(const World& world, ProcessId process, std::uint64_t address) {
  return world.entry(process, address).has(world.kernel.format().present);
}

CallFailed failure_of(const Outcome& outcome) {
  REQUIRE(std::holds_alternative<CallFailed>(outcome));
  return std::get<CallFailed>(outcome);
}

}  // namespace

TEST_CASE("pages a program does not need are zeros at the next touch") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 3);
  for (std::uint64_t page = 0; page < 3; ++page) world.write(a, at + page * kPageSize, 7);
  world.kernel.madvise(a, VirtualAddress(at + kPageSize), kPageSize, Kernel::Advice::DontNeed, nullptr);
  CHECK(world.read(a, at) == 7);
  CHECK(world.read(a, at + kPageSize) == 0);
  world.check_invariants();
}

TEST_CASE("advice passes over holes and reports them at the end") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 3);
  for (std::uint64_t page = 0; page < 3; ++page) world.write(a, at + page * kPageSize, 7);
  world.kernel.munmap(a, VirtualAddress(at + kPageSize), kPageSize, nullptr);
  const CallFailed failure = failure_of(
      world.kernel.madvise(a, VirtualAddress(at), 3 * kPageSize, Kernel::Advice::DontNeed, nullptr));
  CHECK(failure.error == Errno::Enomem);
  CHECK(world.read(a, at) == 0);
  CHECK(world.read(a, at + 2 * kPageSize) == 0);
}

TEST_CASE("pages a program will need are read into free frames, and their faults need no device") {
  World world(small_machine());
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 16);
  for (std::uint64_t page = 0; page < 16; ++page) world.write(a, at + page * kPageSize, page);
  const std::uint64_t other = world.map(a, 12);
  for (std::uint64_t page = 0; page < 12; ++page) world.write(a, other + page * kPageSize, page);
  world.kernel.munmap(a, VirtualAddress(other), 12 * kPageSize, nullptr);
  const std::uint64_t majors = world.process(a).counters.major_faults;
  world.kernel.madvise(a, VirtualAddress(at), 8 * kPageSize, Kernel::Advice::WillNeed, nullptr);
  world.check_invariants();
  CHECK(world.kernel.totals().pages_read_in > 0);
  for (std::uint64_t page = 0; page < 8; ++page) CHECK(world.read(a, at + page * kPageSize) == page);
  CHECK(world.process(a).counters.major_faults == majors);
  world.check_invariants();
}

TEST_CASE("a page read ahead for a process that ends is given back") {
  World world(small_machine());
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 16);
  for (std::uint64_t page = 0; page < 16; ++page) world.write(a, at + page * kPageSize, page);
  world.kernel.munmap(a, VirtualAddress(at + 8 * kPageSize), 8 * kPageSize, nullptr);
  world.kernel.madvise(a, VirtualAddress(at), 8 * kPageSize, Kernel::Advice::WillNeed, nullptr);
  world.kernel.exit(a, 0, nullptr);
  CHECK(world.kernel.frames().free_count() == 17);
  CHECK(world.kernel.swap().used_count() == 0);
  world.check_invariants();
}

TEST_CASE("locked pages come into RAM at once and no policy takes them") {
  World world(small_machine());
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 4);
  CHECK(std::holds_alternative<Completed>(
      world.kernel.mlock(a, VirtualAddress(at + 100), 2 * kPageSize, true, nullptr)));
  const std::uint64_t other = world.map(a, 24);
  for (std::uint64_t page = 0; page < 24; ++page) world.write(a, other + page * kPageSize, page);
  for (std::uint64_t page = 0; page < 3; ++page) CHECK(present(world, a, at + page * kPageSize));
  CHECK(failure_of(world.kernel.madvise(a, VirtualAddress(at), kPageSize, Kernel::Advice::DontNeed, nullptr))
            .reason == CallReason::Locked);
  world.check_invariants();
  world.kernel.mlock(a, VirtualAddress(at), 4 * kPageSize, false, nullptr);
  for (std::uint64_t page = 0; page < 24; ++page) world.read(a, other + page * kPageSize);
  CHECK_FALSE(present(world, a, at));
}

TEST_CASE("a file's pages are read ahead into the page cache") {
  World world;
  REQUIRE(std::holds_alternative<Completed>(world.kernel.create_file("notes", 2 * kPageSize, 0x41, nullptr)));
  const ProcessId a = world.spawn("A");
  Kernel::MapRequest request{
      std::nullopt, 3 * kPageSize, {.read = true, .write = true, .execute = false}, false};
  request.file = world.kernel.find_file("notes")->id();
  const std::uint64_t at = *std::get<Completed>(world.kernel.mmap(a, request, nullptr)).value;
  // The third page lies beyond the file; of it there is nothing to read.
  world.kernel.madvise(a, VirtualAddress(at), 3 * kPageSize, Kernel::Advice::WillNeed, nullptr);
  CHECK(world.kernel.find_file("notes")->pages().size() == 2);
  const std::uint64_t majors = world.process(a).counters.major_faults;
  CHECK(world.read(a, at) == 0x41414141);
  CHECK(world.read(a, at + kPageSize) == 0x41414141);
  CHECK(world.process(a).counters.major_faults == majors);
  const std::uint64_t hash = world.kernel.hash();
  world.kernel.madvise(a, VirtualAddress(at), 3 * kPageSize, Kernel::Advice::WillNeed, nullptr);
  CHECK(world.kernel.hash() == hash);
  world.check_invariants();
}

TEST_CASE("pages a program will need stay on a device that cannot read them, and nothing is lost") {
  MachineConfig config = small_machine();
  config.swap_read_failure = {1, true};
  World world(config);
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 16);
  for (std::uint64_t page = 0; page < 16; ++page) world.write(a, at + page * kPageSize, page);
  const std::uint64_t other = world.map(a, 12);
  for (std::uint64_t page = 0; page < 12; ++page) world.write(a, other + page * kPageSize, page);
  world.kernel.munmap(a, VirtualAddress(other), 12 * kPageSize, nullptr);
  REQUIRE_FALSE(present(world, a, at));
  world.log.clear();
  CHECK(std::holds_alternative<Completed>(
      world.kernel.madvise(a, VirtualAddress(at), kPageSize, Kernel::Advice::WillNeed, &world.log)));
  CHECK_FALSE(world.events<PageReadFailed>().empty());
  CHECK(world.events<PageReadIn>().empty());
  CHECK_FALSE(present(world, a, at));
  world.check_invariants();
}

TEST_CASE("pages that may only be read, or only be executed, are locked by such a touch") {
  MachineConfig config;
  config.format = FormatId::Sv39;
  World world(config);
  const ProcessId a = world.spawn("A");
  const std::uint64_t to_read = world.map(a, 1, {.read = true, .write = false, .execute = false});
  const std::uint64_t to_execute = world.map(a, 1, {.read = false, .write = false, .execute = true});
  const std::uint64_t to_nothing = world.map(a, 1, {});
  const auto lock = [&](std::uint64_t at) {
    return world.kernel.mlock(a, VirtualAddress(at), kPageSize, true, nullptr);
  };
  CHECK(std::holds_alternative<Completed>(lock(to_read)));
  CHECK(present(world, a, to_read));
  CHECK(std::holds_alternative<Completed>(lock(to_execute)));
  CHECK(present(world, a, to_execute));
  CHECK(failure_of(lock(to_nothing)).reason == CallReason::NoFrames);
  world.check_invariants();
}

TEST_CASE("a lock that reaches over a hole locks what lies before it, and brings nothing in") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 3);
  world.kernel.munmap(a, VirtualAddress(at + 2 * kPageSize), kPageSize, nullptr);
  world.log.clear();
  const Outcome outcome = world.kernel.mlock(a, VirtualAddress(at), 3 * kPageSize, true, &world.log);
  CHECK(failure_of(outcome).reason == CallReason::HoleInRange);
  CHECK(world.events<SegmentLocked>().size() == 1);
  CHECK(world.process(a).space.find(VirtualAddress(at))->locked);
  CHECK_FALSE(present(world, a, at));
}

TEST_CASE("more pages than there are frames cannot be locked") {
  World world(small_machine());
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 40);
  const Outcome outcome = world.kernel.mlock(a, VirtualAddress(at), 40 * kPageSize, true, nullptr);
  CHECK_FALSE(std::holds_alternative<Completed>(outcome));
  world.check_invariants();
}

TEST_CASE("a lock is not inherited, and more than the limit is refused") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 1);
  world.kernel.mlock(a, VirtualAddress(at), kPageSize, true, nullptr);
  const ProcessId child = world.fork(a, "C");
  CHECK(world.process(a).space.find(VirtualAddress(at))->locked);
  CHECK_FALSE(world.process(child).space.find(VirtualAddress(at))->locked);
  CHECK(failure_of(world.kernel.mlock(a, VirtualAddress(at), std::uint64_t{9} << 20, true, nullptr)).reason ==
        CallReason::LockLimit);
}
