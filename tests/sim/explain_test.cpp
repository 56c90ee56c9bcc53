#include "core/sim/explain.h"

#include <doctest/doctest.h>

#include "tests/support/world.h"

namespace vmp::test {
namespace {

constexpr std::uint64_t kHeap = 0x404000;

Program with_heap() {
  Program program;
  program.code_pages = 3;
  program.heap_pages = 4;
  return program;
}

MachineConfig with_swap(std::uint64_t frames, std::uint32_t slots) {
  MachineConfig config;
  config.frames = frames;
  config.swap_slots = slots;
  config.policy = PolicyKind::Fifo;
  return config;
}

PageExplanation explained(const World& world, ProcessId process, std::uint64_t address) {
  return explain_page(world.kernel, world.process(process), page_of(VirtualAddress(address)));
}

}  // namespace

TEST_CASE("an explained walk is the hardware's: its entries, its end, and no trace of having looked") {
  for (const PageTableFormat& format : all_formats()) {
    CAPTURE(format.name);
    World world(config_with(format.id));
    const ProcessId a = world.spawn("A", with_heap());
    world.write(a, kHeap, 7);
    const std::uint64_t hash = world.kernel.hash();
    const auto walked =
        explain_walk(world.kernel, world.process(a), VirtualAddress(kHeap + 0x10), AccessKind::Write);
    REQUIRE(walked.steps.size() == format.levels);
    CHECK(walked.steps.front().node == world.process(a).root);
    CHECK(walked.steps.back().leaf);
    CHECK(walked.steps.front().leaf == format.is_flat());
    CHECK(walked.steps.back().pte == world.entry(a, kHeap));
    for (const WalkStep& step : walked.steps) {
      CHECK(step.entry_address == address_of(step.node) + step.index * format.entry_bytes);
    }
    CHECK(walked.physical == address_of(world.frame(a, kHeap)) + 0x10);
    CHECK(walked.permissions.write);
    CHECK_FALSE(walked.fault.has_value());
    CHECK(world.kernel.hash() == hash);
  }
}

TEST_CASE("a walk that ends in a fault says why and how far it came") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  const auto walked = explain_walk(world.kernel, world.process(a), VirtualAddress(kHeap), AccessKind::Read);
  CHECK(walked.steps.size() == 1);
  CHECK_FALSE(walked.physical.has_value());
  REQUIRE(walked.fault.has_value());
  CHECK(walked.fault->kind == FaultKind::NotPresent);
}

TEST_CASE("a process that has ended has no walk") {
  World world;
  const ProcessId a = world.spawn("A");
  world.kernel.exit(a, 0, nullptr);
  const auto walked = explain_walk(world.kernel, world.process(a), VirtualAddress(kHeap), AccessKind::Read);
  CHECK(walked.steps.empty());
  CHECK_FALSE(walked.fault.has_value());
  CHECK(explain_checks(world.kernel, world.process(a), VirtualAddress(kHeap), AccessKind::Read).empty());
  CHECK(table_sizes(world.kernel, world.process(a)).in_memory == 0);
}

TEST_CASE("a page goes from unmapped over untouched to resident, with the flags of its entry") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  CHECK(explained(world, a, 0).state == PageState::Unmapped);
  PageExplanation page = explained(world, a, kHeap);
  CHECK(page.state == PageState::Untouched);
  REQUIRE(page.segment != nullptr);
  CHECK(page.segment->kind == SegmentKind::Heap);
  CHECK_FALSE(page.entry_address.has_value());

  world.read(a, kHeap);
  page = explained(world, a, kHeap);
  CHECK(page.state == PageState::Resident);
  CHECK(page.frame == world.frame(a, kHeap));
  CHECK(page.accessed);
  CHECK_FALSE(page.dirty);
  CHECK(page.frame == world.kernel.frames().zero_page());
  CHECK_FALSE(page.writable);
  CHECK(page.copy_on_write);
  world.write(a, kHeap, 1);
  page = explained(world, a, kHeap);
  CHECK(page.dirty);
  CHECK(page.writable);
  CHECK(page.sharers == 1);
  CHECK_FALSE(page.copy_on_write);
  CHECK(explained(world, a, kHeap + kPageSize).state == PageState::Untouched);
}

TEST_CASE("pages shared by a fork are marked as parting at the next write, code is merely shared") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  world.write(a, kHeap, 7);
  world.read(a, 0x400000);
  const ProcessId b = world.fork(a, "B");
  world.read(b, 0x400000);  // the page cache's page: a fork leaves it to the child to find it there
  for (const ProcessId who : {a, b}) {
    CHECK(explained(world, who, kHeap).sharers == 2);
    CHECK(explained(world, who, kHeap).copy_on_write);
    CHECK_FALSE(explained(world, who, kHeap).writable);
    CHECK(explained(world, who, 0x400000).sharers == 2);
    CHECK_FALSE(explained(world, who, 0x400000).copy_on_write);
  }
  world.write(b, kHeap, 8);
  CHECK_FALSE(explained(world, b, kHeap).copy_on_write);
  CHECK(explained(world, a, kHeap).sharers == 1);
}

