#include "core/hw/walk_cache.h"

#include <doctest/doctest.h>

#include "core/base/rng.h"
#include "core/hw/mmu.h"
#include "tests/support/hand_made_table.h"
#include "tests/support/seed.h"

using namespace vmp;
using namespace test_support;

namespace {

constexpr VirtualAddress kPlace(0x00403A2C);
constexpr VirtualAddress kNeighbour(0x00404000);  // in the same level-0 node
constexpr VirtualAddress kElsewhere(0x00A00000);  // in another, below the same upper nodes of Sv39
constexpr Asid kMine(1);

struct Walked {
  std::optional<FrameNumber> frame;
  std::vector<std::uint32_t> levels_read;
  std::optional<std::uint32_t> known_level;
};

Walked walk_through(HandMadeTable& table, WalkCache& cache, VirtualAddress va,
                    AccessKind access = AccessKind::Read, Asid asid = kMine) {
  HardwareTrace trace;
  const auto leaf = cached_walk(table.memory, cache, table.context(asid), va, access, trace);
  Walked walked;
  if (leaf) walked.frame = leaf->frame;
  for (const HardwareEvent& event : trace.events) {
    if (const auto* read = std::get_if<PteRead>(&event)) walked.levels_read.push_back(read->level);
    if (const auto* hit = std::get_if<WalkCacheHit>(&event)) walked.known_level = hit->level;
  }
  return walked;
}

using Levels = std::vector<std::uint32_t>;

HandMadeTable mapped(FormatId id) {
  HandMadeTable table(id);
  table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  table.map(kNeighbour, FrameNumber(0x1C), kReadWrite);
  table.map(kElsewhere, FrameNumber(0x1D), kReadWrite);
  return table;
}

}  // namespace

TEST_CASE("the first walk reads every level, the next to the same node only the last") {
  HandMadeTable table = mapped(FormatId::Sv39);
  WalkCache cache(8);
  CHECK(walk_through(table, cache, kPlace).levels_read == Levels{2, 1, 0});
  const Walked next = walk_through(table, cache, kNeighbour);
  CHECK(next.levels_read == Levels{0});
  CHECK(next.known_level == 1);
  CHECK(next.frame == FrameNumber(0x1C));
  CHECK(cache.hits() == 1);
  CHECK(cache.misses() == 1);
}

TEST_CASE("a walk to another node starts as low as the way is the same") {
  HandMadeTable table = mapped(FormatId::Sv39);
  WalkCache cache(8);
  walk_through(table, cache, kPlace);
  const Walked other = walk_through(table, cache, kElsewhere);
  CHECK(other.known_level == 2);
  CHECK(other.levels_read == Levels{1, 0});
  CHECK(walk_through(table, cache, kElsewhere).levels_read == Levels{0});
}

TEST_CASE("a full walk cache forgets the pointer used least recently") {
  HandMadeTable table = mapped(FormatId::X86_32);
  WalkCache cache(1);
  walk_through(table, cache, kPlace);
  CHECK(walk_through(table, cache, kElsewhere).levels_read == Levels{1, 0});
  CHECK(walk_through(table, cache, kPlace).levels_read == Levels{1, 0});
  CHECK(walk_through(table, cache, kNeighbour).levels_read == Levels{0});
}

TEST_CASE("another address space has pointers of its own") {
  HandMadeTable table = mapped(FormatId::Sv39);
  WalkCache cache(8);
  walk_through(table, cache, kPlace);
  CHECK(walk_through(table, cache, kPlace, AccessKind::Read, Asid(2)).levels_read == Levels{2, 1, 0});
  CHECK(cache.invalidate_asid(kMine) == 2);
  CHECK(walk_through(table, cache, kPlace, AccessKind::Read, Asid(2)).levels_read == Levels{0});
  CHECK(walk_through(table, cache, kPlace).levels_read == Levels{2, 1, 0});
}

TEST_CASE("a refused access drops the pointers it used, and leaves none of its own") {
  HandMadeTable table = mapped(FormatId::Sv39);
  WalkCache cache(8);
  walk_through(table, cache, kPlace);
  const VirtualAddress empty = kNeighbour + kPageSize;
  CHECK_FALSE(walk_through(table, cache, empty).frame.has_value());
  CHECK(walk_through(table, cache, kPlace).levels_read == Levels{2, 1, 0});
  WalkCache fresh(8);
  walk_through(table, fresh, empty);
  CHECK(walk_through(table, fresh, kPlace).levels_read == Levels{2, 1, 0});
}

TEST_CASE("a pointer the kernel changes in RAM is followed to the old node until it is forgotten") {
  HandMadeTable table = mapped(FormatId::X86_32);
  WalkCache cache(4);
  walk_through(table, cache, kPlace);
  // Another node, in which the same page lies in another frame.
  const FrameNumber other(40);
  table.set(table.entry_address(other, 3), make_leaf_entry(table.format(), FrameNumber(0x2F), kReadWrite));
  table.set(table.reach(kPlace, 1), make_node_entry(table.format(), other));
  CHECK(walk_through(table, cache, kPlace).frame == FrameNumber(0x1B));
  CHECK(cache.flush() == 1);
  CHECK(walk_through(table, cache, kPlace).frame == FrameNumber(0x2F));
}

