// What every call on memory refuses, call by call: a process that is gone, a range outside the user half, an
// address that is not a page's, a length of nothing.
#include "tests/support/world.h"

using namespace vmp;
using vmp::test::World;

namespace {

constexpr std::uint64_t kAt = 0x10000000;
constexpr std::uint64_t kUserEnd = 0xC0000000;  // of x86-32
constexpr std::uint64_t kHighest = ~std::uint64_t{0};
constexpr Permissions kReadOnly{.read = true, .write = false, .execute = false};
constexpr Permissions kReadWrite{.read = true, .write = true, .execute = false};

using Call = Outcome (*)(Kernel&, ProcessId, std::uint64_t address, std::uint64_t length);

Outcome mmap(Kernel& kernel, ProcessId process, std::uint64_t address, std::uint64_t length) {
  return kernel.mmap(process, {VirtualAddress(address), length, kReadWrite, true}, nullptr);
}
Outcome munmap(Kernel& kernel, ProcessId process, std::uint64_t address, std::uint64_t length) {
  return kernel.munmap(process, VirtualAddress(address), length, nullptr);
}
Outcome mprotect(Kernel& kernel, ProcessId process, std::uint64_t address, std::uint64_t length) {
  return kernel.mprotect(process, VirtualAddress(address), length, kReadOnly, nullptr);
}
Outcome mremap(Kernel& kernel, ProcessId process, std::uint64_t address, std::uint64_t length) {
  return kernel.mremap(process, {VirtualAddress(address), length, length}, nullptr);
}
Outcome madvise(Kernel& kernel, ProcessId process, std::uint64_t address, std::uint64_t length) {
  return kernel.madvise(process, VirtualAddress(address), length, Kernel::Advice::DontNeed, nullptr);
}
Outcome mlock(Kernel& kernel, ProcessId process, std::uint64_t address, std::uint64_t length) {
  return kernel.mlock(process, VirtualAddress(address), length, true, nullptr);
}
Outcome msync(Kernel& kernel, ProcessId process, std::uint64_t address, std::uint64_t length) {
  return kernel.msync(process, VirtualAddress(address), length, nullptr);
}
Outcome brk(Kernel& kernel, ProcessId process, std::uint64_t address, std::uint64_t) {
  return kernel.brk(process, VirtualAddress(address), nullptr);
}
Outcome touch(Kernel& kernel, ProcessId process, std::uint64_t address, std::uint64_t) {
  return kernel.access(process, {AccessKind::Read, VirtualAddress(address), 4, 0}, nullptr);
}
Outcome replay(Kernel& kernel, ProcessId process, std::uint64_t address, std::uint64_t) {
  return kernel.replay_reference(process, AccessKind::Read, VirtualAddress(address), nullptr);
}
Outcome fork_child(Kernel& kernel, ProcessId process, std::uint64_t, std::uint64_t) {
  return kernel.fork(process, "child", nullptr);
}
Outcome end(Kernel& kernel, ProcessId process, std::uint64_t, std::uint64_t) {
  return kernel.exit(process, 0, nullptr);
}
Outcome limit(Kernel& kernel, ProcessId process, std::uint64_t, std::uint64_t) {
  return kernel.set_resident_limit(process, 4, nullptr);
}
Outcome handle_signals(Kernel& kernel, ProcessId process, std::uint64_t, std::uint64_t) {
  return kernel.set_signal_handling(process, true, nullptr);
}
Outcome flush(Kernel& kernel, ProcessId process, std::uint64_t, std::uint64_t) {
  return kernel.flush_tlb(process, std::nullopt, nullptr);
}

RejectReason rejection_of(const Outcome& outcome) {
  REQUIRE(std::holds_alternative<Rejected>(outcome));
  return std::get<Rejected>(outcome).reason;
}

// What the call returns to a program that has one page mapped at kAt; the call must leave no trace.
CallFailed failure_of(Call call, std::uint64_t address, std::uint64_t length) {
  World world;
  const ProcessId a = world.spawn("A");
  REQUIRE(std::holds_alternative<Completed>(mmap(world.kernel, a, kAt, kPageSize)));
  const std::uint64_t before = world.kernel.hash();
  const Outcome outcome = call(world.kernel, a, address, length);
  CHECK(world.kernel.hash() == before);
  REQUIRE(std::holds_alternative<CallFailed>(outcome));
  return std::get<CallFailed>(outcome);
}

bool completes(Call call, std::uint64_t address, std::uint64_t length) {
  World world;
  const ProcessId a = world.spawn("A");
  REQUIRE(std::holds_alternative<Completed>(mmap(world.kernel, a, kAt, kPageSize)));
  return std::holds_alternative<Completed>(call(world.kernel, a, address, length));
}

void check_failure(const CallFailed& failure, Errno error, CallReason reason) {
  CHECK(failure.error == error);
  CHECK(failure.reason == reason);
}

// Ranges that are not within the user half: beyond it, across its end, and round the end of all addresses.
void check_outside(Call call, Errno error) {
  check_failure(failure_of(call, kUserEnd + kPageSize, kPageSize), error, CallReason::OutsideUserHalf);
  check_failure(failure_of(call, kUserEnd - kPageSize, 2 * kPageSize), error, CallReason::OutsideUserHalf);
  check_failure(failure_of(call, kAt, kHighest - kPageSize), error, CallReason::OutsideUserHalf);
}

}  // namespace

