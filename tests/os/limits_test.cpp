// Limits on what a process may ask for, with Linux's errors (mm/mmap.c, may_expand_vm()).
#include "tests/support/world.h"

using namespace vmp;
using vmp::test::World;

namespace {

constexpr Permissions kReadOnly{.read = true, .write = false, .execute = false};
constexpr Permissions kReadWrite{.read = true, .write = true, .execute = false};

std::optional<CallFailed> failure(const Outcome& outcome) {
  const auto* failed = std::get_if<CallFailed>(&outcome);
  return failed == nullptr ? std::nullopt : std::optional(*failed);
}

std::optional<CallFailed> map(World& world, ProcessId process, std::uint64_t pages, Permissions permissions) {
  return failure(world.kernel.mmap(process, {std::nullopt, pages * kPageSize, permissions, false}, nullptr));
}

}  // namespace

TEST_CASE("the address-space limit counts every mapped page") {
  World world;
  const ProcessId a = world.spawn("A");  // code, data, stack
  world.kernel.set_limit(a, Limit::AddressSpace, 10, nullptr);
  const auto failed = map(world, a, 8, kReadOnly);
  REQUIRE(failed);
  CHECK(failed->error == Errno::Enomem);
  CHECK(failed->reason == CallReason::AddressSpaceLimit);
  CHECK_FALSE(map(world, a, 7, kReadOnly));
  CHECK(map(world, a, 1, kReadOnly)->reason == CallReason::AddressSpaceLimit);
  world.kernel.set_limit(a, Limit::AddressSpace, std::nullopt, nullptr);
  CHECK_FALSE(map(world, a, 1, kReadOnly));
}

TEST_CASE("a fixed mapping is charged only for what it adds") {
  World world;
  const ProcessId a = world.spawn("A");
  const VirtualAddress at(world.map(a, 4));
  world.kernel.set_limit(a, Limit::AddressSpace, 7, nullptr);
  Kernel::MapRequest request{at, 4 * kPageSize, kReadOnly, true};
  CHECK_FALSE(failure(world.kernel.mmap(a, request, nullptr)));
  request.length += kPageSize;
  CHECK(failure(world.kernel.mmap(a, request, nullptr))->reason == CallReason::AddressSpaceLimit);
}

TEST_CASE("the data limit counts private writable pages, stacks left out") {
  World world;
  const ProcessId a = world.spawn("A");  // one page of data
  CHECK(world.process(a).space.data_pages() == 1);
  world.kernel.set_limit(a, Limit::Data, 3, nullptr);
  CHECK(map(world, a, 3, kReadWrite)->reason == CallReason::DataLimit);
  CHECK_FALSE(map(world, a, 100, kReadOnly));
  Kernel::MapRequest shared{std::nullopt, 8 * kPageSize, kReadWrite, false};
  shared.shared = true;
  CHECK_FALSE(failure(world.kernel.mmap(a, shared, nullptr)));
  Kernel::MapRequest stack{std::nullopt, 8 * kPageSize, kReadWrite, false};
  stack.grows_down = true;
  CHECK_FALSE(failure(world.kernel.mmap(a, stack, nullptr)));
  CHECK_FALSE(map(world, a, 2, kReadWrite));
}

TEST_CASE("mprotect makes writable what the data limit allows, and fails at the first range too many") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 4, kReadOnly);
  // Two segments: the second can be executed.
  world.kernel.mprotect(a, VirtualAddress(at + 2 * kPageSize), 2 * kPageSize, {true, false, true}, nullptr);
  world.kernel.set_limit(a, Limit::Data, 4, nullptr);
  const auto failed =
      failure(world.kernel.mprotect(a, VirtualAddress(at), 4 * kPageSize, kReadWrite, nullptr));
  REQUIRE(failed);
  CHECK(failed->reason == CallReason::DataLimit);
  CHECK(world.process(a).space.find(VirtualAddress(at))->permissions == kReadWrite);
  CHECK_FALSE(world.process(a).space.find(VirtualAddress(at + 2 * kPageSize))->permissions.write);
}

