#include "core/hw/walk.h"

#include <doctest/doctest.h>

#include "tests/support/hand_made_table.h"

using namespace vmp;
using namespace test_support;

namespace {

constexpr VirtualAddress kPlace(0x00403A2C);

std::vector<PteRead> reads_of(HandMadeTable& table, VirtualAddress va, AccessKind access) {
  HardwareTrace trace;
  static_cast<void>(walk(table.memory, table.context(), va, access, trace));
  std::vector<PteRead> reads;
  for (const HardwareEvent& event : trace.events) {
    if (const auto* read = std::get_if<PteRead>(&event)) reads.push_back(*read);
  }
  return reads;
}

}  // namespace

TEST_CASE("x86-32 reads the root entry and then the leaf, each at its exact physical address") {
  HandMadeTable table(FormatId::X86_32);
  table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  const auto reads = reads_of(table, kPlace, AccessKind::Read);
  REQUIRE(reads.size() == 2);
  CHECK(reads[0].level == 1);
  CHECK(reads[0].index == 1);
  CHECK(reads[0].address == PhysicalAddress(0x1004));
  CHECK(reads[0].pte.bits == 0x00002007);
  CHECK(reads[1].level == 0);
  CHECK(reads[1].index == 3);
  CHECK(reads[1].address == PhysicalAddress(0x200C));
  CHECK(reads[1].pte.bits == 0x0001B007);
}

TEST_CASE("Sv39 reads three entries of 8 bytes, each at its exact physical address") {
  HandMadeTable table(FormatId::Sv39);
  const VirtualAddress va(std::uint64_t{5} << 30 | std::uint64_t{6} << 21 | std::uint64_t{7} << 12 | 8);
  table.map(va, FrameNumber(0x1B), kReadWrite);
  const auto reads = reads_of(table, va, AccessKind::Read);
  REQUIRE(reads.size() == 3);
  CHECK(reads[0].address == PhysicalAddress(0x1000 + 5 * 8));
  CHECK(reads[1].address == PhysicalAddress(0x2000 + 6 * 8));
  CHECK(reads[2].address == PhysicalAddress(0x3000 + 7 * 8));
}

TEST_CASE("Sv48 walks four levels") {
  HandMadeTable table(FormatId::Sv48);
  const VirtualAddress va(std::uint64_t{4} << 39 | std::uint64_t{5} << 30 | std::uint64_t{6} << 21 | 0x7000);
  table.map(va, FrameNumber(0x1B), kReadWrite);
  const auto reads = reads_of(table, va, AccessKind::Read);
  REQUIRE(reads.size() == 4);
  CHECK(reads[0].address == PhysicalAddress(0x1000 + 4 * 8));
  CHECK(reads[3].address == PhysicalAddress(0x4000 + 7 * 8));
}

TEST_CASE("a walk ends in the frame, with the leaf's place, bits and permissions") {
  for (const PageTableFormat& format : all_formats()) {
    CAPTURE(format.name);
    HandMadeTable table(format.id);
    const PhysicalAddress leaf_address = table.map(kPlace, FrameNumber(0x1B), kReadOnly);
    const auto leaf = table.walk(kPlace, AccessKind::Read);
    REQUIRE(leaf.ok());
    CHECK(leaf->frame == FrameNumber(0x1B));
    CHECK(leaf->level == 0);
    CHECK(leaf->entry_address == leaf_address);
    CHECK(leaf->pte == table.entry(leaf_address));
    CHECK(leaf->permissions == permissions_of(format, leaf->pte));
    CHECK_FALSE(leaf->permissions.write);
    CHECK_FALSE(leaf->global);
  }
}

TEST_CASE("neighbouring addresses of a page share its frame, the next page does not") {
  for (const PageTableFormat& format : all_formats()) {
    HandMadeTable table(format.id);
    table.map(VirtualAddress(0x403000), FrameNumber(0x1B), kReadWrite);
    table.map(VirtualAddress(0x404000), FrameNumber(0x0C), kReadWrite);
    CHECK(table.walk(VirtualAddress(0x403000), AccessKind::Read)->frame == FrameNumber(0x1B));
    CHECK(table.walk(VirtualAddress(0x403FFF), AccessKind::Read)->frame == FrameNumber(0x1B));
    CHECK(table.walk(VirtualAddress(0x404000), AccessKind::Read)->frame == FrameNumber(0x0C));
  }
}

