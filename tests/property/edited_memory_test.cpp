// Entries of page tables overwritten by hand, at random, between random commands. The hardware follows what
// it finds; the kernel, which trusts only its own books, must neither fall nor lose a frame or a slot.
#include <doctest/doctest.h>

#include "core/sim/invariants.h"
#include "tests/property/random_commands.h"
#include "tests/support/seed.h"

namespace vmp::test {
namespace {

// An entry of any node of any running process, overwritten with another entry's bits, with its own bits and
// one flipped, or with noise.
std::optional<EditMemory> random_edit(const Kernel& kernel, Rng& rng) {
  std::vector<PhysicalAddress> entries;
  const PageTableFormat& format = kernel.format();
  for (const Process& process : kernel.processes()) {
    for (const FrameNumber node : process.node_frames) {
      for (std::uint64_t i = 0; i < kPageSize / format.entry_bytes; ++i) {
        const PhysicalAddress entry = address_of(node) + i * format.entry_bytes;
        if (kernel.memory().read_word(entry, format.entry_bytes) != 0) entries.push_back(entry);
      }
    }
  }
  if (entries.empty()) return std::nullopt;
  const auto any = [&] { return entries[static_cast<std::size_t>(rng.below(entries.size()))]; };
  const PhysicalAddress target = any();
  std::uint64_t bits = kernel.memory().read_word(any(), format.entry_bytes);
  const std::uint64_t how = rng.below(4);
  if (how == 0) bits = rng.next() >> (64 - 8 * format.entry_bytes);
  if (how == 1) {
    bits = kernel.memory().read_word(target, format.entry_bytes) ^
           (std::uint64_t{1} << rng.below(8 * format.entry_bytes));
  }
  return EditMemory{target, format.entry_bytes, bits};
}

void check_books(const Machine& machine) {
  const std::vector<std::string> broken = broken_invariants(machine.kernel());
  REQUIRE_MESSAGE(broken.empty(), (broken.empty() ? std::string() : broken.front()));
}

}  // namespace

TEST_CASE("whatever is written over page tables by hand, the kernel's books hold and everything comes back") {
  for (std::uint64_t i = 0; i < 60; ++i) {
    const std::uint64_t seed = test_support::seed() + 4000 + i;
    Rng rng(seed);
    const MachineConfig config = random_config(rng);
    Machine machine = Machine::build(config).value();
    RandomCommands commands(config, rng);
    for (int step = 0; step < 300; ++step) {
      INFO("seed ", seed, ", step ", step);
      const auto edit = rng.below(6) == 0 ? random_edit(machine.kernel(), rng) : std::nullopt;
      EventLog log;
      machine.execute(edit ? Command(*edit) : commands.next(machine.kernel()), &log);
      if (edit && rng.below(2) == 0) machine.execute(FlushTlb{}, &log);
      check_books(machine);
    }
    INFO("seed ", seed);
    const std::vector<Process> all = machine.kernel().processes();
    for (const Process& process : all) {
      if (process.running()) machine.execute(ExitProcess{process.name, 0}, nullptr);
    }
    check_books(machine);
    // What is left is the page cache's, which no process owns.
    const FrameTable& frames = machine.kernel().frames();
    for (std::uint64_t f = 0; f < frames.size(); ++f) {
      const FrameInfo& info = frames[frames.nth(f)];
      CHECK((info.use == FrameUse::Free || info.use == FrameUse::Kernel || info.use == FrameUse::ZeroPage ||
             info.file_page.has_value()));
    }
    CHECK(machine.kernel().swap().used_count() == 0);
  }
}

}  // namespace vmp::test
