#include "shell/present/page_grid.h"

#include <algorithm>

#include "core/sim/explain.h"
#include "shell/present/memory_view.h"

namespace vmp {
namespace {

CellFill fill_of(PageState state) {
  switch (state) {
    case PageState::Resident:
      return CellFill::Resident;
    case PageState::NoAccess:
      return CellFill::NoAccess;
    case PageState::Swapped:
      return CellFill::Swapped;
    case PageState::Unmapped:
    case PageState::Untouched:
      break;
  }
  return CellFill::Untouched;
}

// In a cluster the page in RAM tells more than the one on disk, and that more than an untouched one.
int rank(CellFill fill) {
  switch (fill) {
    case CellFill::Untouched:
      return 0;
    case CellFill::Swapped:
      return 1;
    case CellFill::NoAccess:
      return 2;
    case CellFill::Resident:
      return 3;
  }
  return 0;
}

const std::vector<PageUser>& users_of(const Kernel& kernel, const PageExplanation& page) {
  static const std::vector<PageUser> none;
  if (page.frame) return kernel.frames()[*page.frame].users;
  return page.slot ? kernel.swap()[*page.slot].users : none;
}

void add_page(const Kernel& kernel, const Process& process, PageNumber number, PageCell& cell) {
  const PageExplanation page = explain_page(kernel, process, number);
  const CellFill fill = fill_of(page.state);
  if (rank(fill) > rank(cell.fill)) cell.fill = fill;
  cell.resident += fill == CellFill::Resident || fill == CellFill::NoAccess ? 1 : 0;
  cell.swapped += fill == CellFill::Swapped ? 1 : 0;
  cell.dirty = cell.dirty || page.dirty;
  cell.accessed = cell.accessed || page.accessed;
  cell.copy_on_write = cell.copy_on_write || page.copy_on_write;
  for (const PageUser& user : users_of(kernel, page)) {
    if (user.process == process.id) continue;
    cell.shared = true;
    cell.other_hue = hue_of(user.process);
  }
}

}  // namespace

std::uint64_t pages_per_cell_for(std::uint64_t pages, std::uint64_t cells) {
  std::uint64_t per_cell = 1;
  while ((pages + per_cell - 1) / per_cell > std::max<std::uint64_t>(cells, 1)) per_cell *= 2;
  return per_cell;
}

std::vector<PageCell> page_cells(const Kernel& kernel, const Process& process, const Segment& segment,
                                 std::uint64_t pages_per_cell) {
  const PageNumber first = page_of(segment.range.start);
  const std::uint64_t count = segment.page_count();
  std::vector<PageCell> cells((count + pages_per_cell - 1) / pages_per_cell);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::uint64_t offset = i * pages_per_cell;
    cells[i].first = first + offset;
    cells[i].pages = std::min(pages_per_cell, count - offset);
  }
  const std::uint64_t entries = kernel.format().entries_per_frame();
  for (std::uint64_t offset = 0; offset < count;) {
    const PageNumber page = first + offset;
    const auto entry = kernel.leaf_entry(process, page);
    if (!entry || kernel.memory().is_zero(frame_of(entry->address))) {
      offset += entries - page.value() % entries;
      continue;
    }
    if (entry->pte.bits != 0) add_page(kernel, process, page, cells[offset / pages_per_cell]);
    ++offset;
  }
  return cells;
}

}  // namespace vmp
