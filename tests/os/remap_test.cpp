#include "tests/support/world.h"

using namespace vmp;
using vmp::test::World;

namespace {

constexpr std::uint64_t kAt = 0x10000000;
constexpr std::uint64_t kThere = 0x20000000;
constexpr Permissions kReadWrite{.read = true, .write = true, .execute = false};

void map_at(World& world, ProcessId process, std::uint64_t address, std::uint64_t pages,
            bool shared = false) {
  Kernel::MapRequest request{VirtualAddress(address), pages * kPageSize, kReadWrite, true};
  request.shared = shared;
  REQUIRE(std::holds_alternative<Completed>(world.kernel.mmap(process, request, nullptr)));
}

Kernel::RemapRequest resize(std::uint64_t old_pages, std::uint64_t new_pages) {
  return {.address = VirtualAddress(kAt),
          .old_length = old_pages * kPageSize,
          .new_length = new_pages * kPageSize};
}
Kernel::RemapRequest move(std::uint64_t old_pages, std::uint64_t new_pages, std::uint64_t to = kThere) {
  Kernel::RemapRequest request = resize(old_pages, new_pages);
  request.may_move = true;
  request.fixed = VirtualAddress(to);
  return request;
}

CallFailed failure_of(const Outcome& outcome) {
  REQUIRE(std::holds_alternative<CallFailed>(outcome));
  return std::get<CallFailed>(outcome);
}

}  // namespace

TEST_CASE("a move that finds no frame for a table node fails, and the mapping stays where it was") {
  MachineConfig config;
  config.frames = 12;
  config.kernel_frames = 0;
  config.overcommit = Overcommit::Always;
  World world(config);
  const ProcessId a = world.spawn("A");
  map_at(world, a, kAt, 1);
  world.write(a, kAt, 42);
  const std::uint64_t filled = world.map(a, 16);
  for (std::uint64_t page = 0; world.kernel.frames().free_count() > 0; ++page) {
    world.write(a, filled + page * kPageSize, 1);
  }
  CHECK(failure_of(world.kernel.mremap(a, move(1, 1), nullptr)).reason == CallReason::NoFrames);
  CHECK(world.read(a, kAt) == 42);
  world.check_invariants();
}

TEST_CASE("a moved mapping keeps its frames: only entries change") {
  World world;
  const ProcessId a = world.spawn("A");
  map_at(world, a, kAt, 2);
  world.write(a, kAt, 1);
  world.write(a, kAt + kPageSize, 2);
  const auto frame = world.frame(a, kAt);
  CHECK(std::get<Completed>(world.kernel.mremap(a, move(2, 3), nullptr)).value == kThere);
  CHECK(world.frame(a, kThere) == frame);
  CHECK(world.read(a, kThere + kPageSize) == 2);
  CHECK(world.read(a, kThere + 2 * kPageSize) == 0);
  CHECK(world.process(a).space.find(VirtualAddress(kAt)) == nullptr);
  CHECK(world.kernel.totals().copies == 0);
  world.check_invariants();
}

TEST_CASE("pages on the swap device move with their mapping") {
  MachineConfig config;
  config.frames = 16;
  config.swap_slots = 16;
  World world(config);
  const ProcessId a = world.spawn("A");
  map_at(world, a, kAt, 12);
  for (std::uint64_t page = 0; page < 12; ++page) world.write(a, kAt + page * kPageSize, 50 + page);
  REQUIRE(world.kernel.swap().used_count() > 0);
  CHECK(std::holds_alternative<Completed>(world.kernel.mremap(a, move(12, 12), nullptr)));
  world.check_invariants();
  for (std::uint64_t page = 0; page < 12; ++page)
    CHECK(world.read(a, kThere + page * kPageSize) == 50 + page);
  world.check_invariants();
}

TEST_CASE("a mapping grows where it is if there is room, and moves only if it may") {
  World world;
  const ProcessId a = world.spawn("A");
  map_at(world, a, kAt, 2);
  world.write(a, kAt, 5);
  CHECK(std::get<Completed>(world.kernel.mremap(a, resize(2, 4), nullptr)).value == kAt);
  CHECK(world.process(a).space.find(VirtualAddress(kAt))->page_count() == 4);
  map_at(world, a, kAt + 4 * kPageSize, 1, true);
  CHECK(failure_of(world.kernel.mremap(a, resize(4, 6), nullptr)).reason == CallReason::NoRoomToGrow);
  Kernel::RemapRequest anywhere = resize(4, 6);
  anywhere.may_move = true;
  const std::uint64_t moved = *std::get<Completed>(world.kernel.mremap(a, anywhere, nullptr)).value;
  CHECK(moved != kAt);
  CHECK(world.read(a, moved) == 5);
  world.check_invariants();
}

