#include "core/sim/mapping_list.h"

#include "tests/support/world.h"

namespace vmp::test {
namespace {

World world_of(FormatId format) {
  MachineConfig config;
  config.format = format;
  config.frames = least_frames(config) + 16;
  return World(config);
}

}  // namespace

TEST_CASE("what a page table maps is listed by rising address, with the frames the hardware would find") {
  for (const PageTableFormat& format : all_formats()) {
    CAPTURE(format.name);
    World world = world_of(format.id);
    const ProcessId a = world.spawn("A");
    const std::uint64_t at = world.map(a, 3);
    world.write(a, at + 2 * kPageSize, 1);
    world.write(a, at, 2);
    const MappingList list = mappings_in_memory(world.kernel, world.process(a));
    CHECK(list.complete);
    REQUIRE(list.mappings.size() == 3);  // the two, and the stack's page
    CHECK(list.mappings[0].virtual_address == VirtualAddress(at));
    CHECK(list.mappings[1].virtual_address == VirtualAddress(at + 2 * kPageSize));
    for (std::size_t i = 0; i < 2; ++i) {
      const std::uint64_t address = list.mappings[i].virtual_address.value();
      CHECK(list.mappings[i].physical_address == address_of(world.frame(a, address)));
      CHECK(list.mappings[i].pte == world.entry(a, address));
      CHECK(list.mappings[i].size == kPageSize);
    }
  }
}

TEST_CASE("a process that has ended maps nothing") {
  World world;
  const ProcessId a = world.spawn("A");
  world.kernel.exit(a, 0, nullptr);
  CHECK(mappings_in_memory(world.kernel, world.process(a)).mappings.empty());
}

TEST_CASE("an entry that leads out of RAM maps nothing, whether it points to a node or to a page") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 1);
  world.write(a, at, 1);
  const auto leaf = world.kernel.leaf_entry(world.process(a), page_of(VirtualAddress(at)));
  world.kernel.edit_memory(leaf->address, 4, 0x7FFFF000 | (leaf->pte.bits & 0xFFF), nullptr);
  CHECK(mappings_in_memory(world.kernel, world.process(a)).mappings.size() == 1);
  const PhysicalAddress root = address_of(world.process(a).root);
  for (std::uint64_t i = 0; i < 1024; ++i) world.kernel.edit_memory(root + i * 4, 4, 0x7FFFF007, nullptr);
  CHECK(mappings_in_memory(world.kernel, world.process(a)).mappings.empty());
}

TEST_CASE("a node that the upper half shares is listed there too, at addresses the processor accepts") {
  World world = world_of(FormatId::Sv39);
  const ProcessId a = world.spawn("A");
  const PhysicalAddress root = address_of(world.process(a).root);
  const std::uint64_t stack = world.process(a).space.stack_top.value() - kPageSize;
  const PageTableFormat& format = world.kernel.format();
  const std::uint64_t index = format.index_of(VirtualAddress(stack), format.root_level());
  const std::uint64_t node = world.kernel.memory().read_word(root + index * 8, 8);
  world.kernel.edit_memory(root + 511 * 8, 8, node, nullptr);
  const MappingList list = mappings_in_memory(world.kernel, world.process(a));
  REQUIRE(list.mappings.size() == 2);
  CHECK(list.mappings[0].virtual_address == VirtualAddress(stack));
  CHECK(format.is_canonical(list.mappings[1].virtual_address));
  CHECK(list.mappings[1].virtual_address.value() == (0xFFFFFFFFC0000000 | (stack & 0x3FFFFFFF)));
  CHECK(list.mappings[0].physical_address == list.mappings[1].physical_address);
}

}  // namespace vmp::test