TEST_CASE("brk asks the data limit with the program's data counted in") {
  World world;
  Program program;
  program.data_pages = 2;
  const ProcessId a = world.spawn("A", program);
  const VirtualAddress start = world.process(a).space.heap_start;
  world.kernel.set_limit(a, Limit::Data, 4, nullptr);
  CHECK(failure(world.kernel.brk(a, start + 2 * kPageSize + 1, nullptr))->reason == CallReason::DataLimit);
  CHECK_FALSE(failure(world.kernel.brk(a, start + 2 * kPageSize, nullptr)));
  world.kernel.set_limit(a, Limit::Data, 100, nullptr);
  world.kernel.set_limit(a, Limit::AddressSpace, 6, nullptr);
  CHECK(failure(world.kernel.brk(a, start + 3 * kPageSize, nullptr))->reason ==
        CallReason::AddressSpaceLimit);
}

TEST_CASE("mremap asks for the pages it adds, and with MREMAP_DONTUNMAP for those it keeps") {
  World world;
  const ProcessId a = world.spawn("A");
  const VirtualAddress at(world.map(a, 4));
  world.kernel.set_limit(a, Limit::AddressSpace, 9, nullptr);  // 7 are mapped
  Kernel::RemapRequest grow{.address = at, .old_length = 4 * kPageSize, .new_length = 7 * kPageSize};
  grow.may_move = true;
  CHECK(failure(world.kernel.mremap(a, grow, nullptr))->reason == CallReason::AddressSpaceLimit);
  Kernel::RemapRequest keep{.address = at, .old_length = 4 * kPageSize, .new_length = 4 * kPageSize};
  keep.may_move = true;
  keep.dont_unmap = true;
  CHECK(failure(world.kernel.mremap(a, keep, nullptr))->reason == CallReason::AddressSpaceLimit);
  grow.new_length = 6 * kPageSize;
  CHECK_FALSE(failure(world.kernel.mremap(a, grow, nullptr)));
}

TEST_CASE("the stack grows as far as its limit and the address-space limit let it") {
  World world;
  const ProcessId a = world.spawn("A");
  world.kernel.set_signal_handling(a, true, nullptr);
  const std::uint64_t top = world.process(a).space.stack_top.value();
  const auto touch = [&](std::uint64_t page) {
    return world.access(a, AccessKind::Write, top - page * kPageSize);
  };
  world.kernel.set_limit(a, Limit::Stack, 3, nullptr);
  CHECK(std::get<Signalled>(touch(4)).reason == SignalReason::StackLimit);
  CHECK(std::holds_alternative<Completed>(touch(3)));
  world.kernel.set_limit(a, Limit::Stack, 100, nullptr);
  world.kernel.set_limit(a, Limit::AddressSpace, 6, nullptr);
  CHECK(std::get<Signalled>(touch(5)).reason == SignalReason::StackLimit);
  CHECK(std::holds_alternative<Completed>(touch(4)));
  world.kernel.set_limit(a, Limit::Stack, std::nullopt, nullptr);  // as far as there is room
  CHECK(world.process(a).space.stack_limit == top);
}

TEST_CASE("limits are inherited by fork and kept by exec") {
  World world;
  const ProcessId a = world.spawn("A");
  world.kernel.set_limit(a, Limit::Data, 30, nullptr);
  world.kernel.set_limit(a, Limit::Stack, 5, nullptr);
  const ProcessId child = world.fork(a, "child");
  CHECK(world.process(child).limits == world.process(a).limits);
  Program program;
  program.name = "other";
  world.kernel.exec(child, std::make_shared<const Program>(program), nullptr);
  CHECK(world.process(child).limits == world.process(a).limits);
  CHECK(world.process(child).space.stack_limit == 5 * kPageSize);
}

TEST_CASE("a limit of a process that is not there is rejected") {
  World world;
  const Outcome outcome = world.kernel.set_limit(ProcessId(3), Limit::Data, 1, nullptr);
  CHECK(std::get<Rejected>(outcome).reason == RejectReason::NoSuchProcess);
}