TEST_CASE("shrinking gives the tail back") {
  World world;
  const ProcessId a = world.spawn("A");
  map_at(world, a, kAt, 4);
  for (std::uint64_t page = 0; page < 4; ++page) world.write(a, kAt + page * kPageSize, page);
  const std::uint64_t resident = world.process(a).resident_pages;
  CHECK(std::get<Completed>(world.kernel.mremap(a, resize(4, 1), nullptr)).value == kAt);
  CHECK(world.process(a).resident_pages == resident - 3);
  world.check_invariants();
}

TEST_CASE("an old length of zero maps shared pages a second time, and is an error for private ones") {
  World world;
  const ProcessId a = world.spawn("A");
  map_at(world, a, kAt, 1, true);
  world.write(a, kAt, 3);
  CHECK(std::holds_alternative<Completed>(world.kernel.mremap(a, move(0, 1), nullptr)));
  world.write(a, kThere, 4);
  CHECK(world.read(a, kAt) == 4);
  CHECK(world.frame(a, kAt) == world.frame(a, kThere));
  world.check_invariants();
  map_at(world, a, kAt, 1, false);
  CHECK(failure_of(world.kernel.mremap(a, move(0, 1), nullptr)).error == Errno::Einval);
}

TEST_CASE("with dont-unmap the old range stays, empty") {
  World world;
  const ProcessId a = world.spawn("A");
  map_at(world, a, kAt, 1);
  world.write(a, kAt, 3);
  Kernel::RemapRequest request = move(1, 1);
  request.dont_unmap = true;
  CHECK(std::holds_alternative<Completed>(world.kernel.mremap(a, request, nullptr)));
  CHECK(world.read(a, kThere) == 3);
  CHECK(world.read(a, kAt) == 0);
  request.new_length = 2 * kPageSize;
  CHECK(failure_of(world.kernel.mremap(a, request, nullptr)).reason == CallReason::LengthChanges);
  world.check_invariants();
}

TEST_CASE("shared pages mapped a second time upon themselves are gone before they could be") {
  World world;
  const ProcessId a = world.spawn("A");
  map_at(world, a, kAt, 1, true);
  const CallFailed failure = failure_of(world.kernel.mremap(a, move(0, 1, kAt), nullptr));
  CHECK(failure.error == Errno::Efault);
  CHECK(failure.reason == CallReason::NotMapped);
  CHECK(world.process(a).space.find(VirtualAddress(kAt)) == nullptr);
  world.check_invariants();
}

TEST_CASE("with dont-unmap and no place given, the pages move to where mmap would have put them") {
  World world;
  const ProcessId a = world.spawn("A");
  map_at(world, a, kAt, 1);
  world.write(a, kAt, 3);
  Kernel::RemapRequest request = resize(1, 1);
  request.may_move = request.dont_unmap = true;
  const std::uint64_t to = *std::get<Completed>(world.kernel.mremap(a, request, nullptr)).value;
  CHECK(to == world.process(a).space.layout().mmap_base.value() - kPageSize);
  CHECK(world.read(a, to) == 3);
  CHECK(world.read(a, kAt) == 0);
  world.check_invariants();
}

TEST_CASE("a mapping without a neighbour grows only as far as the user half, and moves if it may") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t end = world.process(a).space.layout().user_end.value();
  const std::uint64_t room = end - kAt;
  Kernel::RemapRequest request = resize(1, 1);
  map_at(world, a, kAt, 1);
  request.new_length = room + kPageSize;
  CHECK(failure_of(world.kernel.mremap(a, request, nullptr)).reason == CallReason::CommitLimit);
  MachineConfig config;
  config.overcommit = Overcommit::Always;
  World generous(config);
  const ProcessId b = generous.spawn("B");
  map_at(generous, b, kAt, 1);
  CHECK(failure_of(generous.kernel.mremap(b, request, nullptr)).reason == CallReason::NoRoomToGrow);
  request.may_move = true;
  CHECK(failure_of(generous.kernel.mremap(b, request, nullptr)).reason == CallReason::NoRoom);
  request.dont_unmap = true;
  request.old_length = request.new_length = kPageSize;
  CHECK(std::holds_alternative<Completed>(generous.kernel.mremap(b, request, nullptr)));
}

