#include <doctest/doctest.h>

#include "core/hw/walk.h"
#include "tests/support/hand_made_table.h"

using namespace vmp;
using namespace test_support;

namespace {

constexpr VirtualAddress kPlace(0x00403A2C);

// The fault of an access, which must not be allowed; a look finds the same one.
Fault refused(HandMadeTable& table, VirtualAddress va, AccessKind access) {
  const auto looked = table.look(va, access);
  const auto walked = table.walk(va, access);
  REQUIRE_FALSE(looked.ok());
  REQUIRE_FALSE(walked.ok());
  CHECK(looked.error().kind == walked.error().kind);
  CHECK(looked.error().deciding_mask == walked.error().deciding_mask);
  CHECK(walked.error().address == va);
  CHECK(walked.error().access == access);
  return walked.error();
}

void check_decided_by(const Fault& fault, FaultKind kind, std::uint32_t level, PhysicalAddress address,
                      std::uint64_t mask) {
  CHECK(name_of(fault.kind) == name_of(kind));
  REQUIRE(fault.entry.has_value());
  CHECK(fault.entry->level == level);
  CHECK(fault.entry->address == address);
  CHECK(fault.deciding_mask == mask);
}

}  // namespace

TEST_CASE("an address that is not canonical is refused before any entry is read") {
  HandMadeTable table(FormatId::Sv39);
  const Fault fault = refused(table, VirtualAddress(0x4000000000), AccessKind::Read);
  CHECK(fault.kind == FaultKind::NonCanonical);
  CHECK_FALSE(fault.entry.has_value());
  CHECK(fault.deciding_mask == 0);
}

TEST_CASE("a clear present flag decides at the level where it is met") {
  for (const PageTableFormat& format : all_formats()) {
    CAPTURE(format.name);
    for (std::uint32_t level = 0; level < format.levels; ++level) {
      HandMadeTable table(format.id);
      table.map(kPlace, FrameNumber(0x1B), kReadWrite);
      const PhysicalAddress address = table.reach(kPlace, level);
      table.set(address, table.entry(address).without(format.present));
      check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::NotPresent, level, address,
                       format.present);
    }
  }
}

TEST_CASE("an empty root is enough to refuse every address") {
  HandMadeTable table(FormatId::X86_32);
  check_decided_by(refused(table, kPlace, AccessKind::Write), FaultKind::NotPresent, 1,
                   PhysicalAddress(0x1004), 1);
}

TEST_CASE("the user flag of a leaf decides in every format") {
  for (const PageTableFormat& format : all_formats()) {
    CAPTURE(format.name);
    HandMadeTable table(format.id);
    const Pte leaf = make_leaf_entry(format, FrameNumber(0x1B), kReadWrite).without(format.user);
    const PhysicalAddress address = table.map(kPlace, leaf);
    check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::SupervisorOnly, 0, address,
                     format.user);
  }
}

TEST_CASE("on x86-32 the entries above the leaf decide as well") {
  HandMadeTable table(FormatId::X86_32);
  const PageTableFormat& f = table.format();
  table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  const PhysicalAddress root = table.reach(kPlace, 1);
  table.set(root, table.entry(root).without(f.write));
  check_decided_by(refused(table, kPlace, AccessKind::Write), FaultKind::WriteForbidden, 1, root, f.write);
  CHECK(table.walk(kPlace, AccessKind::Read).ok());
  table.set(root, table.entry(root).without(f.user));
  check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::SupervisorOnly, 1, root, f.user);
}

TEST_CASE("on x86-32 an absent page is absent, whatever the entry above it forbids") {
  HandMadeTable table(FormatId::X86_32);
  const PageTableFormat& f = table.format();
  const PhysicalAddress leaf = table.map(kPlace, Pte{});
  const PhysicalAddress root = table.reach(kPlace, 1);
  table.set(root, table.entry(root).without(f.user));
  check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::NotPresent, 0, leaf, f.present);
}

TEST_CASE("on x86-32 of two forbidding entries the upper one is named") {
  HandMadeTable table(FormatId::X86_32);
  const PageTableFormat& f = table.format();
  table.map(kPlace, FrameNumber(0x1B), kReadOnly);
  const PhysicalAddress root = table.reach(kPlace, 1);
  table.set(root, table.entry(root).without(f.write));
  check_decided_by(refused(table, kPlace, AccessKind::Write), FaultKind::WriteForbidden, 1, root, f.write);
}

TEST_CASE("a refused access sets neither flag in the leaf") {
  for (const PageTableFormat& format : all_formats()) {
    CAPTURE(format.name);
    HandMadeTable table(format.id);
    const PhysicalAddress leaf = table.map(kPlace, FrameNumber(0x1B), kReadOnly);
    const Pte before = table.entry(leaf);
    check_decided_by(refused(table, kPlace, AccessKind::Write), FaultKind::WriteForbidden, 0, leaf,
                     format.write);
    CHECK(table.entry(leaf) == before);
  }
}

