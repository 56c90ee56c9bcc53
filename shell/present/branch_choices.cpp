#include "shell/present/branch_choices.h"

#include <algorithm>
#include <array>

#include "core/sim/explain.h"
#include "shell/present/fill.h"
#include "shell/present/format.h"
#include "shell/present/setup_model.h"
#include "shell/present/step_text.h"
#include "shell/present/watch.h"

namespace vmp {
namespace {

constexpr std::string_view kMachine = "The same steps on another machine";
constexpr std::string_view kSteps = "Other steps from here on";
constexpr std::string_view kLeft = "Futures left behind";
constexpr std::string_view kWithout = "Without: {0}";
constexpr std::string_view kInstead = "Instead: {0}";
constexpr std::string_view kFirst = "First: {0}";
constexpr std::string_view kFromStep = "From step {0}: {1}";
constexpr std::string_view kFromStepOn = "From step {0}: {1}, and {2} more";
constexpr std::string_view kEnds = "Ends after step {0}";

constexpr std::uint64_t kStored = 43;  // a value nobody else stores

constexpr std::array<SettingId, 5> kSettings = {SettingId::Policy, SettingId::Frames, SettingId::TlbEntries,
                                                SettingId::Format, SettingId::Device};

std::vector<Step> steps_of(const Timeline& timeline) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < timeline.size(); ++i) steps.push_back(timeline.step(i));
  return steps;
}

// Some of a slider's stops: round the present one by halves and doubles.
std::vector<std::uint64_t> values_near(std::uint64_t now) {
  if (now == 0) return {4, 16, 64};
  return {now / 4, now / 2, now * 3 / 4, now * 3 / 2, now * 2, now * 4};
}

class Choices {
 public:
  explicit Choices(const Timeline& timeline) : m_timeline(timeline), m_steps(steps_of(timeline)) {}

  void add_machines() {
    const MachineConfig& config = m_timeline.config();
    for (const Setting& setting : settings_of(config)) {
      if (std::find(kSettings.begin(), kSettings.end(), setting.id) == kSettings.end()) continue;
      std::vector<std::uint64_t> values;
      if (setting.is_slider()) {
        values = values_near(setting.stops[setting.at]);
        if (setting.id == SettingId::TlbEntries) values.insert(values.begin(), 0);
      } else {
        for (std::size_t i = 0; i < setting.choices.size(); ++i) values.push_back(i);
      }
      std::vector<std::string> offered;
      for (const std::uint64_t value : values) add_machine(setting, value, offered);
    }
  }

  void add_steps() {
    const std::size_t at = m_timeline.position();
    const PageTableFormat& format = m_timeline.machine().kernel().format();
    if (at < m_steps.size()) {
      const Step& next = m_steps[at];
      add_step_choice(fill(kWithout, {describe_step(next, format)}), {at, 1, 0}, std::nullopt);
      if (const auto* access = std::get_if<AccessMemory>(&next.command)) {
        Step other = next;
        auto& changed = std::get<AccessMemory>(other.command).access;
        const bool writes = access->access.kind == AccessKind::Write;
        changed.kind = writes ? AccessKind::Read : AccessKind::Write;
        changed.value = writes ? 0 : kStored;
        other.prints = false;
        add_step_choice(fill(kInstead, {describe_step(other, format)}), {at, 1, 1}, other);
      }
    }
    std::vector<ProcessId> seen;
    for (const Watch& watch : collect_watches(m_timeline)) {
      const Process* process = m_timeline.machine().kernel().find_process(watch.process);
      if (process == nullptr || !process->running()) continue;
      if (std::find(seen.begin(), seen.end(), watch.process) != seen.end()) continue;
      seen.push_back(watch.process);
      add_store(*process, watch.address, watch.size);
      if (const auto untouched = untouched_page(*process)) add_store(*process, address_of(*untouched), 4);
    }
  }

