#include "tests/support/world.h"

using namespace vmp;
using vmp::test::World;

namespace {

constexpr std::uint64_t kAt = 0x10000000;
constexpr Permissions kReadOnly{.read = true, .write = false, .execute = false};
constexpr Permissions kReadWrite{.read = true, .write = true, .execute = false};

// Maps the file "notes" at kAt.
void map_notes(World& world, ProcessId process, std::uint64_t pages, bool shared,
               Permissions permissions = kReadWrite, std::uint64_t offset = 0) {
  Kernel::MapRequest request{VirtualAddress(kAt), pages * kPageSize, permissions, true};
  request.shared = shared;
  request.file = world.kernel.find_file("notes")->id();
  request.offset = offset;
  REQUIRE(std::holds_alternative<Completed>(world.kernel.mmap(process, request, nullptr)));
}

Signalled signal_of(const Outcome& outcome) {
  REQUIRE(std::holds_alternative<Signalled>(outcome));
  return std::get<Signalled>(outcome);
}

World world_with_notes(std::uint64_t bytes, MachineConfig config = {}) {
  World world(config);
  REQUIRE(std::holds_alternative<Completed>(world.kernel.create_file("notes", bytes, 0x41, nullptr)));
  return world;
}

const PageBytes& on_device(const World& world, std::uint64_t index) {
  return world.kernel.find_file("notes")->on_device(index);
}

}  // namespace

TEST_CASE("two processes that map the same file find its pages in the same frames") {
  World world = world_with_notes(3 * kPageSize);
  const ProcessId a = world.spawn("A");
  const ProcessId b = world.spawn("B");
  map_notes(world, a, 3, false);
  map_notes(world, b, 3, true);
  CHECK(world.read(a, kAt) == 0x41414141);
  CHECK(world.process(a).counters.major_faults == 1);
  CHECK(world.read(b, kAt) == 0x41414141);
  CHECK(world.process(b).counters.major_faults == 0);
  CHECK(world.frame(a, kAt) == world.frame(b, kAt));
  world.check_invariants();
}

TEST_CASE("a write to a private mapping of a file goes to a copy, one to a shared mapping to the file") {
  World world = world_with_notes(kPageSize);
  const ProcessId a = world.spawn("A");
  const ProcessId b = world.spawn("B");
  const ProcessId c = world.spawn("C");
  map_notes(world, a, 1, false);
  map_notes(world, b, 1, true);
  map_notes(world, c, 1, false);
  world.write(a, kAt, 1);
  CHECK(world.process(a).counters.copies == 1);
  world.write(b, kAt, 2);
  CHECK(world.process(b).counters.copies == 0);
  CHECK(world.read(a, kAt) == 1);
  CHECK(world.read(b, kAt) == 2);
  CHECK(world.read(c, kAt) == 2);
  CHECK(on_device(world, 0)[0] == 0x41);
  world.check_invariants();
}

TEST_CASE("msync writes what a shared mapping changed, and only then is it in the file") {
  World world = world_with_notes(kPageSize);
  const ProcessId a = world.spawn("A");
  map_notes(world, a, 1, true);
  world.write(a, kAt, 0x12345678);
  CHECK(on_device(world, 0)[0] == 0x41);
  CHECK(std::holds_alternative<Completed>(world.kernel.msync(a, VirtualAddress(kAt), kPageSize, &world.log)));
  CHECK(on_device(world, 0)[0] == 0x78);
  CHECK_FALSE(world.entry(a, kAt).has(world.kernel.format().dirty));
  world.write(a, kAt, 0x55);
  CHECK(world.entry(a, kAt).has(world.kernel.format().dirty));
  world.check_invariants();
}

TEST_CASE(
    "an access beyond the last page of a mapped file is a bus error, the rest of the last page is zero") {
  World world = world_with_notes(kPageSize + 100);
  const ProcessId a = world.spawn("A");
  world.kernel.set_signal_handling(a, true, nullptr);
  map_notes(world, a, 3, false);
  CHECK(world.read(a, kAt + kPageSize + 96) == 0x41414141);
  CHECK(world.read(a, kAt + kPageSize + 100) == 0);
  const Signalled signal = signal_of(world.access(a, AccessKind::Read, kAt + 2 * kPageSize));
  CHECK(signal.signal == Signal::Bus);
  CHECK(signal.code == SignalCode::AdrErr);
  CHECK(signal.reason == SignalReason::BeyondFileEnd);
  world.check_invariants();
}