TEST_CASE("every access against every combination of flags is decided as the manuals say") {
  for (const PageTableFormat& format : all_formats()) {
    for (unsigned combination = 0; combination < 8; ++combination) {
      const Permissions wanted{(combination & 1) != 0, (combination & 2) != 0, (combination & 4) != 0};
      Pte leaf = make_frame_bits(format, FrameNumber(0x1B)).with(format.present | format.user);
      if (wanted.read) leaf = leaf.with(format.read);
      if (wanted.write) leaf = leaf.with(format.write);
      leaf = leaf.with(wanted.execute ? format.execute : format.no_execute);
      HandMadeTable table(format.id);
      const PhysicalAddress address = table.map(kPlace, leaf);
      CAPTURE(format.name);
      CAPTURE(to_string(wanted));

      const bool risc_v = !is_x86(format);
      if (risc_v && wanted.write && !wanted.read) {
        check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::WriteWithoutRead, 0, address,
                         format.read);
        continue;
      }
      if (risc_v && wanted.none()) {
        check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::PointerAtLastLevel, 0, address,
                         format.read | format.execute);
        continue;
      }
      const bool may_read = !risc_v || wanted.read;
      const bool has_execute_flag = format.execute != 0 || format.no_execute != 0;
      const bool may_execute = !has_execute_flag || wanted.execute;
      if (!may_read) {
        check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::ReadForbidden, 0, address,
                         format.read);
      }
      if (!wanted.write) {
        check_decided_by(refused(table, kPlace, AccessKind::Write), FaultKind::WriteForbidden, 0, address,
                         format.write);
      }
      if (!may_execute) {
        check_decided_by(refused(table, kPlace, AccessKind::Execute), FaultKind::ExecuteForbidden, 0, address,
                         format.execute | format.no_execute);
      }
      CHECK(table.look(kPlace, AccessKind::Read).ok() == may_read);
      CHECK(table.look(kPlace, AccessKind::Write).ok() == wanted.write);
      CHECK(table.look(kPlace, AccessKind::Execute).ok() == may_execute);
    }
  }
}

TEST_CASE("a RISC-V entry with a bit above 53 set is refused, and the very bits are named") {
  for (std::uint32_t level = 0; level < 3; ++level) {
    HandMadeTable table(FormatId::Sv39);
    table.map(kPlace, FrameNumber(0x1B), kReadWrite);
    const PhysicalAddress address = table.reach(kPlace, level);
    const std::uint64_t high = std::uint64_t{1} << 63 | std::uint64_t{1} << 54;
    table.set(address, table.entry(address).with(high));
    check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::ReservedBits, level, address, high);
  }
}

TEST_CASE("a RISC-V entry that points to a node must have A, D and U clear") {
  HandMadeTable table(FormatId::Sv39);
  const PageTableFormat& f = table.format();
  for (const std::uint64_t flag : {f.accessed, f.dirty, f.user}) {
    table.map(kPlace, FrameNumber(0x1B), kReadWrite);
    const PhysicalAddress address = table.reach(kPlace, 1);
    const Pte good = table.entry(address);
    table.set(address, good.with(flag));
    check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::ReservedBits, 1, address, flag);
    table.set(address, good);
    CHECK(table.look(kPlace, AccessKind::Read).ok());
  }
}

TEST_CASE("the software's own bits of an entry are ignored by the hardware") {
  HandMadeTable sv39(FormatId::Sv39);
  sv39.map(kPlace, make_leaf_entry(sv39.format(), FrameNumber(0x1B), kReadWrite).with(0x300));
  CHECK(sv39.look(kPlace, AccessKind::Read)->frame == FrameNumber(0x1B));
  HandMadeTable x86(FormatId::X86_32);
  x86.map(kPlace, make_leaf_entry(x86.format(), FrameNumber(0x1B), kReadWrite).with(0xE98));
  CHECK(x86.look(kPlace, AccessKind::Read)->frame == FrameNumber(0x1B));
}

TEST_CASE("an x86 superpage whose low frame bits are set has reserved bits set, and these bits are named") {
  for (const FormatId id : {FormatId::X86_32, FormatId::X86_64, FormatId::X86_64_5}) {
    HandMadeTable table(id);
    const PageTableFormat& f = table.format();
    const PhysicalAddress address =
        table.map(kPlace, make_leaf_entry(f, FrameNumber(6), kReadWrite).with(f.page_size), 1);
    check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::ReservedBits, 1, address, 0x6000);
  }
}

TEST_CASE("on x86-64 the PS flag is reserved above level 2, and so are the bits from MAXPHYADDR to 51") {
  HandMadeTable table(FormatId::X86_64_5);
  const PageTableFormat& f = table.format();
  table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  for (std::uint32_t level = 0; level < 5; ++level) {
    const PhysicalAddress address = table.reach(kPlace, level);
    const Pte good = table.entry(address);
    if (level > 2) {
      table.set(address, good.with(f.page_size));
      check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::ReservedBits, level, address,
                       f.page_size);
    }
    const std::uint64_t high = std::uint64_t{1} << 40 | std::uint64_t{1} << 51;
    table.set(address, good.with(high));
    check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::ReservedBits, level, address, high);
    table.set(address, good.with(std::uint64_t{1} << 52));  // the software's own
    CHECK(table.look(kPlace, AccessKind::Read).ok());
    table.set(address, good);
  }
}

