// A translation, taken apart: each index of the address stands above the node it selects an entry in, the
// offset above the frame it selects bytes in, and beside them the physical address they make.
#include <algorithm>

#include "core/sim/narrate.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kBits = 28;
constexpr float kRow = 25;

Color level_color(const Context& context, std::optional<std::uint32_t> level) {
  const Theme& theme = context.theme();
  return level ? theme.level[std::min<std::size_t>(*level, kLevelHues - 1)] : theme.offset;
}

void draw_field(Context& context, Rect rect, std::string_view bits, std::string_view label, Color color) {
  Painter& paint = context.paint;
  const Rect box = rect.cut_top(kBits);
  paint.fill(box, mix(context.theme().panel, color, 0.2F));
  paint.stroke(box, color);
  paint.write(box.inset(4, 0), bits, paint.mono(), Align::Center);
  paint.write(rect.cut_top(19), label, paint.label(), Align::Center);
}

// An entry too long for its line loses zeros at its front; the frame and the flags are at its end.
std::string ending_that_fits(const Painter& paint, const std::string& raw, float width) {
  const float character = paint.width("0", paint.type().mono);
  const auto room = static_cast<std::size_t>(std::max(0.0F, width) / character);
  return raw.size() <= room || room < 2 ? raw : "…" + raw.substr(raw.size() - room + 1);
}

void draw_row(Context& context, Rect rect, const NodeRow& row, Color color) {
  Painter& paint = context.paint;
  if (row.read) {
    paint.fill(rect, mix(context.theme().raised, color, 0.22F), 4);
    paint.stroke(rect, color, 1, 4);
  }
  if (context.highlight.has(row.entry)) paint.stroke(rect, context.theme().hot, 2, 4);
  context.point_at(rect, EntryTarget{row.entry});
  Rect words = rect.inset(7, 0);
  const std::string index = std::to_string(row.index);
  const float index_width = paint.width(index, paint.type().mono) + 8;
  paint.write(words.cut_left(index_width), index, paint.mono_dim());
  const float raw = paint.width(row.raw, paint.type().mono);
  const float flags = paint.width(row.flags, paint.type().mono);
  if (raw + 10 + flags <= words.w) paint.write(words.cut_right(flags), row.flags, paint.mono_dim());
  paint.write(words, ending_that_fits(paint, row.raw, words.w), row.read ? paint.mono() : paint.mono_dim());
}

// Under the entry they belong to, or, where five levels leave little room, without blanks between the
// letters.
void draw_flags(Context& context, Rect rect, const std::string& flags) {
  constexpr float kIndent = 29;
  Painter& paint = context.paint;
  std::string letters = flags;
  if (kIndent + paint.width(flags, paint.type().mono) <= rect.w) {
    rect.cut_left(kIndent);
  } else {
    letters.erase(std::remove(letters.begin(), letters.end(), ' '), letters.end());
  }
  paint.write(rect, letters, paint.mono_dim());
}

void draw_node(Context& context, Rect rect, const NodeBox& node, Color color) {
  Painter& paint = context.paint;
  paint.fill(rect, context.theme().raised);
  if (context.highlight.has(node.frame)) paint.stroke(rect, context.theme().hot, 2);
  context.point_at(rect, FrameTarget{node.frame});
  Rect header = rect.cut_top(26).inset(10, 0);
  const std::string frame = "frame " + hex_frame(node.frame);
  paint.write(header.cut_right(paint.width(frame, paint.type().mono), 8), frame, paint.mono_dim());
  paint.write(header, node.title, paint.label_strong());
  // Long entries leave no room for their flags on the line; those of the entry read get a line of their own.
  const float needed =
      8 + 22 + paint.width(node.rows.empty() ? "" : node.rows.front().raw, paint.type().mono) + 84;
  const bool flags_below = needed > rect.w;
  for (const NodeRow& row : node.rows) {
    if (flags_below && !row.read && row.index > node.rows.front().index) continue;
    draw_row(context, rect.cut_top(kRow - 2, 2).inset(6, 0), row, color);
    if (flags_below && row.read) draw_flags(context, rect.cut_top(18).inset(7, 0), row.flags);
  }
}

