#include "shell/ui/context.h"

namespace vmp::ui {
namespace {

constexpr float kStillAClick = 6;  // pixels the pointer may move between press and release

bool inside(Rect rect, ImVec2 p) {
  return rect.contains({p.x, p.y}) && ImGui::IsMousePosValid(&p);
}

}  // namespace

std::string words_of(const SwapPlace& place) {
  if (!place.kept) return "memory";
  return (place.saved ? "kept in " : "being written to ") + place.place;
}

void turn_colours(UiState& state) {
  const ThemeId shown = theme_for(state.appearance.theme, state.system);
  const bool light = shown == ThemeId::Light || shown == ThemeId::LightContrast;
  state.appearance.theme = light ? ThemeChoice::Dark : ThemeChoice::Light;
}

bool Context::over(Rect rect) const {
  if (!pointer || !inside(rect, ImGui::GetMousePos())) return false;
  const ImDrawList* list = paint.list();
  const ImVec2 mouse = ImGui::GetMousePos();
  const ImVec2 low = list->GetClipRectMin();
  const ImVec2 high = list->GetClipRectMax();
  return mouse.x >= low.x && mouse.y >= low.y && mouse.x < high.x && mouse.y < high.y;
}

bool Context::clicked(Rect rect) const {
  if (!over(rect) || !ImGui::IsMouseReleased(ImGuiMouseButton_Left)) return false;
  const ImGuiIO& io = ImGui::GetIO();
  return inside(rect, io.MouseClickedPos[0]) && io.MouseDragMaxDistanceSqr[0] < kStillAClick * kStillAClick;
}

void Context::point_at(Rect rect, Target target) {
  if (over(rect)) next_hover = std::move(target);
}

}  // namespace vmp::ui
