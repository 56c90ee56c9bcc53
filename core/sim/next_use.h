// The future of a recording, which Optimal needs: for every reference, how many references later the same
// page is used again.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/base/page.h"
#include "core/sim/trace.h"

namespace vmp {

// Gives pages the numbers 0, 1, 2, ... in the order in which they are first asked for.
class PageNumbering {
 public:
  std::uint32_t number_of(PageNumber page) {
    return m_numbers.try_emplace(page.value(), static_cast<std::uint32_t>(m_numbers.size())).first->second;
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(m_numbers.size()); }

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> m_numbers;  // looked up only, never walked through
};

inline constexpr std::uint32_t kNoNextUse = 0xFFFFFFFFu;

// Distances to the next use, kNoNextUse after the last one. Pages are numbered from 0.
std::vector<std::uint32_t> next_uses(std::span<const std::uint32_t> pages);
std::vector<std::uint32_t> next_uses(const std::vector<TraceReference>& references);

}  // namespace vmp
