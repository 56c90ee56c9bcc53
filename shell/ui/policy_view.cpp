// The replacement policy as it is: a queue, a stack, a ring with its hand, classes or lists, every page in
// the colours it has everywhere. The page that would leave now is marked before it goes.
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr std::string_view kNext = "next";
constexpr std::string_view kHand = "hand";

constexpr float kCell = 26;   // height of a page
constexpr float kAbove = 18;  // for the hand and the mark of the victim
constexpr float kBelow = 16;  // for bits and numbers
constexpr float kGap = 6;     // between pages
constexpr float kLeast = 44;  // width of a page
constexpr float kName = 112;  // of a list's name beside it
constexpr float kBit = 7;     // one bit of a counter
constexpr float kLine = 17;   // of text
constexpr float kWordsBeside = 640;
constexpr float kRingEnd = 14;  // where a ring turns round

// What a place in a row shows: a page, or how many are left out.
struct Place {
  const PolicyCell* cell = nullptr;
  std::uint64_t left_out = 0;
};

std::vector<Place> places_of(const PolicyRow& row) {
  std::vector<Place> places;
  for (const PolicyCell& cell : row.cells) {
    if (cell.left_out > 0) places.push_back({nullptr, cell.left_out});
    places.push_back({&cell, 0});
  }
  if (row.left_out > 0) places.push_back({nullptr, row.left_out});
  return places;
}

std::string caption_of(const PolicyCell& cell) {
  if (cell.bits.empty() || cell.note.empty()) return cell.bits + cell.note;
  return cell.bits + " · " + cell.note;
}

// One drawing of the whole policy: measured first, then drawn where it has scrolled to.
class PolicyDrawing {
 public:
  PolicyDrawing(Context& context, const PolicyModel& model, float width)
      : m_context(context), m_paint(context.paint), m_model(model), m_width(width) {
    for (const PolicyRow& row : model.rows) {
      for (const PolicyCell& cell : row.cells) measure(cell);
    }
    m_several = model.rows.size() > 1;
    m_columns = std::max<std::size_t>(2, static_cast<std::size_t>((cells_width() + kGap) / (m_cell + kGap)));
  }

  float height() const {
    float height = 0;
    for (const PolicyRow& row : m_model.rows) height += row_height(row);
    return height;
  }

  void draw(Rect rect) {
    for (const PolicyRow& row : m_model.rows) {
      Rect place = rect.cut_top(row_height(row));
      if (m_several) {
        draw_name(place.cut_left(kName), row);
      } else if (has_ends(row)) {
        draw_ends(place.cut_top(kLine), row);
      }
      draw_row(place, row);
    }
  }

 private:
  void measure(const PolicyCell& cell) {
    const std::string caption = caption_of(cell);
    m_cell = std::max({m_cell, m_paint.width(cell.card.page, m_paint.type().mono) + 8,
                       m_paint.width(caption, m_paint.type().mono) + 4});
    if (cell.counter) m_cell = std::max(m_cell, 9 * kBit + 8);
    if (!caption.empty() || cell.counter) m_below = kBelow;
    if (cell.hand && cell.victim) {
      const float both = m_paint.width(kHand, m_paint.type().label_strong) + 8 +
                         m_paint.width(kNext, m_paint.type().label_strong);
      m_cell = std::max(m_cell, both);
    }
  }
  float cells_width() const { return m_width - (m_several ? kName : 0.0F) - 8; }
  bool has_ends(const PolicyRow& row) const { return !row.front.empty() && row.id != PolicyListId::Ring; }
  // Room for the hand and the mark of the victim, where the row has one of them.
  static float above(const PolicyRow& row) {
    const bool marked = std::any_of(row.cells.begin(), row.cells.end(),
                                    [](const PolicyCell& cell) { return cell.hand || cell.victim; });
    return marked ? kAbove : 2;
  }
  float line_height(const PolicyRow& row) const { return above(row) + kCell + m_below; }
  bool is_ring(const PolicyRow& row, std::size_t places) const {
    return row.id == PolicyListId::Ring && places > 2 && places <= 2 * ring_columns();
  }
  std::size_t ring_columns() const {
    const float width = cells_width() - 2 * kRingEnd;
    return std::max<std::size_t>(2, static_cast<std::size_t>((width + kGap) / (m_cell + kGap)));
  }
  float row_height(const PolicyRow& row) const {
    const std::size_t places = places_of(row).size();
    const float ends = !m_several && has_ends(row) ? kLine : 0;
    if (is_ring(row, places)) return 2 * line_height(row) + 12;
    const std::size_t lines = std::max<std::size_t>(1, (places + m_columns - 1) / m_columns);
    return ends + static_cast<float>(lines) * (line_height(row) + 3) + 3;
  }

  void draw_name(Rect rect, const PolicyRow& row) {
    rect.cut_top(above(row));
    const Rect line = rect.cut_top(kCell);
    const std::string count = std::to_string(row.size);
    m_paint.write({line.x, line.y, line.w - 6, line.h}, row.name, m_paint.label());
    m_paint.write({line.x, line.y, line.w - 8, line.h}, count, m_paint.mono(), Align::Right);
  }

