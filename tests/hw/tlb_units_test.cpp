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
  TlbUnits one(kSmall, std::nullopt, TlbUnits::KernelOrders::Obeyed, 1);
  CHECK(&one.unit_for(AccessKind::Execute) == &one.unit_for(AccessKind::Read));
  TlbUnits two(kSmall, kSmall, TlbUnits::KernelOrders::Obeyed, 1);
  CHECK(&two.unit_for(AccessKind::Execute) != &two.unit_for(AccessKind::Read));
  CHECK(&two.unit_for(AccessKind::Write) == &two.unit_for(AccessKind::Read));
}

TEST_CASE("what the kernel orders reaches both TLBs") {
  TlbUnits units(kSmall, kSmall, TlbUnits::KernelOrders::Obeyed, 1);
  units.unit_for(AccessKind::Execute).fill(entry_for(3));
  units.unit_for(AccessKind::Read).fill(entry_for(3));
  CHECK(units.invalidate(Asid(1), PageNumber(3)) == 2);
  units.unit_for(AccessKind::Execute).fill(entry_for(4));
  CHECK(units.invalidate_asid(Asid(1)) == 1);
  units.unit_for(AccessKind::Execute).fill(entry_for(5));
  CHECK(units.flush() == 1);
}

TEST_CASE("orders that are lost leave every entry, a hand at the switch does not") {
  TlbUnits units(kSmall, std::nullopt, TlbUnits::KernelOrders::Lost, 1);
  units.unit_for(AccessKind::Read).fill(entry_for(3));
  CHECK(units.invalidate(Asid(1), PageNumber(3)) == 0);
  CHECK(units.invalidate_asid(Asid(1)) == 0);
  CHECK(units.flush() == 0);
  CHECK(units.by_hand([](Tlb& tlb) { return tlb.flush(); }) == 1);
}
