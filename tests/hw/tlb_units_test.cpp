#include "core/hw/tlb_units.h"

#include <doctest/doctest.h>

using namespace vmp;

namespace {

constexpr TlbConfig kSmall{.sets = 1, .ways = 2};

TlbEntry entry_for(std::uint64_t page) {
  TlbEntry entry;
  entry.valid = true;
  entry.asid = Asid(1);
  entry.page = PageNumber(page);
  return entry;
}

}  // namespace

TEST_CASE("one TLB serves instructions and data, unless there are two") {
  TlbUnits one({.data = kSmall});
  CHECK(&one.unit_for(AccessKind::Execute) == &one.unit_for(AccessKind::Read));
  TlbUnits two({.data = kSmall, .instructions = kSmall});
  CHECK(&two.unit_for(AccessKind::Execute) != &two.unit_for(AccessKind::Read));
  CHECK(&two.unit_for(AccessKind::Write) == &two.unit_for(AccessKind::Read));
}

TEST_CASE("what the kernel orders reaches both TLBs") {
  TlbUnits units({.data = kSmall, .instructions = kSmall});
  units.unit_for(AccessKind::Execute).fill(entry_for(3));
  units.unit_for(AccessKind::Read).fill(entry_for(3));
  CHECK(units.invalidate(Asid(1), PageNumber(3)).translations == 2);
  units.unit_for(AccessKind::Execute).fill(entry_for(4));
  CHECK(units.invalidate_asid(Asid(1)).translations == 1);
  units.unit_for(AccessKind::Execute).fill(entry_for(5));
  CHECK(units.flush().translations == 1);
}

TEST_CASE("hits and misses are those of both TLBs") {
  TlbUnits units({.data = kSmall, .instructions = kSmall});
  for (const AccessKind kind : {AccessKind::Execute, AccessKind::Read}) {
    Tlb& tlb = units.unit_for(kind);
    tlb.fill(entry_for(3));
    tlb.count_hit(0, 0);
    tlb.count_miss();
  }
  units.unit_for(AccessKind::Execute).count_miss();
  CHECK(units.hits() == 2);
  CHECK(units.misses() == 3);
  CHECK(units.data().misses() == 1);
  CHECK(units.instructions()->misses() == 2);
}

TEST_CASE("orders that are lost leave every entry, a hand at the switch does not") {
  TlbUnits units({.data = kSmall, .orders = TlbUnits::KernelOrders::Lost});
  units.unit_for(AccessKind::Read).fill(entry_for(3));
  CHECK(units.invalidate(Asid(1), PageNumber(3)) == Dropped{});
  CHECK(units.invalidate_asid(Asid(1)) == Dropped{});
  CHECK(units.flush() == Dropped{});
  CHECK(units.flush(TlbUnits::By::Hand).translations == 1);
}
