// How everything looks: colours, size, and whether anything moves. Each is one click, or one key.
#include "shell/ui/popup.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kRow = 38;
constexpr float kHeading = 30;
constexpr float kHeight = 3 * kHeading + (kThemeChoices + 2) * kRow + 16;

struct Choice {
  std::string_view name;
  std::string_view about;
};
constexpr std::array<Choice, kThemeChoices> kThemeWords = {{{"As the system", "and its contrast"},
                                                            {"Dark", ""},
                                                            {"Light", ""},
                                                            {"High contrast", "black or white"},
                                                            {"Projector", "white, and larger"}}};

void heading(Context& context, Rect& rect, std::string_view words) {
  const Rect row = rect.cut_top(kHeading);
  context.paint.write({row.x + 12, row.y + 4, row.w, row.h - 4}, words, context.paint.label_strong());
}

bool choice(Context& context, Rect row, std::size_t number, const Choice& words, bool chosen) {
  Painter& paint = context.paint;
  const Theme& theme = context.theme();
  if (context.over(row)) {
    paint.fill(row, theme.raised);
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  }
  const Point mark{row.x + 22, row.y + row.h / 2};
  paint.dot(mark, 7, chosen ? theme.accent : theme.line);
  paint.dot(mark, chosen ? 3.0F : 5.5F, chosen ? theme.accent_text : theme.panel);
  Rect text{row.x + 42, row.y, row.w - 54, row.h};
  const std::string key = std::to_string(number);
  paint.write(text.cut_right(16), key, paint.label(), Align::Right);
  const float width = paint.write(text, words.name, chosen ? paint.strong() : paint.text());
  paint.write({text.x + width + 10, text.y, text.w - width - 10, text.h}, words.about, paint.label());
  return context.clicked(row) || ImGui::IsKeyPressed(static_cast<ImGuiKey>(ImGuiKey_0 + number), false);
}

void resize(Appearance& appearance, bool larger) {
  appearance.text_percent = next_text_percent(appearance.text_percent, larger);
}

void draw_size(Context& context, Rect row) {
  Appearance& appearance = context.state.appearance;
  row = Rect{row.x + 10, row.y + 4, row.w - 20, row.h - 8};
  const auto look = [](bool possible) { return possible ? Look::Plain : Look::Disabled; };
  if (button(context, row.cut_left(64), "smaller", look(appearance.text_percent > kLeastTextPercent)))
    resize(appearance, false);
  if (button(context, row.cut_right(64), "larger", look(appearance.text_percent < kMostTextPercent)))
    resize(appearance, true);
  context.paint.write(row, std::to_string(appearance.text_percent) + " %", context.paint.mono(),
                      Align::Center);
}

void take_keys(Appearance& appearance) {
  const auto pressed = [](ImGuiKey a, ImGuiKey b) {
    return ImGui::IsKeyPressed(a) || ImGui::IsKeyPressed(b);
  };
  if (pressed(ImGuiKey_Equal, ImGuiKey_KeypadAdd)) resize(appearance, true);
  if (pressed(ImGuiKey_Minus, ImGuiKey_KeypadSubtract)) resize(appearance, false);
}

}  // namespace

void draw_appearance(Context& context) {
  Popup popup(context, "look", {context.layout.toolbar.right() - 338, 50, 330, kHeight});
  if (!popup) return;
  Context& inside = popup.inside();
  Appearance& appearance = context.state.appearance;
  Rect rect = popup.area().inset(8);
  const ScrollArea area(inside, "look", rect, kHeight - 16);
  rect.y -= area.offset();
  rect.h = kHeight - 16;
  heading(inside, rect, "Colours");
  for (std::size_t i = 0; i < kThemeChoices; ++i) {
    const auto theme = static_cast<ThemeChoice>(i);
    if (choice(inside, rect.cut_top(kRow), i + 1, kThemeWords[i], appearance.theme == theme))
      appearance.theme = theme;
  }
  heading(inside, rect, "Size of everything  (+ −)");
  draw_size(inside, rect.cut_top(kRow));
  heading(inside, rect, "Motion");
  const Choice still{"Nothing moves by itself", inside.state.system.reduced_motion ? "as the system" : ""};
  if (choice(inside, rect.cut_top(kRow), kThemeChoices + 1, still,
             appearance.still || inside.state.system.reduced_motion))
    appearance.still = !appearance.still;
  take_keys(appearance);
}

}  // namespace vmp::ui
