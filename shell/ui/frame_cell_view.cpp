// One frame of RAM, with as many words as its size has room for.
#include "core/sim/narrate.h"
#include "shell/present/frame_grid.h"
#include "shell/ui/views.h"

namespace vmp::ui {

FrameGround draw_frame_ground(Context& context, Rect rect, const FrameCard& card, float rounding) {
  Painter& paint = context.paint;
  const Theme& theme = context.theme();
  switch (card.use) {
    case FrameUse::Free:
      paint.stroke(rect, theme.line, 1, rounding);
      return {theme.dim, false};
    case FrameUse::Kernel:
    case FrameUse::ZeroPage:
      paint.fill(rect, theme.kernel, rounding);
      return {theme.kernel_text};
    case FrameUse::TableNode: {
      const ProcessHue& hue = theme.hue(card.hues.front());
      paint.lattice(rect, hue.lattice, hue.lattice_line.alpha(0.75F), rounding);
      return {theme.text};
    }
    case FrameUse::Page:
      break;
  }
  if (card.hues.empty()) {
    paint.stroke(rect, theme.kernel, 1, rounding);
    return {theme.dim, false};
  }
  const Color first = theme.hue(card.hues.front()).fill;
  const Color second = card.hues.size() > 1 ? theme.hue(card.hues[1]).fill : first;
  if (card.hues.size() < 2) {
    paint.fill(rect, first, rounding);
  } else if (card.copy_on_write) {
    paint.stripes(rect, first, second, rounding, std::max(3.0F, rect.w * 0.12F));
  } else {
    paint.fill(rect, first, rounding);
    paint.fill({rect.center().x, rect.y, rect.w / 2, rect.h}, second, rounding);
  }
  return {theme.ink};
}

void write_on_plate(Context& context, Rect row, std::string_view text, Ink ink, bool plate, Color ground) {
  Painter& paint = context.paint;
  if (plate && !text.empty()) {
    const float width = std::min(paint.width(text, ink.font) + 8, row.w);
    paint.fill({row.center().x - width / 2, row.y + 1, width, row.h - 2}, ground, 4, Layer::Curve);
  }
  paint.write(row, text, ink, Align::Center);
}

namespace {

void write_number(Context& context, Rect rect, FrameNumber frame, bool filled) {
  Painter& paint = context.paint;
  const std::string number = hex_frame(frame);
  const Rect chip{rect.x + 5, rect.y + 5, paint.width(number, paint.type().mono) + 10, 18};
  if (filled) paint.fill(chip, rgb(0x000000).alpha(0.45F), 4);
  paint.write(chip, number, {paint.type().mono, filled ? rgb(0xffffff) : context.theme().dim}, Align::Center);
}

}  // namespace

void draw_frame_cell(Context& context, Rect rect, FrameNumber frame, CellDetail detail) {
  Painter& paint = context.paint;
  const FrameCard& card = context.model.frames[frame - context.kernel().frames().nth(0)];
  const float rounding = rect.w > 40 ? 7.0F : rect.w > 16 ? 4.0F : 2.0F;
  const FrameGround ground = draw_frame_ground(context, rect, card, rounding);
  const bool page = card.use == FrameUse::Page && !card.hues.empty();
  if (page && card.dirty && rect.w >= 14) {
    const float inset = std::min(9.0F, rect.w * 0.2F);
    paint.dot({rect.right() - inset, rect.y + inset}, std::min(3.5F, rect.w * 0.1F), context.theme().ink);
  }
  if (detail == CellDetail::Colour) return;
  if (detail == CellDetail::Number) {
    const bool table = card.use == FrameUse::TableNode;
    const Color text = ground.filled && !table ? ground.text : context.theme().text;
    paint.write(rect, hex_frame(frame), {paint.type().mono, text}, Align::Center);
    return;
  }
  write_number(context, rect, frame, ground.filled);
  const bool plate = card.use == FrameUse::TableNode || card.hues.size() > 1;
  const Color plate_color = card.hues.empty()                 ? context.theme().panel
                            : card.use == FrameUse::TableNode ? context.theme().hue(card.hues.front()).lattice
                                                              : context.theme().hue(card.hues.front()).fill;
  const Ink label{paint.type().label_strong, ground.text};
  if (detail == CellDetail::Label) {
    std::string text = card.value.empty() ? card.label : card.value;
    if (card.use == FrameUse::TableNode && paint.width(text, label.font) > rect.w - 4) {
      text = text.starts_with("root") ? "root" : "[" + text.substr(text.find(' ') + 1) + "]";
    }
    write_on_plate(context, {rect.x + 2, rect.y + 24, rect.w - 4, rect.h - 26}, text, label, plate,
                   plate_color);
    return;
  }
  Rect words = rect.inset(3, 0);
  words.cut_bottom(4);
  std::string_view page_number = card.page;
  if (paint.width(page_number, paint.type().mono) > words.w && page_number.starts_with("0x"))
    page_number.remove_prefix(2);
  write_on_plate(context, words.cut_bottom(18), page_number, {paint.type().mono, ground.text}, plate,
                 plate_color);
  write_on_plate(context, words.cut_bottom(18), card.label, label, plate, plate_color);
  words.cut_top(24);
  if (card.value.empty() || words.h < 20) return;
  ImFont* font = paint.type().big_value;
  if (paint.width(card.value, font) > words.w || words.h < 34) font = paint.type().value;
  if (paint.width(card.value, font) > words.w) font = paint.type().mono;
  write_on_plate(context, words, card.value, {font, ground.text}, false, plate_color);
}

}  // namespace vmp::ui
