// Of the twin: the replacement policy's own lists, who would leave now and who has left.
#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/memory_view.h"
#include "shell/present/twin_parts.h"

namespace vmp::twin {
namespace {

constexpr std::string_view kPolicy = "Who leaves: {0}";
constexpr std::string_view kList = "{0}, from the {1} on";
constexpr std::string_view kFrame = "frame {0}";
constexpr std::string_view kGhost = "ghost";
constexpr std::string_view kLeftOut = "{0} more";
constexpr std::string_view kHand = "the hand points here";
constexpr std::string_view kVictim = "would leave now";

constexpr std::uint64_t kMostShown = 24;

void join(std::string& words, std::string_view word) {
  if (word.empty()) return;
  if (!words.empty()) words += ", ";
  words += word;
}

std::string owners_of(const Kernel& kernel, FrameNumber frame) {
  std::string words;
  for (const PageUser& user : kernel.frames()[frame].users) join(words, process_name(kernel, user.process));
  return words;
}

TwinRow cell_row(const Kernel& kernel, const PolicyCell& cell) {
  std::string marks = cell.note;
  if (cell.counter) join(marks, std::to_string(*cell.counter));
  if (cell.hand) join(marks, kHand);
  if (cell.victim) join(marks, kVictim);
  TwinRow row;
  if (cell.frame) {
    row.cells = {fill(kFrame, {hex_frame(*cell.frame)}), owners_of(kernel, *cell.frame), cell.card.page,
                 cell.bits, std::move(marks)};
  } else {
    row.cells = {std::string(kGhost), process_name(kernel, cell.ghost.process), hex_page(cell.ghost.page),
                 cell.bits, std::move(marks)};
  }
  if (cell.card.hues.size() == 1) row.hue = cell.card.hues.front();
  row.now = cell.victim;
  return row;
}

TwinRow left_out(std::uint64_t count) {
  return {.cells = {fill(kLeftOut, {group_digits(count)}), "", "", "", ""}};
}

}  // namespace

TwinSection policy_section(const Model& model) {
  const PolicyModel policy = policy_model(*model.timeline, kMostShown);
  TwinSection section{.id = "policy", .title = fill(kPolicy, {policy.title})};
  section.blocks.push_back(text("policy-rule", policy.rule));
  if (!policy.last.empty()) section.blocks.push_back(text("policy-last", policy.last, TwinTone::Strong));
  section.blocks.push_back(text("policy-next", policy.next, TwinTone::Strong));
  section.blocks.push_back(text("policy-summary", policy.summary, TwinTone::Dim));
  for (std::size_t i = 0; i < policy.rows.size(); ++i) {
    const PolicyRow& list = policy.rows[i];
    TwinTable table{.caption = list.front.empty() ? list.name : fill(kList, {list.name, list.front}),
                    .columns = {"Where", "Owner", "Page", "Bits", "Marks"},
                    .rows = {}};
    for (const PolicyCell& cell : list.cells) {
      if (cell.left_out > 0) table.rows.push_back(left_out(cell.left_out));
      table.rows.push_back(cell_row(model.kernel(), cell));
    }
    if (list.left_out > 0) table.rows.push_back(left_out(list.left_out));
    section.blocks.push_back({"policy-list-" + std::to_string(i), std::move(table)});
  }
  if (!policy.legend.empty() && !policy.rows.empty())
    section.blocks.push_back(text("policy-legend", policy.legend, TwinTone::Dim));
  return section;
}

}  // namespace vmp::twin
