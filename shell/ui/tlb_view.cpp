// The TLB: one row a set, one box a way. A page can only be in the set its number names.
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

void draw_entry(Context& context, Rect box, const TlbRow& row) {
  Painter& paint = context.paint;
  const TlbTarget target{row.set, row.way};
  if (!row.valid) {
    paint.stroke(box, context.theme().line, 1, 5);
    return;
  }
  const ProcessHue& hue = context.theme().hue(row.hue);
  paint.fill(box, mix(context.theme().panel, hue.fill, 0.2F), 5);
  const bool used = context.model.walk.tlb_entry && context.model.walk.tlb_entry->set == row.set &&
                    context.model.walk.tlb_entry->way == row.way;
  if (context.highlight.has(target) || used) paint.stroke(box, context.theme().hot, 2, 5);
  context.point_at(box, target);
  Rect words = box.inset(7, 2);
  if (box.h >= 30) {
    Rect second = words.cut_bottom(words.h / 2);
    const std::string flags = row.permissions + (row.dirty ? " d" : "");
    paint.write(second.cut_right(paint.width(flags, paint.type().mono), 4), flags, paint.mono_dim());
    paint.write(second, "→ " + row.frame, paint.mono());
    const float owner = paint.width(row.owner, paint.type().label_strong);
    paint.write(words.cut_right(std::min(owner, words.w * 0.4F), 4), row.owner,
                {paint.type().label_strong, hue.text});
    paint.write(words, row.page, paint.mono());
    return;
  }
  paint.write(words, row.page + " → " + row.frame, paint.mono());
}

}  // namespace

void draw_tlb(Context& context, Rect rect) {
  const TlbModel& tlb = context.model.tlb;
  Painter& paint = context.paint;
  paint.write(rect.cut_top(18, 8), tlb.summary, paint.label());
  if (tlb.rows.empty()) return;
  const TlbConfig& config = context.kernel().tlb().config();
  const auto ways = static_cast<float>(config.ways);
  const float row_height = std::clamp(rect.h / static_cast<float>(config.sets), 26.0F, 44.0F);
  const float width = std::max(64.0F, (rect.w - 46) / ways);
  const ScrollArea area(context, "tlb", rect, row_height * static_cast<float>(config.sets));
  for (const TlbRow& row : tlb.rows) {
    const float y = rect.y - area.offset() + static_cast<float>(row.set) * row_height;
    if (row.way == 0)
      paint.write({rect.x, y, 40, row_height - 4}, "set " + std::to_string(row.set), paint.label());
    draw_entry(context, {rect.x + 46 + static_cast<float>(row.way) * width, y, width - 5, row_height - 4},
               row);
  }
}

}  // namespace vmp::ui