TEST_CASE("truncating a file takes its pages out of every address space, private copies too") {
  World world = world_with_notes(2 * kPageSize);
  const ProcessId a = world.spawn("A");
  const ProcessId b = world.spawn("B");
  for (const ProcessId process : {a, b}) {
    world.kernel.set_signal_handling(process, true, nullptr);
    map_notes(world, process, 2, process == b);
  }
  world.write(a, kAt + kPageSize, 7);
  world.write(b, kAt + 8, 8);
  world.kernel.truncate_file(world.kernel.find_file("notes")->id(), 6, nullptr);
  CHECK(world.read(b, kAt + 4) == 0x4141);
  CHECK(world.read(b, kAt + 8) == 0);
  CHECK(signal_of(world.access(a, AccessKind::Read, kAt + kPageSize)).reason == SignalReason::BeyondFileEnd);
  world.check_invariants();
  world.kernel.truncate_file(world.kernel.find_file("notes")->id(), 2 * kPageSize, nullptr);
  CHECK(world.read(a, kAt + kPageSize) == 0);
  world.check_invariants();
}

TEST_CASE("a changed page of a file goes back to the file when its frame is needed, and needs no swap") {
  MachineConfig config;
  config.frames = 16;
  World world = world_with_notes(16 * kPageSize, config);
  const ProcessId a = world.spawn("A");
  map_notes(world, a, 16, true);
  for (std::uint64_t page = 0; page < 16; ++page) world.write(a, kAt + page * kPageSize, 100 + page);
  CHECK(world.kernel.totals().evictions > 0);
  CHECK(on_device(world, 0)[0] == 100);
  for (std::uint64_t page = 0; page < 16; ++page) CHECK(world.read(a, kAt + page * kPageSize) == 100 + page);
  world.check_invariants();
}

TEST_CASE("the page cache keeps pages nobody maps any more, until their frames are needed") {
  World world = world_with_notes(2 * kPageSize);
  const ProcessId a = world.spawn("A");
  map_notes(world, a, 2, false, kReadOnly);
  world.read(a, kAt);
  const FrameNumber frame = world.frame(a, kAt);
  world.kernel.munmap(a, VirtualAddress(kAt), 2 * kPageSize, nullptr);
  CHECK(world.kernel.frames()[frame].users.empty());
  CHECK(world.kernel.frames()[frame].use == FrameUse::Page);
  map_notes(world, a, 2, false, kReadOnly);
  world.read(a, kAt);
  CHECK(world.process(a).counters.major_faults == 1);
  CHECK(world.frame(a, kAt) == frame);
  world.check_invariants();
}

TEST_CASE("a mapping shows the file from its offset on, and an offset inside a page is an error") {
  World world = world_with_notes(2 * kPageSize);
  const ProcessId a = world.spawn("A");
  map_notes(world, a, 1, true, kReadWrite, kPageSize);
  world.write(a, kAt, 9);
  world.kernel.msync(a, VirtualAddress(kAt), kPageSize, nullptr);
  CHECK(on_device(world, 1)[0] == 9);
  Kernel::MapRequest request{VirtualAddress(kAt), kPageSize, kReadWrite, true};
  request.file = world.kernel.find_file("notes")->id();
  request.offset = 100;
  const Outcome outcome = world.kernel.mmap(a, request, nullptr);
  REQUIRE(std::holds_alternative<CallFailed>(outcome));
  CHECK(std::get<CallFailed>(outcome).error == Errno::Einval);
}

TEST_CASE("a file has one name, and what is too large or not there is refused") {
  World world = world_with_notes(1);
  const auto reason = [](const Outcome& outcome) { return std::get<Rejected>(outcome).reason; };
  CHECK(reason(world.kernel.create_file("notes", 1, 0, nullptr)) == RejectReason::NameTaken);
  CHECK(reason(world.kernel.create_file("more", kMostBytesOfFile + 1, 0, nullptr)) ==
        RejectReason::FileTooLarge);
  CHECK(reason(world.kernel.truncate_file(FileId(9), 1, nullptr)) == RejectReason::NoSuchFile);
}
