#include "tests/support/world.h"

namespace vmp::test {
namespace {

constexpr Permissions kReadWrite{.read = true, .write = true, .execute = false};
constexpr Permissions kReadOnly{.read = true, .write = false, .execute = false};

CallFailed failure_of(const Outcome& outcome) {
  REQUIRE(std::holds_alternative<CallFailed>(outcome));
  return std::get<CallFailed>(outcome);
}

}  // namespace

TEST_CASE("mappings are placed downwards from the mmap base") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t first = world.map(a, 2);
  const std::uint64_t second = world.map(a, 3, kReadOnly);
  CHECK(first == 0xC0000000 - 128 * 1024 * 1024 - 2 * kPageSize);
  CHECK(second == first - 3 * kPageSize);
}

TEST_CASE("a hint is taken where the place is free and passed over where it is not") {
  World world;
  const ProcessId a = world.spawn("A");
  const VirtualAddress hint(0x40000123);
  const Outcome taken = world.kernel.mmap(a, {hint, kPageSize, kReadWrite, false}, nullptr);
  CHECK(*std::get<Completed>(taken).value == 0x40000000);
  const Outcome passed = world.kernel.mmap(a, {hint, kPageSize, kReadWrite, false}, nullptr);
  CHECK(*std::get<Completed>(passed).value != 0x40000000);
}

TEST_CASE("a fixed mapping replaces what was there") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 3);
  for (std::uint64_t page = 0; page < 3; ++page) world.write(a, at + page * kPageSize, 9);
  world.kernel.mmap(a, {VirtualAddress(at + kPageSize), kPageSize, kReadWrite, true}, nullptr);
  CHECK(world.read(a, at) == 9);
  CHECK(world.read(a, at + kPageSize) == 0);
  CHECK(world.read(a, at + 2 * kPageSize) == 9);
  world.check_invariants();
}

TEST_CASE("mmap refuses what Linux refuses, with Linux's errors") {
  World world;
  const ProcessId a = world.spawn("A");
  const auto map = [&](std::uint64_t address, std::uint64_t length) {
    return failure_of(world.kernel.mmap(a, {VirtualAddress(address), length, kReadWrite, true}, nullptr));
  };
  CHECK(map(0x40000000, 0).error == Errno::Einval);
  CHECK(map(0x40000001, 4096).reason == CallReason::NotPageAligned);
  CHECK(map(0x1000, 4096).error == Errno::Eperm);
  CHECK(map(0xBFFFF000, 2 * kPageSize).error == Errno::Enomem);
  CHECK(failure_of(world.kernel.mmap(a, {std::nullopt, 0xC0000000, kReadWrite, false}, nullptr)).reason ==
        CallReason::NoRoom);
}

TEST_CASE("munmap in the middle splits a segment and frees frames and empty nodes") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t free_before = world.kernel.frames().free_count();
  const std::uint64_t at = world.map(a, 3);
  for (std::uint64_t page = 0; page < 3; ++page) world.write(a, at + page * kPageSize, 1);
  const std::size_t segments = world.process(a).space.segments().size();
  world.kernel.munmap(a, VirtualAddress(at + kPageSize), kPageSize, nullptr);
  CHECK(world.process(a).space.segments().size() == segments + 1);
  world.check_invariants();
  world.kernel.munmap(a, VirtualAddress(at), 3 * kPageSize, nullptr);
  CHECK(world.kernel.frames().free_count() == free_before);
  world.check_invariants();
}

TEST_CASE("after munmap the address is in no segment, even if the TLB knew it") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 1);
  world.write(a, at, 1);
  world.kernel.munmap(a, VirtualAddress(at), kPageSize, nullptr);
  CHECK(std::get<Signalled>(world.access(a, AccessKind::Read, at)).reason == SignalReason::NoSegment);
}

TEST_CASE("mprotect splits, and merges again when the permissions are equal again") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 4);
  const std::size_t segments = world.process(a).space.segments().size();
  world.kernel.mprotect(a, VirtualAddress(at + kPageSize), kPageSize, kReadOnly, nullptr);
  CHECK(world.process(a).space.segments().size() == segments + 2);
  world.kernel.mprotect(a, VirtualAddress(at + kPageSize), kPageSize, kReadWrite, nullptr);
  CHECK(world.process(a).space.segments().size() == segments);
}

TEST_CASE("a page keeps its frame and bytes while it is PROT_NONE") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 1);
  world.write(a, at, 77);
  const FrameNumber frame = world.frame(a, at);
  world.kernel.mprotect(a, VirtualAddress(at), kPageSize, {}, nullptr);
  CHECK(std::holds_alternative<ProtNoneEntry>(decode_leaf(world.kernel.format(), world.entry(a, at))));
  CHECK_FALSE(world.entry(a, at).has(world.kernel.format().present));
  world.kernel.mprotect(a, VirtualAddress(at), kPageSize, kReadWrite, nullptr);
  CHECK(world.read(a, at) == 77);
  CHECK(world.frame(a, at) == frame);
  world.write(a, at, 78);
  world.check_invariants();
}

TEST_CASE("mprotect that meets a hole changes what lies below and reports ENOMEM") {
  World world;
  const ProcessId a = world.spawn("A");
  const VirtualAddress at(0x40000000);
  world.kernel.mmap(a, {at, kPageSize, kReadWrite, true}, nullptr);
  const CallFailed failed = failure_of(world.kernel.mprotect(a, at, 3 * kPageSize, kReadOnly, nullptr));
  CHECK(failed.error == Errno::Enomem);
  CHECK(failed.reason == CallReason::HoleInRange);
  CHECK(world.process(a).space.find(at)->permissions == kReadOnly);
}

TEST_CASE("brk moves the end of the heap within its limit") {
  World world;
  Program program;
  program.heap_limit_pages = 4;
  const ProcessId a = world.spawn("A", program);
  const VirtualAddress start = world.process(a).space.heap_start;
  CHECK(std::holds_alternative<Completed>(world.kernel.brk(a, start + 100, nullptr)));
  world.write(a, start.value(), 5);
  CHECK(failure_of(world.kernel.brk(a, start + 5 * kPageSize, nullptr)).reason == CallReason::HeapLimit);
  CHECK(failure_of(world.kernel.brk(a, start - 1, nullptr)).reason == CallReason::BelowHeapStart);
  CHECK(world.read(a, start.value()) == 5);
  CHECK(std::holds_alternative<Completed>(world.kernel.brk(a, start, nullptr)));
  CHECK(world.process(a).space.find(start) == nullptr);
  world.check_invariants();
}

TEST_CASE("calls of a process that is not there, or has ended, are rejected and change nothing") {
  World world;
  const ProcessId a = world.spawn("A");
  world.kernel.exit(a, 0, nullptr);
  const std::uint64_t hash = world.kernel.hash();
  CHECK(std::get<Rejected>(world.kernel.brk(a, VirtualAddress(0), nullptr)).reason ==
        RejectReason::ProcessEnded);
  CHECK(std::get<Rejected>(world.kernel.fork(ProcessId(9), "X", nullptr)).reason ==
        RejectReason::NoSuchProcess);
  CHECK(std::get<Rejected>(world.access(a, AccessKind::Read, 0)).reason == RejectReason::ProcessEnded);
  CHECK(world.kernel.hash() == hash);
}

}  // namespace vmp::test
