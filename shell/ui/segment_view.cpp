// A segment: name, range and permissions, and its pages as cells. Addresses grow to the right and upwards, as
// they do in the whole column.
#include "shell/present/format.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

void draw_words(Context& context, Rect inner, const SegmentBlock& segment, const ColumnDensity& density,
                std::uint64_t pages_per_cell) {
  Painter& paint = context.paint;
  Rect first = inner.cut_top(22);
  paint.write(first.cut_right(28, 6), segment.permissions, paint.mono_dim(), Align::Right);
  const float name = paint.write(first, segment.name, paint.label_strong());
  if (pages_per_cell > 1) {
    const std::string note = group_digits(pages_per_cell) + " pages a cell";
    Rect room = first;
    room.cut_left(name + 10);
    paint.write(room, note, paint.label(), Align::Right);
    if (!density.range_below) return;
  }
  const auto fits = [&](const std::string& text, float width) {
    return paint.width(text, paint.type().mono) <= width;
  };
  if (density.range_below) {
    const std::string open_end = "from " + segment.start;
    paint.write(inner.cut_top(18), fits(segment.range, inner.w) ? segment.range : open_end, paint.mono_dim());
    return;
  }
  first.cut_left(name + 10);
  if (fits(segment.range, first.w)) {
    paint.write(first, segment.range, paint.mono_dim(), Align::Right);
  } else if (fits(segment.start, first.w)) {
    paint.write(first, segment.start, paint.mono_dim(), Align::Right);
  }
}

// "0x00403A2C = 42" beside the cells, where there is room.
void draw_watch(Context& context, Rect room, const ColumnModel& column, const SegmentBlock& segment) {
  if (segment.watch_value.empty()) return;
  Painter& paint = context.paint;
  const ProcessHue& hue = context.theme().hue(column.hue);
  const std::string value = "= " + segment.watch_value;
  ImFont* font = room.h > 22 ? paint.type().value : paint.type().mono_text;
  const float value_width = paint.width(value, font);
  if (value_width > room.w) return;
  const float address_width = paint.width(segment.watch_address, paint.type().mono);
  if (address_width + value_width + 10 <= room.w) {
    paint.write(room.cut_left(address_width, 10), segment.watch_address, paint.mono_dim());
  }
  paint.write(room, value, {font, hue.text});
}

void click_cell(Context& context, Rect rect, const ColumnModel& column, const PageCell& cell) {
  if (context.over(rect)) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (!context.clicked(rect)) return;
  const Watch* watch = find_watch(context.model.watches, column.process, cell.first);
  context.state.popover = PagePopover{.process = column.process,
                                      .address = watch != nullptr ? watch->address : address_of(cell.first)};
  context.state.popup = "page";
}

void anchor_cell(Context& context, Rect rect, const ColumnModel& column, const PageCell& cell) {
  for (const AccessPath& path : context.model.paths) {
    if (path.process != column.process || path.page < cell.first || path.page - cell.first >= cell.pages)
      continue;
    const ImDrawList* list = context.paint.list();
    const Point middle = rect.center();
    if (middle.y > list->GetClipRectMin().y && middle.y < list->GetClipRectMax().y) {
      context.anchors.pages[{path.process, path.page}] = rect;
    }
  }
}

}  // namespace

void draw_segment(Context& context, Rect rect, const ColumnModel& column, const SegmentBlock& segment,
                  const ColumnDensity& density) {
  Painter& paint = context.paint;
  const ProcessHue& hue = context.theme().hue(column.hue);
  paint.fill(rect, context.theme().raised, 6, Layer::Panel);
  paint.fill({rect.x, rect.y, 4, rect.h}, hue.fill, 2);
  const Rect inner = rect.inset(kSegmentPadding, 0);
  const CellRows rows = cell_rows(segment.segment.page_count(), inner.w, density);
  draw_words(context, inner, segment, density, rows.pages_per_cell);
  const Process* process = context.kernel().find_process(column.process);
  if (process == nullptr) return;
  const std::vector<PageCell>& cells =
      context.state.cells.of(context.kernel(), *process, segment.segment, rows.pages_per_cell);
  const float bottom = rect.y + density.header + static_cast<float>(rows.rows - 1) * density.pitch;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto row = static_cast<float>(i / rows.per_row);
    const auto place = static_cast<float>(i % rows.per_row);
    const Rect box{inner.x + place * density.pitch, bottom - row * density.pitch, density.cell, density.cell};
    draw_page_cell(context, box, cells[i], column.hue, context.state.viewpoint);
    const bool hot = context.highlight.has_any(column.process, cells[i].first, cells[i].pages);
    const bool touched = context.model.touched.has_any(column.process, cells[i].first, cells[i].pages);
    if (hot || touched)
      paint.stroke(Rect{box.x - 3, box.y - 3, box.w + 6, box.h + 6}, context.theme().hot, 2);
    context.point_at(box, PageTarget{column.process, cells[i].first});
    click_cell(context, box, column, cells[i]);
    anchor_cell(context, box, column, cells[i]);
  }
  Rect room{inner.x, bottom, inner.w, density.cell};
  room.cut_left(static_cast<float>(std::min<std::uint64_t>(cells.size(), rows.per_row)) * density.pitch + 8);
  if (rows.pages_per_cell == 1) draw_watch(context, room, column, segment);
}

}  // namespace vmp::ui
