// Entries of page tables edited by hand: the hardware follows them, the kernel finds out where it can and
// loses nothing.
#include "core/os/page_table.h"
#include "tests/support/world.h"

namespace vmp::test {
namespace {

constexpr std::uint64_t kCode = 0x00400000;
constexpr std::uint64_t kData = 0x00401000;  // with one page of code

Signalled signal_of(const Outcome& outcome) {
  REQUIRE(std::holds_alternative<Signalled>(outcome));
  return std::get<Signalled>(outcome);
}

MachineConfig small_machine() {
  MachineConfig config;
  config.frames = 14;
  config.kernel_frames = 0;
  config.swap_slots = 16;
  config.policy = PolicyKind::Fifo;
  return config;
}

}  // namespace

TEST_CASE("an entry edited to point outside RAM ends in a bus error that names the entry") {
  World world;
  const ProcessId a = world.spawn("A");
  world.read(a, kCode);
  const Fault::Entry entry = *world.kernel.leaf_entry(world.process(a), page_of(VirtualAddress(kCode)));
  world.kernel.edit_memory(entry.address, 4, 0x7FFFF000 | (entry.pte.bits & 0xFFF), nullptr);
  world.kernel.flush_tlb(nullptr);
  const Signalled signal = signal_of(world.access(a, AccessKind::Read, kCode));
  CHECK(signal.signal == Signal::Bus);
  CHECK(signal.code == SignalCode::AdrErr);
  CHECK(signal.reason == SignalReason::EntryOutsideMemory);
  CHECK(signal.fault->entry->address == entry.address);
  world.check_invariants();
}

TEST_CASE("an entry edited to point at another's frame breaks the wall between two processes") {
  World world;
  const ProcessId a = world.spawn("A");
  const ProcessId b = world.spawn("B");
  world.write(a, kData, 42);
  world.write(b, kData, 7);
  const Fault::Entry entry = *world.kernel.leaf_entry(world.process(b), page_of(VirtualAddress(kData)));
  world.kernel.edit_memory(entry.address, 4, world.frame(a, kData).value() << 12 | (entry.pte.bits & 0xFFF),
                           nullptr);
  CHECK(world.read(b, kData) == 7);  // the TLB still holds the old translation
  world.kernel.flush_tlb(nullptr);
  CHECK(world.read(b, kData) == 42);
  world.kernel.exit(b, 0, nullptr);
  CHECK(world.read(a, kData) == 42);
  world.check_invariants();
}

TEST_CASE(
    "an entry edited to name a slot that is not the page's ends in a kill, and the slot's owner keeps it") {
  World world(small_machine());
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 15);
  for (std::uint64_t page = 0; page < 15; ++page) world.write(a, at + page * kPageSize, page + 1);
  const PageTableFormat& format = world.kernel.format();
  std::vector<std::uint64_t> swapped;
  for (std::uint64_t page = 0; page < 15; ++page) {
    const Pte pte = world.entry(a, at + page * kPageSize);
    if (std::holds_alternative<SwappedEntry>(decode_leaf(format, pte)))
      swapped.push_back(at + page * kPageSize);
  }
  REQUIRE(swapped.size() >= 2);
  const auto edit = [&](std::uint64_t address, Pte pte) {
    const auto entry = world.kernel.leaf_entry(world.process(a), page_of(VirtualAddress(address)));
    world.kernel.edit_memory(entry->address, format.entry_bytes, pte.bits, nullptr);
  };
  for (const SwapSlot wrong : {SwapSlot(1000), SwapSlot(15)}) {
    Kernel copy = world.kernel;
    edit(swapped[0], make_swap_entry(format, wrong));
    const Signalled signal = signal_of(world.access(a, AccessKind::Read, swapped[0]));
    CHECK(signal.signal == Signal::Kill);
    CHECK(signal.reason == SignalReason::CorruptedEntry);
    CHECK(world.kernel.swap().used_count() == 0);
    world.check_invariants();
    world.kernel = std::move(copy);
  }
}

TEST_CASE("a write let through by an edited entry is refused where the frame is not the page's") {
  World world;
  const ProcessId a = world.spawn("A");
  world.write(a, kData, 42);
  const Fault::Entry entry = *world.kernel.leaf_entry(world.process(a), page_of(VirtualAddress(kData)));
  const Pte read_only = entry.pte.without(world.kernel.format().write);
  const std::uint64_t root = world.process(a).root.value() << 12;
  world.kernel.edit_memory(entry.address, 4, root | (read_only.bits & 0xFFF), nullptr);
  world.kernel.flush_tlb(nullptr);
  const Signalled signal = signal_of(world.access(a, AccessKind::Write, kData, 1));
  CHECK(signal.signal == Signal::Kill);
  CHECK(signal.reason == SignalReason::CorruptedEntry);
  world.check_invariants();
}

TEST_CASE("an entry that forbids by hand what the kernel grants below it ends in a kill, not in a loop") {
  World world;
  const ProcessId a = world.spawn("A");
  world.write(a, kData, 42);
  const PageTableFormat& format = world.kernel.format();
  const std::uint64_t index = format.index_of(VirtualAddress(kData), format.root_level());
  const PhysicalAddress entry = address_of(world.process(a).root) + index * format.entry_bytes;
  const Pte node{world.kernel.memory().read_word(entry, format.entry_bytes)};
  world.kernel.edit_memory(entry, format.entry_bytes, node.without(format.write).bits, nullptr);
  world.kernel.flush_tlb(nullptr);
  CHECK(world.read(a, kData) == 42);
  const Signalled signal = signal_of(world.access(a, AccessKind::Write, kData, 1));
  CHECK(signal.signal == Signal::Kill);
  CHECK(signal.reason == SignalReason::CorruptedEntry);
  CHECK(signal.address == VirtualAddress(kData));
  world.check_invariants();
}

TEST_CASE("what an edited entry no longer leads to is given back when its process ends") {
  World world(small_machine());
  const std::uint64_t free_before = world.kernel.frames().free_count();
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 12);
  for (std::uint64_t page = 0; page < 12; ++page) world.write(a, at + page * kPageSize, page + 1);
  REQUIRE(world.kernel.swap().used_count() > 0);
  for (std::uint64_t page = 0; page < 12; ++page) {
    const auto entry =
        world.kernel.leaf_entry(world.process(a), page_of(VirtualAddress(at + page * kPageSize)));
    world.kernel.edit_memory(entry->address, 4, 0, nullptr);
  }
  world.kernel.exit(a, 0, nullptr);
  CHECK(world.kernel.swap().used_count() == 0);
  CHECK(world.kernel.frames().free_count() == free_before);
  world.check_invariants();
}

}  // namespace vmp::test
