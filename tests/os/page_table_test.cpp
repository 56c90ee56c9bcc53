#include "tests/support/world.h"

namespace vmp::test {

TEST_CASE("an x86-32 swap entry holds the slot plus one in bits 31 to 9 and is not present") {
  const PageTableFormat& format = format_of(FormatId::X86_32);
  CHECK(make_swap_entry(format, SwapSlot(0)).bits == 0x200);
  CHECK(make_swap_entry(format, SwapSlot(5)).bits == 0xC00);
  CHECK_FALSE(make_swap_entry(format, SwapSlot(5)).has(format.present));
}

TEST_CASE("a RISC-V swap entry holds the slot plus one in bits 63 to 12 and is not valid") {
  const PageTableFormat& format = format_of(FormatId::Sv39);
  CHECK(make_swap_entry(format, SwapSlot(0)).bits == 0x1000);
  CHECK(make_swap_entry(format, SwapSlot(5)).bits == 0x6000);
}

TEST_CASE("every entry the kernel writes is read back as what it meant") {
  for (const PageTableFormat& format : all_formats()) {
    CHECK(std::holds_alternative<EmptyEntry>(decode_leaf(format, Pte{})));
    for (const std::uint32_t slot : {0u, 1u, 7u, kMostSwapSlots - 1}) {
      CHECK(std::get<SwappedEntry>(decode_leaf(format, make_swap_entry(format, SwapSlot(slot)))).slot ==
            SwapSlot(slot));
    }
    const FrameNumber frame(0x1B);
    CHECK(std::get<PresentEntry>(
              decode_leaf(format,
                          make_page_entry(format, frame, {.read = true, .write = false, .execute = false})))
              .frame == frame);
    CHECK(std::get<ProtNoneEntry>(decode_leaf(format, make_page_entry(format, frame, {}))).frame == frame);
  }
}

TEST_CASE("the kernel finds a leaf entry only through nodes that are the process's own") {
  World world;
  const ProcessId a = world.spawn("A");
  const ProcessId b = world.spawn("B");
  world.read(a, 0x400000);
  world.read(b, 0x400000);
  const Process& process = world.process(a);
  const PhysicalAddress root_entry = address_of(process.root) + 1 * 4;
  const std::uint64_t others = world.kernel.memory().read_word(address_of(world.process(b).root) + 4, 4);
  world.kernel.edit_memory(root_entry, 4, others, nullptr);
  CHECK_FALSE(world.kernel.leaf_entry(process, PageNumber(0x400)));
}

TEST_CASE("one far page costs the nodes on its way and no more") {
  MachineConfig config;
  config.format = FormatId::Sv39;
  World world(config);
  const ProcessId a = world.spawn("A");
  world.read(a, 0x400000);
  const std::size_t nodes = world.process(a).node_frames.size();
  world.kernel.mmap(
      a, {VirtualAddress(0x1000000000), kPageSize, {.read = true, .write = true, .execute = false}, true},
      nullptr);
  CHECK(world.process(a).node_frames.size() == nodes);  // setting an address range aside costs no table
  world.write(a, 0x1000000000, 1);
  CHECK(world.process(a).node_frames.size() == nodes + 2);
}

}  // namespace vmp::test