  void add_left(const std::vector<std::vector<Step>>& left) {
    const PageTableFormat& format = m_timeline.machine().kernel().format();
    for (std::size_t i = 0; i < left.size(); ++i) {
      const std::vector<Step>& steps = left[i];
      const auto parting = std::mismatch(m_steps.begin(), m_steps.end(), steps.begin(), steps.end());
      const auto shared = static_cast<std::size_t>(parting.first - m_steps.begin());
      const std::string number = group_digits(shared + 1);
      const std::size_t own = steps.size() - shared;
      std::string label = fill(kEnds, {group_digits(shared)});
      if (own == 1) label = fill(kFromStep, {number, describe_step(steps[shared], format)});
      if (own > 1)
        label = fill(kFromStepOn, {number, describe_step(steps[shared], format), group_digits(own - 1)});
      choices.push_back({.section = std::string(kLeft),
                         .row = {},
                         .label = label,
                         .name = label,
                         .config = m_timeline.config(),
                         .steps = steps,
                         .fork = {shared, m_steps.size() - shared, own},
                         .kept = i});
    }
  }

  std::vector<BranchChoice> choices;

 private:
  // The lowest page that the process may write and never touched.
  std::optional<PageNumber> untouched_page(const Process& process) const {
    constexpr std::uint64_t kMostLookedAt = 64;  // of a segment
    for (const Segment& segment : process.space.segments()) {
      if (!segment.permissions.write) continue;
      const std::uint64_t pages = std::min(segment.range.size() / kPageSize, kMostLookedAt);
      for (std::uint64_t i = 0; i < pages; ++i) {
        const PageNumber page = page_of(segment.range.start) + i;
        if (explain_page(m_timeline.machine().kernel(), process, page).state == PageState::Untouched)
          return page;
      }
    }
    return std::nullopt;
  }

  void add_store(const Process& process, VirtualAddress address, std::uint32_t size) {
    const Access store{.kind = AccessKind::Write, .address = address, .size = size, .value = kStored};
    const Step step{.command = AccessMemory{process.name, store}};
    const PageTableFormat& format = m_timeline.machine().kernel().format();
    add_step_choice(fill(kFirst, {describe_step(step, format)}), {m_timeline.position(), 0, 1}, step);
  }

  void add_machine(const Setting& setting, std::uint64_t value, std::vector<std::string>& offered) {
    const MachineConfig config = changed(m_timeline.config(), setting.id, value);
    if (config == m_timeline.config() || setting_error(config)) return;
    std::string label = setting.is_slider() ? group_digits(value) : setting.choices[value];
    if (std::find(offered.begin(), offered.end(), label) != offered.end()) return;
    offered.push_back(label);
    choices.push_back({.section = std::string(kMachine),
                       .row = std::string(setting.label),
                       .label = std::move(label),
                       .name = {},
                       .config = config,
                       .steps = m_steps,
                       .fork = {},
                       .kept = {}});
  }

  void add_step_choice(const std::string& label, const Fork& fork, const std::optional<Step>& step) {
    std::vector<Step> steps = m_steps;
    const auto place = steps.begin() + static_cast<std::ptrdiff_t>(fork.at);
    const auto after = steps.erase(place, place + static_cast<std::ptrdiff_t>(fork.left));
    if (step) steps.insert(after, *step);
    choices.push_back({.section = std::string(kSteps),
                       .row = {},
                       .label = label,
                       .name = label,
                       .config = m_timeline.config(),
                       .steps = std::move(steps),
                       .fork = fork,
                       .kept = {}});
  }

  const Timeline& m_timeline;
  const std::vector<Step> m_steps;
};

}  // namespace

std::vector<BranchChoice> branch_choices(const Timeline& timeline,
                                         const std::vector<std::vector<Step>>& left) {
  Choices choices(timeline);
  choices.add_machines();
  choices.add_steps();
  choices.add_left(left);
  return std::move(choices.choices);
}

}  // namespace vmp
