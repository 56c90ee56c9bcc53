// The log: one line a step, the present one opened up to say who did what. A click goes to that moment.
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kStepRow = 24;
constexpr float kLineRow = 17;
constexpr float kWho = 48;

// A program's view of a step is only what the program itself did.
bool shown(const Context& context, const LogLine& line) {
  return context.state.viewpoint == Viewpoint::Machine || line.actor == Actor::Program;
}

float lines_height(const Context& context, float width) {
  float height = 0;
  for (const LogLine& line : context.model.walk.lines) {
    if (!shown(context, line)) continue;
    height += context.paint.wrapped_height(width - kWho, line.text, context.paint.type().label, kLineRow) + 3;
  }
  return height + 8;
}

void draw_open_step(Context& context, Rect rect) {
  Painter& paint = context.paint;
  for (const LogLine& line : context.model.walk.lines) {
    if (!shown(context, line)) continue;
    const Color color = line.hue ? context.theme().hue(*line.hue).text : context.theme().dim;
    const float height = paint.wrapped_height(rect.w - kWho, line.text, paint.type().label, kLineRow);
    Rect row = rect.cut_top(height, 3);
    paint.write({row.x, row.y, kWho - 6, kLineRow}, line.who, {paint.type().label_strong, color});
    row.cut_left(kWho);
    row.h += 1;
    paint.write_wrapped(row, line.text, {paint.type().label, context.theme().text}, kLineRow);
  }
}

void draw_step(Context& context, Rect row, std::size_t index) {
  Painter& paint = context.paint;
  const Model& model = context.model;
  const bool now = index + 1 == model.position;
  const bool future = index >= model.position;
  if (now) paint.fill(row, context.theme().raised, 4);
  if (context.over(row)) {
    paint.stroke(row, context.theme().line, 1, 4);
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  }
  if (context.clicked(row)) context.ask(Seek{index + 1});
  Rect words = row.inset(8, 0);
  paint.write(words.cut_left(30), std::to_string(index + 1), paint.mono_dim());
  const StepTone tone = model.marks[index].tone;
  const bool machine = context.state.viewpoint == Viewpoint::Machine;
  if (tone == StepTone::Signal || (tone == StepTone::Fault && machine)) {
    const Rect mark = words.cut_right(10, 4);
    paint.dot(mark.center(), 3.5F,
              tone == StepTone::Signal ? context.theme().error : context.theme().process[1].text);
  }
  const Color color = future ? context.theme().dim.alpha(0.75F) : context.theme().text;
  paint.write(words, model.headlines[index], {now ? paint.type().label_strong : paint.type().label, color});
}

}  // namespace

void draw_log(Context& context, Rect rect) {
  const Model& model = context.model;
  const std::size_t count = model.headlines.size();
  if (count == 0) {
    context.paint.write(rect.cut_top(20), "Nothing has happened yet.", context.paint.label());
    return;
  }
  const float width = rect.w - 10;
  const float open = model.position > 0 ? lines_height(context, width - 46) : 0;
  const float total = static_cast<float>(count) * kStepRow + open;
  const float now = static_cast<float>(model.position) * kStepRow;
  if (context.state.log_position != model.position) {
    context.state.log_position = model.position;
    ScrollArea::reveal(context.state, "log", now - 3 * kStepRow, now + open + kStepRow, rect.h);
    ScrollArea::reveal(context.state, "log", now - kStepRow, now, rect.h);
  }
  const ScrollArea area(context, "log", rect, total);
  float y = rect.y - area.offset();
  for (std::size_t i = 0; i < count; ++i) {
    if (y + kStepRow > rect.y && y < rect.bottom()) draw_step(context, {rect.x, y, width, kStepRow - 1}, i);
    y += kStepRow;
    if (i + 1 != model.position) continue;
    draw_open_step(context, {rect.x + 38, y + 2, width - 46, open});
    y += open;
  }
}

}  // namespace vmp::ui
