// Of the twin: the processes, each with its program, its output and its address space.
#include <algorithm>

#include "core/sim/explain.h"
#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/memory_view.h"
#include "shell/present/twin_parts.h"

namespace vmp::twin {
namespace {

constexpr std::string_view kProcesses = "Processes";
constexpr std::string_view kNoProcess = "No process has been started yet.";
constexpr std::string_view kProcess = "{0} {1}: {2}";
constexpr std::string_view kProgram = "Program of {0}";
constexpr std::string_view kOutput = "Output of {0}: {1}";
constexpr std::string_view kSpace = "Address space of {0}: {1}, {2}; {3}{4}";
constexpr std::string_view kSpaceSeen = "Address space of {0}: {1}";
constexpr std::string_view kSegments = "{0}: segments, from high addresses to low";
constexpr std::string_view kPages = "{0}: pages";
constexpr std::string_view kOnePage = "{0}";
constexpr std::string_view kPageRange = "{0} to {1}";
constexpr std::string_view kNotCounted = "{0}, listed on demand";
constexpr std::string_view kClusterState = "{0}: {1} in RAM, {2} on swap";
constexpr std::string_view kUntouched = "{0} never touched";
constexpr std::string_view kInFrame = "in RAM";
constexpr std::string_view kNoAccess = "in RAM, no access allowed";
constexpr std::string_view kSwapped = "on the swap device";
constexpr std::string_view kNowhere = "in no frame of RAM";
constexpr std::string_view kFrame = "frame {0}";
constexpr std::string_view kSlot = "slot {0}";
constexpr std::string_view kAccessed = "accessed";
constexpr std::string_view kDirty = "dirty";
constexpr std::string_view kWritable = "writable";
constexpr std::string_view kCopyOnWrite = "copy-on-write";
constexpr std::string_view kShared = "shared by {0}";
constexpr std::string_view kList = "List the pages from {0}";
constexpr std::string_view kCluster = "Show {0} in clusters again";

// Beyond this many pages, counting those in RAM would be felt at every step.
constexpr std::uint64_t kMostCounted = 65536;

std::string range_words(PageNumber first, std::uint64_t count) {
  if (count == 1) return fill(kOnePage, {hex_page(first)});
  return fill(kPageRange, {hex_page(first), hex_page(first + (count - 1))});
}

void join(std::string& words, std::string_view word) {
  if (!words.empty()) words += ", ";
  words += word;
}

// Pages in a row that nobody touched are one row of the table.
class PageRows {
 public:
  PageRows(const Model& model, const Process& process, std::string segment)
      : m_model(model), m_process(process), m_segment(std::move(segment)) {}

  void add(PageNumber page) {
    const PageExplanation found = explain_page(m_model.kernel(), m_process, page);
    if (found.state == PageState::Untouched || found.state == PageState::Unmapped) {
      add_untouched(page, 1);
      return;
    }
    finish();
    TwinRow row{.cells = {hex_page(page), m_segment, state_of(found), place_of(found), flags_of(found)}};
    row.now = m_model.touched.has(PageTarget{m_process.id, page});
    m_rows.push_back(std::move(row));
  }
  void add(const PageCell& cell, TwinControl list) {
    if (cell.resident + cell.swapped == 0) {
      add_untouched(cell.first, cell.pages);
      return;
    }
    finish();
    TwinRow row{.cells = {range_words(cell.first, cell.pages), m_segment,
                          fill(kClusterState, {format_count(cell.pages, "page"), group_digits(cell.resident),
                                               group_digits(cell.swapped)}),
                          "", ""}};
    row.now = m_model.touched.has_any(m_process.id, cell.first, cell.pages);
    row.control = std::move(list);
    m_rows.push_back(std::move(row));
  }
  std::vector<TwinRow> take() {
    finish();
    return std::move(m_rows);
  }

 private:
  void add_untouched(PageNumber first, std::uint64_t count) {
    if (m_untouched == 0) m_first = first;
    m_untouched += count;
  }
  void finish() {
    if (m_untouched == 0) return;
    m_rows.push_back({.cells = {range_words(m_first, m_untouched), m_segment,
                                fill(kUntouched, {format_count(m_untouched, "page")}), "", ""}});
    m_untouched = 0;
  }
  static std::string state_of(const PageExplanation& page) {
    if (page.state == PageState::Swapped) return std::string(kSwapped);
    return std::string(page.state == PageState::NoAccess ? kNoAccess : kInFrame);
  }
  static std::string place_of(const PageExplanation& page) {
    if (page.frame) return fill(kFrame, {hex_frame(*page.frame)});
    if (page.slot) return fill(kSlot, {std::to_string(page.slot->value())});
    return std::string(kNowhere);
  }
  static std::string flags_of(const PageExplanation& page) {
    std::string words;
    if (page.writable) join(words, kWritable);
    if (page.accessed) join(words, kAccessed);
    if (page.dirty) join(words, kDirty);
    if (page.copy_on_write) join(words, kCopyOnWrite);
    if (page.sharers > 1) join(words, fill(kShared, {std::to_string(page.sharers)}));
    return words;
  }

