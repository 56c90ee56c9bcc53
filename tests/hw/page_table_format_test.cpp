#include "core/hw/page_table_format.h"

#include <bit>
#include <doctest/doctest.h>
#include <initializer_list>

#include "core/hw/pte.h"
#include "tests/support/hand_made_table.h"

using namespace vmp;
using namespace test_support;

namespace {

constexpr std::uint64_t bit(int position) {
  return std::uint64_t{1} << position;
}

// Bits high..low, both included.
constexpr std::uint64_t bits(int high, int low) {
  return (~std::uint64_t{0} >> (63 - high)) & ~(bit(low) - 1);
}

std::uint64_t all_flags(const PageTableFormat& f) {
  return f.present | f.read | f.write | f.execute | f.no_execute | f.user | f.global | f.accessed | f.dirty |
         f.page_size;
}

}  // namespace

TEST_CASE("an x86-32 entry has its bits where tables 4-5 and 4-6 of the manual have them") {
  const PageTableFormat& f = format_of(FormatId::X86_32);
  CHECK(f.present == bit(0));
  CHECK(f.write == bit(1));
  CHECK(f.user == bit(2));
  CHECK(f.accessed == bit(5));
  CHECK(f.dirty == bit(6));
  CHECK(f.global == bit(8));
  CHECK(f.frame_mask() == bits(31, 12));
  CHECK(f.frame_shift == 12);
  CHECK(f.frame_bits == 20);
  CHECK(f.entry_bytes == 4);
  CHECK(f.read == 0);
  CHECK(f.execute == 0);
  CHECK(f.no_execute == 0);
  CHECK(f.page_size == bit(7));
  CHECK(f.reserved == 0);
  CHECK(f.reserved_non_leaf == 0);
}

TEST_CASE("x86-32 leaves PWT, PCD, and the free bits 11 to 9 alone") {
  const PageTableFormat& f = format_of(FormatId::X86_32);
  CHECK((all_flags(f) & (bit(3) | bit(4) | bits(11, 9))) == 0);
}

TEST_CASE("an x86-32 entry of a 4 MiB page reserves bits 21 to 13, as table 4-4 has it without PSE-36") {
  const PageTableFormat& f = format_of(FormatId::X86_32);
  CHECK(f.has_superpages_at(1));
  CHECK_FALSE(f.has_superpages_at(0));
  CHECK(f.reserved_in_leaf(1) == bits(21, 13));
  CHECK(f.reserved_in_leaf(0) == 0);
  CHECK(f.reserved_in_pointer(1) == 0);
}

TEST_CASE(
    "an x86-64 entry has its bits where tables 4-15 to 4-20 of the manual have them, with MAXPHYADDR 40") {
  for (const FormatId id : {FormatId::X86_64, FormatId::X86_64_5}) {
    const PageTableFormat& f = format_of(id);
    CAPTURE(f.name);
    CHECK(f.no_execute == bit(63));
    CHECK(f.page_size == bit(7));
    CHECK(f.frame_mask() == bits(39, 12));
    CHECK(f.reserved == bits(51, 40));
    CHECK(f.reserved_in_leaf(0) == bits(51, 40));
    CHECK(f.reserved_in_leaf(1) == (bits(51, 40) | bits(20, 13)));  // 2 MiB
    CHECK(f.reserved_in_leaf(2) == (bits(51, 40) | bits(29, 13)));  // 1 GiB
    CHECK(f.reserved_in_pointer(1) == bits(51, 40));
    CHECK(f.reserved_in_pointer(3) == (bits(51, 40) | bit(7)));  // PML4E: PS is reserved
    CHECK_FALSE(f.has_superpages_at(3));
    CHECK_FALSE(f.has_superpages_at(4));
  }
  CHECK(format_of(FormatId::X86_64).levels == 4);
  CHECK(format_of(FormatId::X86_64_5).levels == 5);
}

TEST_CASE("an Sv32 entry has 22 bits of frame number above the ten low bits of every RISC-V format") {
  const PageTableFormat& f = format_of(FormatId::Sv32);
  CHECK(f.frame_mask() == bits(31, 10));
  CHECK(f.entry_bytes == 4);
  CHECK(f.levels == 2);
  CHECK(f.index_bits == 10);
  CHECK(f.reserved == 0);
  CHECK(all_flags(f) == bits(7, 0));
  CHECK(f.pages_per_entry(1) * kPageSize == std::uint64_t{4} << 20);
}

