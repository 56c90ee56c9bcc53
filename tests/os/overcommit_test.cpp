#include "tests/support/world.h"

using namespace vmp;
using vmp::test::World;

namespace {

constexpr Permissions kReadOnly{.read = true, .write = false, .execute = false};
constexpr Permissions kReadWrite{.read = true, .write = true, .execute = false};

// 29 frames for programs and 8 slots: mode 2 promises 14 + 8 pages.
MachineConfig config_with(Overcommit overcommit) {
  MachineConfig config;
  config.frames = 32;
  config.swap_slots = 8;
  config.overcommit = overcommit;
  return config;
}

bool maps(World& world, ProcessId process, std::uint64_t pages, Permissions permissions = kReadWrite) {
  const Outcome outcome =
      world.kernel.mmap(process, {std::nullopt, pages * kPageSize, permissions, false}, nullptr);
  const auto* failed = std::get_if<CallFailed>(&outcome);
  CHECK((failed == nullptr || failed->reason == CallReason::CommitLimit));
  return failed == nullptr;
}

}  // namespace

TEST_CASE("the heuristic refuses a single request beyond RAM and swap, and nothing else") {
  World world(config_with(Overcommit::Heuristic));
  const ProcessId a = world.spawn("A");
  CHECK_FALSE(maps(world, a, 38));
  CHECK(maps(world, a, 37));
  CHECK(maps(world, a, 37));
  CHECK(maps(world, a, 1000, kReadOnly));
}

