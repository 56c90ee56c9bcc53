// The panel of tabs: the log of all steps, the tree of table nodes, the TLB, the bytes of a frame, the
// replacement policy. In the medium shape the walk's strip has the tabs, on a narrow screen a panel of its
// own.
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

struct Tab {
  DetailTab tab;
  std::string_view label;
};
constexpr Tab kTabs[] = {{DetailTab::Log, "Log"},       {DetailTab::Tree, "Tree"},
                         {DetailTab::Tlb, "TLB"},       {DetailTab::Bytes, "Bytes"},
                         {DetailTab::Policy, "Policy"}, {DetailTab::Plots, "Plots"}};
constexpr std::string_view kLog = "Log";

constexpr float kWidest = 58;
constexpr float kTabGap = 4;

}  // namespace

float detail_tabs_width(float room) {
  const auto count = static_cast<float>(std::size(kTabs));
  return std::min(room, count * (kWidest + kTabGap) - kTabGap);
}

void draw_detail_tabs(Context& context, Rect row, DetailTab& shown) {
  const auto count = static_cast<float>(std::size(kTabs));
  const float width = (detail_tabs_width(row.w) + kTabGap) / count - kTabGap;
  for (const Tab& tab : kTabs) {
    const Look look = tab.tab == shown ? Look::Plain : Look::Quiet;
    if (button(context, row.cut_left(width, kTabGap), tab.label, look)) shown = tab.tab;
  }
}

void draw_detail(Context& context, Rect rect, DetailTab tab) {
  switch (tab) {
    case DetailTab::Walk:
    case DetailTab::Log:
      draw_log(context, rect);
      break;
    case DetailTab::Tree:
      draw_tree(context, rect);
      break;
    case DetailTab::Tlb:
      draw_tlb(context, rect);
      break;
    case DetailTab::Bytes:
      draw_bytes(context, rect);
      break;
    case DetailTab::Policy:
      draw_policy(context, rect);
      break;
    case DetailTab::Plots:
      draw_plots(context, rect);
      break;
  }
}

void draw_details(Context& context, Rect rect) {
  context.paint.panel(rect, context.theme().panel);
  Rect inner = rect.inset(14, 12);
  if (context.state.viewpoint == Viewpoint::Program) {
    // A program knows of no tree and no TLB.
    context.paint.write(inner.cut_top(24, 6), kLog, context.paint.strong());
    draw_log(context, inner);
    return;
  }
  const bool narrow = context.layout.shape == Shape::Narrow;
  DetailTab& shown = narrow ? context.state.narrow_detail : context.state.detail;
  draw_detail_tabs(context, inner.cut_top(26, 10), shown);
  draw_detail(context, inner, shown);
}

}  // namespace vmp::ui
