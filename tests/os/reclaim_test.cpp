#include "tests/support/world.h"

namespace vmp::test {
namespace {

MachineConfig small(PolicyKind policy, std::uint32_t slots = 16) {
  MachineConfig config;
  config.frames = 64;
  config.kernel_frames = 0;
  config.swap_slots = slots;
  config.policy = policy;
  return config;
}

// A process that may keep three pages, its stack's among them, and a mapping of eight pages.
struct Limited : World {
  explicit Limited(PolicyKind policy, std::uint32_t slots = 16) : World(small(policy, slots)) {
    a = spawn("A");
    at = map(a, 8);
    kernel.set_resident_limit(a, 3, nullptr);
  }
  bool resident(std::uint64_t page) const {
    return entry(a, at + page * kPageSize).has(kernel.format().present);
  }
  void touch(std::uint64_t page) { write(a, at + page * kPageSize, page); }

  ProcessId a;
  std::uint64_t at = 0;
};

}  // namespace

TEST_CASE("FIFO evicts the page that came first, however much it is used") {
  Limited world(PolicyKind::Fifo);
  world.touch(0);
  world.touch(1);
  world.touch(2);  // the stack's page was the oldest
  world.touch(0);
  world.touch(3);
  CHECK_FALSE(world.resident(0));
  CHECK(world.resident(1));
}

TEST_CASE("LRU evicts the page not used for the longest time") {
  Limited world(PolicyKind::Lru);
  world.touch(0);
  world.touch(1);
  world.touch(2);
  world.touch(0);
  world.touch(3);
  CHECK(world.resident(0));
  CHECK_FALSE(world.resident(1));
}

TEST_CASE("Clock spares an accessed page once and clears its flag") {
  Limited world(PolicyKind::Clock);
  world.touch(0);
  world.touch(1);
  world.touch(2);  // the stack's page, written by the loader and never accessed, left
  world.touch(3);  // every flag was set: the hand went round, cleared them all and took the first
  CHECK(world.events<VictimChosen>().at(0).choice.reason == VictimReason::AllAccessed);
  CHECK_FALSE(world.resident(0));
  CHECK_FALSE(world.entry(world.a, world.at + kPageSize).has(world.kernel.format().accessed));
  world.touch(1);
  world.touch(4);
  CHECK(world.events<VictimChosen>().at(0).choice.reason == VictimReason::NotAccessed);
  CHECK(world.resident(1));
  CHECK_FALSE(world.resident(2));
}

TEST_CASE("the victim shown beforehand is the victim taken") {
  for (const PolicyKind policy :
       {PolicyKind::Fifo, PolicyKind::Lru, PolicyKind::Clock, PolicyKind::Nru, PolicyKind::Arc,
        PolicyKind::Linux, PolicyKind::Sieve, PolicyKind::Random}) {
    MachineConfig config = small(policy);
    config.frames = 10;
    World world(config);
    const ProcessId a = world.spawn("A");
    const std::uint64_t at = world.map(a, 12);
    for (std::uint64_t i = 0; i < 40; ++i) {
      const std::uint64_t address = at + (i * 5 % 12) * kPageSize;
      const auto expected = world.kernel.peek_victim(PageUser{a, page_of(VirtualAddress(address))});
      world.write(a, address, i);
      const auto taken = world.events<VictimChosen>();
      if (!taken.empty()) CHECK(taken.at(0).choice.frame == expected->frame);
    }
    CHECK(world.kernel.totals().evictions > 10);
  }
}

TEST_CASE("with a resident limit, or local replacement, the victim shown is one of the process in need") {
  MachineConfig config = small(PolicyKind::Fifo);
  config.scope = ReplacementScope::Local;
  World local(config);
  const ProcessId first = local.spawn("A");
  const ProcessId second = local.spawn("B");
  const std::uint64_t at = local.map(second, 2);
  local.write(second, at, 1);
  const auto own = local.kernel.peek_victim(PageUser{second, page_of(VirtualAddress(at + kPageSize))});
  REQUIRE(own.has_value());
  CHECK(local.kernel.frames()[own->frame].used_by(second));
  CHECK(local.kernel.frames()[local.kernel.peek_victim()->frame].used_by(first));

  Limited limited(PolicyKind::Fifo);
  const ProcessId other = limited.spawn("B");
  const std::uint64_t there = limited.map(other, 4);
  for (std::uint64_t page = 0; page < 3; ++page) limited.write(other, there + page * kPageSize, page);
  for (std::uint64_t page = 0; page < 5; ++page) {
    const auto expected = limited.kernel.peek_victim(
        PageUser{limited.a, page_of(VirtualAddress(limited.at + page * kPageSize))});
    limited.touch(page);
    const auto taken = limited.events<VictimChosen>();
    if (!taken.empty()) CHECK(taken.at(0).choice.frame == expected->frame);
    if (!taken.empty()) CHECK(taken.at(0).cause == ReclaimCause::ResidentLimit);
  }
  CHECK(limited.process(limited.a).counters.evictions == 3);
}

TEST_CASE("the kernel shows its policy's structure with the bits in RAM") {
  World world(small(PolicyKind::Clock));
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 3);
  for (std::uint64_t page = 0; page < 3; ++page) world.write(a, at + page * kPageSize, page);
  const PolicyStructure ring = world.kernel.policy_structure({});
  REQUIRE(ring.lists.size() == 1);
  REQUIRE(ring.lists[0].size == 4);  // and the stack's page, which the loader wrote
  CHECK_FALSE(ring.lists[0].entries[0].accessed);
  CHECK(ring.lists[0].entries[1].frame == world.frame(a, at));
  CHECK(ring.lists[0].entries[1].accessed);
  CHECK(world.kernel.policy_structure({.most = 2, .around = {}}).lists[0].entries.size() == 2);
}