TEST_CASE("always is always") {
  World world(config_with(Overcommit::Always));
  CHECK(maps(world, world.spawn("A"), 10'000));
}

TEST_CASE("strict charges private writable memory against half of RAM and all of swap") {
  World world(config_with(Overcommit::Strict));
  const ProcessId a = world.spawn("A");
  CHECK(world.kernel.commit_limit() == 22);
  CHECK(world.kernel.committed_pages() == 2);  // a page of data and one of stack
  CHECK(maps(world, a, 1000, kReadOnly));
  CHECK_FALSE(maps(world, a, 21));
  CHECK(maps(world, a, 20));
  CHECK(world.kernel.committed_pages() == 22);
  CHECK_FALSE(maps(world, a, 1));
}

TEST_CASE("strict counts a fork, mprotect and the stack too") {
  World world(config_with(Overcommit::Strict));
  const ProcessId a = world.spawn("A");
  world.kernel.set_signal_handling(a, true, nullptr);
  const std::uint64_t at = world.map(a, 12, kReadOnly);
  const VirtualAddress start(at);
  CHECK(std::holds_alternative<Completed>(
      world.kernel.mprotect(a, start, 12 * kPageSize, kReadWrite, nullptr)));
  CHECK(world.kernel.committed_pages() == 14);
  CHECK(std::holds_alternative<CallFailed>(world.kernel.fork(a, "B", nullptr)));
  // What was writable once stays charged.
  world.kernel.mprotect(a, start, 12 * kPageSize, kReadOnly, nullptr);
  CHECK(world.kernel.committed_pages() == 14);
  CHECK(maps(world, a, 8));
  const VirtualAddress below_stack = world.process(a).space.stack_top - 2 * kPageSize;
  CHECK(std::holds_alternative<Signalled>(world.access(a, AccessKind::Write, below_stack.value(), 1)));
}

TEST_CASE("strict refuses every call that would promise too much, and nothing changes") {
  World world(config_with(Overcommit::Strict));
  Program program;
  program.heap_limit_pages = 100;
  const ProcessId a = world.spawn("A", program);
  const std::uint64_t at = world.map(a, 10);
  const std::uint64_t quiet = world.map(a, 20, kReadOnly);
  const std::uint64_t before = world.kernel.hash();
  const auto refused = [&](const Outcome& outcome) {
    CHECK(world.kernel.hash() == before);
    const auto* failed = std::get_if<CallFailed>(&outcome);
    return failed != nullptr && failed->reason == CallReason::CommitLimit && failed->error == Errno::Enomem;
  };
  Kernel& kernel = world.kernel;
  const VirtualAddress elsewhere(0x10000000);
  CHECK(refused(kernel.mmap(a, {elsewhere, 11 * kPageSize, kReadWrite, true}, nullptr)));
  CHECK(refused(kernel.mmap(a, {elsewhere, 11 * kPageSize, kReadWrite, false}, nullptr)));
  CHECK(refused(kernel.mprotect(a, VirtualAddress(quiet), 20 * kPageSize, kReadWrite, nullptr)));
  CHECK(refused(kernel.brk(a, world.process(a).space.heap_start + 11 * kPageSize, nullptr)));
  Kernel::RemapRequest grow{VirtualAddress(at), 10 * kPageSize, 21 * kPageSize};
  grow.may_move = true;
  CHECK(refused(kernel.mremap(a, grow, nullptr)));
  grow.fixed = elsewhere;
  CHECK(refused(kernel.mremap(a, grow, nullptr)));
  // What a fixed mapping replaces is promised already.
  CHECK(std::holds_alternative<Completed>(
      kernel.mmap(a, {VirtualAddress(at), 10 * kPageSize, kReadWrite, true}, nullptr)));
  CHECK(std::holds_alternative<Completed>(
      kernel.mmap(a, {VirtualAddress(at), 20 * kPageSize, kReadWrite, true}, nullptr)));
}

TEST_CASE("strict charges shared memory once, when it is made") {
  World world(config_with(Overcommit::Strict));
  const ProcessId a = world.spawn("A");
  Kernel::MapRequest request{std::nullopt, 15 * kPageSize, kReadWrite, false};
  request.shared = true;
  CHECK(std::holds_alternative<Completed>(world.kernel.mmap(a, request, nullptr)));
  CHECK(world.kernel.committed_pages() == 17);
  CHECK(std::holds_alternative<CallFailed>(world.kernel.mmap(a, request, nullptr)));
  world.fork(a, "B");
  CHECK(world.kernel.committed_pages() == 19);
}

TEST_CASE("out of memory ends the process that frees most, not the one that asks") {
  MachineConfig config = config_with(Overcommit::Always);
  config.swap_slots = 0;
  World world(config);
  const ProcessId greedy = world.spawn("greedy");
  const ProcessId modest = world.spawn("modest");
  const std::uint64_t at = world.map(greedy, 40);
  const std::uint64_t own = world.map(modest, 4);
  for (std::uint64_t page = 0; world.kernel.frames().free_count() > 0; ++page) {
    world.write(greedy, at + page * kPageSize, 1);
  }
  CHECK(world.kernel.worst_process().process == greedy);
  for (std::uint64_t page = 0; page < 4; ++page) world.write(modest, own + page * kPageSize, 9);
  CHECK(world.process(greedy).state == ProcessState::Killed);
  CHECK(world.process(greedy).killed_by->reason == SignalReason::OutOfMemory);
  CHECK(world.process(modest).running());
  CHECK(world.read(modest, own) == 9);
  world.check_invariants();
}

TEST_CASE("a process at its own limit is the only one to go") {
  World world(config_with(Overcommit::Always));
  const ProcessId other = world.spawn("other");
  const ProcessId limited = world.spawn("limited");
  const std::uint64_t at = world.map(other, 10);
  for (std::uint64_t page = 0; page < 10; ++page) world.write(other, at + page * kPageSize, 1);
  world.kernel.set_resident_limit(limited, 2, nullptr);
  const std::uint64_t own = world.map(limited, 16);
  Outcome outcome = Completed{};
  for (std::uint64_t page = 0; page < 16 && std::holds_alternative<Completed>(outcome); ++page) {
    outcome = world.access(limited, AccessKind::Write, own + page * kPageSize, 1);
  }
  CHECK(std::holds_alternative<Signalled>(outcome));
  CHECK(world.process(other).running());
}
