// The fault anatomy, from left to right: what was checked and the bit that decided, what the kernel did, what
// the program saw.
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

void draw_check(Context& context, Rect& rect, const CheckRow& row) {
  Painter& paint = context.paint;
  const Theme& theme = context.theme();
  paint.write(rect.cut_top(18, 2), row.entry, paint.mono());
  Rect chips = rect.cut_top(22, 6);
  for (const FlagCheck& flag : row.flags) {
    const std::string text = flag.flag + (flag.passed ? " ✓" : flag.set ? " = 1" : " = 0");
    const float width = paint.width(text, paint.type().label) + 16;
    if (width > chips.w) {
      if (rect.h < 28) break;
      chips = rect.cut_top(22, 6);
    }
    const Color color = flag.passed ? theme.ok : theme.error;
    const Rect chip = chips.cut_left(width, 6);
    paint.fill(chip, mix(theme.panel, color, 0.16F), 5);
    if (!flag.passed) paint.stroke(chip, color, 1.5F, 5);
    paint.write(chip, text, {paint.type().label, color}, Align::Center);
  }
  if (!row.note.empty()) {
    if (!row.flags.empty()) chips = rect.cut_top(18, 4);
    paint.write(chips, row.note, {paint.type().label, theme.error});
  }
}

void draw_checks(Context& context, Rect rect, const FaultBox& fault) {
  Painter& paint = context.paint;
  paint.write(rect.cut_top(20, 6), "The hardware looked", paint.label_strong());
  // Where there is no room for all levels in full, those that were passed take one line each.
  constexpr float kFull = 48;
  const bool brief = kFull * static_cast<float>(fault.checks.size()) + 18 > rect.h;
  for (const CheckRow& row : fault.checks) {
    if (brief && row.passed) {
      Rect line = rect.cut_top(18);
      line.cut_left(paint.write(line, row.entry, {paint.type().mono, context.theme().ok}), 6);
      paint.write(line, "✓", {paint.type().label, context.theme().ok});
    } else {
      draw_check(context, rect, row);
    }
  }
  if (rect.h >= 18) {
    paint.write(rect.cut_top(18), "fault: " + fault.kind + " (" + fault.reported + ")",
                {paint.type().label_strong, context.theme().error});
  }
}

void draw_saw(Context& context, Rect rect, const FaultBox& fault) {
  Painter& paint = context.paint;
  paint.write(rect.cut_top(20, 6), "The program saw", paint.label_strong());
  const Color color = fault.mended ? context.theme().ok : context.theme().error;
  const Rect bar{rect.x, rect.y, 3, std::min(rect.h, 60.0F)};
  paint.fill(bar, color, 1);
  rect.cut_left(14);
  paint.write_wrapped(rect, fault.program_saw, paint.text(), 20);
}

}  // namespace

void draw_fault(Context& context, Rect rect) {
  const FaultBox& fault = *context.model.walk.fault;
  Painter& paint = context.paint;
  if (rect.w < 560) {
    draw_checks(context,
                rect.cut_top(std::min(rect.h * 0.4F, 40 + 52 * static_cast<float>(fault.checks.size())), 10),
                fault);
    paint.write(rect.cut_top(20, 4), "The kernel", paint.label_strong());
    draw_lines(context, rect.cut_top(rect.h * 0.6F, 10), fault.kernel_did, "lines");
    draw_saw(context, rect, fault);
    return;
  }
  const float gap = 26;
  Rect checks = rect.cut_left(rect.w * 0.32F, gap);
  Rect saw = rect.cut_right(std::min(220.0F, rect.w * 0.32F), gap);
  paint.line({checks.right() + gap / 2, checks.y}, {checks.right() + gap / 2, checks.bottom()},
             context.theme().line);
  paint.line({saw.x - gap / 2, saw.y}, {saw.x - gap / 2, saw.bottom()}, context.theme().line);
  draw_checks(context, checks, fault);
  paint.write(rect.cut_top(20, 6), fault.mended ? "The kernel mended it" : "The kernel could not allow it",
              paint.label_strong());
  draw_lines(context, rect, fault.kernel_did, "lines");
  draw_saw(context, saw, fault);
}

}  // namespace vmp::ui
