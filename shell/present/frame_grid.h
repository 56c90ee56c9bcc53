// A grid of equal cells numbered from 0, for the frames of RAM and the slots of the swap device. It adapts
// from 16 frames to a million: cells shrink, lose their labels, and at last stand for several frames each, so
// that no more than some thousand are ever drawn.
#pragma once

#include <cstdint>
#include <optional>

#include "shell/present/geometry.h"

namespace vmp {

// How much a cell has room to say.
enum class CellDetail : std::uint8_t {
  Full,    // number, value, what it is and which page
  Label,   // number and what it is
  Number,  // number
  Colour,  // nothing but its colour
};

struct GridGeometry {
  Rect area;
  std::uint64_t items = 0;           // frames or slots
  std::uint64_t items_per_cell = 1;  // more than one: the cells are clusters
  std::uint64_t columns = 1;
  std::uint64_t cells = 0;
  float pitch_x = 0;
  float pitch_y = 0;
  float cell_w = 0;
  float cell_h = 0;
  CellDetail detail = CellDetail::Full;

  Rect cell(std::uint64_t index) const;
  Rect cell_of_item(std::uint64_t item) const { return cell(item / items_per_cell); }
  // The cell under a point, if there is one.
  std::optional<std::uint64_t> cell_at(Point p) const;
};

// Cells as large as fit, columns a power of two so that hexadecimal numbers line up.
GridGeometry make_grid(Rect area, std::uint64_t items);

}  // namespace vmp