TEST_CASE("an Sv39, Sv48 or Sv57 entry has its bits where the privileged manual has them") {
  for (const FormatId id : {FormatId::Sv39, FormatId::Sv48, FormatId::Sv57}) {
    const PageTableFormat& f = format_of(id);
    CAPTURE(f.name);
    CHECK(f.present == bit(0));
    CHECK(f.read == bit(1));
    CHECK(f.write == bit(2));
    CHECK(f.execute == bit(3));
    CHECK(f.user == bit(4));
    CHECK(f.global == bit(5));
    CHECK(f.accessed == bit(6));
    CHECK(f.dirty == bit(7));
    CHECK(f.frame_mask() == bits(53, 10));
    CHECK(f.frame_shift == 10);
    CHECK(f.frame_bits == 44);
    CHECK(f.entry_bytes == 8);
    CHECK(f.reserved == bits(63, 54));
    CHECK(f.reserved_non_leaf == (f.user | f.accessed | f.dirty));
    CHECK((all_flags(f) & bits(9, 8)) == 0);  // RSW, the software's own
  }
}

TEST_CASE("no two fields of an entry share a bit, and all lie within the entry") {
  for (const PageTableFormat& f : all_formats()) {
    CAPTURE(f.name);
    int flag_count = 0;
    for (const std::uint64_t flag : {f.present, f.read, f.write, f.execute, f.no_execute, f.user, f.global,
                                     f.accessed, f.dirty, f.page_size}) {
      CHECK(std::popcount(flag) <= 1);
      flag_count += std::popcount(flag);
    }
    CHECK(std::popcount(all_flags(f)) == flag_count);
    CHECK((all_flags(f) & f.frame_mask()) == 0);
    CHECK((f.reserved & (f.frame_mask() | all_flags(f))) == 0);
    if (f.entry_bytes == 4) CHECK(((f.frame_mask() | all_flags(f) | f.reserved) >> 32) == 0);
  }
}

TEST_CASE(
    "every node fills one frame, a flat table many, and the levels and the offset make up the address") {
  for (const PageTableFormat& f : all_formats()) {
    CAPTURE(f.name);
    CHECK(f.entries_per_node() * f.entry_bytes == f.frames_per_node() * kPageSize);
    CHECK((f.frames_per_node() == 1) != f.is_flat());
    CHECK(f.levels <= kMostLevels);
    CHECK(kPageShift + f.levels * f.index_bits == f.virtual_address_bits);
    CHECK(f.root_level() == f.levels - 1);
  }
}

TEST_CASE("x86-32 cuts an address 10, 10, 12") {
  const PageTableFormat& f = format_of(FormatId::X86_32);
  CHECK(f.levels == 2);
  const VirtualAddress va(0x00403A2C);
  CHECK(f.index_of(va, 1) == 1);
  CHECK(f.index_of(va, 0) == 3);
  CHECK(f.index_of(VirtualAddress(0xBFFFF000), 1) == 767);
  CHECK(f.index_of(VirtualAddress(0xFFFFFFFF), 1) == 1023);
  CHECK(f.index_of(VirtualAddress(0xFFFFFFFF), 0) == 1023);
}

TEST_CASE("the linear format cuts an address 20, 12: its one node has an entry for every page") {
  const PageTableFormat& f = format_of(FormatId::Linear);
  CHECK(f.levels == 1);
  CHECK(f.index_of(VirtualAddress(0x00403A2C), 0) == 0x403);
  CHECK(f.index_of(VirtualAddress(0xFFFFFFFF), 0) == 0xFFFFF);
  CHECK(f.frames_per_node() == 1024);
  CHECK(f.entries_per_node() * f.entry_bytes == f.flat_table_bytes());
}

TEST_CASE("a linear entry has the bits of an x86-32 entry of a 4 KiB page, which has no PS") {
  const PageTableFormat& flat = format_of(FormatId::Linear);
  const PageTableFormat& tree = format_of(FormatId::X86_32);
  for (const Permissions each : {kReadOnly, kReadWrite, kReadExecute}) {
    CHECK(make_leaf_entry(flat, FrameNumber(0x1B), each) == make_leaf_entry(tree, FrameNumber(0x1B), each));
  }
  for (const auto flag : {&PageTableFormat::present, &PageTableFormat::write, &PageTableFormat::user,
                          &PageTableFormat::global, &PageTableFormat::accessed, &PageTableFormat::dirty}) {
    CHECK(flat.*flag == tree.*flag);
  }
  CHECK(flat.page_size == 0);
  CHECK(is_x86(flat));
}

