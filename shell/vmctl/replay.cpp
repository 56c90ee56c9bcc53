// A recording, replayed on the real machine: one process whose resident limit is the number of frames asked
// for, in a machine with RAM and swap to spare, so that only the traced pages compete and the page table lies
// outside.
#include <iostream>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/sim/machine.h"
#include "core/sim/next_use.h"
#include "shell/vmctl/input.h"
#include "shell/vmctl/options.h"
#include "shell/vmctl/trace_input.h"

namespace vmctl {
namespace {

vmp::MachineConfig config_for(const ReplayOptions& options) {
  vmp::MachineConfig config;
  config.format = options.machine_format;
  config.frames = vmp::kMostFrames;
  config.swap_slots = vmp::kMostSwapSlots;
  config.policy = options.policy;
  config.tick = options.tick;
  config.window = options.window;
  config.seed = options.seed;
  config.tlb = {.sets = 16, .ways = 4};
  config.device = options.device.value_or(config.device);
  config.thrashing = 0;  // nobody is told
  return config;
}

std::string reason_of(const vmp::Outcome& outcome) {
  if (const auto* signal = std::get_if<vmp::Signalled>(&outcome))
    return std::string(vmp::name_of(signal->reason));
  if (const auto* rejected = std::get_if<vmp::Rejected>(&outcome))
    return std::string(vmp::name_of(rejected->reason));
  return "failed";
}

// The machine with the process in it, ready for references.
class Replay {
 public:
  explicit Replay(vmp::Machine machine, std::uint64_t frames) : m_machine(std::move(machine)) {
    const std::string name = "trace";
    m_machine.execute(vmp::SpawnEmpty{name}, nullptr);
    m_machine.execute(vmp::SetResidentLimit{name, frames}, nullptr);
    m_process = m_machine.kernel().find_process(name)->id;
  }

  void take(vmp::TraceReference reference, std::uint64_t next_use = vmp::kNeverUsed) {
    if (m_stopped) return;
    const vmp::Outcome outcome = m_machine.replay(m_process, reference, next_use);
    if (!std::holds_alternative<vmp::Completed>(outcome)) m_stopped = outcome;
  }
  // A recording with its future.
  void take_all(const std::vector<vmp::TraceReference>& recording) {
    const std::vector<std::uint32_t> distances = vmp::next_uses(recording);
    for (std::size_t i = 0; i < recording.size(); ++i) {
      take(recording[i], distances[i] == vmp::kNoNextUse ? vmp::kNeverUsed : distances[i]);
    }
  }
  // Why the machine could not go on, if so.
  std::optional<std::string> obstacle() const {
    if (!m_stopped) return std::nullopt;
    return "the machine could not go on: " + reason_of(*m_stopped);
  }

  const vmp::Counters& counters() const { return m_machine.kernel().totals(); }
  const vmp::CostModel& costs() const { return m_machine.kernel().costs(); }
  // Every page referenced got a mapping, and nothing else did.
  std::uint64_t distinct_pages() const {
    return m_machine.kernel().find_process(m_process)->space.mapped_pages();
  }

 private:
  vmp::Machine m_machine;
  vmp::ProcessId m_process;
  std::optional<vmp::Outcome> m_stopped;
};

void print(const Replay& replay, std::uint64_t references, const ReplayOptions& options) {
  const vmp::Counters& counters = replay.counters();
  std::vector<std::pair<const char*, std::uint64_t>> figures{{"references", references},
                                                             {"distinct_pages", replay.distinct_pages()},
                                                             {"faults", counters.faults()},
                                                             {"evictions", counters.evictions},
                                                             {"writebacks", counters.pages_written_out}};
  if (options.device) {
    figures.emplace_back("cycles", vmp::cost_of(counters, replay.costs()).total());
    figures.emplace_back("tenths_of_cycles_per_access",
                         vmp::access_time_in_tenths(counters, replay.costs()).value_or(0));
  }
  if (options.json) {
    nlohmann::ordered_json object;
    object["policy"] = vmp::name_of(options.policy);
    object["frames"] = options.frames;
    for (const auto& [name, value] : figures) object[name] = value;
    std::cout << object.dump(2) << '\n';
  } else {
    for (const auto& [name, value] : figures) std::cout << name << ' ' << value << '\n';
  }
}

}  // namespace

int replay(const ReplayOptions& options) {
  auto machine = vmp::Machine::build(config_for(options));
  vmp::check(machine.ok(), "the machine for a replay is always possible");
  const vmp::VirtualAddress highest = vmp::layout_of(vmp::format_of(options.machine_format)).user_end - 1;
  Replay replay(std::move(machine.value()), options.frames);
  const bool ahead = options.policy == vmp::PolicyKind::Optimal;
  std::vector<vmp::TraceReference> recording;  // whole, if the policy has to look ahead
  const auto sink = [&](vmp::TraceReference reference) {
    if (!ahead) {
      replay.take(reference);
    } else if (recording.size() <= vmp::kLongestTrace) {
      recording.push_back(reference);
    }
  };
  const auto obstacle = [&]() -> std::optional<std::string> {
    if (recording.size() > vmp::kLongestTrace) {
      return "the optimal policy looks ahead, in at most " + std::to_string(vmp::kLongestTrace) +
             " references";
    }
    return replay.obstacle();
  };
  const auto references = read_references(options.file, options.format, highest, sink, obstacle);
  if (!references) return kError;
  replay.take_all(recording);
  if (const auto stopped = replay.obstacle()) {
    complain(options.file + ": " + *stopped);
    return kError;
  }
  print(replay, *references, options);
  return kSuccess;
}

}  // namespace vmctl
