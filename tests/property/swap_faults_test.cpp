// The swap device fails at every transfer there is, once and from then on, in every shipped scenario: after
// each step the kernel's books agree, and no byte is lost that could be kept.
#include <doctest/doctest.h>

#include "core/sim/invariants.h"
#include "tests/property/naive_memory.h"
#include "tests/property/random_commands.h"
#include "tests/support/files.h"
#include "tests/support/seed.h"

namespace vmp::test {
namespace {

struct Tally {
  std::uint64_t reads = 0;  // transfers asked for, failed ones included
  std::uint64_t writes = 0;
  std::uint64_t failed = 0;
  std::uint64_t bus_errors = 0;
};

void count(const EventLog& log, const Outcome& outcome, Tally& tally) {
  for (const Event& event : log) {
    const bool read_failed = std::holds_alternative<PageReadFailed>(event);
    const bool write_failed = std::holds_alternative<PageWriteFailed>(event);
    tally.reads += read_failed || std::holds_alternative<PageReadIn>(event) ? 1 : 0;
    tally.writes += write_failed || std::holds_alternative<PageWrittenOut>(event) ? 1 : 0;
    tally.failed += read_failed || write_failed ? 1 : 0;
  }
  const auto* signalled = std::get_if<Signalled>(&outcome);
  tally.bus_errors += signalled != nullptr && signalled->reason == SignalReason::SwapReadError ? 1 : 0;
}

// One command, with every check there is. Without a naive memory: only the kernel's own books are looked at.
void step(Machine& machine, NaiveMemory* naive, const Command& command, Tally& tally) {
  EventLog log;
  const Outcome outcome = machine.execute(command, &log);
  count(log, outcome, tally);
  const std::vector<std::string> broken = broken_invariants(machine.kernel());
  REQUIRE_MESSAGE(broken.empty(), (broken.empty() ? std::string() : broken.front()));
  if (naive == nullptr || machine.kernel().edited_by_hand()) return;
  for (const Event& event : log) {
    const auto* ended = std::get_if<OutOfMemory>(&event);
    if (ended != nullptr) naive->killed_for_memory(machine.kernel().find_process(ended->score.process)->name);
  }
  const std::string wrong = naive->follow(command, outcome);
  REQUIRE_MESSAGE(wrong.empty(), wrong);
}

// The references of a slice one by one, since a slice records none.
void replay(Machine& machine, const ReplayTrace& slice, Tally& tally) {
  const Process* process = machine.kernel().find_process(slice.process);
  if (process == nullptr || !process->running()) return;
  const Counters before = machine.kernel().totals();
  const Outcome outcome = machine.execute(slice, nullptr);
  const Counters& after = machine.kernel().totals();
  tally.reads += after.pages_read_in - before.pages_read_in;
  tally.writes += after.pages_written_out - before.pages_written_out;
  const auto* signalled = std::get_if<Signalled>(&outcome);
  tally.bus_errors += signalled != nullptr && signalled->reason == SignalReason::SwapReadError ? 1 : 0;
  const std::vector<std::string> broken = broken_invariants(machine.kernel());
  REQUIRE_MESSAGE(broken.empty(), (broken.empty() ? std::string() : broken.front()));
}

Tally run(const Scenario& scenario, const MachineConfig& config) {
  Tally tally;
  Machine machine = Machine::build(config).value();
  NaiveMemory naive(format_of(config.format));
  // Pages of a trace, memory edited by hand and what the kernel may touch are nothing the naive memory knows.
  bool known = true;
  for (const Step& each : scenario.steps()) {
    const auto* access = std::get_if<AccessMemory>(&each.command);
    known = known && !std::holds_alternative<SpawnEmpty>(each.command) &&
            (access == nullptr || access->access.privilege == Privilege::User);
    if (const auto* slice = std::get_if<ReplayTrace>(&each.command)) {
      replay(machine, *slice, tally);
    } else {
      step(machine, known ? &naive : nullptr, each.command, tally);
    }
  }
  if (known && !machine.kernel().edited_by_hand()) {
    const std::string loss = naive.find_loss(machine.kernel());
    REQUIRE_MESSAGE(loss.empty(), loss);
  }
  return tally;
}

}  // namespace

TEST_CASE("a swap transfer that fails, any of any shipped scenario, costs no page that can be kept") {
  std::uint64_t injected = 0;
  std::vector<std::string> names = test_support::files_in("assets/scenarios", ".vms");
  for (const std::string& name : test_support::files_in("assets/scenarios/faults", ".vms"))
    names.push_back("faults/" + name);
  for (const std::string& name : names) {
    const Scenario scenario = test_support::shipped_scenario(name);
    MachineConfig sound = scenario.config();
    sound.swap_read_failure = sound.swap_write_failure = {};
    const Tally whole = run(scenario, sound);
    CHECK(whole.failed == 0);
    for (const bool forever : {false, true}) {
      for (std::uint64_t nth = 1; nth <= whole.reads; ++nth) {
        INFO(name, ", read ", nth, std::string(forever ? " and all after it" : ""));
        MachineConfig config = sound;
        config.swap_read_failure = {nth, forever};
        const Tally failing = run(scenario, config);
        // A page that was only read ahead is not missed.
        CHECK((failing.bus_errors > 0 || config.swap_cluster > 1));
        ++injected;
      }
      for (std::uint64_t nth = 1; nth <= whole.writes; ++nth) {
        INFO(name, ", write ", nth, std::string(forever ? " and all after it" : ""));
        MachineConfig config = sound;
        config.swap_write_failure = {nth, forever};
        run(scenario, config);
        ++injected;
      }
    }
  }
  CHECK(injected >= 100);
}

TEST_CASE("random commands on a failing swap device keep every invariant and lose no byte") {
  Tally tally;
  for (std::uint64_t i = 0; i < 60; ++i) {
    const std::uint64_t seed = test_support::seed() + 5000 + i;
    Rng rng(seed);
    MachineConfig config = random_config(rng);
    config.swap_slots = static_cast<std::uint32_t>(4 + rng.below(12));
    if (rng.below(3) != 0) config.swap_read_failure = {1 + rng.below(10), rng.below(3) == 0};
    if (rng.below(3) != 0) config.swap_write_failure = {1 + rng.below(10), rng.below(3) == 0};
    Machine machine = Machine::build(config).value();
    NaiveMemory naive(format_of(config.format));
    RandomCommands commands(config, rng);
    for (int n = 0; n < 300; ++n) {
      INFO("seed ", seed, ", step ", n);
      step(machine, &naive, commands.next(machine.kernel()), tally);
    }
    INFO("seed ", seed);
    const std::string loss = naive.find_loss(machine.kernel());
    REQUIRE_MESSAGE(loss.empty(), loss);
  }
  CHECK(tally.failed > 50);
  CHECK(tally.bus_errors > 5);
}

}  // namespace vmp::test
