// A page as a cell. Hue says whose; fill says where it is: solid in RAM, hollow on disk, dotted if never
// touched, striped if another process shares it.
#include "shell/ui/views.h"

namespace vmp::ui {
namespace {

void draw_swapped(Context& context, Rect rect, Color color) {
  context.paint.stroke(rect.inset(0.75F), color, 1.5F, 4);
  const float bar = std::max(2.0F, rect.h * 0.16F);
  context.paint.fill({rect.x + rect.w * 0.25F, rect.bottom() - bar - rect.h * 0.2F, rect.w * 0.5F, bar},
                     color, 1);
}

// A cluster fills from below by the part of it that is in RAM.
void draw_cluster(Context& context, Rect rect, const PageCell& cell, const ProcessHue& hue) {
  if (cell.swapped > 0) {
    draw_swapped(context, rect, hue.fill);
  } else {
    context.paint.dashed(rect, context.theme().kernel);
  }
  if (cell.resident == 0) return;
  const float part = static_cast<float>(cell.resident) / static_cast<float>(cell.pages);
  const float height = std::max(3.0F, rect.h * part);
  context.paint.fill({rect.x, rect.bottom() - height, rect.w, height}, hue.fill, part > 0.7F ? 4.0F : 1.0F);
}

}  // namespace

void draw_page_cell(Context& context, Rect rect, const PageCell& cell, std::size_t hue_index,
                    Viewpoint viewpoint) {
  Painter& paint = context.paint;
  const Theme& theme = context.theme();
  const ProcessHue& hue = theme.hue(hue_index);
  const float rounding = rect.w >= 14 ? 4.0F : 2.0F;
  if (viewpoint == Viewpoint::Program) {
    // A program cannot tell: to it, every page of a segment is simply there.
    paint.fill(rect, mix(theme.raised, hue.fill, 0.55F), rounding);
    return;
  }
  if (cell.pages > 1) {
    draw_cluster(context, rect, cell, hue);
    return;
  }
  switch (cell.fill) {
    case CellFill::Untouched:
      paint.dashed(rect, theme.kernel);
      return;
    case CellFill::Swapped:
      draw_swapped(context, rect, hue.fill);
      return;
    case CellFill::NoAccess:
      paint.fill(rect, mix(theme.raised, hue.fill, 0.3F), rounding);
      paint.line({rect.x + 4, rect.y + 4}, {rect.right() - 4, rect.bottom() - 4}, hue.fill, 1.5F);
      paint.line({rect.right() - 4, rect.y + 4}, {rect.x + 4, rect.bottom() - 4}, hue.fill, 1.5F);
      return;
    case CellFill::Resident:
      break;
  }
  if (cell.copy_on_write) {
    paint.stripes(rect, hue.fill, theme.hue(cell.other_hue).fill, rounding, 4);
  } else if (cell.shared) {
    paint.fill(rect, hue.fill, rounding);
    paint.fill({rect.center().x, rect.y, rect.w / 2, rect.h}, theme.hue(cell.other_hue).fill, rounding);
  } else {
    paint.fill(rect, hue.fill, rounding);
  }
  if (cell.dirty && rect.w >= 9)
    paint.dot({rect.right() - rect.w * 0.25F, rect.y + rect.h * 0.25F}, rect.w * 0.15F, theme.ink);
}

}  // namespace vmp::ui
