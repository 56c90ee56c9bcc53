#include <algorithm>
#include <doctest/doctest.h>

#include "core/sim/explain.h"
#include "tests/property/random_commands.h"
#include "tests/support/seed.h"
#include "tests/support/world.h"

namespace vmp::test {
namespace {

constexpr std::uint64_t kHeap = 0x404000;

Program with_heap() {
  Program program;
  program.heap_pages = 4;
  program.code_pages = 3;
  return program;
}

}  // namespace

TEST_CASE("a private page has one entry pointing at its frame, and says where it lies") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  world.write(a, kHeap, 7);
  const auto pointers = entries_pointing_at(world.kernel, world.frame(a, kHeap));
  REQUIRE(pointers.size() == 1);
  CHECK(pointers[0].process == a);
  CHECK(pointers[0].level == 0);
  CHECK(pointers[0].index == 4);
  CHECK(pointers[0].first_page == PageNumber(0x404));
  CHECK(pointers[0].pte == world.entry(a, kHeap));
  CHECK(pointers[0].entry_address == world.kernel.leaf_entry(world.process(a), PageNumber(0x404))->address);
}

TEST_CASE("a shared frame is pointed at by every sharer") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  world.write(a, kHeap, 7);
  const FrameNumber frame = world.frame(a, kHeap);
  const ProcessId b = world.fork(a, "B");
  const auto pointers = entries_pointing_at(world.kernel, frame);
  REQUIRE(pointers.size() == 2);
  CHECK(pointers[0].process == a);
  CHECK(pointers[1].process == b);
}

TEST_CASE("a table node is pointed at by the level above, the root by no entry, a free frame by nothing") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  world.write(a, kHeap, 7);
  const Process& process = world.process(a);
  CHECK(entries_pointing_at(world.kernel, process.root).empty());
  const auto walked = explain_walk(world.kernel, process, VirtualAddress(kHeap), AccessKind::Read);
  const auto pointers = entries_pointing_at(world.kernel, walked.steps[1].node);
  REQUIRE(pointers.size() == 1);
  CHECK(pointers[0].level == 1);
  CHECK(pointers[0].index == 1);
  CHECK(pointers[0].first_page == PageNumber(0x400));
  CHECK(pointers[0].entry_address == walked.steps[0].entry_address);
  CHECK(entries_pointing_at(world.kernel, FrameNumber(31)).empty());
}

TEST_CASE("an entry edited to point at another's frame is found: the wall between them is that entry") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  const ProcessId b = world.spawn("B", with_heap());
  world.write(a, kHeap, 42);
  world.write(b, kHeap, 7);
  const auto leaf = world.kernel.leaf_entry(world.process(b), PageNumber(0x404));
  world.kernel.edit_memory(leaf->address, 4, world.entry(a, kHeap).bits, nullptr);
  CHECK(entries_pointing_at(world.kernel, world.frame(a, kHeap)).size() == 2);
  world.kernel.flush_tlb(nullptr);
  CHECK(world.read(b, kHeap) == 42);
}

TEST_CASE("tables edited to point into themselves are searched to an end") {
  for (const PageTableFormat& format : all_formats()) {
    if (format.is_flat()) continue;  // no entry points to a node
    CAPTURE(format.name);
    World world(config_with(format.id));
    const ProcessId a = world.spawn("A", with_heap());
    world.write(a, kHeap, 7);
    const FrameNumber root = world.process(a).root;
    const Pte self = make_node_entry(format, root);
    for (std::uint64_t index = 0; index < format.entries_per_node(); ++index) {
      world.kernel.edit_memory(address_of(root) + index * format.entry_bytes, format.entry_bytes, self.bits,
                               nullptr);
    }
    // On x86 a pointer at the last level maps a page; on RISC-V it is refused there.
    const std::uint64_t levels = is_x86(format) ? format.levels : format.levels - 1;
    CHECK(entries_pointing_at(world.kernel, root).size() == levels * format.entries_per_node());
  }
}

TEST_CASE("an Sv39 superpage points at every frame it covers") {
  MachineConfig config;
  config.format = FormatId::Sv39;
  config.frames = 600;
  World world(config);
  const ProcessId a = world.spawn("A", with_heap());
  const PageTableFormat& format = world.kernel.format();
  const Pte huge = make_leaf_entry(format, FrameNumber(0), {.read = true, .write = false, .execute = false});
  const PhysicalAddress spare = address_of(world.process(a).root) + std::uint64_t{100} * 8;
  world.kernel.edit_memory(spare, 8, huge.bits, nullptr);
  CHECK(entries_pointing_at(world.kernel, FrameNumber(599)).size() == 1);
  CHECK(entries_pointing_at(world.kernel, FrameNumber(599)).front().level == 2);
}

TEST_CASE("after random commands every page's frame is pointed at by exactly its users") {
  for (std::uint64_t i = 0; i < 10; ++i) {
    const std::uint64_t seed = test_support::seed() + 7000 + i;
    INFO("seed ", seed);
    Rng rng(seed);
    const MachineConfig config = random_config(rng);
    Machine machine = Machine::build(config).value();
    RandomCommands commands(config, rng);
    for (int step = 0; step < 150; ++step) machine.execute(commands.next(machine.kernel()), nullptr);
    const Kernel& kernel = machine.kernel();
    if (kernel.edited_by_hand()) continue;
    for (std::uint64_t f = 0; f < kernel.frames().size(); ++f) {
      const FrameInfo& info = kernel.frames()[FrameNumber(f)];
      const auto pointers = entries_pointing_at(kernel, FrameNumber(f));
      if (info.use == FrameUse::Page) {
        REQUIRE(pointers.size() == info.users.size());
        for (const EntryPointer& pointer : pointers) {
          CHECK(std::count(info.users.begin(), info.users.end(),
                           PageUser{pointer.process, pointer.first_page}) == 1);
        }
      } else if (info.use == FrameUse::TableNode) {
        const bool root = info.node_level == kernel.format().root_level();
        CHECK(pointers.size() == (root ? 0 : 1));
      } else if (info.use != FrameUse::ZeroPage) {
        CHECK(pointers.empty());
      }
    }
  }
}

}  // namespace vmp::test
