// Of the twin: the lesson, what this step did, the walk, the fault, and the log.
#include <algorithm>

#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/twin_parts.h"

namespace vmp::twin {
namespace {

constexpr std::string_view kLesson = "Lesson";
constexpr std::string_view kNext = "Next: {0}.";
constexpr std::string_view kEnd = "This is the end. Step back, or go on by yourself in the console.";
constexpr std::string_view kRestore = "Back to the lesson as written";
constexpr std::string_view kStep = "Step {0} of {1}";
constexpr std::string_view kNothing = "Nothing has happened yet.";
constexpr std::string_view kWhoDidWhat = "Who did what";
constexpr std::string_view kWalk = "How the address was translated";
constexpr std::string_view kWalkSteps = "The translation, step by step";
constexpr std::string_view kBits = "The address in bits: {0}";
constexpr std::string_view kHit = "The TLB knows page {0}: frame {1} (set {2}, way {3}). No table is read.";
constexpr std::string_view kMiss = "The TLB does not know the page.";
constexpr std::string_view kWalkCache = "The walk cache knows the node of level {0}: frame {1}.";
constexpr std::string_view kNode = "{0} in frame {1}: entry {2}, at {3}, is {4}, flags {5}.";
constexpr std::string_view kNodeNoFlags = "{0} in frame {1}: entry {2}, at {3}, is {4}, no flag set.";
constexpr std::string_view kTarget =
    "Frame {0} with the unchanged offset {1} gives the physical address {2}. The bytes there: {3}";
constexpr std::string_view kFilled = "The TLB keeps it: page {0}, frame {1} (set {2}, way {3}).";
constexpr std::string_view kFault = "The fault";
constexpr std::string_view kFaultKind = "{0}: {1}. The processor reports {2}.";
constexpr std::string_view kChecks = "The checks of the hardware, in their order";
constexpr std::string_view kKernelDid = "What the kernel did";
constexpr std::string_view kProgramSaw = "What the program saw: {0}";
constexpr std::string_view kPassed = "passed";
constexpr std::string_view kFailed = "failed: this decided";
constexpr std::string_view kLog = "Log";
constexpr std::string_view kLogSteps = "The steps so far";
constexpr std::string_view kLogStep = "{0}. {1}";

TwinItem item_of(const LogLine& line) {
  return {.who = line.who, .text = line.text, .hue = line.hue};
}

std::vector<TwinItem> items_of(const std::vector<LogLine>& lines, bool machine) {
  std::vector<TwinItem> items;
  for (const LogLine& line : lines) {
    if (machine || line.actor == Actor::Program) items.push_back(item_of(line));
  }
  return items;
}

void add_prose(const std::string& prose, TwinSection& section) {
  std::size_t number = 0;
  for (std::size_t start = 0; start < prose.size();) {
    const std::size_t end = std::min(prose.find("\n\n", start), prose.size());
    std::string paragraph = prose.substr(start, end - start);
    std::replace(paragraph.begin(), paragraph.end(), '\n', ' ');
    if (!paragraph.empty())
      section.blocks.push_back(text("prose-" + std::to_string(number++), std::move(paragraph)));
    start = end + 2;
  }
}

std::string bits_of(const std::vector<BitField>& fields) {
  std::string words;
  for (const BitField& field : fields) {
    words += (words.empty() ? "" : ", ") + field.label + " = " + field.bits;
  }
  return words;
}

TwinItem node_item(const NodeBox& node, const NodeRow& row) {
  const std::string index = std::to_string(row.index);
  return {
      .who = {},
      .text = fill(row.flags.empty() ? kNodeNoFlags : kNode,
                   {node.title, hex_frame(node.frame), index, hex_address(row.entry), row.raw, row.flags}),
      .now = true};
}

std::string tlb_words(std::string_view sentence, const TlbBox& box) {
  return fill(sentence, {hex_page(box.page), hex_frame(box.frame), std::to_string(box.entry.set),
                         std::to_string(box.entry.way)});
}

TwinRow check_row(const CheckRow& row, const FlagCheck& flag) {
  return {.cells = {row.entry, flag.flag, std::to_string(flag.bit), flag.set ? "1" : "0",
                    std::string(flag.passed ? kPassed : kFailed)},
          .now = !flag.passed};
}

TwinTable check_table(const FaultBox& fault) {
  TwinTable table{
      .caption = std::string(kChecks), .columns = {"Entry", "Check", "Bit", "Value", "Result"}, .rows = {}};
  for (const CheckRow& row : fault.checks) {
    for (const FlagCheck& flag : row.flags) table.rows.push_back(check_row(row, flag));
    if (row.note.empty()) continue;
    const bool last = row.flags.empty() && !row.passed;
    table.rows.push_back(
        {.cells = {row.entry, row.note, "", "", std::string(row.passed ? kPassed : kFailed)}, .now = last});
  }
  return table;
}

}  // namespace

TwinSection lesson_section(const Model& model) {
  TwinSection section{.id = "lesson",
                      .title = model.lesson->title.empty() ? std::string(kLesson) : model.lesson->title};
  add_prose(model.prose, section);
  section.blocks.push_back(
      text("next", model.next.empty() ? std::string(kEnd) : fill(kNext, {model.next}), TwinTone::Dim));
  if (model.modified) {
    section.blocks.push_back(
        {"lesson-controls", TwinControls{section.title, {button("restore", kRestore, "restore")}}});
  }
  return section;
}

TwinSection step_section(const Model& model, const TwinState& state) {
  TwinSection section{.id = "step",
                      .title = fill(kStep, {group_digits(model.position), group_digits(model.size)})};
  if (model.position == 0) {
    section.blocks.push_back(text("headline", std::string(kNothing)));
    return section;
  }
  const bool machine = state.viewpoint == Viewpoint::Machine;
  section.blocks.push_back(text("headline", model.headline, TwinTone::Strong));
  if (!model.walk.sentence.empty()) section.blocks.push_back(text("sentence", model.walk.sentence + "."));
  std::vector<TwinItem> items = items_of(model.walk.lines, machine);
  if (!items.empty()) {
    section.blocks.push_back(
        {"lines", TwinList{.label = std::string(kWhoDidWhat), .ordered = true, .items = std::move(items)}});
  }
  if (!machine) return section;
  section.blocks.push_back(text("time", model.time, TwinTone::Dim));
  if (!model.thrashing.empty())
    section.blocks.push_back(text("thrashing", model.thrashing, TwinTone::Strong));
  return section;
}

TwinSection walk_section(const Model& model) {
  const WalkModel& walk = model.walk;
  TwinList list{.label = std::string(kWalkSteps), .ordered = true, .items = {}};
  list.items.push_back({.who = {}, .text = fill(kBits, {bits_of(walk.fields)})});
  if (walk.tlb == TlbBadge::Hit && walk.tlb_entry)
    list.items.push_back({.who = {}, .text = tlb_words(kHit, *walk.tlb_entry)});
  if (walk.tlb == TlbBadge::Miss) list.items.push_back({.who = {}, .text = std::string(kMiss)});
  if (walk.walk_cache) {
    list.items.push_back({.who = {},
                          .text = fill(kWalkCache, {std::to_string(walk.walk_cache->level),
                                                    hex_frame(walk.walk_cache->node)})});
  }
  for (const NodeBox& node : walk.nodes) {
    for (const NodeRow& row : node.rows) {
      if (row.read) list.items.push_back(node_item(node, row));
    }
  }
  if (walk.target) {
    list.items.push_back({.who = {},
                          .text = fill(kTarget, {hex_frame(walk.target->frame), walk.offset_hex,
                                                 walk.physical, walk.target->bytes}),
                          .now = true});
  }
  if (walk.tlb == TlbBadge::Miss && walk.tlb_entry)
    list.items.push_back({.who = {}, .text = tlb_words(kFilled, *walk.tlb_entry)});
  TwinSection section{.id = "walk", .title = std::string(kWalk), .hue = walk.hue};
  section.blocks.push_back({"walk-list", std::move(list)});
  return section;
}

TwinSection fault_section(const Model& model) {
  const FaultBox& fault = *model.walk.fault;
  TwinSection section{.id = "fault", .title = std::string(kFault)};
  section.blocks.push_back(
      text("fault-kind", fill(kFaultKind, {fault.attempted, fault.kind, fault.reported}), TwinTone::Strong));
  TwinTable table = check_table(fault);
  if (!table.rows.empty()) section.blocks.push_back({"fault-checks", std::move(table)});
  if (!fault.kernel_did.empty()) {
    section.blocks.push_back({"fault-kernel", TwinList{.label = std::string(kKernelDid),
                                                       .ordered = true,
                                                       .items = items_of(fault.kernel_did, true)}});
  }
  section.blocks.push_back(text("fault-saw", fill(kProgramSaw, {fault.program_saw})));
  return section;
}

TwinSection log_section(const Model& model, const TwinState& state) {
  TwinSection section{.id = "log", .title = std::string(kLog)};
  const std::uint64_t count = model.headlines.size();
  if (count == 0) {
    section.blocks.push_back(text("log-empty", std::string(kNothing)));
    return section;
  }
  // The part with the present step, unless another was asked for.
  const std::uint64_t now = model.position == 0 ? 0 : model.position - 1;
  const std::uint64_t usual = count <= kTwinRows ? 0 : now / kTwinRows * kTwinRows;
  const std::uint64_t first = state.first.contains("log") ? first_of(state, "log", count) : usual;
  TwinList list{.label = std::string(kLogSteps), .live = true, .items = {}};
  for (std::uint64_t i = first; i < std::min(count, first + kTwinRows); ++i) {
    const std::string number = std::to_string(i + 1);
    TwinItem item{.who = {}, .text = {}, .now = i + 1 == model.position};
    item.control = button("log-" + number, fill(kLogStep, {number, model.headlines[i]}), "seek", number);
    if (item.now) item.items = items_of(model.walk.lines, state.viewpoint == Viewpoint::Machine);
    list.items.push_back(std::move(item));
  }
  section.blocks.push_back({"log-list", std::move(list)});
  if (std::vector<TwinControl> pages = pager("log", first, count); !pages.empty())
    section.blocks.push_back({"log-pager", TwinControls{std::string(kLog), std::move(pages)}});
  return section;
}

}  // namespace vmp::twin
