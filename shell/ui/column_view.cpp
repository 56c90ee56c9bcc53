// One process's column: header, program, address space from high addresses to low.
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kFooterRow = 18;

void draw_header(Context& context, Rect rect, const ColumnModel& column) {
  Painter& paint = context.paint;
  const ProcessHue& hue = context.theme().hue(column.hue);
  paint.fill(rect, column.active ? mix(context.theme().raised, hue.fill, 0.16F) : context.theme().raised);
  paint.dot({rect.x + 18, rect.center().y}, 6, column.running ? hue.fill : context.theme().dim);
  Rect inner{rect.x + 32, rect.y, rect.w - 44, rect.h};
  const bool ended = !column.running;
  const Ink state{paint.type().label, ended ? context.theme().error : context.theme().dim};
  const float state_width = std::min(paint.width(column.state, paint.type().label), inner.w * 0.6F);
  paint.write(inner.cut_right(state_width, 10), column.state, state, Align::Right);
  const float name = paint.write(inner, column.name, paint.strong());
  if (column.program != column.name) {
    inner.cut_left(name + 8);
    paint.write(inner, column.program, paint.dim());
  }
}

void draw_ended(Context& context, Rect rect) {
  context.paint.write(rect, "its memory was given back", context.paint.label(), Align::Center);
}

void draw_space_line(Context& context, Rect row, const ColumnModel& column) {
  Painter& paint = context.paint;
  if (context.state.viewpoint == Viewpoint::Program) {
    paint.write(row, "address space " + column.space_size + ", all its own", paint.label());
    return;
  }
  const float right = paint.width(column.residency, paint.type().label);
  paint.write(row.cut_right(right, 8), column.residency, paint.label(), Align::Right);
  const std::string space = "address space " + column.space_size;
  paint.write(row, paint.width(space, paint.type().label) <= row.w ? space : column.space_size,
              paint.label());
}

// A torn gap; where there is no room for a line of its own, its size stands in the tear.
void draw_gap(Context& context, Rect rect, const std::string& size) {
  Painter& paint = context.paint;
  const Color color = context.theme().kernel;
  if (rect.h >= 30) {
    paint.torn({rect.x + 10, rect.y + 9}, rect.w - 20, color);
    paint.write({rect.x, rect.bottom() - 19, rect.w, 16}, size, paint.label(), Align::Center);
    return;
  }
  const float width = paint.width(size, paint.type().label) + 16;
  const float side = (rect.w - 20 - width) / 2;
  paint.torn({rect.x + 10, rect.center().y}, side, color);
  paint.torn({rect.right() - 10 - side, rect.center().y}, side, color);
  paint.write(rect, size, paint.label(), Align::Center);
}

// What an access costs stands below, where there is room to spare, and in the hint of the first line.
void draw_footer(Context& context, Rect rect, const ColumnModel& column, const ColumnDensity& density) {
  Painter& paint = context.paint;
  const bool machine = context.state.viewpoint == Viewpoint::Machine;
  if (machine) {
    const Rect row = rect.cut_top(kFooterRow).inset(14, 0);
    const std::string both = column.table + column.flat_table;
    paint.write(row, paint.width(both, paint.type().label) <= row.w ? both : column.table, paint.label());
    if (!column.cost.empty() && context.over(row)) tip(context, column.cost);
  }
  if (density.declares) {
    const Rect row = rect.cut_top(kFooterRow).inset(14, 0);
    const std::string_view declared = "page 0 is never mapped: null faults";
    paint.write(row, paint.width(declared, paint.type().label) <= row.w ? declared : "page 0 is never mapped",
                paint.label());
  }
  if (machine && rect.h >= kFooterRow)
    paint.write(rect.cut_top(kFooterRow).inset(14, 0), column.cost, paint.label());
}

}  // namespace

void draw_program(Context& context, Rect rect, const ColumnModel& column, const ColumnDensity& density) {
  Painter& paint = context.paint;
  const ProcessHue& hue = context.theme().hue(column.hue);
  const ProgramText& text = column.text;
  if (rect.h <= 0) return;
  const std::size_t shown = std::min(text.lines.size(), density.lines);
  const std::size_t current = text.current == 0 ? 0 : text.current - 1;
  const std::size_t first =
      std::min(current > shown / 2 ? current - shown / 2 : 0, text.lines.size() - shown);
  float y = rect.y + 8;
  for (std::size_t i = first; i < first + shown; ++i) {
    const Rect row{rect.x + 8, y, rect.w - 16, density.line - 1};
    const bool now = text.current == i + 1;
    if (now) {
      paint.fill(row, mix(context.theme().panel, hue.fill, 0.18F), 4);
      paint.stroke(row, hue.fill, 1, 4);
    }
    paint.write(row.inset(10, 0), text.lines[i], now ? paint.mono() : paint.mono_dim());
    y += density.line;
  }
  if (text.output.empty()) {
    paint.write({rect.x + 18, y, rect.w - 36, density.line}, "no output yet",
                {paint.type().label, context.theme().dim.alpha(0.7F)});
  } else {
    Rect row{rect.x + 18, y, rect.w - 36, density.line};
    paint.write(row.cut_left(52), "output", paint.label());
    std::string output;
    for (const std::string& value : text.output) output += (output.empty() ? "" : "  ") + value;
    const bool long_output = paint.width(output, paint.type().mono) > row.w;
    paint.write(row, long_output ? "… " + text.output.back() : output, {paint.type().mono, hue.text});
  }
  paint.line({rect.x + 10, rect.bottom() - 3}, {rect.right() - 10, rect.bottom() - 3}, context.theme().line);
}

void draw_column(Context& context, Rect rect, const ColumnModel& column, const ColumnDensity& density,
                 float program) {
  Painter& paint = context.paint;
  paint.panel(rect, context.theme().panel);
  context.anchors.columns[column.process] = rect;
  draw_header(context, rect.cut_top(kColumnHeader), column);
  draw_program(context, rect.cut_top(program), column, density);
  if (!column.running) {
    draw_ended(context, rect.cut_top(40));
    return;
  }
  draw_space_line(context, rect.cut_top(18, density.declares ? 0.0F : 6.0F).inset(14, 0), column);
  if (density.declares && context.state.viewpoint == Viewpoint::Program) {
    rect.cut_top(18, 6);
  } else if (density.declares) {
    paint.write(rect.cut_top(18, 6), "kernel half above, not drawn", paint.label(), Align::Center);
  }
  for (std::size_t i = 0; i < column.items.size(); ++i) {
    const ColumnItem& item = column.items[i];
    if (!item.segment) {
      draw_gap(context, rect.cut_top(density.gap), item.gap);
      continue;
    }
    const float height = segment_height(item.segment->segment.page_count(), rect.w, density);
    const bool neighbour = i + 1 < column.items.size() && column.items[i + 1].segment.has_value();
    draw_segment(context, rect.cut_top(height, neighbour ? 6.0F : 0.0F).inset(kSegmentMargin, 0), column,
                 *item.segment, density);
  }
  rect.cut_top(6);
  draw_footer(context, rect, column, density);
}

}  // namespace vmp::ui
