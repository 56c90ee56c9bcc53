#include "tests/property/random_commands.h"

#include <doctest/doctest.h>

#include "core/sim/invariants.h"
#include "core/sim/timeline.h"
#include "tests/property/naive_memory.h"
#include "tests/support/seed.h"

namespace vmp::test {
namespace {

// A process that got a page into RAM in this step is within its limit: what could not leave would have ended
// it.
bool within_limits(const EventLog& log, const Kernel& kernel) {
  for (const Event& event : log) {
    const auto* fault = std::get_if<FaultUnderstood>(&event);
    const bool added = fault != nullptr &&
                       (fault->cause == FaultCause::DemandZero || fault->cause == FaultCause::LoadFromFile ||
                        fault->cause == FaultCause::SwapIn || fault->cause == FaultCause::SwapCached);
    if (!added) continue;
    const Process& process = *kernel.find_process(fault->process);
    if (process.running() && process.resident_limit && process.resident_pages > *process.resident_limit)
      return false;
  }
  return true;
}

// Runs `steps` random commands on a random machine; the final hash, or a failed check.
std::uint64_t run_stream(std::uint64_t seed, int steps) {
  Rng rng(seed);
  const MachineConfig config = random_config(rng);
  Machine machine = Machine::build(config).value();
  NaiveMemory naive(format_of(config.format));
  RandomCommands commands(config, rng);
  for (int i = 0; i < steps; ++i) {
    const Command command = commands.next(machine.kernel());
    EventLog log;
    const Outcome outcome = machine.execute(command, &log);
    const std::string wrong = naive.follow(command, outcome);
    INFO("seed ", seed, ", step ", i, ", command ", command.index());
    REQUIRE_MESSAGE(wrong.empty(), wrong);
    REQUIRE(within_limits(log, machine.kernel()));
    const std::vector<std::string> broken = broken_invariants(machine.kernel());
    REQUIRE_MESSAGE(broken.empty(), broken.front());
  }
  return machine.hash();
}

}  // namespace

TEST_CASE("random commands keep every invariant and every read agrees with a naive memory") {
  for (std::uint64_t i = 0; i < 60; ++i) run_stream(test_support::seed() + i, 400);
}

TEST_CASE("a fixed stream of commands ends in the same state on every platform") {
  // Pinned: a change of any of these numbers is a change of what the machine does, or of what its state is.
  CHECK(run_stream(1, 600) == 7558301095529934350u);
}

TEST_CASE("recording events does not change the state") {
  for (std::uint64_t i = 0; i < 20; ++i) {
    Rng rng(test_support::seed() + 1000 + i);
    const MachineConfig config = random_config(rng);
    Machine recorded = Machine::build(config).value();
    Machine silent = recorded;
    RandomCommands commands(config, rng);
    for (int step = 0; step < 300; ++step) {
      const Command command = commands.next(recorded.kernel());
      EventLog log;
      recorded.execute(command, &log);
      silent.execute(command, nullptr);
    }
    CHECK(recorded.hash() == silent.hash());
  }
}

TEST_CASE("going back and forward again gives the same hashes") {
  for (std::uint64_t i = 0; i < 20; ++i) {
    Rng rng(test_support::seed() + 2000 + i);
    const MachineConfig config = random_config(rng);
    Timeline timeline = Timeline::start(config).value();
    RandomCommands commands(config, rng);
    for (int step = 0; step < 200; ++step) {
      timeline.execute(Step{commands.next(timeline.machine().kernel()), 0, false});
    }
    for (int jump = 0; jump < 40; ++jump) {
      const std::size_t position = static_cast<std::size_t>(1 + rng.below(200));
      timeline.seek(position);
      INFO("seed ", test_support::seed() + 2000 + i, ", position ", position);
      REQUIRE(timeline.machine().hash() == timeline.record(position - 1).hash);
    }
  }
}

}  // namespace vmp::test