TEST_CASE("a leaf is read from RAM every time: the walk cache keeps no translation") {
  HandMadeTable table = mapped(FormatId::Sv48);
  WalkCache cache(8);
  walk_through(table, cache, kPlace);
  table.map(kPlace, FrameNumber(0x2F), kReadWrite);
  CHECK(walk_through(table, cache, kPlace).frame == FrameNumber(0x2F));
}

TEST_CASE("where the upper x86 entries withhold a right, the tables decide and their entry is named") {
  HandMadeTable table = mapped(FormatId::X86_64);
  const PhysicalAddress root = table.reach(kPlace, 3);
  table.set(root, table.entry(root).without(table.format().write));
  WalkCache cache(8);
  walk_through(table, cache, kPlace);
  CHECK(walk_through(table, cache, kPlace).levels_read == Levels{0});
  HardwareTrace trace;
  const auto refused = cached_walk(table.memory, cache, table.context(), kPlace, AccessKind::Write, trace);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == FaultKind::WriteForbidden);
  CHECK(refused.error().entry->address == root);
  // And a read through the cache does not grant writing either.
  walk_through(table, cache, kPlace);
  const auto read = cached_walk(table.memory, cache, table.context(), kPlace, AccessKind::Read, trace);
  CHECK_FALSE(read->permissions.write);
}

TEST_CASE("a right taken from an upper x86 entry is still granted as long as the walk cache remembers it") {
  HandMadeTable table = mapped(FormatId::X86_32);
  WalkCache cache(4);
  walk_through(table, cache, kPlace);
  const PhysicalAddress root = table.reach(kPlace, 1);
  table.set(root, table.entry(root).without(table.format().write));
  CHECK(walk_through(table, cache, kPlace, AccessKind::Write).frame.has_value());
  cache.flush();
  CHECK_FALSE(walk_through(table, cache, kPlace, AccessKind::Write).frame.has_value());
}

TEST_CASE("a mapping made global by a RISC-V pointer is global through the walk cache too") {
  HandMadeTable table = mapped(FormatId::Sv39);
  const PhysicalAddress root = table.reach(kPlace, 2);
  table.set(root, table.entry(root).with(table.format().global));
  WalkCache cache(8);
  walk_through(table, cache, kPlace);
  NullTracer tracer;
  const auto leaf = cached_walk(table.memory, cache, table.context(), kNeighbour, AccessKind::Read, tracer);
  REQUIRE(leaf.ok());
  CHECK(leaf->global);
}

TEST_CASE("what lies below a pointer is open to those whom all entries above grant it") {
  WalkState below;
  for (const AccessKind access : {AccessKind::Read, AccessKind::Write, AccessKind::Execute}) {
    CHECK(below.grants(Privilege::User, access));
  }
  below.user = false;
  CHECK_FALSE(below.grants(Privilege::User, AccessKind::Read));
  CHECK(below.grants(Privilege::Supervisor, AccessKind::Read));
  below.permissions = {.read = true, .write = false, .execute = false};
  CHECK(below.grants(Privilege::Supervisor, AccessKind::Read));
  CHECK_FALSE(below.grants(Privilege::Supervisor, AccessKind::Write));
  CHECK_FALSE(below.grants(Privilege::Supervisor, AccessKind::Execute));
}

TEST_CASE("a flat table has no pointers to remember") {
  HandMadeTable table = mapped(FormatId::Linear);
  WalkCache cache(4);
  walk_through(table, cache, kPlace);
  CHECK(walk_through(table, cache, kPlace).levels_read == Levels{0});
  CHECK(cache.hits() + cache.misses() == 0);
}

TEST_CASE("random accesses through a walk cache end as without one, with fewer entries read") {
  INFO("seed " << seed());
  Rng rng(seed());
  for (const PageTableFormat& format : all_formats()) {
    if (format.is_flat()) continue;
    CAPTURE(format.name);
    HandMadeTable plain(format.id, 128);
    std::vector<VirtualAddress> pages;
    for (int i = 0; i < 24; ++i) {
      const VirtualAddress va(rng.below(1 << 26) & ~(kPageSize - 1));
      pages.push_back(va);
      plain.map(va, FrameNumber(64 + rng.below(64)), {true, rng.below(2) == 0, rng.below(2) == 0});
    }
    HandMadeTable cached = plain;
    WalkCache none;
    WalkCache cache(static_cast<std::uint32_t>(4 + rng.below(12)));
    std::size_t plain_reads = 0;
    std::size_t cached_reads = 0;
    for (int i = 0; i < 2000; ++i) {
      const VirtualAddress va = rng.below(8) == 0 ? VirtualAddress(rng.below(1 << 26))
                                                  : pages[static_cast<std::size_t>(rng.below(pages.size()))];
      const auto access = static_cast<AccessKind>(rng.below(3));
      const Walked expected = walk_through(plain, none, va, access);
      const Walked found = walk_through(cached, cache, va, access);
      REQUIRE(found.frame == expected.frame);
      plain_reads += expected.levels_read.size();
      cached_reads += found.levels_read.size();
    }
    CHECK(plain.memory.hash() == cached.memory.hash());
    CHECK(cached_reads < plain_reads);
  }
}
