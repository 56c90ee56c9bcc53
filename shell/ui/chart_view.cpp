// One plot: a scale from 0, the series, where the timeline stands, and the values under the pointer. What
// lies ahead of the present step is lighter. A click on a plot over the steps goes there.
#include "shell/present/format.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kLegend = 18;
constexpr float kTall = 160;   // from here on there is room for a second row of names
constexpr float kBottom = 17;  // below the chart, for the numbers of its axis
constexpr float kFuture = 0.38F;
constexpr float kDot = 3;
constexpr float kSign = 12;     // of a name in the legend
constexpr float kEntryGap = 8;  // between names

class Chart {
 public:
  Chart(Context& context, Rect rect, const Plot& plot)
      : m_context(context), m_paint(context.paint), m_plot(plot) {
    m_legend = rect.cut_top(rect.h > kTall && plot.series.size() > 3 ? 2 * kLegend : kLegend, 4);
    const auto lines = static_cast<std::uint64_t>(std::max(1.0F, (rect.h - kBottom) / 30));
    m_scale = scale_for(plot.highest(), plot.unit, lines);
    float margin = 0;
    for (std::uint64_t value = 0; value <= m_scale.top; value += m_scale.step) {
      margin = std::max(margin, m_paint.width(value_text(value, plot.unit), m_paint.type().mono));
    }
    m_bottom = rect.cut_bottom(kBottom);
    m_area = rect;
    m_area.cut_left(margin + 8);
    m_area.cut_right(6);
    m_area.cut_top(6);
    m_slots = plot.by_step ? plot.last_x + 1 : std::max<std::uint64_t>(1, plot.last_x);
  }

  void draw() {
    draw_scale();
    draw_axis();
    m_hovered = pointed();
    const std::uint64_t x = m_hovered.value_or(m_plot.by_step ? m_context.model.position : keyboard_x());
    draw_marks(x);
    for (std::size_t i = 0; i < m_plot.series.size(); ++i) draw_series(i);
    draw_legend(x);
    if (!m_hovered) return;
    tip(m_context, readout(m_plot, x));
    if (m_plot.by_step && m_context.clicked(m_area)) m_context.ask(Seek{static_cast<std::size_t>(x)});
  }

 private:
  float y_of(std::uint64_t value) const {
    return m_area.bottom() - m_area.h * static_cast<float>(value) / static_cast<float>(m_scale.top);
  }
  // Left end of a step's slot; of a number of frames its place.
  float x_of(std::uint64_t x) const {
    return m_area.x + m_area.w * static_cast<float>(x) / static_cast<float>(m_slots);
  }
  std::uint64_t keyboard_x() const {
    const std::uint64_t chosen = m_context.state.plot.frames;
    return std::min(chosen == 0 ? m_plot.last_x / 2 : chosen, m_plot.last_x);
  }

  std::optional<std::uint64_t> pointed() const {
    if (!m_context.over(m_area)) return std::nullopt;
    const float part = (ImGui::GetMousePos().x - m_area.x) / m_area.w * static_cast<float>(m_slots);
    const auto x = static_cast<std::uint64_t>(std::max(0.0F, part + (m_plot.by_step ? 0.0F : 0.5F)));
    return std::clamp<std::uint64_t>(x, m_plot.by_step ? 0 : 1, std::max<std::uint64_t>(1, m_plot.last_x));
  }

  void draw_scale() {
    const Theme& theme = m_context.theme();
    for (std::uint64_t value = 0; value <= m_scale.top; value += m_scale.step) {
      const float y = y_of(value);
      m_paint.line({m_area.x, y}, {m_area.right(), y}, value == 0 ? theme.kernel : theme.line);
      m_paint.write({m_area.x - 108, y - 8, 100, 16}, value_text(value, m_plot.unit), m_paint.mono_dim(),
                    Align::Right);
    }
  }

