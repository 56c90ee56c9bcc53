#include "shell/trace_import.h"

#include <algorithm>

#include "shell/present/format.h"

namespace vmp {
namespace {

constexpr std::size_t kPiece = 64 * 1024;  // bytes between two looks at the clock
constexpr std::uint64_t kSlices = 64;
constexpr std::uint64_t kMostResident = 64;  // pages

// The highest address of an Sv39 user half.
constexpr VirtualAddress kHighest((std::uint64_t{1} << 38) - 1);

std::uint64_t round_up(std::uint64_t value, std::uint64_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

std::uint64_t nodes_for(const std::unordered_set<std::uint64_t>& pages) {
  const PageTableFormat& format = format_of(FormatId::Sv39);
  std::uint64_t nodes = 1;
  for (std::uint32_t level = 0; level < format.root_level(); ++level) {
    std::unordered_set<std::uint64_t> found;
    for (const std::uint64_t page : pages) found.insert(page >> (format.index_bits * (level + 1)));
    nodes += found.size();
  }
  return nodes;
}

ScenarioLine line(ScenarioContent content) {
  return {std::move(content), 0};
}

}  // namespace

Scenario scenario_of(std::shared_ptr<const Trace> trace, const std::unordered_set<std::uint64_t>& pages) {
  // Half of what it touches, so that there is paging to see; not more than a screen shows well.
  const std::uint64_t limit = std::clamp<std::uint64_t>(pages.size() / 2, 4, kMostResident);
  MachineConfig config;
  config.format = FormatId::Sv39;
  config.policy = PolicyKind::Lru;
  config.frames = round_up(config.kernel_frames + limit + nodes_for(pages), 32);
  config.swap_slots =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(round_up(pages.size(), 32), kMostSwapSlots));
  const std::uint64_t count = trace->references.size();
  Scenario scenario;
  scenario.lines.push_back(line(TitleLine{trace->name}));
  scenario.lines.push_back(line(MachineLine{config}));
  scenario.lines.push_back(
      line(ProseLine{"A recording of a real program: " + group_digits(count) + " references to " +
                     group_digits(pages.size()) + " pages. It may hold " + std::to_string(limit) +
                     " of them in RAM at a time."}));
  scenario.lines.push_back(line(StepLine{Step{SpawnEmpty{"P"}, 0, false}}));
  scenario.lines.push_back(line(StepLine{Step{SetResidentLimit{"P", limit}, 0, false}}));
  const std::uint64_t slices = std::min(kSlices, count);
  for (std::uint64_t i = 0; i < slices; ++i) {
    const std::uint64_t first = count * i / slices;
    const std::uint64_t last = count * (i + 1) / slices;
    scenario.lines.push_back(line(StepLine{Step{ReplayTrace{"P", trace, first, last - first}, 0, false}}));
  }
  return scenario;
}

TraceImport::TraceImport(std::string name, TraceFormat format, std::string bytes)
    : m_name(std::move(name)),
      m_format(format),
      m_bytes(std::move(bytes)),
      m_trace(std::make_shared<Trace>()),
      m_reader(format, kHighest, [this](TraceReference reference) { take(reference); }) {
  m_trace->name = m_name;
}

void TraceImport::take(TraceReference reference) {
  if (m_trace->references.size() == kLongestTrace) {
    m_too_long = true;
    return;
  }
  m_trace->references.push_back(reference);
  m_pages.insert(page_of(reference.address()).value());
}

std::optional<std::string> TraceImport::advance(std::chrono::microseconds budget) {
  const auto end = std::chrono::steady_clock::now() + budget;
  while (m_offset < m_bytes.size()) {
    const std::string_view piece = std::string_view(m_bytes).substr(m_offset, kPiece);
    m_offset += piece.size();
    if (const auto error = m_reader.feed(piece)) return to_string(*error, m_format, m_name);
    if (m_too_long)
      return m_name + " is too long: at most " + group_digits(kLongestTrace) + " references fit";
    if (std::chrono::steady_clock::now() >= end) return std::nullopt;
  }
  if (const auto error = m_reader.finish()) return to_string(*error, m_format, m_name);
  m_trace->digest = Trace::digest_of(m_trace->references);
  m_finished = true;
  return std::nullopt;
}

float TraceImport::progress() const {
  return m_bytes.empty() ? 1.0F : static_cast<float>(m_offset) / static_cast<float>(m_bytes.size());
}

Scenario TraceImport::take_scenario() {
  return scenario_of(m_trace, m_pages);
}

}  // namespace vmp
