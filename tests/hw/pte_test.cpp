#include "core/hw/pte.h"

#include <doctest/doctest.h>

#include "tests/support/hand_made_table.h"

using namespace vmp;
using namespace test_support;

TEST_CASE("the x86-32 entry 0x0001B067 maps frame 1B, writable, for users, accessed and dirty") {
  const PageTableFormat& f = format_of(FormatId::X86_32);
  const Pte pte = make_leaf_entry(f, FrameNumber(0x1B), kReadWrite).with(f.accessed | f.dirty);
  CHECK(pte.bits == 0x0001B067);
  CHECK(frame_of(f, pte) == FrameNumber(0x1B));
  CHECK(permissions_of(f, pte) == Permissions{.read = true, .write = true, .execute = true});
}

TEST_CASE("the x86-32 entry 0x00015027 points to the node in frame 15 and was used") {
  const PageTableFormat& f = format_of(FormatId::X86_32);
  CHECK(make_node_entry(f, FrameNumber(0x15)).with(f.accessed).bits == 0x00015027);
}

TEST_CASE("the Sv39 entry 0x6CD7 maps frame 1B, readable and writable, for users, accessed and dirty") {
  const PageTableFormat& f = format_of(FormatId::Sv39);
  const Pte pte = make_leaf_entry(f, FrameNumber(0x1B), kReadWrite).with(f.accessed | f.dirty);
  CHECK(pte.bits == 0x6CD7);
  CHECK(frame_of(f, pte) == FrameNumber(0x1B));
  CHECK(permissions_of(f, pte) == kReadWrite);
  CHECK(make_leaf_entry(f, FrameNumber(0x1B), kReadExecute).bits == 0x6C1B);
  CHECK(make_leaf_entry(f, FrameNumber(0x1B), kExecuteOnly).bits == 0x6C19);
}

TEST_CASE("a RISC-V entry that points to a node has the valid flag and nothing else") {
  const PageTableFormat& f = format_of(FormatId::Sv39);
  const Pte pte = make_node_entry(f, FrameNumber(0x15));
  CHECK(pte.bits == 0x5401);
  CHECK_FALSE(is_leaf(f, pte, 1));
}

TEST_CASE("what RISC-V calls a leaf depends on R, W and X, what x86-32 calls one on the level") {
  const PageTableFormat& sv39 = format_of(FormatId::Sv39);
  for (const std::uint64_t flag : {sv39.read, sv39.write, sv39.execute}) {
    CHECK(is_leaf(sv39, Pte{sv39.present | flag}, 2));
  }
  CHECK_FALSE(is_leaf(sv39, Pte{sv39.present | sv39.user | sv39.accessed}, 0));
  const PageTableFormat& x86 = format_of(FormatId::X86_32);
  CHECK(is_leaf(x86, Pte{x86.present}, 0));
  CHECK_FALSE(is_leaf(x86, Pte{x86.present | x86.write}, 1));
}

TEST_CASE("RISC-V never gets a writable page that cannot be read") {
  const PageTableFormat& f = format_of(FormatId::Sv39);
  const Pte pte = make_leaf_entry(f, FrameNumber(1), {.read = false, .write = true, .execute = false});
  CHECK(permissions_of(f, pte) == kReadWrite);
}

TEST_CASE("a frame number of every width the format has survives the entry") {
  for (const PageTableFormat& f : all_formats()) {
    CAPTURE(f.name);
    const FrameNumber highest((std::uint64_t{1} << f.frame_bits) - 1);
    CHECK(frame_of(f, make_leaf_entry(f, highest, kReadWrite)) == highest);
    CHECK(frame_of(f, make_node_entry(f, highest)) == highest);
    CHECK(make_frame_bits(f, highest).bits == f.frame_mask());
  }
}

TEST_CASE("a mask of no flag is never set, and of several only if all are") {
  const Pte pte{0x5};
  CHECK_FALSE(pte.has(0));
  CHECK(pte.has(0x4));
  CHECK(pte.has(0x5));
  CHECK_FALSE(pte.has(0x6));
  CHECK(pte.with(0x2).bits == 0x7);
  CHECK(pte.without(0x1).bits == 0x4);
}

TEST_CASE("permissions read as in /proc/self/maps") {
  CHECK(to_string(Permissions{}) == "---");
  CHECK(to_string(kReadWrite) == "rw-");
  CHECK(to_string(kReadExecute) == "r-x");
  CHECK(Permissions{}.none());
  CHECK_FALSE(kExecuteOnly.none());
}