TEST_CASE("a range that ends outside the user half is neither shrunk nor moved there") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t end = world.process(a).space.layout().user_end.value();
  map_at(world, a, kAt, 1);
  const auto reason = [&](std::uint64_t old_length, std::uint64_t new_length, std::uint64_t to) {
    Kernel::RemapRequest request{VirtualAddress(kAt), old_length, new_length};
    request.may_move = to != 0;
    if (to != 0) request.fixed = VirtualAddress(to);
    return failure_of(world.kernel.mremap(a, request, nullptr)).reason;
  };
  CHECK(reason(end, kPageSize, 0) == CallReason::OutsideUserHalf);
  CHECK(reason(end + kPageSize, kPageSize, 0) == CallReason::OutsideUserHalf);
  CHECK(reason(kPageSize, end + kPageSize, 0) == CallReason::OutsideUserHalf);
  CHECK(reason(kPageSize, 2 * kPageSize, end - kPageSize) == CallReason::OutsideUserHalf);
}

TEST_CASE("a mapping of a file moves and grows with the offset of its pages") {
  World world;
  REQUIRE(std::holds_alternative<Completed>(world.kernel.create_file("notes", 6 * kPageSize, 0, nullptr)));
  const ProcessId a = world.spawn("A");
  Kernel::MapRequest map{VirtualAddress(kAt), 3 * kPageSize, kReadWrite, true};
  map.file = world.kernel.find_file("notes")->id();
  map.shared = true;
  REQUIRE(std::holds_alternative<Completed>(world.kernel.mmap(a, map, nullptr)));
  for (std::uint64_t page = 0; page < 3; ++page) world.write(a, kAt + page * kPageSize, page + 1);
  Kernel::RemapRequest tail = move(1, 2);
  tail.address = VirtualAddress(kAt + 2 * kPageSize);
  REQUIRE(std::holds_alternative<Completed>(world.kernel.mremap(a, tail, nullptr)));
  CHECK(world.read(a, kThere) == 3);
  CHECK(world.process(a).space.find(VirtualAddress(kThere))->file_offset == 2 * kPageSize);
  REQUIRE(std::holds_alternative<Completed>(world.kernel.mremap(a, resize(2, 4), nullptr)));
  CHECK(world.process(a).space.find(VirtualAddress(kAt))->page_count() == 4);
  CHECK(world.read(a, kAt + 2 * kPageSize) == 3);
  world.check_invariants();
}

TEST_CASE("mremap says what is wrong and changes nothing") {
  World world;
  const ProcessId a = world.spawn("A");
  map_at(world, a, kAt, 2);
  map_at(world, a, kThere, 1);
  world.write(a, kThere, 9);
  const std::uint64_t before = world.kernel.hash();
  const auto reason = [&](Kernel::RemapRequest request) {
    return failure_of(world.kernel.mremap(a, request, nullptr)).reason;
  };
  Kernel::RemapRequest crooked = resize(1, 2);
  crooked.address = VirtualAddress(kAt + 1);
  CHECK(reason(crooked) == CallReason::NotPageAligned);
  CHECK(reason(resize(1, 0)) == CallReason::ZeroLength);
  CHECK(reason(move(2, 2, kAt + kPageSize)) == CallReason::RangesOverlap);
  CHECK(reason(move(2, 2, kThere + 1)) == CallReason::NotPageAligned);
  CHECK(reason(move(3, 3)) == CallReason::ReachesPastSegment);
  CHECK(reason(move(1, 1, 0)) == CallReason::BelowLowestAddress);
  Kernel::RemapRequest nowhere = resize(1, 2);
  nowhere.address = VirtualAddress(0x30000000);
  CHECK(reason(nowhere) == CallReason::NotMapped);
  CHECK(world.kernel.hash() == before);
  CHECK(world.read(a, kThere) == 9);
}
