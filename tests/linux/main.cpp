// Runs the same random operations in real Linux processes and in the playground's kernel, and stops at the
// first difference: results, errors, signals with code and address, bytes read, and the list of mappings
// after every batch. The playground's RAM is small, so that its pages travel to swap and back all the time,
// which no program may notice.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <sys/utsname.h>

#include "core/sim/invariants.h"
#include "tests/linux/generator.h"
#include "tests/linux/real_machine.h"
#include "tests/linux/simulated_machine.h"

namespace {

using namespace linux_oracle;

constexpr std::uint8_t kFileFill = 0x5A;
constexpr std::uint64_t kBatchesBetweenChecks = 50;

// Before 6.17 mremap looked at its arguments in another order, and cleared the destination of a move that
// then failed.
bool checks_moves_as_now(const utsname& kernel) {
  int major = 0;
  int minor = 0;
  return std::sscanf(kernel.release, "%d.%d", &major, &minor) == 2 &&
         (major > 6 || (major == 6 && minor >= 17));
}

struct Tally {
  std::uint64_t operations = 0;
  std::uint64_t skipped = 0;
  std::uint64_t signals = 0;
  std::uint64_t errors = 0;
  std::uint64_t forks = 0;
};

vmp::MachineConfig config_for(std::uint64_t seed) {
  vmp::Rng rng(seed);
  vmp::MachineConfig config;
  const auto formats = vmp::all_formats();
  do config.format = formats[static_cast<std::size_t>(rng.below(formats.size()))].id;
  while (vmp::format_of(config.format).is_flat() ||  // fork would fail for want of frames in a row
         vmp::layout_of(vmp::format_of(config.format)).mmap_base.value() < kArenaEnd);
  // Some 60 frames are table nodes. The rest must not be enough for four processes.
  config.frames = 80 + rng.below(50);
  config.swap_slots = 4096;
  config.seed = seed;
  return config;
}

bool same(const Answer& real, const Answer& simulated, const Operation& operation) {
  if (real == simulated) return true;
  std::cout << "DIFFERENT: " << to_string(operation) << "\n  Linux:      " << to_string(real)
            << "\n  playground: " << to_string(simulated) << "\n";
  return false;
}

bool same_areas(const RealMachine& real, const SimulatedMachine& simulated, int process) {
  const std::vector<Area> theirs = joined(real.areas(process));
  const std::vector<Area> ours = joined(simulated.areas(process));
  if (theirs == ours) return true;
  std::cout << "DIFFERENT: the mappings of process " << process << "\n Linux:\n"
            << to_string(theirs) << " playground:\n"
            << to_string(ours);
  return false;
}

// False at the first difference.
bool run(std::uint64_t operations, std::uint64_t seed, bool moves, Tally& tally) {
  RealMachine real(kFileFill);
  SimulatedMachine simulated(config_for(seed), kFileFill);
  Generator generator(seed, moves);
  for (std::uint64_t batches = 0; tally.operations < operations; ++batches) {
    const std::vector<Operation> batch = generator.batch(RealMachine::kMostOfBatch);
    const std::vector<Answer> answers = real.execute(batch);
    const auto context = [&](std::size_t last) {
      for (std::size_t i = last > 20 ? last - 20 : 0; i < last; ++i)
        std::cout << "  before: " << to_string(batch[i]) << " -> " << to_string(answers[i]) << "\n";
    };
    for (std::size_t i = 0; i < batch.size(); ++i) {
      ++tally.operations;
      if (answers[i].skipped) {
        ++tally.skipped;
        continue;
      }
      if (!same(answers[i], simulated.execute(batch[i]), batch[i])) {
        std::cout << "  at operation " << tally.operations << " of seed " << seed << "\n";
        context(i);
        return false;
      }
      tally.signals += answers[i].signal != 0 ? 1 : 0;
      tally.errors += answers[i].result < 0 && answers[i].result > -4096 ? 1 : 0;
      tally.forks += batch[i].kind == Kind::Fork ? 1 : 0;
    }
    if (batch.back().kind != Kind::Exit && !same_areas(real, simulated, batch.back().process)) {
      std::cout << "  at operation " << tally.operations << " of seed " << seed << "\n";
      context(batch.size());
      return false;
    }
    if (batches % kBatchesBetweenChecks != 0) continue;
    for (const std::string& broken : vmp::broken_invariants(simulated.kernel())) {
      std::cout << "BROKEN: " << broken << " at operation " << tally.operations << " of seed " << seed
                << "\n";
      return false;
    }
  }
  const vmp::Counters& totals = simulated.kernel().totals();
  std::cout << "format " << simulated.kernel().format().name << ": " << totals.faults() << " page faults, "
            << totals.evictions << " evictions, " << totals.copies << " copies on write\n";
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App command{"The playground's kernel against the Linux it runs on"};
  std::uint64_t operations = 1'000'000;
  std::uint64_t seed = 1;
  std::uint64_t rounds = 4;
  command.add_option("--operations", operations, "how many, all rounds together")->capture_default_str();
  command.add_option("--seed", seed, "of what is random")->capture_default_str();
  command.add_option("--rounds", rounds, "fresh machines, each with a seed and a format of its own")
      ->capture_default_str()
      ->check(CLI::Range(1, 1'000'000));
  CLI11_PARSE(command, argc, argv);

  utsname kernel{};
  uname(&kernel);
  std::cout << kernel.sysname << " " << kernel.release << " " << kernel.machine << ", seed " << seed << "\n";
  const bool moves = checks_moves_as_now(kernel);
  if (!moves) std::cout << "mremap does not move here: this kernel checks in another order than 6.18\n";
  std::uint64_t passed = 0;
  Tally all;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    Tally tally;
    if (run(operations / rounds, seed * 1'000 + round, moves, tally)) ++passed;
    all.operations += tally.operations;
    all.skipped += tally.skipped;
    all.signals += tally.signals;
    all.errors += tally.errors;
    all.forks += tally.forks;
  }
  std::cout << all.operations << " operations, " << all.signals << " signals, " << all.errors << " errors, "
            << all.forks << " forks, " << all.skipped << " skipped, " << rounds - passed << " differences\n"
            << passed << " passed, " << rounds - passed << " failed\n";
  return passed == rounds ? 0 : 1;
}