  void draw_ends(Rect rect, const PolicyRow& row) {
    const float front = m_paint.write(rect, row.front, m_paint.label());
    const std::size_t places = std::min(places_of(row).size(), m_columns);
    const float end = std::max(static_cast<float>(places) * (m_cell + kGap) - kGap,
                               front + 40 + m_paint.width(row.back, m_paint.type().label));
    const float back = m_paint.width(row.back, m_paint.type().label);
    m_paint.write({rect.x, rect.y, std::min(end, rect.w), rect.h}, row.back, m_paint.label(), Align::Right);
    const float y = rect.center().y + 1;
    const float to = rect.x + std::min(end, rect.w) - back - 8;
    m_paint.line({rect.x + front + 8, y}, {to, y}, m_context.theme().line);
  }

  void draw_row(Rect rect, const PolicyRow& row) {
    const std::vector<Place> places = places_of(row);
    if (places.empty()) {
      m_paint.stroke({rect.x, rect.y + above(row), m_cell, kCell}, m_context.theme().line, 1, 5);
      m_paint.write({rect.x, rect.y + above(row), m_cell, kCell}, "–", m_paint.label(), Align::Center);
    } else if (is_ring(row, places.size())) {
      draw_ring(rect, row, places);
    } else {
      for (std::size_t i = 0; i < places.size(); ++i) {
        const auto column = static_cast<float>(i % m_columns);
        const std::size_t line = i / m_columns;
        draw_place({rect.x + column * (m_cell + kGap),
                    rect.y + static_cast<float>(line) * (line_height(row) + 3), m_cell, line_height(row)},
                   row, places[i]);
      }
    }
    if (row.target) draw_target(rect, row);
  }

  // A race track: from the hand to the right, and below back to the left.
  void draw_ring(Rect rect, const PolicyRow& row, const std::vector<Place>& places) {
    const std::size_t top = (places.size() + 1) / 2;
    const float left = rect.x + kRingEnd;
    const float upper = rect.y + above(row) + kCell / 2;
    const float lower = upper + line_height(row) + 3;
    const float right = left + static_cast<float>(top) * (m_cell + kGap) - kGap;
    const Color color = m_context.theme().kernel;
    for (const float y : {upper, lower}) m_paint.line({left - 6, y}, {right + 6, y}, color, 1.5F);
    for (const float x : {left - 6, right + 6}) m_paint.line({x, upper}, {x, lower}, color, 1.5F);
    const float middle = (upper + lower) / 2;
    m_paint.triangle({right + 2, middle - 4}, {right + 10, middle - 4}, {right + 6, middle + 4}, color);
    m_paint.triangle({left - 10, middle + 4}, {left - 2, middle + 4}, {left - 6, middle - 4}, color);
    for (std::size_t i = 0; i < places.size(); ++i) {
      const bool above = i < top;
      const auto column = static_cast<float>(above ? i : 2 * top - 1 - i);
      draw_place({left + column * (m_cell + kGap), rect.y + (above ? 0 : line_height(row) + 3), m_cell,
                  line_height(row)},
                 row, places[i]);
    }
  }

  // How long T1 should be: a mark behind so many pages.
  void draw_target(Rect rect, const PolicyRow& row) {
    const float cells = static_cast<float>(*row.target) / 100;
    if (cells > static_cast<float>(m_columns)) return;
    const float x = rect.x + cells * (m_cell + kGap) - kGap / 2;
    const float y = rect.y + above(row);
    m_paint.line({x, y - 3}, {x, y + kCell + 3}, m_context.theme().text, 2.5F, Layer::Text);
    m_paint.write({x - 16, y + 7, 12, 12}, "p", {m_paint.type().label_strong, m_context.theme().text},
                  Align::Right);
  }

  void draw_place(Rect rect, const PolicyRow& row, const Place& place) {
    if (place.cell == nullptr) {
      rect.cut_top(above(row));
      m_paint.write(rect.cut_top(kCell), "+" + std::to_string(place.left_out), m_paint.label(),
                    Align::Center);
      return;
    }
    draw_cell(rect, row, *place.cell);
  }