TEST_CASE("a dirty page is written to swap before its frame is given away") {
  Limited world(PolicyKind::Fifo);
  world.touch(0);
  world.touch(1);
  world.touch(2);
  world.touch(3);
  CHECK(world.events<PageWrittenOut>().size() == 1);
  CHECK(world.read(world.a, world.at) == 0);
}

TEST_CASE("a page that came back from swap and was only read is dropped, not written again") {
  Limited world(PolicyKind::Fifo);
  for (std::uint64_t page = 0; page < 4; ++page) world.touch(page);
  world.read(world.a, world.at);  // page 0 comes back; its slot still holds the bytes
  const std::uint64_t written = world.kernel.totals().pages_written_out;
  for (std::uint64_t page = 1; page < 4; ++page) world.read(world.a, world.at + page * kPageSize);
  REQUIRE_FALSE(world.resident(0));
  const auto dropped = world.kernel.totals().evictions;
  CHECK(dropped > 4);
  CHECK(world.kernel.totals().pages_written_out <= written + 2);  // pages 2 and 3 only, for the first time
  CHECK(world.read(world.a, world.at) == 0);
}

TEST_CASE("a page of zeros that was never written is dropped and read as zeros again") {
  Limited world(PolicyKind::Fifo, 0);
  for (std::uint64_t page = 0; page < 2; ++page) world.read(world.a, world.at + page * kPageSize);
  CHECK(world.access(world.a, AccessKind::Read, world.at + 2 * kPageSize).index() == 0);
  CHECK(world.events<PageDropped>().at(0).reason == DropReason::StillZero);
  CHECK(world.read(world.a, world.at) == 0);
}

TEST_CASE("without swap a dirty page cannot go, but clean ones still can") {
  Limited world(PolicyKind::Fifo, 0);
  world.touch(0);
  CHECK(world.read(world.a, world.at + kPageSize) == 0);
  CHECK(world.read(world.a, world.at + 2 * kPageSize) == 0);
  CHECK(world.resident(0));
  world.check_invariants();
}

