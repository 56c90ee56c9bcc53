// A recording as a row of bars: how many page faults each slice of it took. A click goes to that moment.
#include "shell/present/format.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {

void draw_slices(Context& context, Rect rect) {
  const Model& model = context.model;
  Painter& paint = context.paint;
  std::uint64_t most = 1;
  std::uint64_t total = 0;
  std::uint64_t references = 0;
  for (const TraceSlice& slice : model.slices) {
    most = std::max(most, slice.faults);
    if (slice.step >= model.position) continue;
    total += slice.faults;
    references += slice.references;
  }
  const std::string summary = format_count(total, "page fault") + " in " +
                              format_count(references, "reference") +
                              " so far; a bar is one slice, the tallest has " + group_digits(most);
  paint.write(rect.cut_top(20, 6), summary, paint.label());
  const Rect chart = rect.inset(0, 2);
  paint.line({chart.x, chart.bottom()}, {chart.right(), chart.bottom()}, context.theme().line);
  const std::size_t first = model.slices.front().step;
  const float width = chart.w / static_cast<float>(std::max<std::size_t>(1, model.size - first));
  for (const TraceSlice& slice : model.slices) {
    const float height = chart.h * static_cast<float>(slice.faults) / static_cast<float>(most);
    const Rect column{chart.x + static_cast<float>(slice.step - first) * width, chart.y, width, chart.h};
    const bool now = slice.step + 1 == model.position;
    const Color color = now                           ? context.theme().hot
                        : slice.step < model.position ? context.theme().process[0].fill
                                                      : context.theme().line;
    const float side = std::min(2.0F, width * 0.15F);
    paint.fill({column.x + side, column.bottom() - std::max(height, 1.5F), column.w - 2 * side,
                std::max(height, 1.5F)},
               color, 2);
    if (context.over(column)) {
      paint.fill(column, context.theme().text.alpha(0.06F), 2);
      tip(context,
          format_count(slice.faults, "page fault") + " in " + format_count(slice.references, "reference"));
    }
    if (context.clicked(column)) context.ask(Seek{slice.step + 1});
  }
}

}  // namespace vmp::ui
