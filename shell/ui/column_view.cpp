// One process's column: header, program, address space from high addresses to low.
#include "shell/ui/views.h"

namespace vmp::ui {
namespace {

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

}  // namespace

float draw_program(Context& context, Rect rect, const ColumnModel& column, const ColumnDensity& density) {
  Painter& paint = context.paint;
  const ProcessHue& hue = context.theme().hue(column.hue);
  const ProgramText& text = column.text;
  const float height = program_height(text, density);
  if (height <= 0) return 0;
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
  if (!text.output.empty()) {
    Rect row{rect.x + 18, y, rect.w - 36, density.line};
    paint.write(row.cut_left(52), "output", paint.label());
    std::string output;
    for (const std::string& value : text.output) output += (output.empty() ? "" : "  ") + value;
    const bool long_output = paint.width(output, paint.type().mono) > row.w;
    paint.write(row, long_output ? "… " + text.output.back() : output, {paint.type().mono, hue.text});
  }
  paint.line({rect.x + 10, rect.y + height - 3}, {rect.right() - 10, rect.y + height - 3},
             context.theme().line);
  return height;
}

void draw_column(Context& context, Rect rect, const ColumnModel& column, const ColumnDensity& density) {
  Painter& paint = context.paint;
  paint.panel(rect, context.theme().panel);
  draw_header(context, rect.cut_top(kColumnHeader), column);
  rect.cut_top(draw_program(context, rect, column, density));
  if (!column.running) {
    draw_ended(context, rect.cut_top(40));
    return;
  }
  const bool machine = context.state.viewpoint == Viewpoint::Machine;
  Rect size = rect.cut_top(18).inset(18, 0);
  const float label = paint.write(size, "address space", paint.label());
  size.cut_left(label + 10);
  paint.write(size, machine ? column.space_size + ", " + column.residency : column.space_size, paint.label(),
              Align::Right);
  paint.write(rect.cut_top(18, 6), machine ? "kernel half above, not drawn" : "all of it is its own",
              paint.label(), Align::Center);
  for (std::size_t i = 0; i < column.items.size(); ++i) {
    const ColumnItem& item = column.items[i];
    if (!item.segment) {
      Rect gap = rect.cut_top(density.gap);
      paint.torn({gap.x + 10, gap.y + 9}, gap.w - 20, context.theme().kernel);
      paint.write({gap.x, gap.bottom() - 20, gap.w, 16}, item.gap, paint.label(), Align::Center);
      continue;
    }
    const float height = segment_height(item.segment->segment.page_count(), rect.w, density);
    const bool neighbour = i + 1 < column.items.size() && column.items[i + 1].segment.has_value();
    draw_segment(context, rect.cut_top(height, neighbour ? 6.0F : 0.0F).inset(kSegmentMargin, 0), column,
                 *item.segment, density);
  }
  rect.cut_top(6);
  if (machine) paint.write(rect.cut_top(18).inset(18, 0), column.table, paint.label());
  paint.write(rect.cut_top(18).inset(18, 0), "page 0 is never mapped: null faults", paint.label());
}

}  // namespace vmp::ui
