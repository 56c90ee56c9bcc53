// The key to colours and patterns beside the frames; the whole of it is in the help.
#include "shell/ui/views.h"

namespace vmp::ui {

void draw_legend(Context& context, Rect rect) {
  Painter& paint = context.paint;
  const Theme& theme = context.theme();
  Rect row = rect.cut_top(17);
  const auto item = [&](std::string_view name, auto draw) {
    const float width = 19 + paint.width(name, paint.type().label);
    if (row.w < width && !rect.empty()) row = rect.cut_top(17);
    if (row.w < width) return;
    draw(Rect{row.x, row.center().y - 6, 13, 13});
    paint.write({row.x + 18, row.y, width - 18, row.h}, name, paint.label());
    row.cut_left(width, 10);
  };
  std::size_t shown = 0;
  for (const ColumnModel& column : context.model.columns) {
    if (!column.running || ++shown > 4) continue;
    item(column.name, [&](Rect box) { paint.fill(box, theme.hue(column.hue).fill, 3); });
  }
  item("kernel", [&](Rect box) { paint.fill(box, theme.kernel, 3); });
  item("page table", [&](Rect box) {
    const ProcessHue& hue = theme.hue(context.model.columns.empty() ? 0 : context.model.columns.front().hue);
    paint.lattice(box, hue.lattice, hue.lattice_line, 3);
  });
}

}  // namespace vmp::ui