void draw_target(Context& context, Rect rect, const TargetBox& target) {
  Painter& paint = context.paint;
  const ProcessHue& hue = context.theme().hue(context.model.walk.hue);
  paint.fill(rect, hue.lattice);
  paint.stroke(rect, context.highlight.has(target.frame) ? context.theme().hot : hue.fill);
  context.point_at(rect, FrameTarget{target.frame});
  Rect header = rect.cut_top(26).inset(10, 0);
  const float name = paint.write(header, "frame " + hex_frame(target.frame), paint.label_strong());
  header.cut_left(name + 8);
  if (paint.width(target.base, paint.type().mono) <= header.w)
    paint.write(header, target.base, paint.mono_dim(), Align::Right);
  const Rect bytes = rect.cut_top(28).inset(10, 0);
  paint.stroke(bytes, context.theme().offset, 1, 4);
  paint.write(bytes.inset(4, 0), target.bytes, paint.mono(), Align::Center);
  paint.write(rect.cut_top(24), target.offset, paint.label(), Align::Center);
}

void draw_tlb_box(Context& context, Rect rect) {
  Painter& paint = context.paint;
  const TlbBox& tlb = *context.model.walk.tlb_entry;
  paint.fill(rect, context.theme().raised);
  paint.stroke(rect, context.theme().ok);
  context.point_at(rect, tlb.entry);
  Rect inner = rect.inset(12, 6);
  const std::string name = tlb.entry.unit == TlbUnit::Instructions ? "Instruction TLB" : "TLB";
  paint.write(inner.cut_top(22),
              name + ", set " + std::to_string(tlb.entry.set) + ", way " + std::to_string(tlb.entry.way),
              paint.label_strong());
  paint.write(inner.cut_top(24), "page " + hex_page(tlb.page) + "  →  frame " + hex_frame(tlb.frame),
              paint.mono());
  paint.write_wrapped(inner, "The TLB remembers the last walk: no table is read.", paint.label(), 17);
}

// Stands where the levels would stand that were not read.
void draw_walk_cache_box(Context& context, Rect rect) {
  Painter& paint = context.paint;
  const WalkCacheBox& known = *context.model.walk.walk_cache;
  paint.fill(rect, context.theme().raised);
  paint.stroke(rect, context.highlight.has(known.node) ? context.theme().hot : context.theme().ok);
  context.point_at(rect, FrameTarget{known.node});
  Rect inner = rect.inset(10, 4);
  paint.write(inner.cut_top(22), "Walk cache", paint.label_strong());
  paint.write(inner.cut_top(24), "level " + std::to_string(known.level) + "  →  " + hex_frame(known.node),
              paint.mono());
  paint.write_wrapped(inner,
                      known.level == context.kernel().format().root_level()
                          ? "It knew this entry: the root is not read."
                          : "It knew this entry: the levels above are not read.",
                      paint.label(), 17);
}

const NodeBox* node_at(const WalkModel& walk, std::uint32_t level) {
  for (const NodeBox& node : walk.nodes) {
    if (node.level == level) return &node;
  }
  return nullptr;
}

// The frame from the tables and the offset from the address, side by side; beside them, or below, the sum.
// Takes what it needs from the top of `area`.
void draw_physical(Context& context, Rect& area, float below) {
  const WalkModel& walk = context.model.walk;
  if (!walk.target) return;
  Painter& paint = context.paint;
  const ProcessHue& hue = context.theme().hue(walk.hue);
  const std::string sum = "= " + walk.physical;
  const float width = paint.width(sum, paint.type().mono) + 8;
  const bool beside = area.w > width + 190;
  Rect rect = area.cut_top(kBits + 19 + (beside ? 0.0F : 22.0F), below);
  Rect fields = rect.cut_top(kBits + 19);
  const Rect right = beside ? fields.cut_right(width - 8, 8) : rect;
  draw_field(context, fields.cut_left(fields.w * 0.46F - 3, 6), walk.frame_hex, "frame: replaced", hue.text);
  draw_field(context, fields, walk.offset_hex, "offset: unchanged", context.theme().offset);
  paint.write({right.x, right.y, right.w, beside ? kBits : 20.0F}, sum, paint.mono());
}

void draw_arrow(Context& context, Point from, Point to) {
  const float bend = std::max(12.0F, (to.x - from.x) * 0.5F);
  context.paint.arrow(from, {from.x + bend, from.y}, {to.x - bend, to.y}, to, context.theme().hot, 2, 1,
                      Layer::Text);
}

// Where the arrow leaves a node: the middle of the row that was read.
float row_middle(const NodeBox& node, const Rect& box) {
  float y = box.y + 26;
  for (const NodeRow& row : node.rows) {
    if (row.read) break;
    y += kRow;
  }
  return y + (kRow - 2) / 2;
}