TEST_CASE("a swapped page says its slot, and a page that came back keeps it as its copy") {
  World world(with_swap(10, 8));
  const ProcessId a = world.spawn("A", with_heap());
  for (std::uint64_t page = 0; page < 4; ++page) world.write(a, kHeap + page * kPageSize, page + 1);
  PageExplanation stack = explained(world, a, 0xBFFFF000);
  CHECK(stack.state == PageState::Swapped);
  CHECK(stack.slot == SwapSlot(0));
  CHECK_FALSE(stack.frame.has_value());
  CHECK(stack.sharers == 1);
  world.read(a, 0xBFFFFF00);
  stack = explained(world, a, 0xBFFFF000);
  CHECK(stack.state == PageState::Resident);
  CHECK(stack.slot == SwapSlot(0));
}

TEST_CASE("a page without permissions keeps its frame and says so") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  world.write(a, kHeap, 7);
  const FrameNumber frame = world.frame(a, kHeap);
  world.kernel.mprotect(a, VirtualAddress(kHeap), kPageSize, {}, nullptr);
  const PageExplanation page = explained(world, a, kHeap);
  CHECK(page.state == PageState::NoAccess);
  CHECK(page.frame == frame);
  const auto pointers = entries_pointing_at(world.kernel, frame);
  REQUIRE(pointers.size() == 1);
  CHECK(pointers[0].first_page == PageNumber(0x404));
}

TEST_CASE("a hand-edited entry to nowhere is explained without harm") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  world.write(a, kHeap, 7);
  const auto leaf = world.kernel.leaf_entry(world.process(a), PageNumber(0x404));
  world.kernel.edit_memory(leaf->address, 4, 0xFFFFF007, nullptr);
  CHECK_FALSE(explained(world, a, kHeap).frame);
  CHECK(explained(world, a, kHeap).sharers == 0);
  world.kernel.edit_memory(leaf->address, 4, 0xFFFFF000, nullptr);
  CHECK(explained(world, a, kHeap).state == PageState::Swapped);
  CHECK(explained(world, a, kHeap).sharers == 0);
}

TEST_CASE("a table takes a page for each node, far less than a flat one") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  world.write(a, kHeap, 7);
  const TableSizes sizes = table_sizes(world.kernel, world.process(a));
  CHECK(sizes.in_memory == 3 * kPageSize);
  CHECK(sizes.tree == sizes.in_memory);
  CHECK(sizes.flat == std::uint64_t{4} << 20);
}

TEST_CASE("a flat table takes its 4 MiB for any use, and knows what a tree would take for the same pages") {
  World flat(config_with(FormatId::Linear));
  World tree;
  for (World* world : {&flat, &tree}) {
    const ProcessId a = world->spawn("A", with_heap());
    world->write(a, kHeap, 7);
    world->map(a, 1);
  }
  const TableSizes sizes = table_sizes(flat.kernel, flat.kernel.processes().front());
  CHECK(sizes.in_memory == std::uint64_t{4} << 20);
  CHECK(sizes.flat == sizes.in_memory);
  CHECK(sizes.tree == table_sizes(tree.kernel, tree.kernel.processes().front()).in_memory);
}

TEST_CASE("flag letters are the manual's, in the order of the bits") {
  const PageTableFormat& x86 = format_of(FormatId::X86_32);
  CHECK(flag_letters(x86, Pte{0x0001B067}) == "p w u a d");
  CHECK(flag_letters(x86, Pte{0x00015027}) == "p w u a");
  CHECK(flag_letters(x86, Pte{0x101}) == "p g");
  CHECK(flag_letters(x86, Pte{0x1B066}).empty());
  const PageTableFormat& sv39 = format_of(FormatId::Sv39);
  CHECK(flag_letters(sv39, Pte{0x6CD7}) == "v r w u a d");
  CHECK(flag_letters(sv39, Pte{0xFF}) == "v r w x u g a d");
  CHECK(flag_letters(sv39, Pte{0x1000}).empty());
}

TEST_CASE("flag names are the manual's, and a mask of several flags has none") {
  const PageTableFormat& x86 = format_of(FormatId::X86_32);
  CHECK(flag_name(x86, x86.present) == "P");
  CHECK(flag_name(x86, x86.write) == "R/W");
  CHECK(flag_name(x86, x86.user) == "U/S");
  CHECK(flag_name(x86, 0).empty());
  CHECK(flag_name(x86, x86.frame_mask()).empty());
  const PageTableFormat& sv39 = format_of(FormatId::Sv39);
  CHECK(flag_name(sv39, sv39.present) == "V");
  CHECK(flag_name(sv39, sv39.execute) == "X");
  CHECK(flag_name(sv39, sv39.read | sv39.execute).empty());
}

}  // namespace vmp::test
