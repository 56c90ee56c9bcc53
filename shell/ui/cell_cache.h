// The cells of the segments on screen, kept until the machine changes: a page's state is asked of the kernel
// once, not sixty times a second.
#pragma once

#include <map>
#include <tuple>
#include <vector>

#include "shell/present/page_grid.h"

namespace vmp::ui {

class CellCache {
 public:
  const std::vector<PageCell>& of(const Kernel& kernel, const Process& process, const Segment& segment,
                                  std::uint64_t pages_per_cell) {
    const Key key{process.id, segment.range.start, pages_per_cell};
    const auto found = m_cells.find(key);
    if (found != m_cells.end()) return found->second;
    return m_cells.emplace(key, page_cells(kernel, process, segment, pages_per_cell)).first->second;
  }
  void clear() { m_cells.clear(); }

 private:
  using Key = std::tuple<ProcessId, VirtualAddress, std::uint64_t>;
  std::map<Key, std::vector<PageCell>> m_cells;
};

}  // namespace vmp::ui