TEST_CASE("on x86-64 the no-execute flag of any entry on the way forbids fetching, and nothing else") {
  HandMadeTable table(FormatId::X86_64);
  const PageTableFormat& f = table.format();
  table.map(kPlace, FrameNumber(0x1B), {.read = true, .write = true, .execute = true});
  CHECK(table.look(kPlace, AccessKind::Execute)->permissions.execute);
  for (std::uint32_t level = 0; level < 4; ++level) {
    const PhysicalAddress address = table.reach(kPlace, level);
    const Pte good = table.entry(address);
    table.set(address, good.with(f.no_execute));
    check_decided_by(refused(table, kPlace, AccessKind::Execute), FaultKind::ExecuteForbidden, level, address,
                     f.no_execute);
    const auto written = table.walk(kPlace, AccessKind::Write);
    REQUIRE(written.ok());
    CHECK_FALSE(written->permissions.execute);
    table.set(address, good);
  }
}

TEST_CASE("a superpage whose low frame bits are not zero is misaligned, and these bits are named") {
  HandMadeTable table(FormatId::Sv39, 2048);
  const PageTableFormat& f = table.format();
  const VirtualAddress base(std::uint64_t{1} << 30);
  const PhysicalAddress address = table.map(base, make_leaf_entry(f, FrameNumber(512 + 5), kReadWrite), 1);
  check_decided_by(refused(table, base, AccessKind::Read), FaultKind::MisalignedSuperpage, 1, address,
                   std::uint64_t{5} << 10);
  const VirtualAddress giant(std::uint64_t{2} << 30);
  const PhysicalAddress root = table.map(giant, make_leaf_entry(f, FrameNumber(512), kReadWrite), 2);
  check_decided_by(refused(table, giant, AccessKind::Read), FaultKind::MisalignedSuperpage, 2, root,
                   std::uint64_t{512} << 10);
}

TEST_CASE("a forbidden superpage is refused for its flag before its alignment is looked at") {
  HandMadeTable table(FormatId::Sv39, 2048);
  const PageTableFormat& f = table.format();
  const VirtualAddress base(std::uint64_t{1} << 30);
  const PhysicalAddress address = table.map(base, make_leaf_entry(f, FrameNumber(512 + 5), kReadOnly), 1);
  check_decided_by(refused(table, base, AccessKind::Write), FaultKind::WriteForbidden, 1, address, f.write);
}

TEST_CASE("a root outside RAM leaves no entry to name") {
  HandMadeTable table(FormatId::X86_32, 4);
  TranslationContext context = table.context();
  context.root = FrameNumber(4);
  NullTracer tracer;
  const auto result = walk(table.memory, context, kPlace, AccessKind::Read, tracer);
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().kind == FaultKind::TableOutsideMemory);
  CHECK_FALSE(result.error().entry.has_value());
  CHECK(result.error().deciding_mask == 0);
}

TEST_CASE("a node outside RAM is the fault of the entry that points to it") {
  for (const PageTableFormat& format : all_formats()) {
    if (format.is_flat()) continue;  // no entry points to a node
    CAPTURE(format.name);
    HandMadeTable table(format.id);
    const PhysicalAddress root = table.reach(kPlace, format.root_level());
    table.set(root, make_node_entry(format, FrameNumber(64)));
    check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::TableOutsideMemory,
                     format.root_level(), root, format.frame_mask());
  }
}

TEST_CASE("a frame outside RAM is the fault of the leaf, at the first frame past the end") {
  for (const PageTableFormat& format : all_formats()) {
    CAPTURE(format.name);
    HandMadeTable table(format.id);
    const PhysicalAddress leaf = table.map(kPlace, FrameNumber(64), kReadWrite);
    check_decided_by(refused(table, kPlace, AccessKind::Read), FaultKind::FrameOutsideMemory, 0, leaf,
                     format.frame_mask());
    table.map(kPlace, FrameNumber(63), kReadWrite);
    CHECK(table.look(kPlace, AccessKind::Read).ok());
  }
}

TEST_CASE("a superpage may reach past the end of RAM: only the missing frames are refused") {
  HandMadeTable table(FormatId::Sv39, 512 + 4);
  const VirtualAddress base(std::uint64_t{1} << 30);
  const PhysicalAddress address =
      table.map(base, make_leaf_entry(table.format(), FrameNumber(512), kReadWrite), 1);
  CHECK(table.look(base + 3 * kPageSize, AccessKind::Read)->frame == FrameNumber(515));
  check_decided_by(refused(table, base + 4 * kPageSize, AccessKind::Read), FaultKind::FrameOutsideMemory, 1,
                   address, table.format().frame_mask());
}
