#include <array>
#include <doctest/doctest.h>

#include "core/sim/explain.h"
#include "tests/support/seed.h"
#include "tests/support/world.h"

namespace vmp::test {
namespace {

constexpr std::uint64_t kHeap = 0x404000;

Program with_heap() {
  Program program;
  program.heap_pages = 4;
  program.code_pages = 3;
  return program;
}

std::vector<CheckKind> kinds_of(const std::vector<Check>& checks) {
  std::vector<CheckKind> kinds;
  for (const Check& check : checks) kinds.push_back(check.kind);
  return kinds;
}

// What must hold between the list and the walk it explains.
void check_agrees(const std::vector<Check>& checks, const WalkExplanation& walked,
                  const PageTableFormat& format) {
  REQUIRE_FALSE(checks.empty());
  for (std::size_t i = 0; i + 1 < checks.size(); ++i) CHECK(checks[i].passed);
  CHECK(checks.back().passed == !walked.fault.has_value());
  if (walked.fault) {
    CHECK(checks.back().entry == walked.fault->entry);
    CHECK(checks.back().mask == walked.fault->deciding_mask);
  } else {
    CHECK(checks.back().kind == CheckKind::FrameInMemory);
  }
  // A passed check of flags must be true of the entry it shows.
  for (const Check& check : checks) {
    if (!check.passed) continue;
    switch (check.kind) {
      case CheckKind::Present:
      case CheckKind::User:
      case CheckKind::Read:
      case CheckKind::Write:
      case CheckKind::WriteWithRead:
      case CheckKind::Accessed:
      case CheckKind::Dirty:
        REQUIRE(check.entry.has_value());
        CHECK(check.entry->pte.has(check.mask));
        break;
      case CheckKind::Execute:
        REQUIRE(check.entry.has_value());
        CHECK(check.entry->pte.has(check.mask) == (check.mask != format.no_execute));
        break;
      case CheckKind::NoReservedBits:
      case CheckKind::Aligned:
        CHECK((check.entry->pte.bits & check.mask) == 0);
        break;
      case CheckKind::LeafAtLastLevel:
        CHECK(is_leaf(format, check.entry->pte, 0));
        break;
      case CheckKind::Canonical:
      case CheckKind::TableInMemory:
      case CheckKind::FrameInMemory:
        break;
    }
  }
}

}  // namespace

TEST_CASE("an allowed x86-32 read passes every check, permissions of both levels last") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  world.write(a, kHeap, 7);
  const auto checks =
      explain_checks(world.kernel, world.process(a), VirtualAddress(kHeap), AccessKind::Write);
  CHECK(kinds_of(checks) == std::vector{CheckKind::Canonical, CheckKind::TableInMemory, CheckKind::Present,
                                        CheckKind::TableInMemory, CheckKind::Present, CheckKind::User,
                                        CheckKind::Write, CheckKind::User, CheckKind::Write,
                                        CheckKind::FrameInMemory});
  for (const Check& check : checks) CHECK(check.passed);
}

TEST_CASE("a forbidden x86-32 write fails at the write flag of the leaf") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  world.read(a, 0x400000);
  const auto checks =
      explain_checks(world.kernel, world.process(a), VirtualAddress(0x400000), AccessKind::Write);
  CHECK(checks.back().kind == CheckKind::Write);
  CHECK(checks.back().level == 0);
  CHECK_FALSE(checks.back().passed);
  CHECK(checks.back().mask == world.kernel.format().write);
  CHECK(checks.size() == 9);
}

TEST_CASE("an untouched page fails at the present flag of the deepest entry there is") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  const auto checks = explain_checks(world.kernel, world.process(a), VirtualAddress(kHeap), AccessKind::Read);
  CHECK(kinds_of(checks) == std::vector{CheckKind::Canonical, CheckKind::TableInMemory, CheckKind::Present});
  CHECK_FALSE(checks.back().passed);
  CHECK(checks.back().level == 1);
}