TEST_CASE("no call does anything for a process that has ended, or that never was") {
  World world;
  const ProcessId gone = world.spawn("gone");
  REQUIRE(std::holds_alternative<Completed>(world.kernel.exit(gone, 0, nullptr)));
  const std::uint64_t before = world.kernel.hash();
  const std::vector<Call> calls{mmap,  munmap, mprotect,   mremap, madvise, mlock,          msync, brk,
                                touch, replay, fork_child, end,    limit,   handle_signals, flush};
  for (std::size_t i = 0; i < calls.size(); ++i) {
    CAPTURE(i);
    CHECK(rejection_of(calls[i](world.kernel, gone, kAt, kPageSize)) == RejectReason::ProcessEnded);
    CHECK(rejection_of(calls[i](world.kernel, ProcessId(2), kAt, kPageSize)) == RejectReason::NoSuchProcess);
    CHECK(rejection_of(calls[i](world.kernel, ProcessId(0), kAt, kPageSize)) == RejectReason::NoSuchProcess);
  }
  CHECK(world.kernel.hash() == before);
}

TEST_CASE("no call accepts a range that leaves the user half, each with Linux's error") {
  check_outside(mmap, Errno::Enomem);
  check_outside(munmap, Errno::Einval);
  check_outside(mprotect, Errno::Enomem);
  check_outside(mlock, Errno::Enomem);
  check_outside(msync, Errno::Enomem);
  const CallFailed resized = failure_of(mremap, kAt, kUserEnd + kPageSize);
  check_failure(resized, Errno::Einval, CallReason::OutsideUserHalf);
}

TEST_CASE("advice is refused only where its range wraps round; beyond the user half it finds holes") {
  check_failure(failure_of(madvise, kAt, kHighest), Errno::Einval, CallReason::OutsideUserHalf);
  check_failure(failure_of(madvise, kHighest - kPageSize + 1, 2 * kPageSize), Errno::Einval,
                CallReason::OutsideUserHalf);
  check_failure(failure_of(madvise, kUserEnd, kPageSize), Errno::Enomem, CallReason::HoleInRange);
}

TEST_CASE("only mlock rounds an address down to its page; the other calls refuse it") {
  for (const Call call : std::vector<Call>{mmap, munmap, mprotect, mremap, madvise, msync}) {
    check_failure(failure_of(call, kAt + 1, kPageSize), Errno::Einval, CallReason::NotPageAligned);
  }
  CHECK(completes(mlock, kAt + 1, 1));
}

TEST_CASE("a length of nothing is an error to mmap, munmap and mremap, and nothing to do to the others") {
  for (const Call call : std::vector<Call>{mmap, munmap, mremap}) {
    check_failure(failure_of(call, kAt, 0), Errno::Einval, CallReason::ZeroLength);
  }
  for (const Call call : std::vector<Call>{mprotect, madvise, mlock, msync}) {
    CHECK(completes(call, kAt, 0));
  }
}

TEST_CASE("a hole in the range is an error to the calls that change what is there") {
  for (const Call call : std::vector<Call>{mprotect, madvise, msync}) {
    World world;
    const ProcessId a = world.spawn("A");
    REQUIRE(std::holds_alternative<Completed>(mmap(world.kernel, a, kAt, kPageSize)));
    const Outcome outcome = call(world.kernel, a, kAt, 2 * kPageSize);
    REQUIRE(std::holds_alternative<CallFailed>(outcome));
    check_failure(std::get<CallFailed>(outcome), Errno::Enomem, CallReason::HoleInRange);
  }
}

