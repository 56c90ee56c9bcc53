#include "core/sim/string_search.h"

#include <algorithm>

#include "core/sim/next_use.h"

namespace vmp {
namespace {

// All strings of one length, depth first. Both runs go along reference by reference, so that a string costs
// what its last reference costs.
class Search {
 public:
  Search(const PagingSettings& first, const PagingSettings& second, Parting parting, std::uint32_t length,
         std::uint32_t pages)
      : m_first(first),
        m_second(second),
        m_parting(parting),
        m_looks_ahead(first.policy == PolicyKind::Optimal || second.policy == PolicyKind::Optimal),
        m_most_pages(pages),
        m_string(length) {
    m_levels.reserve(length + std::size_t{1});
    for (std::uint32_t i = 0; i <= length; ++i)
      m_levels.push_back({DemandPaging(first), DemandPaging(second)});
  }

  bool run() { return extend(0, 0); }
  PartingString result() const {
    return {m_string, faults_on(m_first, m_string), faults_on(m_second, m_string)};
  }

 private:
  struct Level {
    DemandPaging first;
    DemandPaging second;
  };

  bool extend(std::size_t depth, std::uint32_t pages_so_far) {
    if (depth == m_string.size()) return parts(m_levels[depth]);
    const std::uint32_t next_pages = std::min(m_most_pages, pages_so_far + 1);
    for (std::uint32_t page = 0; page < next_pages; ++page) {
      m_string[depth] = page;
      if (!m_looks_ahead) {
        Level& level = m_levels[depth + 1];
        level = m_levels[depth];
        level.first.reference(page);
        level.second.reference(page);
        if (hopeless(level, m_string.size() - depth - 1)) continue;
      }
      if (extend(depth + 1, std::max(pages_so_far, page + 1))) return true;
    }
    return false;
  }

  // One reference makes a difference of one fault at most.
  bool hopeless(const Level& level, std::size_t references_left) const {
    return m_parting == Parting::SecondFaultsMore &&
           level.second.faults() + references_left <= level.first.faults();
  }

  bool parts(const Level& level) const {
    const std::uint64_t first = m_looks_ahead ? faults_on(m_first, m_string) : level.first.faults();
    const std::uint64_t second = m_looks_ahead ? faults_on(m_second, m_string) : level.second.faults();
    return m_parting == Parting::FaultCountsDiffer ? first != second : second > first;
  }

  const PagingSettings& m_first;
  const PagingSettings& m_second;
  Parting m_parting;
  bool m_looks_ahead;  // then a prefix says nothing: each whole string is run from its start
  std::uint32_t m_most_pages;
  std::vector<std::uint32_t> m_string;
  std::vector<Level> m_levels;  // after so many references
};

}  // namespace

std::optional<PartingString> shortest_parting_string(const PagingSettings& first,
                                                     const PagingSettings& second, Parting parting,
                                                     SearchBounds bounds) {
  for (std::uint32_t length = 1; length <= bounds.longest; ++length) {
    Search search(first, second, parting, length, bounds.pages);
    if (search.run()) return search.result();
  }
  return std::nullopt;
}

std::uint64_t faults_on(const PagingSettings& settings, const std::vector<std::uint32_t>& pages) {
  DemandPaging run(settings);
  const std::vector<std::uint32_t> distances = next_uses(pages);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    run.reference(pages[i], false, distances[i] == kNoNextUse ? kNeverUsed : distances[i]);
  }
  return run.faults();
}

}  // namespace vmp
