#include "shell/present/tour.h"

#include <doctest/doctest.h>

#include "shell/present/layout.h"

namespace vmp {
namespace {

constexpr float kWidth = 300;
constexpr float kHeight = 150;

}  // namespace

TEST_CASE("a callout stands on the screen and beside what it explains, for every panel of every shape") {
  struct Size {
    float width;
    float height;
  };
  for (const Size size : {Size{1440, 900}, Size{1100, 700}, Size{1024, 768}, Size{760, 600}}) {
    CAPTURE(size.width);
    const Layout layout = lay_out({.width = size.width, .height = size.height});
    const Rect screen{0, 0, size.width, size.height};
    const Rect button{size.width - 100, 10, 60, 30};
    for (const Rect& target : {layout.spaces, layout.lesson, layout.memory, layout.walk, button}) {
      CAPTURE(target.x);
      const Rect callout = place_callout(target, kWidth, kHeight, screen);
      CHECK(callout.within(screen));
      CHECK_FALSE(callout.overlaps(target));
      CHECK(callout.w == kWidth);
    }
  }
}

TEST_CASE("on a phone the callout has a place of its own under the panel") {
  for (const NarrowTab tab : {NarrowTab::Spaces, NarrowTab::Memory, NarrowTab::Walk}) {
    const Layout layout = lay_out({.width = 390, .height = 844, .tab = tab, .has_callout = true});
    CHECK(layout.question.within({0, 0, 390, 844}));
    CHECK(layout.question.h >= 180);
    for (const Rect& panel : {layout.lesson, layout.spaces, layout.memory, layout.walk, layout.toolbar})
      CHECK_FALSE(layout.question.overlaps(panel));
  }
}

TEST_CASE("where nothing is free the callout covers as little as it can and stays on the screen") {
  const Rect screen{0, 0, 320, 300};
  const Rect callout = place_callout({10, 10, 300, 280}, kWidth, kHeight, screen);
  CHECK(callout.within(screen));
}

TEST_CASE("every stop says something, each about another place") {
  std::size_t seen = 0;
  for (const TourStop& stop : tour_stops()) {
    CHECK_FALSE(stop.title.empty());
    CHECK(stop.text.size() < 140);
    seen |= std::size_t{1} << static_cast<std::size_t>(stop.place);
  }
  CHECK(seen == (std::size_t{1} << kTourStops) - 1);
}

}  // namespace vmp