  void draw_axis() {
    const std::uint64_t last = m_plot.last_x;
    const std::string end = m_plot.by_step ? "step " + group_digits(last) : format_count(last, "frame");
    m_paint.write({m_area.x, m_bottom.y, 40, kBottom}, "0", m_paint.mono_dim());
    m_paint.write({m_area.right() - 120, m_bottom.y, 120, kBottom}, end, m_paint.label(), Align::Right);
    if (last >= 8) {
      const float x = x_of(last / 2);
      m_paint.write({x - 30, m_bottom.y, 60, kBottom}, group_digits(last / 2), m_paint.mono_dim(),
                    Align::Center);
    }
  }

  // The present step, and what the pointer or the keyboard is on.
  void draw_marks(std::uint64_t x) {
    const Theme& theme = m_context.theme();
    const auto mark = [&](std::uint64_t at, Color color, float thickness) {
      const float half = m_plot.by_step ? m_area.w / static_cast<float>(m_slots) / 2 : 0;
      m_paint.line({x_of(at) + half, m_area.y - 4}, {x_of(at) + half, m_area.bottom()}, color, thickness);
    };
    if (m_plot.by_step) mark(m_context.model.position, theme.hot, 1.5F);
    if (!m_plot.by_step || m_hovered) mark(x, theme.dim, 1);
  }

  Color color_of(std::size_t index) const {
    const Theme& theme = m_context.theme();
    const PlotSeries& series = m_plot.series[index];
    if (series.hue) return theme.hue(*series.hue).fill;
    const Color colors[] = {theme.offset, theme.error, theme.ok, theme.accent, theme.text, theme.level[1]};
    return colors[index % std::size(colors)];
  }

  void draw_series(std::size_t index) {
    if (m_plot.shape == PlotShape::Lines) {
      draw_points(index);
      return;
    }
    // No more columns than pixels: what a column stands for is drawn from its lowest to its highest value.
    const auto pixels = static_cast<std::uint64_t>(std::max(1.0F, m_area.w));
    const std::uint64_t columns = std::min(m_slots, pixels);
    std::optional<float> before;
    for (std::uint64_t column = 0; column < columns; ++column) {
      const std::uint64_t from = column * m_slots / columns;
      const std::uint64_t to = (column + 1) * m_slots / columns;
      const auto range =
          range_of(m_plot.series[index], static_cast<std::size_t>(from), static_cast<std::size_t>(to));
      if (!range) {
        before.reset();
        continue;
      }
      const bool future = from > m_context.model.position;
      const Color color = color_of(index).alpha(future ? kFuture : 1.0F);
      const float left = x_of(from);
      const float right = x_of(to);
      if (m_plot.shape == PlotShape::Bars) {
        draw_bar({left, 0, right - left, 0}, stacked_below(index, from, to), range->high, color);
        continue;
      }
      const float y = y_of(range->high);
      const float thickness = std::max(1.5F, 3.5F - 0.7F * static_cast<float>(index));
      if (before) m_paint.line({left, *before}, {left, y}, color, thickness);
      m_paint.line({left, y}, {right, y}, color, thickness);
      if (range->low != range->high) m_paint.line({left, y}, {left, y_of(range->low)}, color, 1);
      before = y;
    }
  }

