// The menus of the toolbar: which lesson, what to do with the work, and, where there is little room, all the
// rest.
#include "shell/ui/popup.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kItem = 38;
constexpr std::string_view kSavePicture = "Save a picture";

bool item(Context& context, Rect row, std::string_view text, std::string_view hint, bool chosen = false) {
  Painter& paint = context.paint;
  if (context.over(row) || chosen) paint.fill(row, context.theme().raised, 6);
  if (context.over(row)) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  Rect words = row.inset(12, 0);
  const float width = paint.width(hint, paint.type().label);
  paint.write(words.cut_right(width, 10), hint, paint.label());
  paint.write(words, text, chosen ? paint.strong() : paint.text());
  const bool clicked = context.clicked(row);
  if (clicked) Popup::close();
  return clicked;
}

}  // namespace

void draw_chooser(Context& context) {
  const auto count = static_cast<float>(context.state.scenarios.size());
  Popup popup(context, "chooser", {12, 50, 400, count * kItem + 16});
  if (!popup) return;
  Rect rect = popup.area().inset(8);
  const ScrollArea area(popup.inside(), "chooser", rect, count * kItem);
  rect.y -= area.offset();
  rect.h = count * kItem;
  for (const ScenarioName& scenario : context.state.scenarios) {
    const bool chosen = scenario.name == context.model.scenario;
    if (item(popup.inside(), rect.cut_top(kItem), scenario.title, scenario.name, chosen)) {
      context.ask(ChooseScenario{scenario.name});
    }
  }
}

void draw_share(Context& context) {
  Popup popup(context, "share", {context.layout.toolbar.right() - 380, 50, 340, 5 * kItem + 62});
  if (!popup) return;
  Rect rect = popup.area().inset(8);
  const Rect words = rect.cut_top(46).inset(12, 4);
  popup.inside().paint.write_wrapped(
      words, "Everything you see is a short text: the machine, the programs and every step.",
      popup.inside().paint.label(), 18);
  if (item(popup.inside(), rect.cut_top(kItem), "Copy the scenario text", "C")) context.ask(CopyScenario{});
  if (item(popup.inside(), rect.cut_top(kItem), "Save it as a file", "S")) context.ask(SaveScenario{});
  if (item(popup.inside(), rect.cut_top(kItem), kSavePicture, "G")) context.ask(SavePicture{});
  if (item(popup.inside(), rect.cut_top(kItem), "Type commands in the console", ":"))
    context.ask(OpenConsole{});
  if (item(popup.inside(), rect.cut_top(kItem), "Show this page as text", "X")) context.ask(ShowText{});
}

void draw_more(Context& context) {
  Popup popup(context, "more", {context.layout.toolbar.right() - 260, 46, 250, 12 * kItem + 16});
  if (!popup) return;
  Rect rect = popup.area().inset(8);
  Context& inside = popup.inside();
  const auto next = [&] { return rect.cut_top(kItem); };
  if (item(inside, next(), "Open a file …", "O")) context.ask(OpenFile{});
  if (item(inside, next(), "Set up the machine", "M")) context.state.popup = "setup";
  if (item(inside, next(), "Branch and compare", "B")) context.state.popup = "branch";
  if (item(inside, next(), context.state.predict.on ? "Stop predicting" : "Predict each step", "Q"))
    context.ask(SwitchPrediction{});
  if (item(inside, next(), "Copy the scenario text", "C")) context.ask(CopyScenario{});
  if (item(inside, next(), "Save it as a file", "S")) context.ask(SaveScenario{});
  if (item(inside, next(), kSavePicture, "G")) context.ask(SavePicture{});
  if (item(inside, next(), "Colours, size, motion", "A")) context.state.popup = "look";
  if (item(inside, next(), "Console", ":")) context.ask(OpenConsole{});
  if (item(inside, next(), "Show this page as text", "X")) context.ask(ShowText{});
  if (item(inside, next(), "Speed",
           context.state.speed < 0.9F   ? "½×"
           : context.state.speed < 1.5F ? "1×"
           : context.state.speed < 3    ? "2×"
                                        : "4×")) {
    context.state.speed = context.state.speed >= 4 ? 0.5F : context.state.speed * 2;
  }
  if (item(inside, next(), "Help", "?")) context.state.popup = "help";
}

void draw_popups(Context& context) {
  draw_page_popover(context);
  draw_chooser(context);
  draw_share(context);
  draw_more(context);
  draw_appearance(context);
  draw_setup(context);
  draw_branch(context);
  draw_compare(context);
  draw_tour(context);
  draw_help(context);
  draw_console(context);
}

}  // namespace vmp::ui
