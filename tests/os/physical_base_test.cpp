#include "tests/support/world.h"

namespace vmp::test {
namespace {

constexpr std::uint64_t kData = 0x401000;

MachineConfig board(FormatId format, std::uint64_t base) {
  MachineConfig config;
  config.format = format;
  config.frames = 40;
  config.physical_base = PhysicalAddress(base);
  return config;
}

}  // namespace

TEST_CASE("where RAM begins at 0x80000000, frames and entries say so") {
  World world(board(FormatId::Sv39, 0x80000000));
  const ProcessId a = world.spawn("A");
  world.write(a, kData, 42);
  CHECK(world.process(a).root == FrameNumber(0x80003));
  const FrameNumber frame = world.frame(a, kData);
  CHECK(frame >= FrameNumber(0x80004));
  CHECK(frame < FrameNumber(0x80000 + 40));
  CHECK((world.entry(a, kData).bits >> 10) == frame.value());
  CHECK(world.kernel.memory().read_word(address_of(frame), 4) == 42);
  CHECK(world.read(a, kData) == 42);
  world.check_invariants();
}

TEST_CASE("a machine does the same wherever its RAM begins, swapping and forking included") {
  for (const std::uint64_t base : {std::uint64_t{0}, std::uint64_t{16} << 20, std::uint64_t{0x80000000}}) {
    CAPTURE(base);
    MachineConfig config = board(FormatId::X86_32, base);
    config.frames = 16;
    config.swap_slots = 32;
    World world(config);
    const ProcessId a = world.spawn("A");
    const std::uint64_t pages = world.map(a, 12);
    for (std::uint64_t i = 0; i < 12; ++i) world.write(a, pages + i * kPageSize, i);
    const ProcessId b = world.fork(a, "B");
    for (std::uint64_t i = 0; i < 12; ++i) world.write(b, pages + i * kPageSize, 100 + i);
    for (std::uint64_t i = 0; i < 12; ++i) CHECK(world.read(a, pages + i * kPageSize) == i);
    CHECK(world.process(b).counters.evictions > 0);
    world.check_invariants();
    world.kernel.exit(a, 0, nullptr);
    world.check_invariants();
  }
}

TEST_CASE("an entry that points below RAM points outside it") {
  World world(board(FormatId::Sv39, 0x80000000));
  const ProcessId a = world.spawn("A");
  world.write(a, kData, 42);
  const Fault::Entry entry = *world.kernel.leaf_entry(world.process(a), page_of(VirtualAddress(kData)));
  world.kernel.edit_memory(entry.address, 8, (entry.pte.bits & 0x3FF) | 5 << 10, nullptr);
  world.kernel.flush_tlb(nullptr);
  const Outcome outcome = world.access(a, AccessKind::Read, kData);
  REQUIRE(std::holds_alternative<Signalled>(outcome));
  CHECK(std::get<Signalled>(outcome).reason == SignalReason::EntryOutsideMemory);
}

TEST_CASE("RAM must begin at a page, and where the format's entries can point") {
  CHECK_FALSE(check_config(board(FormatId::X86_32, 0xFFFD8000)).has_value());
  for (const std::uint64_t base : {std::uint64_t{0x800}, std::uint64_t{0xFFFD9000}, std::uint64_t{1} << 32}) {
    REQUIRE(check_config(board(FormatId::X86_32, base)).has_value());
    CHECK(check_config(board(FormatId::X86_32, base))->kind == ConfigError::Kind::BadBase);
  }
  CHECK_FALSE(check_config(board(FormatId::Sv32, std::uint64_t{1} << 32)).has_value());
}

}  // namespace vmp::test
