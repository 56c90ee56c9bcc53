#include "shell/present/frame_grid.h"

#include <doctest/doctest.h>

namespace vmp {

TEST_CASE("every frame lies in one cell inside the area, from 16 frames to a million") {
  const Rect area{832, 108, 580, 500};
  for (const std::uint64_t frames : {1U, 2U, 16U, 24U, 32U, 48U, 128U, 1000U, 4096U, 65536U, 1048576U}) {
    CAPTURE(frames);
    const GridGeometry grid = make_grid(area, frames);
    CHECK(grid.cells * grid.items_per_cell >= frames);
    CHECK((grid.cells - 1) * grid.items_per_cell < frames);
    CHECK(grid.cells <= 8192);
    CHECK(grid.cell(0).x == area.x);
    const Rect last = grid.cell(grid.cells - 1);
    CHECK(last.right() <= area.right() + 0.1F);
    CHECK(last.bottom() <= area.bottom() + 0.1F);
    CHECK(last.w >= 4);
    if (grid.cells > 1) CHECK_FALSE(grid.cell(0).overlaps(grid.cell(1)));
  }
}

TEST_CASE("a cell is found again by its own middle") {
  const GridGeometry grid = make_grid({10, 20, 400, 300}, 40);
  for (std::uint64_t cell = 0; cell < grid.cells; ++cell)
    CHECK(grid.cell_at(grid.cell(cell).center()) == cell);
  CHECK_FALSE(grid.cell_at({0, 0}).has_value());
  CHECK_FALSE(grid.cell_at({1000, 1000}).has_value());
}

TEST_CASE("few frames say much, many frames say little") {
  const Rect area{0, 0, 580, 500};
  CHECK(make_grid(area, 32).detail == CellDetail::Full);
  CHECK(make_grid(area, 32).columns == 8);
  CHECK(make_grid(area, 4096).detail == CellDetail::Colour);
  CHECK(make_grid(area, 32).items_per_cell == 1);
  CHECK(make_grid(area, 1048576).items_per_cell > 1);
}

TEST_CASE("an empty memory or an area without size has no cells") {
  CHECK(make_grid({0, 0, 100, 100}, 0).cells == 0);
  CHECK(make_grid({0, 0, 0, 100}, 32).cells == 0);
}

}  // namespace vmp