  std::uint64_t stacked_below(std::size_t index, std::uint64_t from, std::uint64_t to) const {
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < index; ++i) {
      const auto range =
          range_of(m_plot.series[i], static_cast<std::size_t>(from), static_cast<std::size_t>(to));
      if (range) below += range->high;
    }
    return below;
  }

  void draw_bar(Rect slot, std::uint64_t below, std::uint64_t value, Color color) {
    if (value == 0) return;
    const float side = slot.w > 6 ? std::min(3.0F, slot.w * 0.15F) : 0;
    const float top = y_of(below + value);
    m_paint.fill({slot.x + side, top, std::max(1.0F, slot.w - 2 * side), y_of(below) - top}, color, 1);
  }

  // Each series has its own sign, so that colour is not all that tells them apart.
  void draw_points(std::size_t index) {
    const PlotSeries& series = m_plot.series[index];
    std::optional<Point> before;
    for (std::size_t i = 0; i < std::min(m_plot.xs.size(), series.values.size()); ++i) {
      if (series.values[i] == kNoValue) continue;
      const Point at{x_of(m_plot.xs[i]), y_of(series.values[i])};
      if (before) m_paint.line(*before, at, color_of(index), 1.8F);
      draw_sign(at, index);
      before = at;
    }
  }

  void draw_sign(Point at, std::size_t index) {
    const Color color = color_of(index);
    switch (m_plot.shape == PlotShape::Lines ? index % 4 : 1) {
      case 0:
        m_paint.dot(at, kDot, color, Layer::Curve);
        break;
      case 1:
        m_paint.fill({at.x - kDot, at.y - kDot, 2 * kDot, 2 * kDot}, color, 1, Layer::Curve);
        break;
      case 2:
        m_paint.triangle({at.x - kDot - 1, at.y + kDot}, {at.x + kDot + 1, at.y + kDot},
                         {at.x, at.y - kDot - 1}, color, Layer::Curve);
        break;
      default:
        m_paint.triangle({at.x - kDot - 1, at.y - kDot}, {at.x + kDot + 1, at.y - kDot},
                         {at.x, at.y + kDot + 1}, color, Layer::Curve);
        break;
    }
  }

  std::uint64_t value_at(const PlotSeries& series, std::uint64_t x) const {
    const std::optional<std::size_t> place = place_at(m_plot, x);
    return place && *place < series.values.size() ? series.values[*place] : kNoValue;
  }
  float entry_width(const PlotSeries& series, std::uint64_t x) const {
    return kSign + m_paint.width(series.name, m_paint.type().label) + 5 +
           m_paint.width(value_text(value_at(series, x), m_plot.unit), m_paint.type().mono);
  }
  float legend_width(std::uint64_t x) const {
    float width = 0;
    for (const PlotSeries& series : m_plot.series) width += entry_width(series, x) + kEntryGap;
    return width;
  }

  // The series with their values at `x`, as many as there is room for.
  void draw_legend(std::uint64_t x) {
    Rect rows = m_legend;
    Rect row = rows.cut_top(kLegend);
    const std::string at = m_plot.by_step ? "step " + group_digits(x) : format_count(x, "frame");
    // Where the series need all the room, what is pointed at says it beside the pointer.
    if (legend_width(x) + m_paint.width(at, m_paint.type().label) <=
        row.w * (rows.h < kLegend ? 1.0F : 2.0F)) {
      m_paint.write(row.cut_right(m_paint.width(at, m_paint.type().label), 10), at, m_paint.label(),
                    Align::Right);
    }
    for (std::size_t i = 0; i < m_plot.series.size(); ++i) {
      const PlotSeries& series = m_plot.series[i];
      const float name = m_paint.width(series.name, m_paint.type().label);
      const float width = entry_width(series, x);
      if (row.w < width) row = rows.cut_top(kLegend);
      if (row.w < width || row.h < kLegend) break;
      Rect entry = row.cut_left(width, kEntryGap);
      draw_sign({entry.x + 4, entry.center().y}, i);
      entry.cut_left(kSign);
      m_paint.write(entry, series.name, m_paint.label());
      entry.cut_left(name + 5);
      m_paint.write(entry, value_text(value_at(series, x), m_plot.unit), m_paint.mono());
    }
  }

  Context& m_context;
  Painter& m_paint;
  const Plot& m_plot;
  Rect m_legend;
  Rect m_area;
  Rect m_bottom;
  PlotScale m_scale;
  std::uint64_t m_slots = 1;
  std::optional<std::uint64_t> m_hovered;
};

}  // namespace

void draw_chart(Context& context, Rect rect, const Plot& plot) {
  if (!plot.empty.empty()) {
    context.paint.write_wrapped(rect, plot.empty, context.paint.label(), 17);
    return;
  }
  Chart(context, rect, plot).draw();
}

}  // namespace vmp::ui
