// The lesson: what to notice now, what comes next, and how far along we are. In the medium shape it is a
// strip.
#include <algorithm>

#include "shell/present/format.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kLine = 22;

// The card that says what the next step will do; a click does it.
void draw_next(Context& context, Rect card) {
  Painter& paint = context.paint;
  const bool over = context.over(card);
  paint.fill(card, over ? context.theme().line : context.theme().raised);
  Rect inner = card.inset(14, 10);
  const bool end = context.model.next.empty();
  paint.write(inner.cut_top(20, 2), end ? "The end" : "Next", paint.strong());
  const std::string_view text = end ? std::string_view("Step back, or click a page and go on by yourself.")
                                    : std::string_view(context.model.next);
  paint.write_wrapped(inner, text, paint.dim(), 20);
  if (end) return;
  if (over) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (context.clicked(card)) context.ask(Forward{});
}

float next_height(const Context& context, float width) {
  const std::string_view text = context.model.next.empty()
                                    ? "Step back, or click a page and go on by yourself."
                                    : std::string_view(context.model.next);
  return 42 + context.paint.wrapped_height(width - 28, text, context.paint.type().text, 20);
}

void draw_progress(Context& context, Rect row) {
  Painter& paint = context.paint;
  const Model& model = context.model;
  const std::string text = "step " + group_digits(model.position) + " of " + group_digits(model.size);
  paint.write(row.cut_left(paint.width(text, paint.type().label), 14), text, paint.label());
  const Rect bar{row.x, row.center().y - 2, row.w, 4};
  paint.fill(bar, context.theme().line, 2);
  const float part =
      model.size == 0 ? 0 : static_cast<float>(model.position) / static_cast<float>(model.size);
  paint.fill({bar.x, bar.y, bar.w * part, 4}, context.theme().ok, 2);
}

void draw_restore(Context& context, Rect row) {
  if (button(context, row, "Back to the lesson as written", Look::Quiet)) context.ask(RestoreLesson{});
}

void draw_strip(Context& context, Rect rect) {
  Painter& paint = context.paint;
  Rect inner = rect.inset(16, 10);
  const bool question = context.state.predict.shows();
  Rect card = inner.cut_right(question ? inner.w * 0.6F : std::min(280.0F, inner.w * 0.32F), 16);
  card = {card.x, rect.y + 8, card.w, rect.h - 16};
  question ? draw_question(context, card) : draw_next(context, card);
  if (context.model.modified) draw_restore(context, inner.cut_bottom(22, 2));
  const float prose = paint.wrapped_height(inner.w, context.model.prose, paint.type().text, 20);
  const ScrollArea area(context, "lesson", inner, prose);
  paint.write_wrapped({inner.x, inner.y - area.offset(), inner.w - 8, prose + 40}, context.model.prose,
                      paint.text(), 20);
}

// The checkpoints of the lesson: what is done, where we are, what is to come. A click goes there.
void draw_chapters(Context& context, Rect rect) {
  constexpr float kRow = 26;
  const std::vector<Checkpoint>& checkpoints = context.model.lesson->checkpoints;
  Painter& paint = context.paint;
  if (checkpoints.empty() || rect.h < 30 + kRow * static_cast<float>(checkpoints.size())) return;
  paint.write(rect.cut_top(20, 6), "In this lesson", paint.label());
  for (const Checkpoint& checkpoint : checkpoints) {
    const Rect row = rect.cut_top(kRow);
    const bool reached = checkpoint.position <= context.model.position;
    const bool over = context.over(row);
    const Color dot = reached ? context.theme().ok : context.theme().line;
    paint.dot({row.x + 6, row.center().y}, 4, dot);
    std::string name = checkpoint.name;
    std::replace(name.begin(), name.end(), '-', ' ');
    const Color text = over ? context.theme().text : context.theme().dim;
    paint.write({row.x + 20, row.y, row.w - 20, row.h}, name, {paint.type().label, text});
    if (over) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (context.clicked(row)) context.ask(Seek{checkpoint.position});
  }
}

}  // namespace

void draw_lesson(Context& context, Rect rect) {
  Painter& paint = context.paint;
  paint.panel(rect, context.theme().panel);
  if (context.layout.shape == Shape::Medium) {
    draw_strip(context, rect);
    return;
  }
  Rect inner = rect.inset(16, 16);
  paint.write_wrapped(inner, context.model.lesson->title, paint.title(), 24);
  inner.cut_top(paint.wrapped_height(inner.w, context.model.lesson->title, paint.type().title, 24), 10);
  draw_progress(context, inner.cut_bottom(16, 12));
  if (context.model.modified) draw_restore(context, inner.cut_bottom(26, 8));
  if (context.state.predict.shows() && context.layout.question.empty()) {
    draw_question(context, inner.cut_top(std::min(question_height(context, inner.w), inner.h), 16));
    const float prose = paint.wrapped_height(inner.w - 6, context.model.prose, paint.type().text, kLine);
    const ScrollArea area(context, "lesson", inner, prose);
    paint.write_wrapped({inner.x, inner.y - area.offset(), inner.w - 6, prose + 40}, context.model.prose,
                        paint.text(), kLine);
    return;
  }
  const float next = next_height(context, inner.w);
  const float prose = paint.wrapped_height(inner.w - 6, context.model.prose, paint.type().text, kLine);
  Rect text = inner;
  text.h = std::min(prose, inner.h - next - 18);
  {
    const ScrollArea area(context, "lesson", text, prose);
    paint.write_wrapped({text.x, text.y - area.offset(), text.w - 6, prose + 40}, context.model.prose,
                        paint.text(), kLine);
  }
  draw_next(context, {inner.x, text.bottom() + 18, inner.w, next});
  const float below = text.bottom() + 18 + next + 22;
  draw_chapters(context, {inner.x, below, inner.w, inner.bottom() - below});
}

}  // namespace vmp::ui