TEST_CASE("a fixed mapping that may not replace anything is refused where something is") {
  World world;
  const ProcessId a = world.spawn("A");
  Kernel::MapRequest request{VirtualAddress(kAt), 2 * kPageSize, kReadWrite, true};
  request.no_replace = true;
  CHECK(std::holds_alternative<Completed>(world.kernel.mmap(a, request, nullptr)));
  world.write(a, kAt + kPageSize, 5);
  request.address = VirtualAddress(kAt + kPageSize);
  const Outcome outcome = world.kernel.mmap(a, request, nullptr);
  REQUIRE(std::holds_alternative<CallFailed>(outcome));
  check_failure(std::get<CallFailed>(outcome), Errno::Eexist, CallReason::AlreadyMapped);
  CHECK(world.read(a, kAt + kPageSize) == 5);
}

TEST_CASE("a mapping longer than the user half is refused, wherever it would go") {
  World world;
  const ProcessId a = world.spawn("A");
  const Outcome outcome = world.kernel.mmap(a, {std::nullopt, kUserEnd + 1, kReadOnly, false}, nullptr);
  REQUIRE(std::holds_alternative<CallFailed>(outcome));
  check_failure(std::get<CallFailed>(outcome), Errno::Enomem, CallReason::OutsideUserHalf);
}

TEST_CASE("a file that does not exist can be neither mapped nor truncated") {
  World world;
  const ProcessId a = world.spawn("A");
  for (const std::uint32_t id : {0u, 1u}) {
    Kernel::MapRequest request{std::nullopt, kPageSize, kReadOnly, false};
    request.file = FileId(id);
    CHECK(rejection_of(world.kernel.mmap(a, request, nullptr)) == RejectReason::NoSuchFile);
    CHECK(rejection_of(world.kernel.truncate_file(FileId(id), 0, nullptr)) == RejectReason::NoSuchFile);
  }
}

TEST_CASE("an access has 1, 2, 4 or 8 bytes and ends within the address space") {
  for (const FormatId format : {FormatId::X86_32, FormatId::Sv39}) {
    MachineConfig config;
    config.format = format;
    World world(config);
    const ProcessId a = world.spawn("A");
    const std::uint64_t at = world.map(a, 1);
    for (const std::uint32_t size : {0u, 3u, 5u, 16u}) {
      CHECK(rejection_of(world.access(a, AccessKind::Read, at, 0, size)) == RejectReason::BadSize);
      CHECK(rejection_of(world.kernel.edit_memory(PhysicalAddress(0), size, 0, nullptr)) ==
            RejectReason::BadSize);
    }
    for (const std::uint32_t size : {1u, 2u, 4u, 8u}) {
      CHECK(std::holds_alternative<Completed>(world.access(a, AccessKind::Read, at, 0, size)));
      CHECK(
          std::holds_alternative<Completed>(world.kernel.edit_memory(PhysicalAddress(0), size, 0, nullptr)));
    }
    CHECK(rejection_of(world.access(a, AccessKind::Read, kHighest - 2, 0, 4)) ==
          RejectReason::BeyondAddressSpace);
  }
  World narrow;
  const ProcessId a = narrow.spawn("A");
  CHECK(rejection_of(narrow.access(a, AccessKind::Read, 0xFFFFFFFE, 0, 4)) ==
        RejectReason::BeyondAddressSpace);
  CHECK(rejection_of(replay(narrow.kernel, a, kUserEnd, 0)) == RejectReason::AddressOutsideFormat);
}

TEST_CASE("RAM is edited within one frame of it") {
  World world;
  const auto edit = [&](std::uint64_t address) {
    return rejection_of(world.kernel.edit_memory(PhysicalAddress(address), 4, 0, nullptr));
  };
  CHECK(edit(kPageSize - 2) == RejectReason::OutsideMemory);
  CHECK(edit(world.kernel.config().frames * kPageSize) == RejectReason::OutsideMemory);
}

TEST_CASE("a name is taken once, and there is room for so many processes only") {
  MachineConfig config;
  config.frames = 4096;
  World world(config);
  const ProcessId first = world.spawn("P0");
  CHECK(rejection_of(world.kernel.spawn_empty("P0", nullptr)) == RejectReason::NameTaken);
  CHECK(rejection_of(world.kernel.fork(first, "P0", nullptr)) == RejectReason::NameTaken);
  std::size_t started = 1;
  Outcome outcome = Completed{};
  while (std::holds_alternative<Completed>(outcome)) {
    outcome = world.kernel.spawn_empty("P" + std::to_string(started), nullptr);
    started += std::holds_alternative<Completed>(outcome) ? 1 : 0;
    REQUIRE(started < 1000);
  }
  CHECK(rejection_of(outcome) == RejectReason::TooManyProcesses);
  CHECK(rejection_of(world.kernel.fork(first, "another", nullptr)) == RejectReason::TooManyProcesses);
  const auto program = std::make_shared<Program>();
  CHECK(rejection_of(world.kernel.spawn("another", program, nullptr)) == RejectReason::TooManyProcesses);
}
