#include "shell/present/layout.h"

namespace vmp {
namespace {

constexpr float kWideFrom = 1100;
constexpr float kMediumFrom = 700;
constexpr float kTallEnough = 560;  // for several panels above each other

// Splits `area` into address spaces, frames and slots. The spaces take what their columns need, the frames
// the rest.
void split_middle(const LayoutRequest& request, Rect area, float gap, Layout& layout) {
  if (request.viewpoint == Viewpoint::Program) {
    layout.spaces = area;
    return;
  }
  const auto columns = static_cast<float>(std::clamp<std::uint64_t>(request.processes, 1, 16));
  const bool stacked = area.w < 560;
  if (stacked) {
    layout.spaces = area.cut_top(area.h * 0.56F - gap, gap);
  } else {
    const float least_memory = std::min(area.w * 0.5F, request.has_swap ? 480.0F : 360.0F);
    const float wanted = columns * kColumnWidth + (columns - 1) * gap;
    layout.spaces = area.cut_left(std::min(wanted, area.w - least_memory - gap), gap);
  }
  if (request.has_swap) layout.swap = area.cut_right(std::clamp(area.w * 0.28F, 96.0F, 220.0F), gap);
  layout.memory = area;
}

void lay_out_wide(const LayoutRequest& request, Rect area, Layout& layout) {
  Rect bottom = area.cut_bottom(std::clamp(request.height * 0.26F, 216.0F, 244.0F), kGap);
  layout.details = bottom.cut_right(std::clamp(request.width * 0.28F, 320.0F, 460.0F), kGap);
  layout.walk = bottom;
  layout.lesson = area.cut_left(std::clamp(request.width * 0.186F, 240.0F, 320.0F), kGap);
  split_middle(request, area, kGap, layout);
}

void lay_out_medium(const LayoutRequest& request, Rect area, Layout& layout) {
  layout.lesson = area.cut_top(request.has_question ? 208.0F : 84.0F, kGap);
  layout.walk = area.cut_bottom(std::clamp(request.height * 0.28F, 206.0F, 240.0F), kGap);
  split_middle(request, area, kGap, layout);
}

void lay_out_narrow(const LayoutRequest& request, Rect area, Layout& layout) {
  layout.headline = area.cut_top(40, 0);
  layout.tabs = area.cut_top(40, 8);
  if (request.has_question || request.has_callout)
    layout.question = area.cut_bottom(std::min(request.has_question ? 256.0F : 180.0F, area.h * 0.58F), 8);
  switch (request.tab) {
    case NarrowTab::Lesson:
      layout.lesson = area;
      break;
    case NarrowTab::Spaces:
      layout.spaces = area;
      break;
    case NarrowTab::Memory:
      layout.memory = area;
      break;
    case NarrowTab::Swap:
      layout.swap = area;
      break;
    case NarrowTab::Walk:
      layout.walk = area;
      break;
    case NarrowTab::Details:
      layout.details = area;
      break;
  }
}

}  // namespace

Layout lay_out(const LayoutRequest& request) {
  Layout layout;
  const bool flat = request.height < kTallEnough;
  layout.shape = request.minimal                       ? Shape::Minimal
                 : request.width < kMediumFrom || flat ? Shape::Narrow
                 : request.width < kWideFrom           ? Shape::Medium
                                                       : Shape::Wide;
  const bool narrow = layout.shape == Shape::Narrow;
  const bool slim_minimal = layout.shape == Shape::Minimal && request.width < 640;
  Rect area{0, 0, request.width, request.height};
  layout.toolbar = area.cut_top(narrow ? 96.0F : layout.shape == Shape::Minimal ? 46.0F : 52.0F);
  if (slim_minimal) layout.headline = area.cut_top(28);
  const float gap = layout.shape == Shape::Wide || layout.shape == Shape::Medium ? kGap : 8.0F;
  area = area.inset(gap);
  if (request.has_banner) layout.banner = area.cut_top(44, gap);
  switch (layout.shape) {
    case Shape::Wide:
      lay_out_wide(request, area, layout);
      break;
    case Shape::Medium:
      lay_out_medium(request, area, layout);
      break;
    case Shape::Narrow:
      lay_out_narrow(request, area, layout);
      break;
    case Shape::Minimal:
      split_middle(request, area, gap, layout);
      break;
  }
  return layout;
}

}  // namespace vmp
