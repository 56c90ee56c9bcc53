// The panel of tabs: the log of all steps, the tree of table nodes, the TLB, the bytes of a frame.
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {

void draw_details(Context& context, Rect rect) {
  context.paint.panel(rect, context.theme().panel);
  Rect inner = rect.inset(14, 12);
  if (context.layout.shape == Shape::Narrow || context.state.viewpoint == Viewpoint::Program) {
    // A program knows of no tree and no TLB; a narrow screen has tabs enough.
    context.paint.write(inner.cut_top(24, 6), "Log", context.paint.strong());
    draw_log(context, inner);
    return;
  }
  struct Tab {
    DetailTab tab;
    std::string_view label;
  };
  static constexpr Tab kTabs[] = {{DetailTab::Log, "Log"},
                                  {DetailTab::Tree, "Tree"},
                                  {DetailTab::Tlb, "TLB"},
                                  {DetailTab::Bytes, "Bytes"}};
  Rect row = inner.cut_top(26, 10);
  DetailTab shown = context.state.detail == DetailTab::Walk ? DetailTab::Log : context.state.detail;
  for (const Tab& tab : kTabs) {
    if (button(context, row.cut_left(58, 6), tab.label, tab.tab == shown ? Look::Plain : Look::Quiet)) {
      context.state.detail = shown = tab.tab;
    }
  }
  switch (shown) {
    case DetailTab::Walk:
    case DetailTab::Log:
      draw_log(context, inner);
      break;
    case DetailTab::Tree:
      draw_tree(context, inner);
      break;
    case DetailTab::Tlb:
      draw_tlb(context, inner);
      break;
    case DetailTab::Bytes:
      draw_bytes(context, inner);
      break;
  }
}

}  // namespace vmp::ui
