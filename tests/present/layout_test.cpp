#include "shell/present/layout.h"

#include <doctest/doctest.h>
#include <vector>

namespace vmp {
namespace {

std::vector<Rect> panels(const Layout& layout) {
  return {layout.toolbar, layout.banner, layout.headline, layout.tabs, layout.lesson,
          layout.spaces,  layout.memory, layout.swap,     layout.walk, layout.details};
}

void check_panels(const LayoutRequest& request) {
  const Layout layout = lay_out(request);
  const std::vector<Rect> all = panels(layout);
  const Rect screen{0, 0, request.width, request.height};
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(i);
    if (all[i].empty()) continue;
    CHECK(all[i].within(screen));
    for (std::size_t j = 0; j < i; ++j) {
      CAPTURE(j);
      CHECK_FALSE(all[i].overlaps(all[j]));
    }
  }
}

const std::vector<Point> kSizes = {{1440, 900}, {1920, 1080}, {1280, 720}, {1100, 700},
                                   {1024, 768}, {768, 1024},  {800, 500},  {640, 400},
                                   {390, 844},  {360, 640},   {320, 480}};

}  // namespace

TEST_CASE("no two panels overlap and none leaves the screen, at any size and setting") {
  for (const Point size : kSizes) {
    for (const bool minimal : {false, true}) {
      for (const bool swap : {false, true}) {
        for (const bool banner : {false, true}) {
          for (const Viewpoint viewpoint : {Viewpoint::Machine, Viewpoint::Program}) {
            for (const std::uint64_t processes : {0U, 1U, 2U, 3U, 8U, 64U}) {
              for (const NarrowTab tab :
                   {NarrowTab::Lesson, NarrowTab::Spaces, NarrowTab::Memory, NarrowTab::Details}) {
                CAPTURE(size.x);
                CAPTURE(size.y);
                CAPTURE(minimal);
                check_panels({size.x, size.y, minimal, viewpoint, swap, banner, processes, tab});
              }
            }
          }
        }
      }
    }
  }
}

TEST_CASE("a wide window shows everything at once, a slot panel only where there is swap") {
  LayoutRequest request{.width = 1440, .height = 900};
  Layout layout = lay_out(request);
  CHECK(layout.shape == Shape::Wide);
  for (const Rect& panel : {layout.lesson, layout.spaces, layout.memory, layout.walk, layout.details}) {
    CHECK_FALSE(panel.empty());
  }
  CHECK(layout.swap.empty());
  request.has_swap = true;
  layout = lay_out(request);
  CHECK_FALSE(layout.swap.empty());
  CHECK(layout.memory.w > layout.swap.w);
}

TEST_CASE("two address spaces get the width they want on a wide screen") {
  const Layout layout = lay_out({.width = 1440, .height = 900});
  CHECK(layout.spaces.w >= 2 * kColumnWidth + kGap);
  CHECK(layout.memory.w >= 560);
}

TEST_CASE("the program's view has neither frames nor slots") {
  const Layout layout =
      lay_out({.width = 1440, .height = 900, .viewpoint = Viewpoint::Program, .has_swap = true});
  CHECK(layout.memory.empty());
  CHECK(layout.swap.empty());
  CHECK(layout.spaces.w > 1000);
}

TEST_CASE("a flat window, or one in which everything is large, shows one panel at a time") {
  CHECK(lay_out({.width = 1440, .height = 450}).shape == Shape::Narrow);
  CHECK(lay_out({.width = 720, .height = 450}).shape == Shape::Narrow);
  CHECK(lay_out({.width = 1152, .height = 720}).shape == Shape::Wide);
}

TEST_CASE("a narrow screen shows one panel, the one whose tab is chosen") {
  const Layout layout = lay_out({.width = 390, .height = 844, .tab = NarrowTab::Memory});
  CHECK(layout.shape == Shape::Narrow);
  CHECK_FALSE(layout.memory.empty());
  CHECK(layout.memory.h > 500);
  for (const Rect& panel : {layout.lesson, layout.spaces, layout.swap, layout.walk, layout.details}) {
    CHECK(panel.empty());
  }
}

TEST_CASE("an embedded page shows spaces and frames under one row of controls") {
  const Layout layout = lay_out({.width = 800, .height = 500, .minimal = true});
  CHECK(layout.shape == Shape::Minimal);
  CHECK(layout.toolbar.h < 50);
  CHECK(layout.spaces.h > 400);
  CHECK(layout.memory.h > 400);
  CHECK(layout.lesson.empty());
  CHECK(layout.walk.empty());
}

}  // namespace vmp
