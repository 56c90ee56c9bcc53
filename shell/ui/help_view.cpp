// Help: the keys, and what colours and patterns mean.
#include "shell/present/help_keys.h"
#include "shell/ui/popup.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr std::string_view kTour = "Show me around";

constexpr float kKeyRow = 24;
constexpr float kKeysHeight = 28 + kKeyRow * static_cast<float>(std::size(kHelpKeys));
constexpr float kSamplesHeight = 320;

void draw_keys(Context& context, Rect rect) {
  Painter& paint = context.paint;
  paint.write(rect.cut_top(22, 6), "Keys", paint.strong());
  for (const HelpKey& key : kHelpKeys) {
    Rect row = rect.cut_top(kKeyRow);
    paint.write(row.cut_left(118), key.keys, paint.mono());
    paint.write(row, key.what, paint.dim());
  }
}

struct Sample {
  PageCell cell;
  std::string_view what;
};

PageCell cell_like(CellFill fill, bool dirty, bool shared, bool copy_on_write) {
  return {.first = PageNumber(0),
          .pages = 1,
          .resident = 0,
          .swapped = 0,
          .fill = fill,
          .dirty = dirty,
          .accessed = false,
          .shared = shared,
          .copy_on_write = copy_on_write,
          .other_hue = 1};
}

}  // namespace

void draw_samples(Context& context, Rect rect, std::size_t columns) {
  Painter& paint = context.paint;
  const Theme& theme = context.theme();
  const Sample samples[] = {
      {cell_like(CellFill::Resident, false, false, false), "in RAM; the hue says whose"},
      {cell_like(CellFill::Resident, true, false, false), "in RAM and written (dirty)"},
      {cell_like(CellFill::Untouched, false, false, false), "set aside, never touched"},
      {cell_like(CellFill::Swapped, false, false, false), "on the swap device"},
      {cell_like(CellFill::Resident, false, true, false), "shared, and stays so"},
      {cell_like(CellFill::Resident, false, true, true), "copy-on-write: parted at the next write"},
      {cell_like(CellFill::NoAccess, false, false, false), "no access allowed"},
  };
  constexpr std::size_t kRows = std::size(samples) + 3;
  const std::size_t per_column = (kRows + columns - 1) / columns;
  std::size_t count = 0;
  // The next line: its box is returned, its words are written.
  const auto next = [&](std::string_view what) {
    const float width = rect.w / static_cast<float>(columns);
    const Rect row{rect.x + static_cast<float>(count / per_column) * width,
                   rect.y + static_cast<float>(count % per_column) * 26, width - 12, 24};
    ++count;
    paint.write({row.x + 32, row.y, row.w - 32, row.h}, what, paint.dim());
    return Rect{row.x, row.y + 2, 20, 20};
  };
  for (const Sample& sample : samples) {
    draw_page_cell(context, next(sample.what), sample.cell, 0, Viewpoint::Machine);
  }
  paint.lattice(next("page-table node, in a frame like any other"), theme.hue(0).lattice,
                theme.hue(0).lattice_line, 4);
  paint.fill(next("the kernel's own"), theme.kernel, 4);
  paint.stroke(next("touched by this step, or pointed at").inset(1), theme.hot, 2, 5);
}

void draw_help(Context& context) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const bool slim = screen.x < 760;
  const Rect wanted =
      slim ? Rect{8, 8, screen.x - 16, screen.y - 16}
           : Rect{(screen.x - 780) / 2, (screen.y - kKeysHeight - 44) / 2, 780, kKeysHeight + 44};
  Popup popup(context, "help", wanted);
  if (!popup) return;
  Rect rect = popup.area().inset(24, 20);
  Context& inside = popup.inside();
  if (icon_button(inside, {popup.area().right() - 42, popup.area().y + 12, 30, 28}, Icon::Close, Look::Quiet))
    Popup::close();
  const float width = button_width(inside.paint, kTour);
  if (button(inside, {popup.area().right() - 50 - width, popup.area().y + 12, width, 28}, kTour)) {
    context.state.popup = "tour";
    Popup::close();
  }
  if (slim) {
    const ScrollArea area(inside, "help", rect, kKeysHeight + kSamplesHeight + 16);
    rect.y -= area.offset();
    rect.h = kKeysHeight + kSamplesHeight + 16;
    draw_keys(inside, rect.cut_top(kKeysHeight, 16));
    inside.paint.write(rect.cut_top(22, 6), "Pages and frames", inside.paint.strong());
    draw_samples(inside, rect, 1);
    return;
  }
  draw_keys(inside, rect.cut_left(rect.w * 0.5F, 20));
  inside.paint.write(rect.cut_top(22, 6), "Pages and frames", inside.paint.strong());
  draw_samples(inside, rect, 1);
}

}  // namespace vmp::ui