  const Model& m_model;
  const Process& m_process;
  std::string m_segment;
  std::vector<TwinRow> m_rows;
  PageNumber m_first;
  std::uint64_t m_untouched = 0;
};

TwinTable segment_table(const ColumnModel& column) {
  TwinTable table{.caption = fill(kSegments, {column.name}),
                  .columns = {"Segment", "Addresses", "Permissions", "Pages", "Touched last"},
                  .rows = {}};
  for (const ColumnItem& item : column.items) {
    if (!item.segment) {
      table.rows.push_back({.cells = {item.gap, "", "", "", ""}});
      continue;
    }
    const SegmentBlock& block = *item.segment;
    const std::string touched =
        block.watch_address.empty() ? "" : block.watch_address + " = " + block.watch_value;
    table.rows.push_back({.cells = {block.name, block.range, block.permissions,
                                    group_digits(block.segment.page_count()), touched},
                          .hue = column.hue});
  }
  return table;
}

void add_program(const ColumnModel& column, TwinSection& section) {
  const std::string start = "program-" + std::to_string(column.process.value());
  if (!column.text.lines.empty()) {
    TwinList list{.label = fill(kProgram, {column.name}), .ordered = true, .mono = true, .items = {}};
    for (std::size_t i = 0; i < column.text.lines.size(); ++i)
      list.items.push_back({.who = {}, .text = column.text.lines[i], .now = i + 1 == column.text.current});
    section.blocks.push_back({start, std::move(list)});
  }
  std::string output;
  for (const std::string& value : column.text.output) join(output, value);
  if (!output.empty())
    section.blocks.push_back(text(start + "-output", fill(kOutput, {column.name, output}), TwinTone::Strong));
}

TwinSection process_section(const Model& model, const TwinState& state, const ColumnModel& column) {
  const std::string number = std::to_string(column.process.value());
  TwinSection section{.id = "process-" + number,
                      .title = fill(kProcess, {column.name, column.program, column.state}),
                      .hue = column.hue};
  add_program(column, section);
  if (!column.running) return section;
  const bool machine = state.viewpoint == Viewpoint::Machine;
  section.blocks.push_back(text("space-" + number,
                                machine ? fill(kSpace, {column.name, column.space_size, column.residency,
                                                        column.table, column.flat_table})
                                        : fill(kSpaceSeen, {column.name, column.space_size}),
                                TwinTone::Dim));
  section.blocks.push_back({"segments-" + number, segment_table(column)});
  const Process* process = model.kernel().find_process(column.process);
  if (machine && process != nullptr) add_pages(model, state, *process, section);
  return section;
}

// One segment's rows: every page of a small one, clusters of a large one, and of that one by one those from
// where somebody wanted to look.
void add_segment(const Model& model, const TwinState& state, const Process& process,
                 const SegmentBlock& block, TwinTable& table) {
  const std::string key =
      "pages-" + std::to_string(process.id.value()) + "-" + hex_page(page_of(block.segment.range.start));
  const PageNumber start = page_of(block.segment.range.start);
  const std::uint64_t count = block.segment.page_count();
  PageRows rows(model, process, block.name);
  const auto list_from = [&](PageNumber page) {
    return button(key + "-list-" + hex_page(page), fill(kList, {hex_page(page)}), "rows",
                  key + " " + std::to_string(page - start));
  };
  if (count <= kTwinRows || state.first.contains(key)) {
    const std::uint64_t first = first_of(state, key, count);
    for (std::uint64_t i = first; i < std::min(count, first + kTwinRows); ++i) rows.add(start + i);
    if (count > kTwinRows) {
      for (TwinControl& control : pager(key, first, count)) table.pager.push_back(std::move(control));
      table.pager.push_back(button(key + "-cluster", fill(kCluster, {block.name}), "cluster", key));
    }
  } else if (count > kMostCounted) {
    table.rows.push_back({.cells = {range_words(start, count), block.name,
                                    fill(kNotCounted, {format_count(count, "page")}), "", ""},
                          .control = list_from(start)});
  } else {
    for (const PageCell& cell :
         page_cells(model.kernel(), process, block.segment, pages_per_cell_for(count, kTwinRows / 4))) {
      rows.add(cell, list_from(cell.first));
    }
  }
  for (TwinRow& row : rows.take()) table.rows.push_back(std::move(row));
}

}  // namespace

void add_pages(const Model& model, const TwinState& state, const Process& process, TwinSection& section) {
  const std::string number = std::to_string(process.id.value());
  TwinTable table{.caption = fill(kPages, {process.name}),
                  .columns = {"Page", "Segment", "State", "Where", "Flags"},
                  .rows = {}};
  std::vector<const SegmentBlock*> blocks;
  for (const ColumnModel& column : model.columns) {
    if (column.process != process.id) continue;
    for (const ColumnItem& item : column.items) {
      if (item.segment) blocks.push_back(&*item.segment);
    }
  }
  // A real program can have hundreds of mappings; those are shown in parts, too.
  const std::string key = "space-" + number;
  const std::uint64_t first = first_of(state, key, blocks.size());
  for (std::uint64_t i = first; i < std::min<std::uint64_t>(blocks.size(), first + kTwinRows); ++i)
    add_segment(model, state, process, *blocks[i], table);
  for (TwinControl& control : pager(key, first, blocks.size())) table.pager.push_back(std::move(control));
  section.blocks.push_back({"pages-" + number, std::move(table)});
}

TwinSection processes_section(const Model& model, const TwinState& state) {
  TwinSection section{.id = "processes", .title = std::string(kProcesses)};
  if (model.columns.empty()) section.blocks.push_back(text("no-process", std::string(kNoProcess)));
  for (const ColumnModel& column : model.columns)
    section.sections.push_back(process_section(model, state, column));
  return section;
}

}  // namespace vmp::twin
