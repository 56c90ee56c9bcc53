#include "shell/present/frame_grid.h"

namespace vmp {
namespace {

constexpr float kLeastPitch = 8;
constexpr float kWidest = 124;
constexpr float kTallest = 124;

CellDetail detail_of(float w, float h) {
  if (w >= 54 && h >= 84) return CellDetail::Full;
  if (w >= 46 && h >= 42) return CellDetail::Label;
  if (w >= 22 && h >= 16) return CellDetail::Number;
  return CellDetail::Colour;
}

}  // namespace

Rect GridGeometry::cell(std::uint64_t index) const {
  const auto column = static_cast<float>(index % columns);
  const std::uint64_t whole_rows = index / columns;
  const auto row = static_cast<float>(whole_rows);
  return {area.x + column * pitch_x, area.y + row * pitch_y, cell_w, cell_h};
}

std::optional<std::uint64_t> GridGeometry::cell_at(Point p) const {
  if (cells == 0 || p.x < area.x || p.y < area.y) return std::nullopt;
  const auto column = static_cast<std::uint64_t>((p.x - area.x) / pitch_x);
  const std::uint64_t index = static_cast<std::uint64_t>((p.y - area.y) / pitch_y) * columns + column;
  if (column >= columns || index >= cells || !cell(index).contains(p)) return std::nullopt;
  return index;
}

GridGeometry make_grid(Rect area, std::uint64_t items) {
  GridGeometry best{.area = area, .items = items};
  if (items == 0 || area.empty()) return best;
  for (std::uint64_t per_cell = 1;; per_cell *= 2) {
    const std::uint64_t cells = (items + per_cell - 1) / per_cell;
    float best_score = 0;
    for (std::uint64_t columns = 2; columns <= 128; columns *= 2) {
      if (columns > 2 && columns / 2 >= cells) break;
      const std::uint64_t rows = (cells + columns - 1) / columns;
      const float pitch_x = std::min(area.w / static_cast<float>(columns), kWidest);
      const float pitch_y = std::min({area.h / static_cast<float>(rows), kTallest, pitch_x * 1.8F});
      const float score = std::min(pitch_x, pitch_y * 0.75F);
      if (score <= best_score) continue;
      best_score = score;
      const float gap = std::clamp(std::min(pitch_x, pitch_y) * 0.09F, 1.0F, 6.0F);
      best.items_per_cell = per_cell;
      best.columns = columns;
      best.cells = cells;
      best.pitch_x = pitch_x;
      best.pitch_y = pitch_y;
      best.cell_w = pitch_x - gap;
      best.cell_h = pitch_y - gap;
    }
    if (std::min(best.pitch_x, best.pitch_y) >= kLeastPitch || cells <= 4) break;
  }
  best.detail = detail_of(best.cell_w, best.cell_h);
  return best;
}

}  // namespace vmp
