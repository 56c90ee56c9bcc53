#include "shell/vmctl/input.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "core/sim/narrate.h"
#include "core/sim/trace_reader.h"
#include "shell/assets.h"
#include "shell/file_swap.h"

namespace vmctl {
namespace {

constexpr std::size_t kLongestTraceFile = std::size_t{512} << 20;  // bytes; held in memory while it is read
constexpr std::size_t kLongestElf = std::size_t{256} << 20;

// The first `most` bytes of a file and one more, so that a longer one is known as such without reading it
// all.
std::optional<std::string> read_file(const std::string& file, std::size_t most) {
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  std::string text;
  std::string piece(std::size_t{1} << 16, '\0');
  while (stream && text.size() <= most) {
    stream.read(piece.data(), static_cast<std::streamsize>(std::min(piece.size(), most + 1 - text.size())));
    text.append(piece, 0, static_cast<std::size_t>(stream.gcount()));
  }
  if (!stream.is_open() || stream.bad()) {
    complain("cannot read " + file + ": " + std::strerror(errno));
    return std::nullopt;
  }
  return text;
}

std::shared_ptr<const vmp::Trace> trace_from(const std::string& name, const std::string& shown,
                                             std::string_view text) {
  auto trace = vmp::read_trace(name, vmp::TraceFormat::Lackey, text);
  if (trace) return std::make_shared<const vmp::Trace>(std::move(trace.value()));
  complain(vmp::to_string(trace.error(), vmp::TraceFormat::Lackey, shown));
  return nullptr;
}

// Traces are looked for beside the scenario, and then among those shipped with the program.
class TraceFinder {
 public:
  explicit TraceFinder(std::string folder) : m_folder(std::move(folder)) {}

  std::shared_ptr<const vmp::Trace> find(const std::string& name) {
    const std::string file = m_folder + name + ".lackey";
    if (name.find('/') == std::string::npos && std::ifstream(file)) {
      const std::optional<std::string> text = read_file(file, kLongestTraceFile);
      auto trace = text ? trace_from(name, file, *text) : nullptr;
      m_has_complained = trace == nullptr;
      return trace;
    }
    for (const vmp::EmbeddedFile& shipped : vmp::embedded_traces()) {
      if (shipped.name == name) return trace_from(name, name, shipped.text);
    }
    return nullptr;
  }
  // True if a trace is there but cannot be used, and the reason has been printed.
  bool has_complained() const { return m_has_complained; }

 private:
  std::string m_folder;
  bool m_has_complained = false;
};

}  // namespace

void complain(const std::string& what) {
  std::cerr << "vmctl: " << what << '\n';
}

vmp::FileBytes load_bytes(const std::string& file) {
  const std::optional<std::string> text = read_file(file, kLongestElf);
  if (!text) return nullptr;
  if (text->size() <= kLongestElf)
    return std::make_shared<const std::vector<std::uint8_t>>(text->begin(), text->end());
  complain(file + ": longer than " + std::to_string(kLongestElf) + " bytes");
  return nullptr;
}

std::optional<vmp::Scenario> load_scenario(const std::string& file) {
  const std::optional<std::string> text = read_file(file, vmp::kLongestScenario);
  if (!text) return std::nullopt;
  const std::size_t slash = file.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : file.substr(0, slash + 1);
  TraceFinder traces(folder);
  const auto find_file = [&](std::string_view name) { return load_bytes(folder + std::string(name)); };
  auto scenario = vmp::parse_scenario(
      *text, [&](std::string_view name) { return traces.find(std::string(name)); }, find_file);
  if (scenario) return std::move(scenario.value());
  if (!traces.has_complained()) complain(vmp::to_string(scenario.error(), file));
  return std::nullopt;
}

std::optional<vmp::Machine> build_machine(const vmp::Scenario& scenario, const std::string& file,
                                          const std::string& swap_file) {
  std::unique_ptr<vmp::SwapBackend> device;
  if (!swap_file.empty()) {
    auto opened = vmp::FileSwap::open(swap_file, scenario.config().swap_slots);
    if (!opened) {
      complain(opened.error());
      return std::nullopt;
    }
    device = std::move(opened.value());
  }
  auto machine = vmp::Machine::build(scenario.config(), std::move(device));
  if (machine) return std::move(machine.value());
  complain(file + ": " +
           vmp::render(vmp::narrate_config_error(machine.error()), vmp::format_of(scenario.config().format),
                       vmp::english()));
  return std::nullopt;
}

std::optional<vmp::Machine> run_silently(const vmp::Scenario& scenario, const std::string& file) {
  std::optional<vmp::Machine> machine = build_machine(scenario, file);
  if (!machine) return std::nullopt;
  for (const vmp::Step& step : scenario.steps()) machine->execute(step.command, nullptr);
  return machine;
}

const vmp::Process* find_running(const vmp::Machine& machine, const std::string& name) {
  const vmp::Process* process = machine.kernel().find_process(name);
  if (process != nullptr && process->running()) return process;
  complain(process == nullptr ? "there is no process " + name : "process " + name + " has ended");
  return nullptr;
}

}  // namespace vmctl
