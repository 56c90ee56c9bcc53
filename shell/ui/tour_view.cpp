// The guided tour: what a callout explains stays bright, the rest is dimmed.
#include "shell/present/fill.h"
#include "shell/present/format.h"
#include "shell/present/tour.h"
#include "shell/ui/popup.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr std::string_view kNext = "Next  →";
constexpr std::string_view kDone = "Start";
constexpr std::string_view kSkip = "Skip";
constexpr std::string_view kCount = "{0} of {1}";
constexpr std::string_view kSpoken = "{0}. {1}";

constexpr float kWidth = 320;
constexpr float kLine = 20;
constexpr float kPadding = 18;
constexpr float kHead = 42;  // above the text
constexpr float kFoot = 54;  // below it
constexpr float kAroundCell = 12;

Rect around(Rect a, Rect b) {
  if (a.empty()) return b;
  const float x = std::min(a.x, b.x);
  const float y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

// The page that was touched last, in every process that has it, across the columns.
Rect address_of_both(const Context& context) {
  Rect both;
  if (context.model.watches.empty()) return context.layout.spaces;
  const PageNumber page = page_of(context.model.watches.front().address);
  for (const auto& [process, column] : context.anchors.columns) {
    const auto cell = context.anchors.pages.find({process, page});
    if (cell == context.anchors.pages.end()) continue;
    both = around(both, {column.x, cell->second.y - kAroundCell, column.w, cell->second.h + 2 * kAroundCell});
  }
  return both.empty() ? context.layout.spaces : both;
}

Rect target_of(const Context& context, TourPlace place) {
  const Layout& layout = context.layout;
  switch (place) {
    case TourPlace::Spaces:
      return layout.spaces;
    case TourPlace::Address:
      return address_of_both(context);
    case TourPlace::Memory:
      return layout.memory;
    case TourPlace::Walk:
      return layout.walk;
    case TourPlace::Step:
      return context.anchors.step_button;
    case TourPlace::Predict:
      return context.anchors.predict_button;
  }
  return {};
}

// On a narrow screen only one panel is seen at a time.
void show_panel(UiState& state, TourPlace place) {
  switch (place) {
    case TourPlace::Memory:
      state.narrow_tab = NarrowTab::Memory;
      break;
    case TourPlace::Walk:
      state.narrow_tab = NarrowTab::Walk;
      break;
    case TourPlace::Spaces:
    case TourPlace::Address:
    case TourPlace::Step:
    case TourPlace::Predict:
      state.narrow_tab = NarrowTab::Spaces;
      break;
  }
}

// Everything but the target.
void draw_veil(Context& context, Rect target) {
  Painter& paint = context.paint;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const Color veil = context.theme().background.alpha(0.66F);
  const Rect free = target.inset(-4);
  paint.fill({0, 0, screen.x, free.y}, veil, 0, Layer::Top);
  paint.fill({0, free.bottom(), screen.x, screen.y - free.bottom()}, veil, 0, Layer::Top);
  paint.fill({0, free.y, free.x, free.h}, veil, 0, Layer::Top);
  paint.fill({free.right(), free.y, screen.x - free.right(), free.h}, veil, 0, Layer::Top);
  paint.stroke(free, context.theme().accent, 2, 8, Layer::Top);
}

void go_to(Context& context, std::size_t stop) {
  const TourStop& there = tour_stops()[stop];
  context.state.tour.stop = stop;
  context.state.viewpoint = Viewpoint::Machine;
  show_panel(context.state, there.place);
  context.ask(Say{fill(kSpoken, {there.title, there.text})});
}

void draw_callout(Context& context, Rect area, std::size_t stop) {
  Painter& paint = context.paint;
  const TourStop& here = tour_stops()[stop];
  Rect inner = area.inset(kPadding, 12);
  paint.write(inner.cut_top(24, 6), here.title, paint.title());
  Rect row = inner.cut_bottom(32);
  paint.write_wrapped(inner, here.text, paint.text(), kLine);
  const bool last = stop + 1 == kTourStops;
  const std::string_view next = last ? kDone : kNext;
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, false); };
  const bool on = button(context, row.cut_right(button_width(paint, next), 8), next, Look::Chosen) ||
                  pressed(ImGuiKey_RightArrow) || pressed(ImGuiKey_Enter) || pressed(ImGuiKey_Space);
  const bool skip = !last && button(context, row.cut_right(button_width(paint, kSkip)), kSkip, Look::Quiet);
  paint.write(row, fill(kCount, {group_digits(stop + 1), group_digits(kTourStops)}), paint.label());
  if ((on && last) || skip) {
    Popup::close();
  } else if (on) {
    go_to(context, stop + 1);
  } else if (pressed(ImGuiKey_LeftArrow) && stop > 0) {
    go_to(context, stop - 1);
  }
}

}  // namespace

void draw_tour(Context& context) {
  TourState& tour = context.state.tour;
  if (context.state.popup == "tour") {
    tour.on = true;
    go_to(context, 0);
    // The panel it begins with has to be there first.
    if (context.layout.question.empty() && context.layout.shape == Shape::Narrow) return;
  }
  if (!tour.on) return;
  const TourStop& stop = tour_stops()[tour.stop];
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const Rect target = target_of(context, stop.place);
  // On a narrow screen the layout keeps a place for it.
  const bool narrow = context.layout.shape == Shape::Narrow;
  const float width = narrow ? context.layout.question.w : kWidth;
  const float text =
      context.paint.wrapped_height(width - 2 * kPadding, stop.text, context.paint.type().text, kLine);
  const float tall = kHead + text + kFoot;
  const Rect place = narrow ? Rect{context.layout.question.x, context.layout.question.y, width, tall}
                            : place_callout(target, width, tall, {0, 0, screen.x, screen.y});
  context.state.popup_at = {place.x, place.y};
  Popup popup(context, "tour", place);
  if (!popup) {
    tour = {};
    return;
  }
  draw_veil(context, target);
  draw_callout(popup.inside(), popup.area(), tour.stop);
}

}  // namespace vmp::ui