void draw_diagram(Context& context, Rect rect) {
  const WalkModel& walk = context.model.walk;
  const auto levels = static_cast<float>(walk.fields.size() - 1);
  const float gap = std::clamp(rect.w * (levels > 2 ? 0.034F : 0.06F), 16.0F, 50.0F);
  const float target = std::clamp(rect.w * (levels > 2 ? 0.17F : 0.21F), 112.0F, 170.0F);
  const float node = std::min(230.0F, (rect.w - target - levels * gap) / levels);
  Rect bits = rect.cut_top(kBits + 19, 6);
  Rect boxes = rect;
  boxes.h = std::min(boxes.h, 108.0F);
  const Rect all = boxes;
  std::optional<Point> from;
  for (std::size_t i = 0; i < walk.fields.size(); ++i) {
    const BitField& field = walk.fields[i];
    const bool is_offset = !field.level;
    const float width = is_offset ? target : node;
    draw_field(context, bits.cut_left(width, gap), field.bits, field.label,
               level_color(context, field.level));
    const Rect box = boxes.cut_left(width, gap);
    const NodeBox* read = is_offset ? nullptr : node_at(walk, *field.level);
    if (read != nullptr) {
      if (from) draw_arrow(context, *from, {box.x - 2, box.y + 14});
      draw_node(context, box, *read, level_color(context, field.level));
      from = Point{box.right(), row_middle(*read, box)};
    } else if (walk.walk_cache && field.level == walk.walk_cache->level) {
      draw_walk_cache_box(context, {all.x, box.y, box.right() - all.x, box.h});
      from = Point{box.right(), box.y + 40};
    } else if (is_offset && walk.target) {
      if (from) draw_arrow(context, *from, {box.x - 2, box.y + 40});
      draw_target(context, box, *walk.target);
    }
  }
  if (walk.nodes.empty() && walk.tlb_entry) {
    const Rect box{all.x, all.y, levels * node + (levels - 1) * gap, all.h};
    draw_tlb_box(context, box);
    if (walk.target) draw_arrow(context, {box.right(), box.y + 40}, {box.right() + gap - 2, box.y + 40});
  }
}

// What the program got in the end stays in view, however many lines there are above it.
void draw_story(Context& context, Rect rect) {
  std::vector<LogLine> lines = context.model.walk.lines;
  std::vector<LogLine> result;
  while (!lines.empty() && lines.back().actor == Actor::Program && result.empty()) {
    result.push_back(lines.back());
    lines.pop_back();
  }
  if (!result.empty()) {
    draw_lines(context, rect.cut_bottom(20, 2), result, "result");
  }
  draw_lines(context, rect, lines, "lines");
}

}  // namespace

void draw_translation(Context& context, Rect rect) {
  const WalkModel& walk = context.model.walk;
  const bool deep = walk.fields.size() > 3;
  if (rect.w >= 760) {
    // Long entries of deep trees need the room themselves.
    const float share = deep ? 0.24F : 0.335F;
    Rect side = rect.cut_right(std::clamp(rect.w * share, 220.0F, 380.0F), 20);
    draw_physical(context, side, 6);
    draw_story(context, side);
    draw_diagram(context, rect);
    return;
  }
  if (rect.w >= 480) {
    draw_diagram(context, rect);
    return;
  }
  // Narrow: one box below the other.
  const std::size_t boxes = walk.nodes.size() + (walk.walk_cache ? 1 : 0);
  const float nodes = static_cast<float>(std::max<std::size_t>(boxes, 1)) * 118;
  const float total = static_cast<float>(walk.fields.size()) * 53 + nodes + 96 + 79 + 220;
  const ScrollArea area(context, "walk", rect, total);
  rect.y -= area.offset();
  rect.h = total;
  for (std::size_t i = 0; i < walk.fields.size(); ++i) {
    const Color color = level_color(context, walk.fields[i].level);
    draw_field(context, rect.cut_top(kBits + 19, 6), walk.fields[i].bits, walk.fields[i].label, color);
    if (!walk.fields[i].level) continue;
    if (const NodeBox* read = node_at(walk, *walk.fields[i].level)) {
      draw_node(context, rect.cut_top(108, 10), *read, color);
    } else if (walk.walk_cache && walk.fields[i].level == walk.walk_cache->level) {
      draw_walk_cache_box(context, rect.cut_top(108, 10));
    }
  }
  if (walk.nodes.empty() && walk.tlb_entry) draw_tlb_box(context, rect.cut_top(96, 10));
  if (walk.target) draw_target(context, rect.cut_top(86, 10), *walk.target);
  draw_physical(context, rect, 10);
  draw_story(context, rect);
}

}  // namespace vmp::ui
