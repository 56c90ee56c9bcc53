#include "shell/present/tour.h"

namespace vmp {
namespace {

constexpr float kBeside = 12;  // between a callout and its target
constexpr float kMargin = 8;   // to the screen's edge

constexpr std::array<TourStop, kTourStops> kStops = {{
    {TourPlace::Spaces, "Two programs, each alone",
     "Each program gets a column: an address space of its own, as if the whole machine were its own."},
    {TourPlace::Address, "The same address",
     "Both use the very same address, and each finds its own value there. The lesson shows how that can be."},
    {TourPlace::Memory, "One memory",
     "This is the RAM they share, frame by frame. Colour says whose page lies there; the latticed frames are "
     "page tables."},
    {TourPlace::Walk, "The way to a frame",
     "How the CPU gets from an address to a frame: which bits select which entry, and what the entry says."},
    {TourPlace::Step, "One step at a time",
     "Forward and back, by these buttons or the arrow keys. Every step can be taken back, so try anything."},
    {TourPlace::Predict, "Predict, then see",
     "Switched on, each step first asks you what will happen. Help and all the keys are here, too: press ?"},
}};

float covered(Rect a, Rect b) {
  const float w = std::min(a.right(), b.right()) - std::max(a.x, b.x);
  const float h = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  return std::max(0.0F, w) * std::max(0.0F, h);
}

}  // namespace

const std::array<TourStop, kTourStops>& tour_stops() {
  return kStops;
}

Rect place_callout(Rect target, float width, float height, Rect screen) {
  const Rect inside = screen.inset(kMargin);
  const float w = std::min(width, inside.w);
  const float h = std::min(height, inside.h);
  const auto put = [&](float x, float y) {
    return Rect{std::clamp(x, inside.x, inside.right() - w), std::clamp(y, inside.y, inside.bottom() - h), w,
                h};
  };
  const float middle_x = target.center().x - w / 2;
  const float middle_y = target.center().y - h / 2;
  const std::array<Rect, 4> places = {
      put(middle_x, target.bottom() + kBeside), put(middle_x, target.y - kBeside - h),
      put(target.right() + kBeside, middle_y), put(target.x - kBeside - w, middle_y)};
  return *std::min_element(places.begin(), places.end(), [&](const Rect& a, const Rect& b) {
    return covered(a, target) < covered(b, target);
  });
}

}  // namespace vmp
