#include "tests/support/world.h"

using namespace vmp;
using vmp::test::World;

namespace {

constexpr Permissions kReadWrite{.read = true, .write = true, .execute = false};

std::uint64_t map_shared(World& world, ProcessId process, std::uint64_t pages) {
  Kernel::MapRequest request{std::nullopt, pages * kPageSize, kReadWrite, false};
  request.shared = true;
  return *std::get<Completed>(world.kernel.mmap(process, request, nullptr)).value;
}

}  // namespace

TEST_CASE("parent and child see each other's writes to shared memory, and to nothing else") {
  World world;
  const ProcessId parent = world.spawn("P");
  const std::uint64_t shared = map_shared(world, parent, 1);
  const std::uint64_t own = world.map(parent, 1);
  world.write(parent, own, 1);
  const ProcessId child = world.fork(parent, "C");
  world.write(child, shared, 42);
  world.write(child, own, 2);
  CHECK(world.read(parent, shared) == 42);
  CHECK(world.read(parent, own) == 1);
  CHECK(world.frame(parent, shared) == world.frame(child, shared));
  world.check_invariants();
}

TEST_CASE("a shared page that may be written again keeps its frame: only the entry is mended") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t shared = map_shared(world, a, 1);
  world.write(a, shared, 7);
  const FrameNumber frame = world.frame(a, shared);
  const Permissions read_only{.read = true, .write = false, .execute = false};
  world.kernel.mprotect(a, VirtualAddress(shared), kPageSize, read_only, nullptr);
  world.kernel.mprotect(a, VirtualAddress(shared), kPageSize, kReadWrite, nullptr);
  world.write(a, shared, 8);
  CHECK(world.events<FaultUnderstood>().at(0).cause == FaultCause::EntryMended);
  CHECK(world.frame(a, shared) == frame);
  CHECK(world.read(a, shared) == 8);
  world.check_invariants();
}

TEST_CASE("shared memory goes to swap once, and comes back for everyone") {
  MachineConfig config;
  config.frames = 24;
  config.swap_slots = 32;
  World world(config);
  const ProcessId parent = world.spawn("P");
  const std::uint64_t shared = map_shared(world, parent, 4);
  for (std::uint64_t page = 0; page < 4; ++page) world.write(parent, shared + page * kPageSize, 10 + page);
  const ProcessId child = world.fork(parent, "C");
  for (std::uint64_t page = 0; page < 4; ++page)
    CHECK(world.read(child, shared + page * kPageSize) == 10 + page);
  const std::uint64_t own = world.map(parent, 20);
  for (std::uint64_t page = 0; page < 20; ++page) world.write(parent, own + page * kPageSize, page);
  world.check_invariants();
  for (std::uint64_t page = 0; page < 4; ++page) {
    CHECK(world.read(child, shared + page * kPageSize) == 10 + page);
    CHECK(world.read(parent, shared + page * kPageSize) == 10 + page);
  }
  world.check_invariants();
}

TEST_CASE("shared memory ends with its last mapping, wherever its pages are") {
  MachineConfig config;
  config.frames = 24;
  config.swap_slots = 32;
  World world(config);
  const ProcessId parent = world.spawn("P");
  const std::uint64_t shared = map_shared(world, parent, 16);
  for (std::uint64_t page = 0; page < 16; ++page) world.write(parent, shared + page * kPageSize, 1);
  const ProcessId child = world.fork(parent, "C");
  REQUIRE(world.kernel.swap().used_count() > 0);
  world.kernel.munmap(parent, VirtualAddress(shared), 16 * kPageSize, nullptr);
  CHECK(world.kernel.committed_pages() >= 16);
  CHECK(world.read(child, shared) == 1);
  world.kernel.exit(child, 0, nullptr);
  CHECK(world.kernel.files().back().pages().empty());
  CHECK(world.kernel.files().back().bytes() == 0);
  world.check_invariants();
}