TEST_CASE("x86-32 sets the accessed flag on every level and the dirty flag in the leaf of a write") {
  HandMadeTable table(FormatId::X86_32);
  const PageTableFormat& f = table.format();
  const PhysicalAddress leaf = table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  const PhysicalAddress root = table.reach(kPlace, 1);
  REQUIRE(table.walk(kPlace, AccessKind::Read).ok());
  CHECK(table.entry(root).bits == 0x00002027);
  CHECK(table.entry(leaf).bits == 0x0001B027);
  REQUIRE(table.walk(kPlace, AccessKind::Write).ok());
  CHECK(table.entry(leaf).bits == 0x0001B067);
  CHECK_FALSE(table.entry(root).has(f.dirty));
}

TEST_CASE("RISC-V sets accessed and dirty flags in the leaf only") {
  for (const FormatId id : {FormatId::Sv39, FormatId::Sv48}) {
    HandMadeTable table(id);
    const PageTableFormat& f = table.format();
    const PhysicalAddress leaf = table.map(kPlace, FrameNumber(0x1B), kReadWrite);
    REQUIRE(table.walk(kPlace, AccessKind::Execute).ok() == false);
    REQUIRE(table.walk(kPlace, AccessKind::Read).ok());
    CHECK(table.entry(leaf).has(f.accessed));
    CHECK_FALSE(table.entry(leaf).has(f.dirty));
    REQUIRE(table.walk(kPlace, AccessKind::Write).ok());
    CHECK(table.entry(leaf).has(f.accessed | f.dirty));
    for (std::uint32_t level = 1; level < f.levels; ++level) {
      CHECK((table.entry(table.reach(kPlace, level)).bits & (f.accessed | f.dirty)) == 0);
    }
  }
}

TEST_CASE("flags that are set already are not written again") {
  HandMadeTable table(FormatId::X86_32);
  table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  REQUIRE(table.walk(kPlace, AccessKind::Write).ok());
  HardwareTrace trace;
  REQUIRE(walk(table.memory, table.context(), kPlace, AccessKind::Write, trace).ok());
  for (const HardwareEvent& event : trace.events) CHECK_FALSE(std::holds_alternative<PteFlagsSet>(event));
}

TEST_CASE("the record of a flag names the entry before and after") {
  HandMadeTable table(FormatId::X86_32);
  const PhysicalAddress leaf = table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  HardwareTrace trace;
  REQUIRE(walk(table.memory, table.context(), kPlace, AccessKind::Write, trace).ok());
  const auto* set = std::get_if<PteFlagsSet>(&trace.events.back());
  REQUIRE(set != nullptr);
  CHECK(set->address == leaf);
  CHECK(set->before.bits == 0x0001B007);
  CHECK(set->after.bits == 0x0001B067);
}

TEST_CASE("looking at const memory finds the same frame and sets nothing") {
  for (const PageTableFormat& format : all_formats()) {
    CAPTURE(format.name);
    HandMadeTable table(format.id);
    table.map(kPlace, FrameNumber(0x1B), kReadWrite);
    const std::uint64_t before = table.memory.hash();
    const auto leaf = table.look(kPlace, AccessKind::Write);
    REQUIRE(leaf.ok());
    CHECK(leaf->frame == FrameNumber(0x1B));
    CHECK(table.memory.hash() == before);
  }
}

TEST_CASE("an Sv39 leaf above level 0 maps a superpage, whose low page number passes through") {
  HandMadeTable table(FormatId::Sv39, 3 * 512);
  const VirtualAddress base(std::uint64_t{1} << 30);
  table.map(base, make_leaf_entry(table.format(), FrameNumber(512), kReadWrite), 1);
  const auto leaf = table.walk(base + 0x123456, AccessKind::Write);
  REQUIRE(leaf.ok());
  CHECK(leaf->level == 1);
  CHECK(leaf->frame == FrameNumber(512 + 0x123));
  CHECK(table.walk(base + 0x1FFFFF, AccessKind::Read)->frame == FrameNumber(512 + 511));
}

