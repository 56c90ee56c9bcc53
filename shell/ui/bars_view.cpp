// The bars across the whole width: the banner with an error, an offer or progress; the headline where there
// is no walk strip; the tabs of a narrow screen.
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

void draw_offer(Context& context, Rect& row) {
  if (button(context, row.cut_right(86, 8), "Start over", Look::Plain)) context.ask(ForgetWork{});
  if (button(context, row.cut_right(86, 12), "Continue", Look::Chosen)) context.ask(ContinueWork{});
}

}  // namespace

void draw_banner(Context& context, Rect rect) {
  if (rect.empty() || !context.state.banner) return;
  const Banner banner = *context.state.banner;
  Painter& paint = context.paint;
  const Theme& theme = context.theme();
  const bool error = banner.kind == Banner::Kind::Error;
  paint.panel(rect, mix(theme.panel, error ? theme.error : theme.accent, 0.16F));
  paint.fill({rect.x, rect.y, 4, rect.h}, error ? theme.error : theme.accent, 2);
  Rect row = rect.inset(16, 8);
  switch (banner.kind) {
    case Banner::Kind::Offer:
      draw_offer(context, row);
      break;
    case Banner::Kind::Progress: {
      if (button(context, row.cut_right(76, 12), "Cancel")) context.ask(CancelImport{});
      const Rect bar = row.cut_right(std::min(240.0F, row.w * 0.4F), 12);
      const Rect track{bar.x, bar.center().y - 3, bar.w, 6};
      paint.fill(track, theme.line, 3);
      paint.fill({track.x, track.y, track.w * std::clamp(banner.progress, 0.0F, 1.0F), 6}, theme.accent, 3);
      break;
    }
    case Banner::Kind::Error:
    case Banner::Kind::Note:
      if (icon_button(context, row.cut_right(28, 10), Icon::Close, Look::Quiet)) context.ask(DismissBanner{});
      break;
  }
  paint.write(row, banner.text, paint.text());
  if (context.over(row) && paint.width(banner.text, paint.type().text) > row.w) tip(context, banner.text);
}

void draw_headline(Context& context, Rect rect) {
  if (rect.empty()) return;
  const std::string& headline =
      context.model.headline.empty() ? context.model.lesson->title : context.model.headline;
  Painter& paint = context.paint;
  paint.write(rect.inset(4, 0), headline, paint.strong());
  if (context.over(rect) && paint.width(headline, paint.type().strong) > rect.w - 8) tip(context, headline);
}

void draw_narrow_tabs(Context& context, Rect rect) {
  if (rect.empty()) return;
  struct Tab {
    NarrowTab tab;
    std::string_view label;
    bool machine_only;
  };
  static constexpr Tab kTabs[] = {
      {NarrowTab::Lesson, "Lesson", false}, {NarrowTab::Spaces, "Spaces", false},
      {NarrowTab::Memory, "RAM", true},     {NarrowTab::Swap, "Swap", true},
      {NarrowTab::Walk, "Walk", true},      {NarrowTab::Details, "Details", false}};
  std::vector<Tab> shown;
  for (const Tab& tab : kTabs) {
    if (tab.machine_only && context.state.viewpoint == Viewpoint::Program) continue;
    if (tab.tab == NarrowTab::Swap && !context.model.has_swap()) continue;
    shown.push_back(tab);
  }
  context.paint.fill(rect, context.theme().panel);
  Rect row = rect.inset(4);
  const float width = row.w / static_cast<float>(shown.size());
  for (const Tab& tab : shown) {
    const bool chosen = context.state.narrow_tab == tab.tab;
    if (button(context, row.cut_left(width).inset(1, 0), tab.label, chosen ? Look::Chosen : Look::Quiet)) {
      context.state.narrow_tab = tab.tab;
    }
  }
}

}  // namespace vmp::ui
