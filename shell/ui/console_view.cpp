// The console: one line of the scenario language, what could come next, and what is wrong with it. Tab takes
// the first word offered, up and down bring back earlier lines, Enter gives the line.
#include <algorithm>

#include "shell/ui/popup.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr std::string_view kTitle = "Console";
constexpr std::string_view kGive = "Give";
constexpr float kWidth = 760;
constexpr float kHeight = 158;
constexpr float kField = 34;
constexpr float kChip = 28;
constexpr float kLine = 20;

void replace_text(ImGuiInputTextCallbackData& data, const std::string& text) {
  data.DeleteChars(0, data.BufTextLen);
  data.InsertChars(0, text.c_str());
}

int on_edit(ImGuiInputTextCallbackData* data) {
  ConsoleState& console = *static_cast<ConsoleState*>(data->UserData);
  switch (data->EventFlag) {
    case ImGuiInputTextFlags_CallbackHistory: {
      const bool older = data->EventKey == ImGuiKey_UpArrow;
      replace_text(*data, older ? console.history.older(data->Buf) : console.history.newer(data->Buf));
      break;
    }
    case ImGuiInputTextFlags_CallbackCompletion:
      if (!console.completion.items.empty())
        replace_text(*data, completed(console, console.completion.items.front().text));
      break;
    default:
      break;
  }
  console.cursor = static_cast<std::size_t>(data->CursorPos);
  return 0;
}

// True when the line is given.
bool draw_field(Context& context, Rect rect) {
  ConsoleState& console = context.state.console;
  const Theme& theme = context.theme();
  const bool wrong = !console.error.empty() || !console.completion.error.empty();
  context.paint.stroke(rect, wrong ? theme.error : theme.accent, 1.5F, 5);
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  ImGui::SetNextItemWidth(rect.w);
  ImGui::PushFont(context.paint.type().mono_text);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(10, (rect.h - ImGui::GetFontSize()) / 2));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, packed(theme.background));
  ImGui::PushStyleColor(ImGuiCol_Text, packed(theme.text));
  ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, packed(theme.accent.alpha(0.5F)));
  if (console.focus) ImGui::SetKeyboardFocusHere();
  console.focus = false;
  const std::string before(console.line());
  const bool given =
      ImGui::InputText("##console", console.text.data(), console.text.size(),
                       ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_CallbackHistory |
                           ImGuiInputTextFlags_CallbackCompletion | ImGuiInputTextFlags_CallbackAlways,
                       on_edit, &console);
  ImGui::PopStyleColor(3);
  ImGui::PopStyleVar();
  ImGui::PopFont();
  if (before != console.line()) console.error.clear();
  return given;
}

void draw_chips(Context& context, Rect row) {
  ConsoleState& console = context.state.console;
  const float left = row.x;
  for (const CompletionItem& item : console.completion.items) {
    const float width = button_width(context.paint, item.text);
    if (row.w < width) break;
    const Rect chip = row.cut_left(width, 6);
    if (context.over(chip) && !item.hint.empty()) tip(context, item.hint);
    if (!button(context, chip, item.text)) continue;
    console.set_line(completed(console, item.text));
    console.focus = true;
    break;
  }
  if (row.x == left) context.paint.write(row, console.completion.hint, context.paint.label());
}

}  // namespace

std::string completed(const ConsoleState& console, std::string_view word) {
  const std::string_view line = console.line();
  const std::size_t start = std::min(console.completion.start, line.size());
  const std::size_t end = std::min(std::max(console.completion.end, start), line.size());
  std::string text(line.substr(0, start));
  text += word;
  const std::string_view rest = line.substr(end);
  text += rest.empty() ? " " : rest;
  return text;
}

void draw_console(Context& context) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  if (context.state.popup == "console") context.state.console.focus = true;
  Popup popup(context, "console", {(screen.x - kWidth) / 2, screen.y - kHeight - 16, kWidth, kHeight});
  if (!popup) return;
  Context& inside = popup.inside();
  ConsoleState& console = context.state.console;
  Rect rect = popup.area().inset(16, 12);
  Rect top = rect.cut_top(kLine, 6);
  inside.paint.write(top, kTitle, inside.paint.strong());
  Rect row = rect.cut_top(kField, 8);
  const bool pressed =
      button(inside, row.cut_right(button_width(inside.paint, kGive), 8), kGive, Look::Chosen);
  if (draw_field(inside, row) || pressed) {
    context.ask(GiveLine{});
    console.focus = true;
  }
  draw_chips(inside, rect.cut_top(kChip, 6));
  const std::string& error = console.error.empty() ? console.completion.error : console.error;
  if (error.empty()) {
    inside.paint.write(rect.cut_top(kLine), console.completion.hint, inside.paint.label());
  } else {
    inside.paint.write(rect.cut_top(kLine), error, {inside.paint.type().label, inside.theme().error});
  }
}

}  // namespace vmp::ui