TEST_CASE("Sv39 looks at reserved bits on the way and at the leaf's permissions alone") {
  MachineConfig config;
  config.format = FormatId::Sv39;
  World world(config);
  const ProcessId a = world.spawn("A", with_heap());
  world.write(a, kHeap, 7);
  const auto checks =
      explain_checks(world.kernel, world.process(a), VirtualAddress(kHeap), AccessKind::Execute);
  CHECK(kinds_of(checks) == std::vector{CheckKind::Canonical, CheckKind::TableInMemory, CheckKind::Present,
                                        CheckKind::NoReservedBits, CheckKind::NoReservedBits,
                                        CheckKind::TableInMemory, CheckKind::Present,
                                        CheckKind::NoReservedBits, CheckKind::NoReservedBits,
                                        CheckKind::TableInMemory, CheckKind::Present,
                                        CheckKind::NoReservedBits, CheckKind::WriteWithRead,
                                        CheckKind::LeafAtLastLevel, CheckKind::User, CheckKind::Execute});
  CHECK_FALSE(checks.back().passed);
}

TEST_CASE("an address that is not canonical fails the very first check") {
  MachineConfig config;
  config.format = FormatId::Sv39;
  World world(config);
  const ProcessId a = world.spawn("A");
  const auto checks = explain_checks(world.kernel, world.process(a), VirtualAddress(std::uint64_t{1} << 40),
                                     AccessKind::Read);
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].kind == CheckKind::Canonical);
  CHECK_FALSE(checks[0].passed);
}

TEST_CASE("a node outside RAM fails when it is to be read, and shows the entry that points there") {
  World world;
  const ProcessId a = world.spawn("A", with_heap());
  world.write(a, kHeap, 7);
  const PhysicalAddress root_entry = address_of(world.process(a).root) + std::uint64_t{4};
  world.kernel.edit_memory(root_entry, 4, 0xFFFFF007, nullptr);
  const auto checks = explain_checks(world.kernel, world.process(a), VirtualAddress(kHeap), AccessKind::Read);
  CHECK(checks.back().kind == CheckKind::TableInMemory);
  CHECK_FALSE(checks.back().passed);
  CHECK(checks.back().level == 0);
  REQUIRE(checks.back().entry.has_value());
  CHECK(checks.back().entry->address == root_entry);
  CHECK(checks.back().mask == world.kernel.format().frame_mask());
}

TEST_CASE("on random tables the list always ends with the check that the walk's fault names") {
  Rng rng(test_support::seed());
  INFO("seed ", test_support::seed());
  for (const PageTableFormat& format : all_formats()) {
    // A flat table has no pointers that could lead out of RAM, and no bits that are reserved.
    if (format.is_flat()) continue;
    CAPTURE(format.name);
    World world(config_with(format.id));
    const ProcessId a = world.spawn("A", with_heap());
    // Garbage in every entry of every frame but the kernel's, so that walks end in every way there is.
    for (std::uint64_t frame = 3; frame < 20; ++frame) {
      for (std::uint64_t index = 0; index < format.entries_per_node(); ++index) {
        Pte pte = make_frame_bits(format, FrameNumber(rng.below(34)));
        pte.bits |= rng.next() & 0xFF;
        if (rng.below(6) != 0) pte = pte.with(format.present | format.user);
        if (rng.below(2) == 0)
          pte = pte.without(format.reserved_non_leaf | format.read | format.write | format.execute |
                            format.page_size);
        if (rng.below(40) == 0) pte.bits |= rng.next() & format.reserved;
        world.kernel.edit_memory(address_of(FrameNumber(frame)) + index * format.entry_bytes,
                                 format.entry_bytes, pte.bits, nullptr);
      }
    }
    std::array<int, 15> faults{};
    for (int i = 0; i < 20000; ++i) {
      const VirtualAddress va(rng.next() & ((std::uint64_t{1} << format.virtual_address_bits) - 1));
      const auto access = static_cast<AccessKind>(rng.below(3));
      const auto walked = explain_walk(world.kernel, world.process(a), va, access);
      check_agrees(explain_checks(world.kernel, world.process(a), va, access), walked, format);
      if (walked.fault) ++faults[static_cast<std::size_t>(walked.fault->kind)];
    }
    CHECK(faults[static_cast<std::size_t>(FaultKind::NotPresent)] > 0);
    CHECK(faults[static_cast<std::size_t>(FaultKind::TableOutsideMemory)] > 0);
    CHECK(faults[static_cast<std::size_t>(FaultKind::FrameOutsideMemory)] > 0);
    CHECK(faults[static_cast<std::size_t>(FaultKind::ReservedBits)] > 0);
    if (!is_x86(format)) CHECK(faults[static_cast<std::size_t>(FaultKind::MisalignedSuperpage)] > 0);
    if (format.sign_extended) CHECK(faults[static_cast<std::size_t>(FaultKind::NonCanonical)] > 0);
  }
}

}  // namespace vmp::test
