// The controls: which lesson, whose view, the transport and the timeline, and what is done with the work.
#include "shell/present/format.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kButton = 34;
constexpr float kHeight = 30;
constexpr float kRoomForAll = 1300;  // the width from which on nothing is put into a menu

Rect centred(Rect row, float height) {
  return {row.x, row.y + (row.h - height) / 2, row.w, height};
}

std::string step_text(const Context& context) {
  return "step " + group_digits(context.model.position) + " of " + group_digits(context.model.size);
}

void draw_chooser_button(Context& context, Rect rect) {
  Painter& paint = context.paint;
  const std::string& title = context.model.lesson->title;
  const float width =
      paint.write({rect.x, rect.y, rect.w - 24, rect.h}, title.empty() ? "Scenario" : title, paint.title());
  draw_icon(paint, {rect.x + width + 6, rect.y, 16, rect.h}, Icon::Down, context.theme().dim);
  if (context.over(rect)) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (context.clicked(rect)) context.state.popup = "chooser";
}

void draw_viewpoint(Context& context, Rect rect, bool short_words) {
  context.paint.fill(rect, context.theme().raised);
  Rect inner = rect.inset(2);
  const Rect program = inner.cut_left(inner.w / 2);
  const bool machine = context.state.viewpoint == Viewpoint::Machine;
  if (button(context, program, short_words ? "Program" : "Program sees",
             machine ? Look::Quiet : Look::Chosen)) {
    context.state.viewpoint = Viewpoint::Program;
  }
  if (button(context, inner, "Machine", machine ? Look::Chosen : Look::Quiet)) {
    context.state.viewpoint = Viewpoint::Machine;
  }
}

// |<  <  >  >: start, back, play, forward.
void draw_transport(Context& context, Rect& row) {
  const bool at_start = context.model.position == 0;
  const bool at_end = context.model.position == context.model.size;
  const auto next = [&] { return centred(row.cut_left(kButton, 4), kHeight); };
  if (icon_button(context, next(), Icon::Start, at_start ? Look::Disabled : Look::Plain,
                  "To the start (Home)")) {
    context.ask(Seek{0});
  }
  if (icon_button(context, next(), Icon::Back, at_start ? Look::Disabled : Look::Plain, "Step back (←)")) {
    context.ask(Back{});
  }
  const Icon play = context.state.playing ? Icon::Pause : Icon::Play;
  if (icon_button(context, next(), play, at_end && !context.state.playing ? Look::Disabled : Look::Plain,
                  "Play (space)")) {
    context.ask(TogglePlay{});
  }
  context.anchors.step_button = next();
  if (icon_button(context, context.anchors.step_button, Icon::Forward, at_end ? Look::Disabled : Look::Chosen,
                  "Step (→)")) {
    context.ask(Forward{});
  }
}

void draw_speed(Context& context, Rect rect) {
  const float speed = context.state.speed;
  const std::string_view label = speed < 0.9F ? "½×" : speed < 1.5F ? "1×" : speed < 3 ? "2×" : "4×";
  if (button(context, rect, label, Look::Quiet)) context.state.speed = speed >= 4 ? 0.5F : speed * 2;
}

void draw_theme_button(Context& context, Rect rect) {
  const ThemeId shown = theme_for(context.state.appearance.theme, context.state.system);
  const bool dark = shown == ThemeId::Dark || shown == ThemeId::DarkContrast;
  if (icon_button(context, rect, dark ? Icon::Moon : Icon::Sun, Look::Quiet, "Colours, size, motion (A)"))
    context.state.popup = "look";
}

void draw_console_button(Context& context, Rect rect) {
  if (button(context, rect, ">_")) context.ask(OpenConsole{});
  if (context.over(rect)) tip(context, "Console (:)");
}

