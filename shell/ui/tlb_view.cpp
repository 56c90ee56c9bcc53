// The TLBs: one row a set, one box a way. A page can only be in the set its number names. Below them the walk
// cache, if there is one: a box a pointer.
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kHeading = 26;
constexpr float kGap = 10;
constexpr float kSetName = 46;

bool is_used_now(const Context& context, TlbTarget target) {
  const std::optional<TlbBox>& used = context.model.walk.tlb_entry;
  return used && used->entry == target;
}

void draw_entry(Context& context, Rect box, TlbUnit unit, const TlbRow& row) {
  Painter& paint = context.paint;
  const TlbTarget target{row.set, row.way, unit};
  if (!row.valid) {
    paint.stroke(box, context.theme().line, 1, 5);
    return;
  }
  const ProcessHue& hue = context.theme().hue(row.hue);
  paint.fill(box, mix(context.theme().panel, hue.fill, 0.2F), 5);
  if (context.highlight.has(target) || is_used_now(context, target))
    paint.stroke(box, context.theme().hot, 2, 5);
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

void draw_one(Context& context, Rect rect, const TlbModel& tlb, float row_height) {
  Painter& paint = context.paint;
  paint.write(rect.cut_top(kHeading - 8, 8), tlb.summary, paint.label());
  const float width = std::max(64.0F, (rect.w - kSetName) / static_cast<float>(tlb.ways));
  for (const TlbRow& row : tlb.rows) {
    const float y = rect.y + static_cast<float>(row.set) * row_height;
    if (row.way == 0)
      paint.write({rect.x, y, 40, row_height - 4}, "set " + std::to_string(row.set), paint.label());
    draw_entry(context,
               {rect.x + kSetName + static_cast<float>(row.way) * width, y, width - 5, row_height - 4},
               tlb.unit, row);
  }
}

std::size_t pointer_columns(float width) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(width / 190));
}

std::size_t pointer_rows(const WalkCacheModel& cache, float width) {
  const std::size_t columns = pointer_columns(width);
  return (cache.rows.size() + columns - 1) / columns;
}

void draw_pointer(Context& context, Rect box, const PointerRow& row) {
  Painter& paint = context.paint;
  if (!row.valid) {
    paint.stroke(box, context.theme().line, 1, 5);
    return;
  }
  const ProcessHue& hue = context.theme().hue(row.hue);
  paint.fill(box, mix(context.theme().panel, hue.fill, 0.2F), 5);
  const std::optional<WalkCacheBox>& used = context.model.walk.walk_cache;
  if (context.highlight.has(row.node) || (used && used->node == row.node))
    paint.stroke(box, context.theme().hot, 2, 5);
  context.point_at(box, FrameTarget{row.node});
  Rect words = box.inset(7, 2);
  const std::string node = "→ " + hex_frame(row.node);
  if (box.h >= 30) {
    Rect second = words.cut_bottom(words.h / 2);
    paint.write(second.cut_right(paint.width(node, paint.type().mono), 4), node, paint.mono());
    paint.write(second, row.level, paint.label());
    const float owner = paint.width(row.owner, paint.type().label_strong);
    paint.write(words.cut_right(std::min(owner, words.w * 0.4F), 4), row.owner,
                {paint.type().label_strong, hue.text});
  } else {
    paint.write(words.cut_right(paint.width(node, paint.type().mono), 4), node, paint.mono());
  }
  paint.write(words, row.range, paint.mono());
}

void draw_walk_cache(Context& context, Rect rect, const WalkCacheModel& cache, float row_height) {
  Painter& paint = context.paint;
  paint.write(rect.cut_top(kHeading - 8, 8), cache.summary, paint.label());
  const std::size_t columns = pointer_columns(rect.w);
  const float width = rect.w / static_cast<float>(columns);
  for (std::size_t i = 0; i < cache.rows.size(); ++i) {
    draw_pointer(context,
                 {rect.x + static_cast<float>(i % columns) * width,
                  rect.y + static_cast<float>(i / columns) * row_height, width - 5, row_height - 4},
                 cache.rows[i]);
  }
}

}  // namespace

void draw_tlb(Context& context, Rect rect) {
  const std::vector<TlbModel>& tlbs = context.model.tlbs;
  const WalkCacheModel& cache = context.model.walk_cache;
  std::size_t rows = pointer_rows(cache, rect.w);
  std::size_t headings = cache.rows.empty() ? 0 : 1;
  for (const TlbModel& tlb : tlbs) {
    rows += tlb.rows.empty() ? 0 : tlb.sets;
    ++headings;
  }
  const float fixed = static_cast<float>(headings) * (kHeading + kGap) - kGap;
  const float row_height =
      std::clamp((rect.h - fixed) / static_cast<float>(std::max<std::size_t>(rows, 1)), 26.0F, 44.0F);
  const float total = fixed + row_height * static_cast<float>(rows);
  const ScrollArea area(context, "tlb", rect, total);
  rect.y -= area.offset();
  rect.h = std::max(rect.h, total);
  for (const TlbModel& tlb : tlbs) {
    const float height = kHeading + (tlb.rows.empty() ? 0 : row_height * static_cast<float>(tlb.sets));
    draw_one(context, rect.cut_top(height, kGap), tlb, row_height);
  }
  if (!cache.rows.empty()) draw_walk_cache(context, rect, cache, row_height);
}

}  // namespace vmp::ui
