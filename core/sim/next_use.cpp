#include "core/sim/next_use.h"

namespace vmp {

std::vector<std::uint32_t> next_uses(std::span<const std::uint32_t> pages) {
  std::vector<std::uint32_t> distances(pages.size(), kNoNextUse);
  std::vector<std::size_t> later;  // by page: where it is used next, and one
  for (std::size_t i = pages.size(); i-- > 0;) {
    const std::uint32_t page = pages[i];
    if (page >= later.size()) later.resize(page + std::size_t{1}, 0);
    if (later[page] != 0) distances[i] = static_cast<std::uint32_t>(later[page] - 1 - i);
    later[page] = i + 1;
  }
  return distances;
}

std::vector<std::uint32_t> next_uses(const std::vector<TraceReference>& references) {
  PageNumbering numbering;
  std::vector<std::uint32_t> pages;
  pages.reserve(references.size());
  for (const TraceReference& reference : references) {
    pages.push_back(numbering.number_of(page_of(reference.address())));
  }
  return next_uses(pages);
}

}  // namespace vmp
