// The plots' tab: which one, what of it, and the chart. Its data can be saved as CSV, its picture as PNG.
#include "shell/present/format.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr std::string_view kEachStep = "each step";
constexpr std::string_view kTotal = "in total";
constexpr std::string_view kCsv = "CSV";
constexpr std::string_view kPng = "PNG";
constexpr std::string_view kEachTip = "What each step did; click for the sum so far";
constexpr std::string_view kTotalTip = "The sum so far; click for what each step did";
constexpr std::string_view kCsvTip = "Save the numbers of this plot";
constexpr std::string_view kPngTip = "Save a picture of this plot";

constexpr float kChip = 22;
constexpr float kGap = 2;

// Controls from left to right, and on below where a row is full.
class Chips {
 public:
  Chips(Context& context, Rect rect) : m_context(context), m_rect(rect), m_row(rect.cut_top(kChip, kGap)) {
    m_rect.cut_top(kChip + kGap);
  }

  bool chip(std::string_view label, Look look, std::string_view hint) {
    const float width = m_context.paint.width(label, m_context.paint.type().label_strong) + 12;
    if (m_row.w < width) {
      m_row = m_rect.cut_top(kChip, kGap);
      ++m_rows;
    }
    const Rect box = m_row.cut_left(width, kGap);
    if (m_context.over(box)) tip(m_context, hint);
    return button(m_context, box, label, look);
  }
  float height() const { return static_cast<float>(m_rows) * (kChip + kGap); }

 private:
  Context& m_context;
  Rect m_rect;
  Rect m_row;
  int m_rows = 1;
};

bool has_sums(PlotId id) {
  return id == PlotId::Faults || id == PlotId::Swap;
}

// Which plot; the height the chips took.
float draw_choice(Context& context, Rect rect) {
  PlotState& state = context.state.plot;
  Chips chips(context, rect);
  for (std::size_t i = 0; i < kPlots; ++i) {
    const auto id = static_cast<PlotId>(i);
    const Look look = id == state.shown ? Look::Chosen : Look::Quiet;
    if (chips.chip(short_name(id), look, title_of(id))) state.shown = id;
  }
  return chips.height();
}

// At the right end of the row: what is counted, and how the plot is saved.
void draw_controls(Context& context, Rect& row, Rect picture) {
  PlotState& state = context.state.plot;
  const auto small = [&](std::string_view label, std::string_view hint) {
    const float width = context.paint.width(label, context.paint.type().label) + 14;
    const Rect box = row.cut_right(width, kGap);
    if (context.over(box) && !hint.empty()) tip(context, hint);
    return button(context, box, label);
  };
  if (small(kPng, kPngTip)) context.ask(SavePicture{picture, std::string(title_of(state.shown))});
  if (small(kCsv, kCsvTip)) context.ask(SavePlot{});
  if (!has_sums(state.shown)) return;
  const bool each = state.sum == PlotSum::EachStep;
  if (small(each ? kEachStep : kTotal, each ? kEachTip : kTotalTip))
    state.sum = each ? PlotSum::Total : PlotSum::EachStep;
}

void draw_progress(Context& context, Rect& row, float progress) {
  const Rect bar = row.cut_right(70, 8);
  const Rect track{bar.x, bar.center().y - 3, bar.w, 6};
  context.paint.fill(track, context.theme().raised, 3);
  context.paint.fill({track.x, track.y, track.w * progress, track.h}, context.theme().accent, 3);
}

}  // namespace

void draw_plots(Context& context, Rect rect) {
  context.state.looked_at.plots = true;
  Painter& paint = context.paint;
  const Model& model = context.model;
  rect.cut_top(draw_choice(context, rect));
  const Rect picture = rect;
  Rect header = rect.cut_top(20, 2);
  draw_controls(context, header, picture);
  if (model.plots.empty()) return;  // made before the next frame
  const Plot& plot = model.plots.front();
  if (model.plots_progress < 1) draw_progress(context, header, model.plots_progress);
  header.cut_left(paint.write(header, plot.title, paint.label_strong()), 8);
  paint.write(header, plot.axis, paint.label());
  draw_chart(context, rect, plot);
}

}  // namespace vmp::ui