TEST_CASE("table nodes and the kernel's own frames are never evicted") {
  MachineConfig config = small(PolicyKind::Fifo, 64);
  config.frames = 12;
  config.kernel_frames = 3;
  World world(config);
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 32);
  const std::vector<FrameNumber> nodes = world.process(a).node_frames;
  for (std::uint64_t page = 0; page < 32; ++page) world.write(a, at + page * kPageSize, page);
  for (const FrameNumber node : nodes) CHECK(world.kernel.frames()[node].use == FrameUse::TableNode);
  for (std::uint64_t f = 0; f < 2; ++f) CHECK(world.kernel.frames()[FrameNumber(f)].use == FrameUse::Kernel);
  CHECK(world.kernel.frames()[FrameNumber(2)].use == FrameUse::ZeroPage);
  for (std::uint64_t page = 0; page < 32; ++page) CHECK(world.read(a, at + page * kPageSize) == page);
  world.check_invariants();
}

TEST_CASE("a limit set below the present size takes effect at once") {
  World world(small(PolicyKind::Lru));
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 6);
  for (std::uint64_t page = 0; page < 6; ++page) world.write(a, at + page * kPageSize, page);
  world.kernel.set_resident_limit(a, 2, nullptr);
  CHECK(world.process(a).resident_pages == 2);
  CHECK(world.read(a, at) == 0);
  CHECK(world.process(a).resident_pages == 2);
  world.check_invariants();
}

TEST_CASE("a full device gives up slots that only mirror pages in RAM") {
  Limited world(PolicyKind::Fifo, 7);  // 9 pages, 3 of them in RAM: one slot to spare
  for (int round = 0; round < 3; ++round) {
    for (std::uint64_t page = 0; page < 8; ++page) {
      world.write(world.a, world.at + page * kPageSize, page + 1);
      world.check_invariants();
    }
  }
  for (std::uint64_t page = 0; page < 8; ++page)
    CHECK(world.read(world.a, world.at + page * kPageSize) == page + 1);
}

TEST_CASE("a page made writable by hand while others still read its slot goes to a slot of its own") {
  MachineConfig config = small(PolicyKind::Fifo);
  config.frames = 14;
  World world(config);
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 1);
  world.write(a, at, 42);
  const ProcessId b = world.fork(a, "B");
  const std::uint64_t other = world.map(a, 12);
  const auto fill = [&] {
    for (std::uint64_t page = 0; page < 12; ++page) world.write(a, other + page * kPageSize, page);
  };
  fill();
  REQUIRE(world.read(a, at) == 42);
  const auto entry = world.kernel.leaf_entry(world.process(a), page_of(VirtualAddress(at)));
  world.kernel.edit_memory(entry->address, 4, entry->pte.with(world.kernel.format().write).bits, nullptr);
  world.kernel.flush_tlb(nullptr);
  world.write(a, at, 7);
  fill();
  CHECK(world.read(a, at) == 7);
  CHECK(world.read(b, at) == 42);
  world.check_invariants();
}

TEST_CASE("with local scope a process in need takes from itself, with global scope from whoever is oldest") {
  for (const ReplacementScope scope : {ReplacementScope::Global, ReplacementScope::Local}) {
    MachineConfig config = small(PolicyKind::Fifo);
    config.frames = 14;
    config.scope = scope;
    World world(config);
    const ProcessId a = world.spawn("A");
    const std::uint64_t at_a = world.map(a, 3);
    for (std::uint64_t page = 0; page < 3; ++page) world.write(a, at_a + page * kPageSize, page);
    const ProcessId b = world.spawn("B");
    const std::uint64_t at_b = world.map(b, 12);
    const std::uint64_t before = world.process(a).resident_pages;
    for (std::uint64_t page = 0; page < 12; ++page) world.write(b, at_b + page * kPageSize, page);
    CHECK(world.kernel.totals().evictions > 0);
    CHECK((world.process(a).resident_pages == before) == (scope == ReplacementScope::Local));
    world.check_invariants();
  }
}

}  // namespace vmp::test
