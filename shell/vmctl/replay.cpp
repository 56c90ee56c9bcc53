// A recording, replayed on the real machine: one process whose resident limit is the number of frames asked
// for, in a machine with RAM and swap to spare, so that only the traced pages compete and the page table lies
// outside.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>
#include <vector>

#include "core/sim/machine.h"
#include "shell/vmctl/input.h"
#include "shell/vmctl/options.h"

namespace vmctl {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 18;  // bytes read at a time

vmp::MachineConfig config_for(const ReplayOptions& options) {
  vmp::MachineConfig config;
  config.format = options.machine_format;
  config.frames = vmp::kMostFrames;
  config.swap_slots = vmp::kMostSwapSlots;
  config.policy = options.policy;
  config.tlb = {.sets = 16, .ways = 4};
  return config;
}

class Input {
 public:
  explicit Input(const std::string& file)
      : m_name(file == "-" ? "standard input" : file),
        m_file(file == "-" ? stdin : std::fopen(file.c_str(), "rb")),
        m_piece(kPiece) {}
  ~Input() {
    if (m_file != nullptr && m_file != stdin) std::fclose(m_file);
  }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  const std::string& name() const { return m_name; }
  // Empty at the end and after an error.
  std::string_view next() {
    if (m_file == nullptr) return {};
    return {m_piece.data(), std::fread(m_piece.data(), 1, m_piece.size(), m_file)};
  }
  bool failed() const { return m_file == nullptr || std::ferror(m_file) != 0; }

 private:
  std::string m_name;
  std::FILE* m_file;
  std::vector<char> m_piece;
};

// One line that is written over and over, and wiped away at the end; only where a person looks at it.
class Progress {
 public:
  void show(const vmp::TraceReader& reader) {
    if (!m_wanted) return;
    std::cerr << "\r" << reader.references() << " references, " << (reader.bytes() >> 20) << " MiB read"
              << std::flush;
    m_shown = true;
  }
  ~Progress() {
    if (m_shown) std::cerr << "\r\x1B[K" << std::flush;
  }
  Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  bool m_wanted = isatty(STDERR_FILENO) != 0;
  bool m_shown = false;
};

// The machine with the process in it, ready for references.
class Replay {
 public:
  explicit Replay(vmp::Machine machine, std::uint64_t frames) : m_machine(std::move(machine)) {
    const std::string name = "trace";
    m_machine.execute(vmp::SpawnEmpty{name}, nullptr);
    m_machine.execute(vmp::SetResidentLimit{name, frames}, nullptr);
    m_process = m_machine.kernel().find_process(name)->id;
  }

  void take(vmp::TraceReference reference) {
    if (m_stopped) return;
    const vmp::Outcome outcome = m_machine.replay(m_process, reference);
    if (!std::holds_alternative<vmp::Completed>(outcome)) m_stopped = outcome;
  }
  // Why the machine could not go on, if so.
  const std::optional<vmp::Outcome>& stopped() const { return m_stopped; }

  const vmp::Counters& counters() const { return m_machine.kernel().totals(); }
  // Every page referenced got a mapping, and nothing else did.
  std::uint64_t distinct_pages() const {
    return m_machine.kernel().find_process(m_process)->space.mapped_pages();
  }

 private:
  vmp::Machine m_machine;
  vmp::ProcessId m_process;
  std::optional<vmp::Outcome> m_stopped;
};

std::optional<vmp::TraceError> read_all(Input& input, vmp::TraceReader& reader, const Replay& replay) {
  Progress progress;
  for (std::string_view piece = input.next(); !piece.empty(); piece = input.next()) {
    if (auto error = reader.feed(piece)) return error;
    if (replay.stopped()) return std::nullopt;
    progress.show(reader);
  }
  return input.failed() ? std::nullopt : reader.finish();
}

std::string reason_of(const vmp::Outcome& outcome) {
  if (const auto* signal = std::get_if<vmp::Signalled>(&outcome))
    return std::string(vmp::name_of(signal->reason));
  if (const auto* rejected = std::get_if<vmp::Rejected>(&outcome))
    return std::string(vmp::name_of(rejected->reason));
  return "failed";
}

void print(const Replay& replay, std::uint64_t references, const ReplayOptions& options) {
  const vmp::Counters& counters = replay.counters();
  const std::array<std::pair<const char*, std::uint64_t>, 5> figures{
      {{"references", references},
       {"distinct_pages", replay.distinct_pages()},
       {"faults", counters.faults()},
       {"evictions", counters.evictions},
       {"writebacks", counters.pages_written_out}}};
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
  Input input(options.file);
  auto machine = vmp::Machine::build(config_for(options));
  vmp::check(machine.ok(), "the machine for a replay is always possible");
  const vmp::VirtualAddress highest = vmp::layout_of(vmp::format_of(options.machine_format)).user_end - 1;
  Replay replay(std::move(machine.value()), options.frames);
  vmp::TraceReader reader(options.format, highest,
                          [&](vmp::TraceReference reference) { replay.take(reference); });

  const std::optional<vmp::TraceError> error = read_all(input, reader, replay);
  if (input.failed()) {
    complain("cannot read " + input.name() + ": " + std::strerror(errno));
  } else if (error) {
    complain(vmp::to_string(*error, options.format, input.name()));
  } else if (replay.stopped()) {
    complain(input.name() + ": the machine could not go on: " + reason_of(*replay.stopped()));
  } else {
    print(replay, reader.references(), options);
    return kSuccess;
  }
  return kError;
}

}  // namespace vmctl
