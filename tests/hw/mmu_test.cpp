#include "core/hw/mmu.h"

#include <doctest/doctest.h>

#include "core/base/rng.h"
#include "tests/support/hand_made_table.h"
#include "tests/support/seed.h"

using namespace vmp;
using namespace test_support;

namespace {

constexpr VirtualAddress kPlace(0x00403A2C);
constexpr TlbConfig kSmall{.sets = 2, .ways = 2};

struct Done {
  Result<PhysicalAddress, Fault> result;
  std::vector<HardwareEvent> events;

  template <class Kind>
  const Kind* find() const {
    for (const HardwareEvent& event : events) {
      if (const Kind* found = std::get_if<Kind>(&event)) return found;
    }
    return nullptr;
  }
};

Done access(HandMadeTable& table, Tlb& tlb, VirtualAddress va, AccessKind kind, Asid asid = Asid(1)) {
  HardwareTrace trace;
  WalkCache none;
  auto result = translate(table.memory, tlb, none, table.context(asid), va, kind, trace);
  return {std::move(result), std::move(trace.events)};
}

}  // namespace

TEST_CASE("the first access misses and walks, the second hits and reads no entry") {
  HandMadeTable table(FormatId::X86_32);
  table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  Tlb tlb(kSmall);
  const Done first = access(table, tlb, kPlace, AccessKind::Read);
  CHECK(*first.result == PhysicalAddress(0x1BA2C));
  REQUIRE(first.find<TlbMissed>() != nullptr);
  CHECK(first.find<TlbMissed>()->cause == TlbMissCause::NoEntry);
  REQUIRE(first.find<TlbFilled>() != nullptr);
  CHECK(first.find<TlbFilled>()->set == 1);

  const Done second = access(table, tlb, kPlace + 4, AccessKind::Read);
  CHECK(*second.result == PhysicalAddress(0x1BA30));
  REQUIRE(second.find<TlbHit>() != nullptr);
  CHECK(second.find<TlbHit>()->frame == FrameNumber(0x1B));
  CHECK(second.find<PteRead>() == nullptr);
  CHECK(second.events.size() == 2);
  CHECK(tlb.hits() == 1);
  CHECK(tlb.misses() == 1);
}

TEST_CASE("without a TLB every access walks, and nothing is counted") {
  HandMadeTable table(FormatId::X86_32);
  table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  Tlb tlb({.sets = 0, .ways = 0});
  for (int i = 0; i < 2; ++i) {
    const Done done = access(table, tlb, kPlace, AccessKind::Read);
    CHECK(done.find<PteRead>() != nullptr);
    CHECK(done.find<TlbMissed>() == nullptr);
    CHECK(done.find<TlbFilled>() == nullptr);
  }
  CHECK(tlb.misses() == 0);
}

TEST_CASE("a stale entry goes on being used until it is invalidated") {
  HandMadeTable table(FormatId::X86_32);
  table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  Tlb tlb(kSmall);
  access(table, tlb, kPlace, AccessKind::Read);
  table.map(kPlace, FrameNumber(0x0C), kReadWrite);
  CHECK(*access(table, tlb, kPlace, AccessKind::Read).result == PhysicalAddress(0x1BA2C));
  table.map(kPlace, Pte{});
  CHECK(*access(table, tlb, kPlace, AccessKind::Read).result == PhysicalAddress(0x1BA2C));
  CHECK(tlb.invalidate(Asid(1), page_of(kPlace)) == 1);
  CHECK_FALSE(access(table, tlb, kPlace, AccessKind::Read).result.ok());
  table.map(kPlace, FrameNumber(0x0C), kReadWrite);
  CHECK(*access(table, tlb, kPlace, AccessKind::Read).result == PhysicalAddress(0x0CA2C));
}

TEST_CASE("the first write through a clean entry walks to set the dirty flag, the next one hits") {
  HandMadeTable table(FormatId::X86_32);
  const PhysicalAddress leaf = table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  Tlb tlb(kSmall);
  access(table, tlb, kPlace, AccessKind::Read);
  CHECK_FALSE(table.entry(leaf).has(table.format().dirty));

  const Done write = access(table, tlb, kPlace, AccessKind::Write);
  REQUIRE(write.find<TlbMissed>() != nullptr);
  CHECK(write.find<TlbMissed>()->cause == TlbMissCause::LacksDirty);
  CHECK(table.entry(leaf).has(table.format().dirty));
  REQUIRE(write.find<TlbFilled>() != nullptr);
  CHECK_FALSE(write.find<TlbFilled>()->displaced.has_value());
  CHECK(access(table, tlb, kPlace, AccessKind::Write).find<TlbHit>() != nullptr);
}

TEST_CASE(
    "clearing the dirty flag in RAM alone loses the next write's mark: that is why it must be invalidated") {
  HandMadeTable table(FormatId::X86_32);
  const PhysicalAddress leaf = table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  Tlb tlb(kSmall);
  access(table, tlb, kPlace, AccessKind::Write);
  table.set(leaf, table.entry(leaf).without(table.format().dirty));
  access(table, tlb, kPlace, AccessKind::Write);
  CHECK_FALSE(table.entry(leaf).has(table.format().dirty));
  tlb.invalidate(Asid(1), page_of(kPlace));
  access(table, tlb, kPlace, AccessKind::Write);
  CHECK(table.entry(leaf).has(table.format().dirty));
}