void draw_wide(Context& context, Rect row) {
  Painter& paint = context.paint;
  row = {row.x + 20, row.y, row.w - 32, row.h};
  const float title =
      std::min(paint.width(context.model.lesson->title, paint.type().title) + 26, row.w * 0.2F);
  draw_chooser_button(context, row.cut_left(title, 14));
  const bool all = context.layout.toolbar.w >= kRoomForAll;
  draw_viewpoint(context, centred(row.cut_left(all ? 218.0F : 164.0F, 20), kHeight), !all);
  draw_theme_button(context, centred(row.cut_right(kButton, 8), kHeight));
  const auto right_button = [&](std::string_view label, Look look = Look::Plain, Rect* place = nullptr) {
    const Rect rect = centred(row.cut_right(button_width(paint, label), 8), kHeight);
    if (place != nullptr) *place = rect;
    return button(context, rect, label, look);
  };
  if (!all) {
    if (icon_button(context, centred(row.cut_right(kButton, 8), kHeight), Icon::More))
      context.state.popup = "more";
  } else {
    if (right_button("Help")) context.state.popup = "help";
    if (right_button("Share")) context.state.popup = "share";
    if (right_button("Open")) context.ask(OpenFile{});
  }
  if (right_button("Branch")) context.state.popup = "branch";
  if (right_button("Predict", context.state.predict.on ? Look::Chosen : Look::Plain,
                   &context.anchors.predict_button))
    context.ask(SwitchPrediction{});
  if (right_button("Set up")) context.state.popup = "setup";
  if (all) draw_console_button(context, centred(row.cut_right(kButton, 8), kHeight));
  row.cut_right(8);
  draw_transport(context, row);
  row.cut_left(12);
  draw_speed(context, centred(row.cut_right(38, 4), kHeight));
  const std::string step = step_text(context);
  paint.write(row.cut_right(paint.width(step, paint.type().text), 20), step, paint.dim());
  draw_slider(context, row);
}

void draw_medium(Context& context, Rect row) {
  Painter& paint = context.paint;
  row = row.inset(14, 0);
  const float title =
      std::min(paint.width(context.model.lesson->title, paint.type().title) + 26, row.w * 0.22F);
  draw_chooser_button(context, row.cut_left(title, 10));
  context.anchors.predict_button = centred(row.cut_right(kButton, 8), kHeight);
  if (icon_button(context, context.anchors.predict_button, Icon::More)) context.state.popup = "more";
  draw_viewpoint(context, centred(row.cut_left(164, 12), kHeight), true);
  draw_transport(context, row);
  row.cut_left(10);
  const std::string step = step_text(context);
  paint.write(row.cut_right(paint.width(step, paint.type().text), 14), step, paint.dim());
  draw_slider(context, row);
}

void draw_narrow(Context& context, Rect rect) {
  Rect top = rect.cut_top(48).inset(12, 0);
  context.anchors.predict_button = centred(top.cut_right(kButton, 6), kHeight);
  if (icon_button(context, context.anchors.predict_button, Icon::More)) context.state.popup = "more";
  draw_viewpoint(context, centred(top.cut_right(164, 10), kHeight), true);
  draw_chooser_button(context, top);
  Rect row = rect.inset(12, 0);
  draw_transport(context, row);
  row.cut_left(8);
  const std::string step = group_digits(context.model.position) + "/" + group_digits(context.model.size);
  Painter& paint = context.paint;
  paint.write(row.cut_right(paint.width(step, paint.type().text), 12), step, paint.dim());
  draw_slider(context, row);
}

// Embedded: back, step, play, where we are, and what happened.
void draw_minimal(Context& context, Rect row) {
  Painter& paint = context.paint;
  row = row.inset(8, 0);
  draw_transport(context, row);
  row.cut_left(8);
  const std::string step = context.layout.headline.empty() ? step_text(context)
                                                           : group_digits(context.model.position) + "/" +
                                                                 group_digits(context.model.size);
  paint.write(row.cut_left(paint.width(step, paint.type().text), 14), step, paint.dim());
  if (context.layout.headline.empty()) {
    const std::string& text =
        context.model.headline.empty() ? context.model.lesson->title : context.model.headline;
    paint.write(row, text, paint.strong());
  } else {
    draw_slider(context, row);
  }
}

}  // namespace

void draw_toolbar(Context& context, Rect rect) {
  context.paint.panel(rect, context.theme().panel, 0);
  switch (context.layout.shape) {
    case Shape::Wide:
      draw_wide(context, rect);
      break;
    case Shape::Medium:
      draw_medium(context, rect);
      break;
    case Shape::Narrow:
      draw_narrow(context, rect);
      break;
    case Shape::Minimal:
      draw_minimal(context, rect);
      break;
  }
}

}  // namespace vmp::ui
