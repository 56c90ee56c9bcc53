#include "core/sim/stack_distance.h"

#include <algorithm>

namespace vmp {
namespace {

constexpr std::size_t kFewestPlaces = 64;

}  // namespace

void StackDistances::reference(std::uint32_t page) {
  ++m_references;
  if (page >= m_place_of.size()) m_place_of.resize(page + std::size_t{1}, kNone);
  if (m_next_place == m_page_at.size()) make_places();
  const std::uint32_t place = m_place_of[page];
  if (place == kNone) {
    ++m_pages;
  } else {
    const std::uint32_t depth = m_pages - taken_up_to(place);
    if (depth >= m_at_depth.size()) m_at_depth.resize(depth + std::size_t{1}, 0);
    ++m_at_depth[depth];
    add(place, -1);
    m_page_at[place] = kNone;
  }
  m_place_of[page] = m_next_place;
  m_page_at[m_next_place] = page;
  add(m_next_place++, 1);
}

std::uint64_t StackDistances::faults(std::uint64_t frames) const {
  std::uint64_t hits = 0;
  for (std::size_t depth = 0; depth < m_at_depth.size() && depth < frames; ++depth) hits += m_at_depth[depth];
  return m_references - hits;
}

void StackDistances::add(std::uint32_t place, std::int32_t change) {
  for (std::size_t i = place + std::size_t{1}; i < m_tree.size(); i += i & (0 - i)) {
    m_tree[i] += static_cast<std::uint32_t>(change);
  }
}

std::uint32_t StackDistances::taken_up_to(std::uint32_t place) const {
  std::uint32_t count = 0;
  for (std::size_t i = place + std::size_t{1}; i > 0; i -= i & (0 - i)) count += m_tree[i];
  return count;
}

// Closes the gaps and makes as many free places as there are pages, so that this is rare.
void StackDistances::make_places() {
  m_page_at.erase(std::remove(m_page_at.begin(), m_page_at.end(), kNone), m_page_at.end());
  m_next_place = static_cast<std::uint32_t>(m_page_at.size());
  m_page_at.resize(std::max(kFewestPlaces, m_page_at.size() * 2), kNone);
  m_tree.assign(m_page_at.size() + 1, 0);
  for (std::uint32_t place = 0; place < m_next_place; ++place) {
    m_place_of[m_page_at[place]] = place;
    add(place, 1);
  }
}

}  // namespace vmp
