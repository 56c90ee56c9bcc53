// Of the twin: a fork of the timeline is chosen, and both futures are compared.
#include "shell/present/format.h"
#include "shell/present/twin_parts.h"

namespace vmp::twin {
namespace {

constexpr std::string_view kBranch = "Branch: what if?";
constexpr std::string_view kBranchWords =
    "The steps are made again with one thing changed, beside the future as it is.";
constexpr std::string_view kFutures = "Two futures";
constexpr std::string_view kBoth = "What each future costs";
constexpr std::string_view kPrints = "{0} prints: {1}";
constexpr std::string_view kNothing = "nothing";
constexpr std::string_view kKeep = "Go on with {0}";
constexpr std::string_view kClose = "Close the comparison";

std::string output_of(const FutureView& future) {
  std::string words;
  for (const std::string& value : future.output) words += (words.empty() ? "" : ", ") + value;
  return fill(kPrints, {future.name, words.empty() ? kNothing : std::string_view(words)});
}

}  // namespace

TwinSection branch_section(const TwinState& state) {
  TwinSection section{.id = "branch", .title = std::string(kBranch)};
  section.blocks.push_back(text("branch-words", std::string(kBranchWords)));
  std::string last;
  for (std::size_t i = 0; i < state.branches.size(); ++i) {
    const BranchChoice& choice = state.branches[i];
    const std::string name = choice.row.empty() ? choice.section : choice.section + ": " + choice.row;
    if (i == 0 || name != last)
      section.blocks.push_back({"branch-group-" + std::to_string(i), TwinControls{name, {}}});
    last = name;
    const std::string number = std::to_string(i);
    const std::string label = choice.row.empty() ? choice.label : choice.row + ": " + choice.label;
    std::get<TwinControls>(section.blocks.back().content)
        .controls.push_back(button("branch-" + number, label, "fork", number));
  }
  return section;
}

TwinSection futures_section(const BranchModel& both) {
  TwinSection section{.id = "futures", .title = std::string(kFutures)};
  section.blocks.push_back(text("futures-parting", both.parting_text, TwinTone::Strong));
  TwinTable table{.caption = std::string(kBoth),
                  .columns = {"Counter", both.left.name, both.right.name, "Difference"},
                  .rows = {}};
  for (const BranchRow& row : both.rows) {
    table.rows.push_back(
        {.cells = {row.label, row.left, row.right, row.difference}, .now = row.better != Better::Same});
  }
  section.blocks.push_back({"futures-table", std::move(table)});
  section.blocks.push_back(text("futures-left", output_of(both.left)));
  section.blocks.push_back(text("futures-right", output_of(both.right)));
  section.blocks.push_back(text("futures-output", both.output_text, TwinTone::Dim));
  section.blocks.push_back(
      {"futures-controls",
       TwinControls{std::string(kFutures),
                    {button("take-left", fill(kKeep, {both.left.name}), "take", "left"),
                     button("take-right", fill(kKeep, {both.right.name}), "take", "right"),
                     button("close-futures", kClose, "close-futures")}}});
  return section;
}

}  // namespace vmp::twin