TEST_CASE("an entry that lacks the permission sends the walker to the tables, which decide") {
  HandMadeTable table(FormatId::X86_32);
  table.map(kPlace, FrameNumber(0x1B), kReadOnly);
  Tlb tlb(kSmall);
  access(table, tlb, kPlace, AccessKind::Read);

  // The kernel allows writing now and forgets the TLB: the tables are asked, and the write succeeds.
  table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  const Done write = access(table, tlb, kPlace, AccessKind::Write);
  REQUIRE(write.find<TlbMissed>() != nullptr);
  CHECK(write.find<TlbMissed>()->cause == TlbMissCause::LacksPermission);
  CHECK(write.result.ok());
}

TEST_CASE("a refused access drops the page's entry from the TLB") {
  HandMadeTable table(FormatId::X86_32);
  table.map(kPlace, FrameNumber(0x1B), kReadOnly);
  Tlb tlb(kSmall);
  access(table, tlb, kPlace, AccessKind::Read);
  REQUIRE(tlb.probe(Asid(1), page_of(kPlace)).has_value());
  const Done write = access(table, tlb, kPlace, AccessKind::Write);
  REQUIRE_FALSE(write.result.ok());
  CHECK(write.result.error().kind == FaultKind::WriteForbidden);
  CHECK_FALSE(tlb.probe(Asid(1), page_of(kPlace)).has_value());
  CHECK(write.find<TlbFilled>() == nullptr);
}

TEST_CASE("a full set names the page that had to go") {
  HandMadeTable table(FormatId::X86_32);
  Tlb tlb({.sets = 1, .ways = 1});
  table.map(VirtualAddress(0x1000), FrameNumber(0x10), kReadWrite);
  table.map(VirtualAddress(0x2000), FrameNumber(0x11), kReadWrite);
  access(table, tlb, VirtualAddress(0x1000), AccessKind::Read);
  const Done second = access(table, tlb, VirtualAddress(0x2000), AccessKind::Read);
  REQUIRE(second.find<TlbFilled>() != nullptr);
  CHECK(second.find<TlbFilled>()->displaced == PageNumber(1));
}

TEST_CASE("an address that is not canonical asks neither TLB nor tables") {
  HandMadeTable table(FormatId::Sv39);
  Tlb tlb(kSmall);
  const Done done = access(table, tlb, VirtualAddress(0x4000000000), AccessKind::Read);
  REQUIRE_FALSE(done.result.ok());
  CHECK(done.events.size() == 1);
  CHECK(tlb.misses() == 0);
}

TEST_CASE("address-space ids keep two processes apart, and a global page is shared by them") {
  HandMadeTable table(FormatId::Sv39);
  const PageTableFormat& f = table.format();
  const VirtualAddress shared(0x00500000);
  table.map(kPlace, FrameNumber(0x1B), kReadOnly);
  table.map(shared, make_leaf_entry(f, FrameNumber(0x0C), kReadOnly).with(f.global));
  Tlb tlb({.sets = 4, .ways = 4});
  access(table, tlb, kPlace, AccessKind::Read, Asid(1));
  access(table, tlb, shared, AccessKind::Read, Asid(1));
  CHECK(access(table, tlb, kPlace, AccessKind::Read, Asid(2)).find<TlbHit>() == nullptr);
  CHECK(access(table, tlb, shared, AccessKind::Read, Asid(2)).find<TlbHit>() != nullptr);
}

TEST_CASE("a superpage fills the TLB with the 4 KiB pages that are used") {
  HandMadeTable table(FormatId::Sv39, 2048);
  const VirtualAddress base(std::uint64_t{1} << 30);
  table.map(base, make_leaf_entry(table.format(), FrameNumber(512), kReadWrite), 1);
  Tlb tlb(kSmall);
  CHECK(*access(table, tlb, base + 0x5678, AccessKind::Read).result == PhysicalAddress(0x205678));
  CHECK(access(table, tlb, base + 0x5000, AccessKind::Read).find<TlbHit>() != nullptr);
  CHECK(access(table, tlb, base + 0x6000, AccessKind::Read).find<TlbHit>() == nullptr);
}

TEST_CASE("recording changes nothing: random accesses leave the same RAM and the same TLB") {
  INFO("seed " << seed());
  Rng rng(seed());
  for (const PageTableFormat& format : all_formats()) {
    CAPTURE(format.name);
    HandMadeTable quick(format.id);
    for (std::uint64_t page = 0; page < 24; ++page) {
      const Permissions permissions{true, rng.below(2) == 0, rng.below(2) == 0};
      quick.map(VirtualAddress(0x400000 + page * kPageSize), FrameNumber(20 + page), permissions);
    }
    HandMadeTable slow = quick;
    Tlb quick_tlb(kSmall);
    Tlb slow_tlb(kSmall);
    WalkCache none;
    NullTracer null_tracer;
    for (int i = 0; i < 3000; ++i) {
      const VirtualAddress va(0x400000 + rng.below(26 * kPageSize));
      const auto kind = static_cast<AccessKind>(rng.below(3));
      const auto expected = access(slow, slow_tlb, va, kind).result;
      const auto actual = translate(quick.memory, quick_tlb, none, quick.context(), va, kind, null_tracer);
      REQUIRE(actual.ok() == expected.ok());
      if (actual.ok()) CHECK(*actual == *expected);
    }
    CHECK(quick.memory.hash() == slow.memory.hash());
    Hasher quick_hash;
    Hasher slow_hash;
    quick_tlb.hash_into(quick_hash);
    slow_tlb.hash_into(slow_hash);
    CHECK(quick_hash.value() == slow_hash.value());
    CHECK(quick_tlb.hits() > 0);
  }
}