TEST_CASE("an Sv39 root entry can map a whole gibibyte") {
  HandMadeTable table(FormatId::Sv39, 1024);
  const VirtualAddress base(std::uint64_t{2} << 30);
  table.map(base, make_leaf_entry(table.format(), FrameNumber(0), kReadOnly), 2);
  const auto leaf = table.look(base + (std::uint64_t{1000} << 12), AccessKind::Read);
  REQUIRE(leaf.ok());
  CHECK(leaf->level == 2);
  CHECK(leaf->frame == FrameNumber(1000));
}

TEST_CASE("an x86-32 root entry with PS set maps 4 MiB, and its PAT bit is no part of the frame number") {
  HandMadeTable table(FormatId::X86_32, 3 * 1024);
  const PageTableFormat& f = table.format();
  const VirtualAddress base(0x00C00000);
  const Pte leaf = make_leaf_entry(f, FrameNumber(2048), kReadWrite).with(f.page_size | 0x1000);
  table.map(base, leaf, 1);
  const auto found = table.walk(base + 0x12345, AccessKind::Write);
  REQUIRE(found.ok());
  CHECK(found->level == 1);
  CHECK(found->frame == FrameNumber(2048 + 0x12));
}

TEST_CASE("x86-64 maps 2 MiB at level 1 and 1 GiB at level 2") {
  for (const FormatId id : {FormatId::X86_64, FormatId::X86_64_5}) {
    HandMadeTable table(id, 1024);
    const PageTableFormat& f = table.format();
    const VirtualAddress two(std::uint64_t{5} << 21);
    table.map(two, make_leaf_entry(f, FrameNumber(512), kReadWrite).with(f.page_size), 1);
    CHECK(table.look(two + 0x1FF123, AccessKind::Read)->frame == FrameNumber(512 + 511));
    const VirtualAddress giant(std::uint64_t{7} << 30);
    table.map(giant, make_leaf_entry(f, FrameNumber(0), kReadWrite).with(f.page_size), 2);
    CHECK(table.look(giant + 0x3FF000, AccessKind::Read)->frame == FrameNumber(0x3FF));
    CHECK(table.look(giant, AccessKind::Read)->level == 2);
  }
}

TEST_CASE("every RISC-V format maps a superpage at every level above the last") {
  for (const PageTableFormat& f : all_formats()) {
    if (is_x86(f)) continue;
    CAPTURE(f.name);
    for (std::uint32_t level = 1; level < f.levels; ++level) {
      HandMadeTable table(f.id, 64);
      const VirtualAddress base(std::uint64_t{3} << f.shift_of(level));
      table.map(base, make_leaf_entry(f, FrameNumber(0), kReadOnly), level);
      const auto found = table.look(base + 0x3A123, AccessKind::Read);
      REQUIRE(found.ok());
      CHECK(found->level == level);
      CHECK(found->frame == FrameNumber(0x3A));
    }
  }
}

TEST_CASE("the permissions of an x86-32 leaf are narrowed by the entries above it") {
  HandMadeTable table(FormatId::X86_32);
  table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  const PhysicalAddress root = table.reach(kPlace, 1);
  table.set(root, table.entry(root).without(table.format().write));
  const auto leaf = table.walk(kPlace, AccessKind::Read);
  REQUIRE(leaf.ok());
  CHECK_FALSE(leaf->permissions.write);
}

TEST_CASE("a RISC-V mapping is global if any entry on the way is, an x86-32 one only by its leaf") {
  for (const PageTableFormat& format : all_formats()) {
    CAPTURE(format.name);
    HandMadeTable above(format.id);
    above.map(kPlace, FrameNumber(0x1B), kReadWrite);
    const PhysicalAddress root = above.reach(kPlace, format.root_level());
    above.set(root, above.entry(root).with(format.global));
    CHECK(above.walk(kPlace, AccessKind::Read)->global == (!is_x86(format) || format.is_flat()));

    HandMadeTable leaf(format.id);
    leaf.map(kPlace, make_leaf_entry(format, FrameNumber(0x1B), kReadWrite).with(format.global));
    CHECK(leaf.walk(kPlace, AccessKind::Read)->global);
  }
}
