#include "shell/present/twin.h"

#include <algorithm>

#include "shell/present/format.h"
#include "shell/present/twin_parts.h"

namespace vmp {
namespace twin {
namespace {

constexpr std::string_view kTitle = "{0} · Virtual Memory Playground";
constexpr std::string_view kUntitled = "Virtual Memory Playground";
constexpr std::string_view kMessage = "Message";
constexpr std::string_view kFirstRows = "First rows";
constexpr std::string_view kEarlier = "Previous {0} rows";
constexpr std::string_view kLater = "Next {0} rows";
constexpr std::string_view kLastRows = "Last rows";

TwinSection message_section(const TwinState& state) {
  TwinSection section{.id = "message", .title = std::string(kMessage)};
  section.blocks.push_back(text("message-text", state.message, TwinTone::Alert));
  section.blocks.push_back({"message-controls", TwinControls{std::string(kMessage), state.message_controls}});
  return section;
}

}  // namespace

TwinControl button(std::string id, std::string_view label, std::string_view command, std::string argument) {
  TwinControl control;
  control.id = std::move(id);
  control.label = std::string(label);
  control.command = std::string(command);
  control.argument = std::move(argument);
  return control;
}

TwinBlock text(std::string id, std::string words, TwinTone tone) {
  return {std::move(id), TwinText{std::move(words), tone}};
}

std::uint64_t first_of(const TwinState& state, const std::string& table, std::uint64_t count) {
  const auto found = state.first.find(table);
  if (found == state.first.end() || count <= kTwinRows) return 0;
  return std::min(found->second, count - 1);
}

std::vector<TwinControl> pager(const std::string& table, std::uint64_t first, std::uint64_t count) {
  if (count <= kTwinRows) return {};
  const std::uint64_t last = (count - 1) / kTwinRows * kTwinRows;
  const auto to = [&](std::string_view name, std::string_view label, std::uint64_t row, bool enabled) {
    TwinControl control = button(table + "-" + std::string(name), fill(label, {group_digits(kTwinRows)}),
                                 "rows", table + " " + std::to_string(row));
    control.enabled = enabled;
    return control;
  };
  const std::uint64_t earlier = first < kTwinRows ? 0 : first - kTwinRows;
  const bool ends = first + kTwinRows >= count;
  return {to("first", kFirstRows, 0, first > 0), to("earlier", kEarlier, earlier, first > 0),
          to("later", kLater, ends ? first : first + kTwinRows, !ends), to("last", kLastRows, last, !ends)};
}

}  // namespace twin

Twin build_twin(const Model& model, const TwinState& state) {
  Twin twin;
  const std::string& title = model.lesson->title;
  twin.title = title.empty() ? std::string(twin::kUntitled) : fill(twin::kTitle, {title});
  twin.theme = state.theme;
  twin.text_percent = state.appearance.text_percent;
  const bool machine = state.viewpoint == Viewpoint::Machine;
  std::vector<TwinSection>& sections = twin.sections;
  if (!state.message.empty()) sections.push_back(twin::message_section(state));
  sections.push_back(twin::controls_section(model, state));
  if (state.help_open) sections.push_back(twin::help_section());
  if (state.setup_open && !state.minimal) sections.push_back(twin::setup_section(state));
  if (state.branch_open && !state.minimal) sections.push_back(twin::branch_section(state));
  if (state.futures) sections.push_back(twin::futures_section(*state.futures));
  sections.push_back(twin::lesson_section(model));
  if (!state.question.empty() || !state.verdict.empty()) sections.push_back(twin::prediction_section(state));
  sections.push_back(twin::step_section(model, state));
  if (machine && model.walk.fault) sections.push_back(twin::fault_section(model));
  if (machine && model.walk.is_access) sections.push_back(twin::walk_section(model));
  sections.push_back(twin::processes_section(model, state));
  if (machine) {
    sections.push_back(twin::memory_section(model, state));
    if (model.has_swap()) {
      sections.push_back(twin::swap_section(model, state));
      sections.push_back(twin::policy_section(model));
    }
    if (!model.tree.nodes.empty()) sections.push_back(twin::tree_section(model, state));
    TwinSection tlb = twin::tlb_section(model);
    if (!tlb.blocks.empty()) sections.push_back(std::move(tlb));
  }
  sections.push_back(twin::log_section(model, state));
  return twin;
}

}  // namespace vmp
