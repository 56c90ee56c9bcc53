#include "shell/ui/widgets.h"

#include <cmath>

namespace vmp::ui {
namespace {

struct Colours {
  Color fill;
  Color text;
};

Colours colours_of(const Context& context, Look look, bool over) {
  const Theme& theme = context.theme();
  switch (look) {
    case Look::Chosen:
      return {theme.accent, theme.accent_text};
    case Look::Quiet:
      return {over ? theme.line : theme.raised.alpha(0), over ? theme.text : theme.dim};
    case Look::Disabled:
      return {theme.raised, theme.dim.alpha(0.45F)};
    case Look::Plain:
      break;
  }
  return {over ? theme.line : theme.raised, theme.text};
}

}  // namespace

float button_width(const Painter& paint, std::string_view label) {
  return paint.width(label, paint.type().text) + 22;
}

bool button(Context& context, Rect rect, std::string_view label, Look look) {
  const bool over = look != Look::Disabled && context.over(rect);
  const Colours colours = colours_of(context, look, over);
  context.paint.fill(rect, colours.fill);
  ImFont* font = look == Look::Chosen ? context.paint.type().strong : context.paint.type().text;
  if (rect.h < 28)
    font = look == Look::Chosen ? context.paint.type().label_strong : context.paint.type().label;
  context.paint.write(rect.inset(4, 0), label, {font, colours.text}, Align::Center);
  if (over) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  return look != Look::Disabled && context.clicked(rect);
}

bool icon_button(Context& context, Rect rect, Icon icon, Look look, std::string_view hint) {
  const bool over = look != Look::Disabled && context.over(rect);
  const Colours colours = colours_of(context, look, over);
  context.paint.fill(rect, colours.fill);
  draw_icon(context.paint, rect, icon, colours.text);
  if (over) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (over && !hint.empty()) tip(context, hint);
  return look != Look::Disabled && context.clicked(rect);
}

float badge(Context& context, Point left_middle, std::string_view text, Color color) {
  Painter& paint = context.paint;
  const float width = paint.width(text, paint.type().label) + 20;
  const Rect rect{left_middle.x, left_middle.y - 10, width, 20};
  paint.fill(rect, mix(context.theme().panel, color, 0.2F), 10);
  paint.write(rect, text, {paint.type().label, color}, Align::Center);
  return width;
}

void tip(Context& context, std::string_view text) {
  const Theme& theme = context.theme();
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(10, 7));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 6);
  ImGui::PushStyleColor(ImGuiCol_PopupBg, packed(theme.raised));
  ImGui::PushStyleColor(ImGuiCol_Border, packed(theme.line));
  ImGui::PushStyleColor(ImGuiCol_Text, packed(theme.text));
  ImGui::PushFont(context.paint.type().label);
  if (ImGui::BeginTooltip()) {
    ImGui::PushTextWrapPos(360);
    ImGui::TextUnformatted(text.data(), text.data() + text.size());
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
  }
  ImGui::PopFont();
  ImGui::PopStyleColor(3);
  ImGui::PopStyleVar(2);
}

ScrollArea::ScrollArea(Context& context, std::string_view id, Rect rect, float content, Axis axis)
    : m_context(context) {
  const bool vertical = axis == Axis::Vertical;
  const float length = vertical ? rect.h : rect.w;
  const float most = std::max(0.0F, content - length);
  float& offset = context.state.scroll[std::string(id)];
  const ImGuiIO& io = ImGui::GetIO();
  if (most > 0 && context.over(rect)) {
    const float wheel = vertical ? io.MouseWheel : io.MouseWheelH + (io.KeyShift ? io.MouseWheel : 0);
    offset -= wheel * 48;
    const ImVec2 start = io.MouseClickedPos[0];
    if (!context.state.grabbed && ImGui::IsMouseDragging(ImGuiMouseButton_Left) &&
        rect.contains({start.x, start.y})) {
      offset -= vertical ? io.MouseDelta.y : io.MouseDelta.x;
    }
  }
  offset = std::clamp(offset, 0.0F, most);
  m_offset = std::round(offset);
  if (most > 0) {
    const float mark = std::max(24.0F, length * length / content);
    const float at = (length - mark) * offset / most;
    const Rect thumb = vertical ? Rect{rect.right() - 4, rect.y + at, 3, mark}
                                : Rect{rect.x + at, rect.bottom() - 4, mark, 3};
    context.paint.fill(thumb, context.theme().dim.alpha(0.45F), 2, Layer::Top);
  }
  context.paint.clip(rect);
}

ScrollArea::~ScrollArea() {
  m_context.paint.unclip();
}

void ScrollArea::reveal(UiState& state, std::string_view id, float from, float to, float length) {
  float& offset = state.scroll[std::string(id)];
  if (to > offset + length) offset = to - length;
  if (from < offset) offset = from;
}

}  // namespace vmp::ui
