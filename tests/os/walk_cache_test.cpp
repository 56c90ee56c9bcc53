// The walk cache in the kernel's hands: what it orders to be forgotten, and what happens when the orders get
// lost.
#include "core/hw/walk_cache.h"

#include "tests/property/random_commands.h"
#include "tests/support/seed.h"
#include "tests/support/world.h"

namespace vmp::test {
namespace {

MachineConfig machine(FormatId format, std::uint32_t walk_cache = 8) {
  MachineConfig config;
  config.format = format;
  config.frames = 64;
  config.tlb = {.sets = 1, .ways = 1};
  config.walk_cache = walk_cache;
  return config;
}

std::size_t valid_pointers(const World& world) {
  std::size_t count = 0;
  for (const WalkCacheEntry& entry : world.kernel.tlbs().walk_cache().entries()) count += entry.valid ? 1 : 0;
  return count;
}

// Frames, swap slots and processes: all but what only the hardware remembers, and how often that helped.
std::uint64_t hash_without_caches(const Kernel& kernel) {
  Hasher hasher;
  hasher.add(kernel.memory().hash());
  hasher.add(kernel.frames().hash());
  hasher.add(kernel.swap().hash());
  for (Process process : kernel.processes()) {
    for (const auto counter : {&Counters::tlb_hits, &Counters::tlb_misses, &Counters::table_reads})
      process.counters.*counter = 0;
    process.hash_into(hasher);
  }
  return hasher.value();
}

}  // namespace

TEST_CASE(
    "on x86 an order to forget one page drops the walk cache of the address space, on RISC-V it spares it") {
  for (const FormatId format : {FormatId::X86_64, FormatId::Sv39}) {
    World world(machine(format));
    const ProcessId a = world.spawn("A");
    const std::uint64_t place = world.map(a, 2);
    world.write(a, place, 1);
    world.write(a, place + kPageSize, 2);
    const std::size_t before = valid_pointers(world);
    REQUIRE(before > 0);
    world.kernel.mprotect(a, VirtualAddress(place), kPageSize, {.read = true}, &world.log);
    CHECK(valid_pointers(world) == (format == FormatId::X86_64 ? 0 : before));
    world.check_invariants();
  }
}

TEST_CASE("a kernel that frees a node orders the whole address space to be forgotten") {
  World world(machine(FormatId::Sv39));
  const ProcessId a = world.spawn("A");
  const std::uint64_t place = world.map(a, 1);
  world.write(a, place, 1);
  REQUIRE(valid_pointers(world) > 0);
  const std::size_t nodes = world.process(a).node_frames.size();
  world.kernel.munmap(a, VirtualAddress(place), kPageSize, &world.log);
  REQUIRE(world.process(a).node_frames.size() < nodes);
  CHECK(valid_pointers(world) == 0);
  CHECK_FALSE(world.events<WalkCacheDropped>().empty());
  world.check_invariants();
}

TEST_CASE("without address-space ids the walk cache is emptied at every switch, with them it is not") {
  for (const bool asids : {true, false}) {
    MachineConfig config = machine(FormatId::Sv39, 16);
    config.asids = asids;
    World world(config);
    const ProcessId a = world.spawn("A");
    const ProcessId b = world.spawn("B");
    const std::uint64_t place = world.map(a, 1);
    world.write(a, place, 1);
    const std::size_t before = valid_pointers(world);
    REQUIRE(before > 0);
    world.map(b, 1);  // B runs
    CHECK(valid_pointers(world) == (asids ? before : 0));
  }
}

TEST_CASE(
    "with lost orders a walk goes on through a node that is freed, and reads what has come there since") {
  MachineConfig config = machine(FormatId::Sv39);
  config.flushes_lost = true;
  World world(config);
  const ProcessId a = world.spawn("A");
  const std::uint64_t place = world.map(a, 2);
  world.write(a, place, 1);
  world.write(a, place + kPageSize, 2);
  const FrameNumber node =
      frame_of(find_leaf_entry(world.kernel.memory(), world.kernel.frames(),
                               world.kernel.page_table(world.process(a)), page_of(VirtualAddress(place)))
                   .value());
  world.kernel.munmap(a, VirtualAddress(place), 2 * kPageSize, &world.log);
  REQUIRE(world.kernel.frames()[node].use == FrameUse::Free);
  CHECK(valid_pointers(world) > 0);
  // The freed node's bytes are whatever its next owner puts there: here an entry that leads to the root node.
  const Pte forged = make_leaf_entry(world.kernel.format(), world.process(a).root, {.read = true});
  const std::uint64_t index = world.kernel.format().index_of(VirtualAddress(place), 0);
  world.kernel.edit_memory(address_of(node) + index * 8, 8, forged.bits, nullptr);
  const Outcome outcome = world.access(a, AccessKind::Read, place);
  REQUIRE(std::holds_alternative<Completed>(outcome));
  CHECK(world.events<SignalSent>().empty());

  // By hand no order gets lost: then the segment that is gone is a fault.
  world.kernel.flush_tlb(nullptr);
  CHECK(std::holds_alternative<Signalled>(world.access(a, AccessKind::Read, place)));
}

TEST_CASE("a hit is recorded and counted, and saves reading the upper levels") {
  for (const std::uint32_t entries : {0U, 8U}) {
    World world(machine(FormatId::Sv48, entries));
    const ProcessId a = world.spawn("A");
    const std::uint64_t place = world.map(a, 2);
    world.write(a, place, 1);
    world.write(a, place + kPageSize, 1);
    const std::uint64_t before = world.kernel.totals().table_reads;
    world.read(a, place);
    CHECK(world.kernel.totals().table_reads - before == (entries == 0 ? 4 : 1));
    CHECK((world.kernel.tlbs().walk_cache().hits() > 0) == (entries > 0));
  }
}

TEST_CASE("the walk cache is part of the machine's state, and a copy has its own") {
  MachineConfig config = machine(FormatId::Sv39);
  config.tlb.ways = 0;
  World world(config);
  const ProcessId a = world.spawn("A");
  const std::uint64_t place = world.map(a, 1);
  world.write(a, place, 1);
  Kernel copy = world.kernel;
  CHECK(copy.hash() == world.kernel.hash());
  copy.flush_tlb(nullptr);
  CHECK(copy.hash() != world.kernel.hash());
  CHECK(valid_pointers(world) > 0);
}

TEST_CASE("random commands end in the same state with a walk cache as without, and no entry of it is stale") {
  std::uint64_t plain_reads = 0;
  std::uint64_t cached_reads = 0;
  for (std::uint64_t i = 0; i < 24; ++i) {
    const std::uint64_t seed = test_support::seed() + 3000 + i;
    CAPTURE(seed);
    Rng rng(seed);
    MachineConfig config = random_config(rng);
    config.walk_cache = 0;
    Machine plain = Machine::build(config).value();
    config.walk_cache = static_cast<std::uint32_t>(1 + rng.below(20));
    Machine cached = Machine::build(config).value();
    RandomCommands commands(config, rng);
    for (int step = 0; step < 200; ++step) {
      const Command command = commands.next(plain.kernel());
      plain.execute(command, nullptr);
      cached.execute(command, nullptr);
      const std::vector<std::string> broken = broken_invariants(cached.kernel());
      REQUIRE_MESSAGE(broken.empty(), broken.front());
    }
    plain_reads += plain.kernel().totals().table_reads;
    cached_reads += cached.kernel().totals().table_reads;
    REQUIRE(hash_without_caches(plain.kernel()) == hash_without_caches(cached.kernel()));
  }
  CHECK(cached_reads < plain_reads);
}

}  // namespace vmp::test
