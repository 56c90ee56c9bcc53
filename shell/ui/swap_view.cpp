// The swap device: slots on disk, each as large as a page. Drawn hollow, because what lies there is not in
// memory.
#include "shell/present/frame_grid.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

void draw_slot(Context& context, Rect rect, const SlotCard& card, SwapSlot slot, CellDetail detail) {
  Painter& paint = context.paint;
  const Theme& theme = context.theme();
  const float rounding = rect.w > 40 ? 7.0F : 3.0F;
  const Color color = card.hues.empty() ? theme.line : theme.hue(card.hues.front()).fill;
  if (card.used && !card.cached) {
    paint.fill(rect, mix(theme.panel, color, 0.14F), rounding);
    paint.stroke(rect, color, 1.5F, rounding);
  } else if (card.cached) {
    paint.dashed(rect, color);
  } else {
    paint.stroke(rect, theme.line, 1, rounding);
  }
  if (card.used && detail != CellDetail::Colour) {
    const float bar = std::max(2.0F, rect.h * 0.05F);
    paint.fill({rect.x + rect.w * 0.3F, rect.bottom() - bar - 4, rect.w * 0.4F, bar}, color, 1);
  }
  if (card.damaged) {
    const Rect cross = rect.inset(std::min(6.0F, rect.w * 0.2F));
    paint.line({cross.x, cross.y}, {cross.right(), cross.bottom()}, theme.error, 2);
    paint.line({cross.right(), cross.y}, {cross.x, cross.bottom()}, theme.error, 2);
  }
  if (detail == CellDetail::Colour) return;
  const std::string number = std::to_string(slot.value());
  if (detail == CellDetail::Number) {
    paint.write(rect, number, card.used ? paint.mono() : paint.mono_dim(), Align::Center);
    return;
  }
  paint.write({rect.x + 8, rect.y + 5, rect.w - 16, 18}, number, paint.mono_dim());
  if (!card.used) return;
  if (detail == CellDetail::Label) {
    paint.write({rect.x + 4, rect.y + 22, rect.w - 8, rect.h - 30}, card.page, paint.mono(), Align::Center);
    return;
  }
  paint.write({rect.x + 4, rect.bottom() - 50, rect.w - 8, 18}, card.owner, paint.label_strong(),
              Align::Center);
  paint.write({rect.x + 4, rect.bottom() - 32, rect.w - 8, 18}, card.page, paint.mono(), Align::Center);
}

}  // namespace

void draw_swap(Context& context, Rect rect) {
  Painter& paint = context.paint;
  paint.panel(rect, context.theme().panel);
  Rect inner = rect.inset(14, 12);
  const bool room = paint.width(context.model.swap_title, paint.type().title) <= inner.w;
  paint.write(inner.cut_top(24), room ? context.model.swap_title : "Swap", paint.title());
  const SwapPlace& place = context.state.swap_place;
  paint.write(inner.cut_top(18, place.kept ? 0 : 8), context.model.swap_summary, paint.label());
  if (place.kept) paint.write(inner.cut_top(18, 8), words_of(place), paint.label());
  const auto* hovered = std::get_if<SlotTarget>(&context.state.hover);
  const std::vector<std::string>& costs = context.model.swap_costs;
  Rect footer = inner.cut_bottom(17.0F * static_cast<float>(costs.size()), 6);
  if (hovered != nullptr && hovered->slot.value() < context.kernel().swap().size()) {
    paint.write_wrapped(footer, describe_slot(context.kernel(), hovered->slot), paint.label(), 17);
  } else {
    for (const std::string& line : costs) paint.write(footer.cut_top(17), line, paint.label());
  }
  const GridGeometry grid = make_grid(inner, context.kernel().swap().size());
  for (std::uint64_t cell = 0; cell < grid.cells; ++cell) {
    const Rect box = grid.cell(cell);
    const SwapSlot slot(static_cast<std::uint32_t>(cell * grid.items_per_cell));
    const SlotCard card =
        context.model.slots.empty() ? slot_card(context.kernel(), slot) : context.model.slots[slot.value()];
    draw_slot(context, box, card, slot, grid.detail);
    if (context.highlight.has(slot) || context.model.touched.has(slot)) {
      paint.stroke({box.x - 3, box.y - 3, box.w + 6, box.h + 6}, context.theme().hot, 2, 8);
    }
    context.point_at(box, SlotTarget{slot});
  }
  for (const Transfer& transfer : context.model.transfers) {
    context.anchors.slots[transfer.slot] = grid.cell_of_item(transfer.slot.value());
  }
  for (const AccessPath& path : context.model.paths) {
    if (path.slot) context.anchors.slots[*path.slot] = grid.cell_of_item(path.slot->value());
  }
}

}  // namespace vmp::ui