TEST_CASE("Sv39 cuts an address 9, 9, 9, 12 and Sv48 9, 9, 9, 9, 12") {
  const PageTableFormat& sv39 = format_of(FormatId::Sv39);
  CHECK(sv39.levels == 3);
  const VirtualAddress va(std::uint64_t{5} << 30 | std::uint64_t{6} << 21 | std::uint64_t{7} << 12 | 8);
  CHECK(sv39.index_of(va, 2) == 5);
  CHECK(sv39.index_of(va, 1) == 6);
  CHECK(sv39.index_of(va, 0) == 7);
  const PageTableFormat& sv48 = format_of(FormatId::Sv48);
  CHECK(sv48.levels == 4);
  CHECK(sv48.index_of(VirtualAddress(std::uint64_t{4} << 39), 3) == 4);
  CHECK(sv48.index_of(VirtualAddress(std::uint64_t{511} << 39), 3) == 511);
}

TEST_CASE("an entry spans 4 KiB at level 0 and its node's whole reach above") {
  const PageTableFormat& x86 = format_of(FormatId::X86_32);
  CHECK(x86.pages_per_entry(0) == 1);
  CHECK(x86.pages_per_entry(1) * kPageSize == std::uint64_t{4} << 20);
  const PageTableFormat& sv39 = format_of(FormatId::Sv39);
  CHECK(sv39.pages_per_entry(1) * kPageSize == std::uint64_t{2} << 20);
  CHECK(sv39.pages_per_entry(2) * kPageSize == std::uint64_t{1} << 30);
}

TEST_CASE("a flat table would take 4 MiB on x86-32, 1 GiB on Sv39 and 512 GiB on Sv48") {
  CHECK(format_of(FormatId::X86_32).flat_table_bytes() == std::uint64_t{4} << 20);
  CHECK(format_of(FormatId::Sv39).flat_table_bytes() == std::uint64_t{1} << 30);
  CHECK(format_of(FormatId::Sv48).flat_table_bytes() == std::uint64_t{512} << 30);
}

TEST_CASE("an x86-32 address is canonical if it fits 32 bits") {
  const PageTableFormat& f = format_of(FormatId::X86_32);
  CHECK(f.is_canonical(VirtualAddress(0)));
  CHECK(f.is_canonical(VirtualAddress(0xFFFFFFFF)));
  CHECK_FALSE(f.is_canonical(VirtualAddress(0x100000000)));
}

TEST_CASE("a RISC-V address is canonical if the bits above the highest index repeat it") {
  const PageTableFormat& sv39 = format_of(FormatId::Sv39);
  CHECK(sv39.is_canonical(VirtualAddress(0x3FFFFFFFFF)));
  CHECK_FALSE(sv39.is_canonical(VirtualAddress(0x4000000000)));
  CHECK_FALSE(sv39.is_canonical(VirtualAddress(0xFFFFFFBFFFFFFFFF)));
  CHECK(sv39.is_canonical(VirtualAddress(0xFFFFFFC000000000)));
  const PageTableFormat& sv48 = format_of(FormatId::Sv48);
  CHECK(sv48.is_canonical(VirtualAddress(0x7FFFFFFFFFFF)));
  CHECK_FALSE(sv48.is_canonical(VirtualAddress(0x800000000000)));
  CHECK(sv48.is_canonical(VirtualAddress(0xFFFF800000000000)));
}

TEST_CASE("address-space ids have 16 bits on 64-bit RISC-V, 9 on Sv32, 12 on x86-64, and x86-32 has none") {
  CHECK(format_of(FormatId::X86_32).asid_bits == 0);
  CHECK(format_of(FormatId::Sv39).asid_bits == 16);
  CHECK(format_of(FormatId::Sv48).asid_bits == 16);
  CHECK(format_of(FormatId::Sv57).asid_bits == 16);
  CHECK(format_of(FormatId::Sv32).asid_bits == 9);
  CHECK(format_of(FormatId::X86_64).asid_bits == 12);
  CHECK(format_of(FormatId::X86_64_5).asid_bits == 12);
}

TEST_CASE("every format is found by its name, and nothing else is") {
  for (const PageTableFormat& f : all_formats()) {
    CHECK(format_named(f.name) == f.id);
    CHECK(&format_of(f.id) == &f);
  }
  CHECK_FALSE(format_named("sv64"));
  CHECK_FALSE(format_named(""));
}
