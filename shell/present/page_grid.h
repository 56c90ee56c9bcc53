// The pages of a segment as cells. A cell is one page, or in large segments a cluster of pages, so that no
// column ever draws more than some hundred cells. Cells are in the order of their addresses; parts of the
// address space where not even a page-table node exists are passed over without looking at each page.
#pragma once

#include <vector>

#include "core/os/kernel.h"

namespace vmp {

enum class CellFill : std::uint8_t {
  Untouched,  // set aside, never used: no entry
  Resident,   // in a frame
  NoAccess,   // in a frame, but every access is forbidden
  Swapped,    // on the swap device
};

struct PageCell {
  PageNumber first;
  std::uint64_t pages = 1;     // in this cell
  std::uint64_t resident = 0;  // of them
  std::uint64_t swapped = 0;
  CellFill fill = CellFill::Untouched;  // of the page, or of the most telling page of a cluster
  bool dirty = false;
  bool accessed = false;
  bool shared = false;
  bool copy_on_write = false;
  std::size_t other_hue = 0;  // of another process that shares it
};

std::vector<PageCell> page_cells(const Kernel& kernel, const Process& process, const Segment& segment,
                                 std::uint64_t pages_per_cell);

// The smallest power of two that brings `pages` into at most `cells` cells.
std::uint64_t pages_per_cell_for(std::uint64_t pages, std::uint64_t cells);

}  // namespace vmp
