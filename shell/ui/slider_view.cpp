// The timeline as a slider: a dot for each step, coloured where something is to be seen; drag it to any
// moment.
#include <cmath>

#include "shell/ui/views.h"

namespace vmp::ui {
namespace {

constexpr float kRoomForDots = 9;  // pixels a step needs so that every step has a dot of its own

float x_of(const Rect& track, std::size_t position, std::size_t size) {
  return size == 0 ? track.x : track.x + track.w * static_cast<float>(position) / static_cast<float>(size);
}

}  // namespace

void draw_slider(Context& context, Rect rect) {
  const Model& model = context.model;
  const Theme& theme = context.theme();
  Painter& paint = context.paint;
  const Rect track = rect.inset(8, 0);
  if (track.w < 20) return;
  const float y = std::round(rect.center().y);
  const float now = x_of(track, model.position, model.size);
  paint.fill({track.x, y - 2, track.w, 4}, theme.line, 2);
  paint.fill({track.x, y - 2, now - track.x, 4}, theme.process[0].fill, 2);
  const bool all_dots = track.w > kRoomForDots * static_cast<float>(model.size);
  for (std::size_t i = 0; i < model.size; ++i) {
    const StepMark& mark = model.marks[i];
    const bool telling = mark.checkpoint || mark.tone != StepTone::Quiet;
    if (!telling && !all_dots) continue;
    const bool past = i < model.position;
    Color color = past ? theme.process[0].fill : theme.line;
    const bool tells_faults = context.state.viewpoint == Viewpoint::Machine || mark.tone == StepTone::Signal;
    if (mark.tone != StepTone::Quiet && tells_faults)
      color = mark.tone == StepTone::Signal ? theme.error : mix(theme.error, theme.panel, 0.35F);
    if (mark.checkpoint) color = theme.ok;
    paint.dot({x_of(track, i + 1, model.size), y}, telling ? 4.0F : 3.0F,
              past || mark.executed ? color : mix(color, theme.panel, 0.5F));
  }
  paint.dot({now, y}, 8, theme.hot, Layer::Text);
  const Rect grip{rect.x, rect.y, rect.w, rect.h};
  if (!context.over(grip)) return;
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const ImVec2 start = ImGui::GetIO().MouseClickedPos[0];
  if (ImGui::IsMouseDown(ImGuiMouseButton_Left) && grip.contains({start.x, start.y})) {
    const float part = std::clamp((ImGui::GetMousePos().x - track.x) / track.w, 0.0F, 1.0F);
    const auto position = static_cast<std::size_t>(std::lround(part * static_cast<float>(model.size)));
    if (position != model.position) context.ask(Seek{position});
  }
}

}  // namespace vmp::ui