  void draw_cell(Rect rect, const PolicyRow& row, const PolicyCell& cell) {
    const Theme& theme = m_context.theme();
    draw_marks(rect.cut_top(above(row)), cell);
    const Rect box = rect.cut_top(kCell);
    const Rect around{box.x - 2, box.y - 2, box.w + 4, box.h + 4};
    bool hot = false;
    if (cell.frame) {
      const FrameGround ground = draw_frame_ground(m_context, box, cell.card, 5);
      const bool plate = cell.card.hues.size() > 1;
      const Color plate_color = plate ? theme.hue(cell.card.hues.front()).fill : theme.panel;
      const std::string& words = cell.card.page.empty() ? cell.card.label : cell.card.page;
      write_on_plate(m_context, box.inset(2, 3), words, {m_paint.type().mono, ground.text}, plate,
                     plate_color);
      if (cell.card.dirty) m_paint.dot({box.right() - 5, box.y + 5}, 2.5F, ground.text);
      m_context.point_at(box, FrameTarget{*cell.frame});
      hot = m_context.highlight.has(*cell.frame) || m_context.model.touched.has(*cell.frame);
    } else {
      const Color color = cell.card.hues.empty() ? theme.kernel : theme.hue(cell.card.hues.front()).fill;
      const PageTarget page{cell.ghost.process, cell.ghost.page};
      m_paint.dashed(box, color);
      m_paint.write(box, cell.card.page, m_paint.mono_dim(), Align::Center);
      m_context.point_at(box, page);
      hot = m_context.highlight.has(page);
    }
    if (cell.victim) m_paint.stroke(around, theme.error, 2, 7);
    if (hot) m_paint.stroke(around.inset(cell.victim ? -3.0F : 0.0F), theme.hot, 2, 8);
    if (m_below > 0) draw_caption(rect.cut_top(kBelow), cell);
  }

  void draw_marks(Rect rect, const PolicyCell& cell) {
    rect.cut_bottom(4);
    if (cell.hand) {
      const Ink ink{m_paint.type().label_strong, m_context.theme().text};
      const float width = m_paint.write(rect, kHand, ink, cell.victim ? Align::Left : Align::Center);
      rect.cut_left(cell.victim ? width + 6 : 0);
    }
    if (cell.victim) {
      m_paint.write(rect, kNext, {m_paint.type().label_strong, m_context.theme().error},
                    cell.hand ? Align::Left : Align::Center);
    }
  }

  void draw_caption(Rect rect, const PolicyCell& cell) {
    if (cell.counter) {
      draw_counter(rect, cell);
      return;
    }
    const Ink ink = cell.set ? m_paint.mono() : m_paint.mono_dim();
    m_paint.write(rect, caption_of(cell), ink, Align::Center);
  }

  // The accessed bit, a gap, and the eight bits of the counter: full for 1.
  void draw_counter(Rect rect, const PolicyCell& cell) {
    const Theme& theme = m_context.theme();
    float x = rect.center().x - (9 * kBit + 4) / 2;
    for (int bit = 8; bit >= 0; --bit) {
      const bool accessed = bit == 8;
      const bool one = accessed ? cell.set : (*cell.counter >> bit & 1) != 0;
      const Rect box{x, rect.y + 5, kBit - 1, 9};
      if (one) {
        m_paint.fill(box, accessed ? theme.accent : theme.text, 1);
      } else {
        m_paint.stroke(box, theme.kernel, 1, 1);
      }
      x += kBit + (accessed ? 4.0F : 0.0F);
    }
  }

  Context& m_context;
  Painter& m_paint;
  const PolicyModel& m_model;
  float m_width;
  float m_cell = kLeast;
  float m_below = 0;
  bool m_several = false;
  std::size_t m_columns = 2;
};

}  // namespace

void draw_policy(Context& context, Rect rect) {
  context.state.looked_at.policy = true;
  if (!context.model.policy) return;  // made before the next frame
  const PolicyModel& model = *context.model.policy;
  Painter& paint = context.paint;
  const Ink quiet = paint.label();
  const Ink plain{paint.type().label, context.theme().text};
  const std::pair<std::string_view, Ink> words[] = {
      {model.next, plain}, {model.last, plain}, {model.legend, quiet}, {model.rule, quiet}};
  // Where there is room, the words stand beside the drawing.
  const bool beside = rect.w >= kWordsBeside;
  const float drawn_width = beside ? rect.w * 0.56F : rect.w - 12;
  const float words_width = beside ? rect.w - drawn_width - 36 : rect.w - 12;
  const auto height_of = [&](std::string_view text) {
    return text.empty() ? 0 : paint.wrapped_height(words_width, text, quiet.font, kLine) + 2;
  };
  float words_height = 0;
  for (const auto& [text, ink] : words) words_height += height_of(text);
  PolicyDrawing drawing(context, model, drawn_width);
  const float drawn_height = 26 + drawing.height();
  const float total = beside ? std::max(drawn_height, words_height) : drawn_height + words_height;
  const ScrollArea area(context, "policy", rect, total);
  rect = {rect.x + 4, rect.y - area.offset(), rect.w - 12, std::max(rect.h, total)};
  Rect left = beside ? rect.cut_left(drawn_width, 24) : rect.cut_top(drawn_height);

  Rect header = left.cut_top(18, 4);
  header.cut_left(paint.write(header, model.title, paint.strong()), 10);
  paint.write(header, model.summary, quiet);
  drawing.draw(left);
  for (const auto& [text, ink] : words) {
    if (!text.empty()) paint.write_wrapped(rect.cut_top(height_of(text)), text, ink, kLine);
  }
}

}  // namespace vmp::ui
