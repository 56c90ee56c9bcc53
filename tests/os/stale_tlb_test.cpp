#include "tests/support/world.h"

namespace vmp::test {
namespace {

constexpr std::uint64_t kData = 0x401000;

MachineConfig machine(FormatId format) {
  MachineConfig config;
  config.format = format;
  return config;
}

}  // namespace

TEST_CASE("a kernel whose flushes get lost lets a program use the page it gave back") {
  MachineConfig config = machine(FormatId::Sv39);
  config.flushes_lost = true;
  World world(config);
  const ProcessId a = world.spawn("A");
  const std::uint64_t page = world.map(a, 1);
  world.write(a, page, 42);
  world.kernel.munmap(a, VirtualAddress(page), kPageSize, nullptr);
  CHECK(world.read(a, page) == 42);
  world.kernel.flush_tlb(a, VirtualAddress(page), nullptr);
  CHECK(std::holds_alternative<Signalled>(world.access(a, AccessKind::Read, page)));
  world.check_invariants();
}

TEST_CASE("without address-space ids a forgotten flush shows one program the other's page") {
  MachineConfig config = machine(FormatId::X86_32);
  config.flushes_lost = true;
  World world(config);
  const ProcessId a = world.spawn("A");
  const ProcessId b = world.spawn("B");
  world.write(a, kData, 42);
  CHECK(world.read(b, kData) == 42);
  world.kernel.flush_tlb(nullptr);
  CHECK(world.read(b, kData) == 0);
}

TEST_CASE("flushing one process or one page by hand leaves the rest") {
  World world(machine(FormatId::Sv39));
  const ProcessId a = world.spawn("A");
  const ProcessId b = world.spawn("B");
  world.write(a, kData, 1);
  world.write(b, kData, 2);
  const auto cached = [&](ProcessId id) {
    return world.kernel.tlb().probe(world.process(id).asid, page_of(VirtualAddress(kData))).has_value();
  };
  REQUIRE(cached(a));
  world.kernel.flush_tlb(a, std::nullopt, nullptr);
  CHECK_FALSE(cached(a));
  REQUIRE(cached(b));
  world.kernel.flush_tlb(b, VirtualAddress(kData + kPageSize), nullptr);
  CHECK(cached(b));
  world.kernel.flush_tlb(b, VirtualAddress(kData + 8), nullptr);
  CHECK_FALSE(cached(b));
  CHECK(std::get<Rejected>(world.kernel.flush_tlb(ProcessId(9), std::nullopt, nullptr)).reason ==
        RejectReason::NoSuchProcess);
}

TEST_CASE("an instruction TLB of its own is used by fetches alone") {
  MachineConfig config = machine(FormatId::Sv39);
  config.instruction_tlb = TlbConfig{.sets = 1, .ways = 2};
  World world(config);
  const ProcessId a = world.spawn("A");
  world.access(a, AccessKind::Execute, 0x400000);
  world.access(a, AccessKind::Execute, 0x400004);
  const Tlb* instructions = world.kernel.tlbs().instructions();
  REQUIRE(instructions != nullptr);
  CHECK(instructions->hits() == 1);
  CHECK(world.kernel.tlb().hits() == 0);
  CHECK(world.kernel.tlb().misses() == 0);
}

TEST_CASE("x86-64 keeps translations over a switch by its process-context identifiers, unless they are off") {
  for (const bool pcid : {true, false}) {
    MachineConfig config = machine(FormatId::X86_64);
    config.frames = 40;
    config.asids = pcid;
    World world(config);
    const ProcessId a = world.spawn("A");
    const ProcessId b = world.spawn("B");
    world.write(a, kData, 1);
    world.write(b, kData, 2);
    const std::uint64_t before = world.kernel.tlb().hits();
    CHECK(world.read(a, kData) == 1);
    CHECK(world.kernel.tlb().hits() - before == (pcid ? 1 : 0));
  }
}

TEST_CASE("with Svade the kernel sets the flags, and a fault tells it of every first use") {
  MachineConfig config = machine(FormatId::Sv39);
  config.protection.svade = true;
  World world(config);
  const ProcessId a = world.spawn("A");
  world.read(a, kData);
  const PageTableFormat& format = world.kernel.format();
  CHECK(world.entry(a, kData).has(format.accessed));
  CHECK_FALSE(world.entry(a, kData).has(format.dirty));
  world.write(a, kData, 7);
  CHECK(world.entry(a, kData).has(format.dirty));
  CHECK(world.process(a).counters.minor_faults == 1);
  world.check_invariants();
}

TEST_CASE("the kernel's own access to a user page ends the process in whose name it ran") {
  World world(machine(FormatId::Sv39));
  const ProcessId a = world.spawn("A");
  world.write(a, kData, 7);
  const Access access{AccessKind::Read, VirtualAddress(kData), 4, 0, Privilege::Supervisor};
  const Outcome outcome = world.kernel.access(a, access, nullptr);
  REQUIRE(std::holds_alternative<Signalled>(outcome));
  CHECK(std::get<Signalled>(outcome).signal == Signal::Kill);
  CHECK(std::get<Signalled>(outcome).reason == SignalReason::SupervisorFault);
  CHECK_FALSE(world.process(a).running());
}

TEST_CASE("with SUM the kernel reads a user page") {
  MachineConfig config = machine(FormatId::Sv39);
  config.protection.sum = true;
  World world(config);
  const ProcessId a = world.spawn("A");
  world.write(a, kData, 7);
  const Access access{AccessKind::Read, VirtualAddress(kData), 4, 0, Privilege::Supervisor};
  CHECK(std::get<Completed>(world.kernel.access(a, access, nullptr)).value == 7);
}

TEST_CASE("tree-PLRU is refused for a number of ways that is no power of two") {
  MachineConfig config;
  config.tlb = {.sets = 1, .ways = 3, .replacement = TlbReplacement::TreePlru};
  REQUIRE(check_config(config).has_value());
  CHECK(check_config(config)->kind == ConfigError::Kind::PlruWays);
  config.tlb.ways = 4;
  CHECK_FALSE(check_config(config).has_value());
  config.instruction_tlb = TlbConfig{.sets = 1, .ways = 64, .replacement = TlbReplacement::TreePlru};
  CHECK(check_config(config)->kind == ConfigError::Kind::PlruWays);
}

}  // namespace vmp::test
