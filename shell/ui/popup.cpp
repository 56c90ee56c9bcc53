#include "shell/ui/popup.h"

namespace vmp::ui {

Popup::Popup(Context& context, const char* name, Rect wanted) {
  if (context.state.popup == name) {
    ImGui::OpenPopup(name);
    context.state.popup.clear();
    context.state.popup_at = {wanted.x, wanted.y};
  }
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  constexpr float kMargin = 8;
  wanted.w = std::min(wanted.w, screen.x - 2 * kMargin);
  wanted.h = std::min(wanted.h, screen.y - 2 * kMargin);
  wanted.x = std::clamp(context.state.popup_at.x, kMargin, std::max(kMargin, screen.x - wanted.w - kMargin));
  wanted.y = std::clamp(context.state.popup_at.y, kMargin, std::max(kMargin, screen.y - wanted.h - kMargin));
  m_area = wanted;
  const Theme& theme = context.theme();
  ImGui::SetNextWindowPos({wanted.x, wanted.y});
  ImGui::SetNextWindowSize({wanted.w, wanted.h});
  ImGui::PushStyleVar(ImGuiStyleVar_PopupRounding, 10);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleColor(ImGuiCol_PopupBg, packed(theme.panel));
  ImGui::PushStyleColor(ImGuiCol_Border, packed(theme.line));
  m_open = ImGui::BeginPopup(name, ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoScrollbar |
                                       ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav);
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar(2);
  if (!m_open) return;
  if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) ImGui::CloseCurrentPopup();
  m_painter.emplace(ImGui::GetWindowDrawList(), theme, context.paint.type(), false);
  m_inside.emplace(Context{.model = context.model,
                           .layout = context.layout,
                           .state = context.state,
                           .paint = *m_painter,
                           .highlight = context.highlight,
                           .requests = context.requests,
                           .anchors = context.anchors,
                           .motion = context.motion,
                           .pointer = ImGui::IsWindowHovered(),
                           .next_hover = {}});
}

Popup::~Popup() {
  m_inside.reset();
  m_painter.reset();
  if (m_open) ImGui::EndPopup();
}

}  // namespace vmp::ui
