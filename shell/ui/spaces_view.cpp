// The address spaces side by side. All columns have the same width and density, because they are there to be
// compared; where they do not fit the panel they scroll sideways, and where one is too tall all scroll
// together.
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

void draw_nobody(Context& context, Rect rect) {
  context.paint.panel(rect, context.theme().panel);
  const Rect middle{rect.x + 16, rect.center().y - 30, rect.w - 32, 60};
  context.paint.write({middle.x, middle.y, middle.w, 24}, "No process yet", context.paint.strong(),
                      Align::Center);
  context.paint.write({middle.x, middle.y + 26, middle.w, 20}, "Step forward to start the first one.",
                      context.paint.label(), Align::Center);
}

}  // namespace

void draw_spaces(Context& context, Rect rect) {
  const std::vector<ColumnModel>& columns = context.model.columns;
  if (columns.empty()) {
    draw_nobody(context, rect);
    return;
  }
  const auto count =
      static_cast<float>(std::max<std::size_t>(columns.size(), context.model.expected_processes));
  const float gap = context.layout.shape == Shape::Wide ? kGap : 8.0F;
  const float most = context.state.viewpoint == Viewpoint::Program ? 720.0F : 380.0F;
  const float width = std::clamp((rect.w - gap * (count - 1)) / count, std::min(kLeastColumn, rect.w), most);
  const bool tables = context.state.viewpoint == Viewpoint::Machine;
  const ColumnDensity density = choose_density(columns, width, rect.h - kColumnHeader, tables);
  const float programs = programs_height(columns, density);
  float tallest = 0;
  for (const ColumnModel& column : columns) {
    tallest = std::max(tallest, kColumnHeader + programs + column_height(column, width, density, tables));
  }
  context.anchors.spaces = rect;
  const float total = count * width + (count - 1) * gap;
  if (context.state.spaces_position != context.model.position) {
    context.state.spaces_position = context.model.position;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!columns[i].active) continue;
      const float left_edge = static_cast<float>(i) * (width + gap);
      ScrollArea::reveal(context.state, "spaces-x", left_edge, left_edge + width, rect.w);
    }
  }
  const ScrollArea across(context, "spaces-x", rect, total, ScrollArea::Axis::Horizontal);
  const ScrollArea down(context, "spaces-y", rect, tallest);
  const float left = total < rect.w ? 0 : -across.offset();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Rect column{rect.x + left + static_cast<float>(i) * (width + gap), rect.y - down.offset(), width,
                      std::max(rect.h, tallest)};
    if (column.right() < rect.x || column.x > rect.right()) continue;
    draw_column(context, column, columns[i], density, programs);
  }
  for (std::size_t i = columns.size(); i < context.model.expected_processes; ++i) {
    const Rect column{rect.x + static_cast<float>(i) * (width + gap), rect.y, width, rect.h};
    context.paint.panel(column, context.theme().panel.alpha(0.5F));
    context.paint.write(column, "not started yet", context.paint.label(), Align::Center);
  }
}

}  // namespace vmp::ui
