// What another machine comes to: the same steps and what the programs saw of them, how long it took before
// and how long it takes now.
#include "shell/present/format.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

void draw_bar(Context& context, Rect row, std::string_view words, std::uint64_t cycles, std::uint64_t most,
              Color color) {
  Painter& paint = context.paint;
  paint.write(row.cut_left(48), words, paint.label());
  const std::string time = format_duration(cycles);
  paint.write(row.cut_right(std::max(64.0F, paint.width(time, paint.type().mono)), 8), time, paint.mono(),
              Align::Right);
  const float part = most == 0 ? 0 : static_cast<float>(cycles) / static_cast<float>(most);
  paint.fill({row.x, row.center().y - 5, row.w, 10}, context.theme().raised, 3);
  paint.fill({row.x, row.center().y - 5, std::max(2.0F, row.w * part), 10}, color, 3);
}

std::string change_of(std::string_view what, std::uint64_t before, std::uint64_t now) {
  const std::string start = before == now ? "" : group_digits(before) + " → ";
  return start + group_digits(now) + " " + std::string(what);
}

void draw_buttons(Context& context, Rect row) {
  const SetupState& setup = context.state.setup;
  const Painter& paint = context.paint;
  const auto look = [](bool possible) { return possible ? Look::Plain : Look::Disabled; };
  if (button(context, row.cut_left(button_width(paint, "Undo"), 8), "Undo", look(setup.undo)))
    context.ask(UndoMachine{});
  if (button(context, row.cut_left(button_width(paint, "Redo"), 8), "Redo", look(setup.redo)))
    context.ask(RedoMachine{});
  constexpr std::string_view kCompare = "Compare in full";
  if (setup.before && button(context, row.cut_right(button_width(paint, kCompare)), kCompare))
    context.ask(CompareMachines{});
}

}  // namespace

void draw_comparison(Context& context, Rect rect) {
  const SetupState& setup = context.state.setup;
  const Theme& theme = context.theme();
  Painter& paint = context.paint;
  paint.line({rect.x, rect.y}, {rect.right(), rect.y}, theme.line);
  rect.cut_top(8);
  draw_buttons(context, rect.cut_bottom(30, 6));
  if (setup.error) {
    paint.write(rect.cut_top(22), "No such machine: the last one stays", {paint.type().strong, theme.error});
    paint.write_wrapped(rect, setup.error->text, paint.label(), 18);
    return;
  }
  if (!setup.now) return;
  const RunSummary& now = *setup.now;
  if (!setup.before) {
    paint.write(rect.cut_top(22), format_count(now.steps, "step") + " so far", paint.strong());
    paint.write_wrapped(rect,
                        format_duration(now.cycles) + " of simulated time, " +
                            format_count(now.faults, "page fault") + ", " +
                            format_count(now.evictions, "eviction") + ", " +
                            format_count(now.transfers, "page") + " to and from swap",
                        paint.label(), 18);
    return;
  }
  const RunSummary& before = *setup.before;
  const bool same = before.output == now.output;
  paint.write(rect.cut_top(22, 2), compare_output(before, now),
              {paint.type().strong, same ? theme.text : theme.error});
  const std::uint64_t most = std::max(before.cycles, now.cycles);
  draw_bar(context, rect.cut_top(18), "before", before.cycles, most, theme.dim);
  draw_bar(context, rect.cut_top(18, 2), "now", now.cycles, most, theme.hot);
  paint.write_wrapped(rect,
                      change_of("page faults", before.faults, now.faults) + " · " +
                          change_of("evictions", before.evictions, now.evictions) + " · " +
                          change_of("pages to and from swap", before.transfers, now.transfers),
                      paint.label(), 17);
}

}  // namespace vmp::ui
