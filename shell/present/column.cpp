#include "shell/present/column.h"

#include <algorithm>
#include <array>

#include "core/sim/explain.h"
#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/memory_view.h"

namespace vmp {
namespace {

constexpr float kFooterLine = 18;

// Of a real program's many small sections the first few stand for all.
std::string first_sections(std::string names) {
  constexpr std::size_t kRoom = 18;
  if (names.size() <= kRoom) return names;
  const std::size_t cut = names.rfind(' ', kRoom);
  return names.substr(0, cut == std::string::npos ? kRoom : cut) + " …";
}

std::string segment_name(const Kernel& kernel, const Process& process, const Segment& segment) {
  std::string name = first_sections(section_names_of(process, segment));
  if (name.empty()) name = name_of(segment.kind);
  const File* const file = segment.backing ? &kernel.file(*segment.backing) : nullptr;
  if (file != nullptr && file->program() == nullptr) {
    name = backing_name(kernel, file->id());
    if (segment.shared && !file->is_shared_memory()) name += ", shared";
  }
  if (segment.locked) name += ", locked";
  if (segment.kind == SegmentKind::Stack) name += " ↓";
  if (segment.kind == SegmentKind::Heap) name += " ↑";
  return name;
}

std::string state_text(const Process& process) {
  switch (process.state) {
    case ProcessState::Running:
      return "running";
    case ProcessState::Exited:
      return "exited with " + std::to_string(process.exit_status);
    case ProcessState::Killed:
      break;
  }
  return process.killed_by ? "killed by " + std::string(name_of(process.killed_by->signal)) : "killed";
}

SegmentBlock segment_block(const Kernel& kernel, const Process& process, const Segment& segment,
                           const std::vector<Watch>& watches) {
  const PageTableFormat& format = kernel.format();
  SegmentBlock block{
      .segment = segment,
      .name = segment_name(kernel, process, segment),
      .start = hex_address(segment.range.start, format),
      .range = hex_address(segment.range.start, format) + " to " + hex_address(segment.range.end, format),
      .permissions = to_string(segment.permissions),
      .watch_address = {},
      .watch_value = {},
      .watch_page = {}};
  for (const Watch& watch : watches) {
    if (watch.process != process.id || !segment.range.contains(watch.address)) continue;
    const auto value = watched_value(kernel, watch);
    if (!value) continue;
    block.watch_address = hex_address(watch.address, format);
    block.watch_value = format_value(*value);
    block.watch_page = page_of(watch.address);
    break;
  }
  return block;
}

std::vector<ColumnItem> column_items(const Kernel& kernel, const Process& process,
                                     const std::vector<Watch>& watches) {
  std::vector<ColumnItem> items;
  const std::vector<Segment>& segments = process.space.segments();
  for (std::size_t i = segments.size(); i-- > 0;) {
    if (i + 1 < segments.size()) {
      const std::uint64_t gap = segments[i + 1].range.start - segments[i].range.end;
      if (gap > 0) items.push_back({std::nullopt, format_bytes(gap) + " unmapped"});
    }
    items.push_back({segment_block(kernel, process, segments[i], watches), {}});
  }
  return items;
}

// The step's lines and output of every process are in the steps executed so far.
ProgramText program_text(const Timeline& timeline, const Process& process) {
  ProgramText text;
  if (process.program) text.lines = process.program->lines;
  for (std::size_t i = 0; i < timeline.position(); ++i) {
    const StepRecord& record = timeline.record(i);
    if (process_of(record.step.command) != process.name) continue;
    if (record.step.program_line != 0) text.current = record.step.program_line;
    const auto* done = std::get_if<Completed>(&record.outcome);
    if (record.step.prints && done != nullptr && done->value)
      text.output.push_back(format_value(*done->value));
  }
  return text;
}

}  // namespace

std::vector<ColumnModel> column_models(const Timeline& timeline, const std::vector<Watch>& watches) {
  const Kernel& kernel = timeline.machine().kernel();
  const PageTableFormat& format = kernel.format();
  const StepRecord* record = timeline.current();
  std::vector<ColumnModel> columns;
  for (const Process& process : kernel.processes()) {
    ColumnModel column;
    column.process = process.id;
    column.hue = hue_of(process.id);
    column.name = process.name;
    column.program = process.program ? process.program->name : std::string();
    column.running = process.running();
    column.active = record != nullptr && process_of(record->step.command) == process.name;
    column.state = state_text(process);
    column.text = program_text(timeline, process);
    const std::uint64_t user_bytes = process.space.layout().user_end.value();
    column.space_size = format_bytes(user_bytes);
    column.residency = format_count(process.resident_pages, "page") + " in RAM";
    if (process.resident_limit) {
      column.residency += ", limit " + group_digits(*process.resident_limit);
    }
    if (process.frame_quota) column.residency += ", quota " + group_digits(*process.frame_quota);
    if (const auto tenths = access_time_in_tenths(process.counters, kernel.costs())) {
      constexpr std::uint64_t kLong = 1'000'000;  // tenths; beyond that a time is easier to read
      column.cost = *tenths < kLong ? format_tenths(*tenths) + " cycles an access"
                                    : format_duration(*tenths / 10) + " an access";
    }
    if (process.running()) {
      column.items = column_items(kernel, process, watches);
      const TableSizes sizes = table_sizes(kernel, process);
      column.table = (format.is_flat() ? "flat page table " : "page table ") + format_bytes(sizes.in_memory);
      column.flat_table = format.is_flat() ? "; as a tree " + format_bytes(sizes.tree)
                                           : "; flat array " + format_bytes(sizes.flat);
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

CellRows cell_rows(std::uint64_t pages, float inner_width, const ColumnDensity& density) {
  CellRows rows;
  rows.per_row = std::max<std::uint64_t>(
      1, static_cast<std::uint64_t>((inner_width + density.pitch - density.cell) / density.pitch));
  // Rows of eight are easy to count; a segment that fits one row stays in one.
  if (rows.per_row > 8 && pages > rows.per_row) rows.per_row -= rows.per_row % 8;
  rows.pages_per_cell = pages_per_cell_for(pages, rows.per_row * density.rows);
  const std::uint64_t cells = (pages + rows.pages_per_cell - 1) / rows.pages_per_cell;
  rows.rows = std::max<std::uint64_t>(1, (cells + rows.per_row - 1) / rows.per_row);
  return rows;
}

float segment_height(std::uint64_t pages, float column_width, const ColumnDensity& density) {
  const float inner = column_width - 2 * (kSegmentMargin + kSegmentPadding);
  return density.header + static_cast<float>(cell_rows(pages, inner, density).rows) * density.pitch + 6;
}

float program_height(const ProgramText& text, const ColumnDensity& density) {
  const std::size_t lines = std::min(text.lines.size(), density.lines);
  // Room for the output is kept from the start, so that nothing moves when the first value is printed.
  if (lines == 0 && text.output.empty()) return 0;
  return static_cast<float>(lines + 1) * density.line + 18;
}

float programs_height(const std::vector<ColumnModel>& columns, const ColumnDensity& density) {
  float height = 0;
  for (const ColumnModel& column : columns) height = std::max(height, program_height(column.text, density));
  return height;
}

float column_height(const ColumnModel& column, float column_width, const ColumnDensity& density,
                    bool tables) {
  if (!column.running) return 40;
  float height = density.declares ? 2 * kFooterLine + 6 : kFooterLine + 6;
  for (std::size_t i = 0; i < column.items.size(); ++i) {
    const ColumnItem& item = column.items[i];
    height += item.segment ? segment_height(item.segment->segment.page_count(), column_width, density)
                           : density.gap;
    if (item.segment && i + 1 < column.items.size() && column.items[i + 1].segment) height += 6;
  }
  return height + 6 + (tables ? kFooterLine : 0) + (density.declares ? kFooterLine : 0) + 4;
}

ColumnDensity choose_density(const std::vector<ColumnModel>& columns, float column_width, float height,
                             bool tables) {
  static constexpr std::array<ColumnDensity, 8> kDensities = {{
      {20, 24, 46, 34, 22, 8, 4, true, true},
      {18, 21, 42, 32, 20, 8, 4, true, true},
      {17, 20, 40, 30, 19, 6, 4, true, true},
      {16, 19, 40, 22, 19, 5, 4, true, false},
      {16, 19, 24, 22, 19, 4, 4, false, true},
      {15, 18, 23, 20, 18, 3, 4, false, false},
      {14, 17, 22, 20, 17, 2, 4, false, false},
      {11, 13, 21, 17, 17, 2, 3, false, false},
  }};
  for (const ColumnDensity& density : kDensities) {
    const float programs = programs_height(columns, density);
    const bool fits = std::all_of(columns.begin(), columns.end(), [&](const ColumnModel& column) {
      return programs + column_height(column, column_width, density, tables) <= height;
    });
    if (fits) return density;
  }
  return kDensities.back();
}

}  // namespace vmp
