#include "core/os/policies/optimal.h"

#include <algorithm>

namespace vmp {

void OptimalPolicy::page_arrived(FrameNumber frame, PageUser /*page*/) {
  m_order.insert({.number = kNeverUsed, .given = ++m_arrivals, .frame = frame});
}

void OptimalPolicy::page_referenced(FrameNumber frame, std::uint64_t next_use) {
  ++m_references;
  Rank rank = m_order[frame];
  rank.number = next_use == kNeverUsed ? kNeverUsed : m_references + next_use;
  m_order.change(rank);
}

// References that the recording did not know of may have come between.
std::uint64_t OptimalPolicy::ahead(const Rank& rank) const {
  return rank.number == kNeverUsed ? kNeverUsed : rank.number - std::min(rank.number, m_references);
}

std::optional<VictimChoice> OptimalPolicy::choose_victim(const FrameView& view) const {
  const std::set<Rank>& order = m_order.ascending();
  for (auto last = order.rbegin(); last != order.rend(); ++last) {
    if (!view.evictable(last->frame)) continue;
    if (last->number == kNeverUsed) {
      return VictimChoice{.frame = last->frame, .reason = VictimReason::NeverUsedAgain};
    }
    return VictimChoice{.frame = last->frame, .reason = VictimReason::FarthestNextUse, .value = ahead(*last)};
  }
  return std::nullopt;
}

std::vector<FrameNumber> OptimalPolicy::order() const {
  std::vector<FrameNumber> frames;
  const std::set<Rank>& order = m_order.ascending();
  for (auto last = order.rbegin(); last != order.rend(); ++last) frames.push_back(last->frame);
  return frames;
}

PolicyStructure OptimalPolicy::structure(const FrameView& /*view*/, const StructureWindow& window) const {
  const auto describe = [&](PolicyEntry& entry) { entry.number = ahead(m_order[*entry.frame]); };
  return {.lists = {list_of(PolicyListId::NextUses, order(), window, describe)},
          .number = PolicyNumber::NextUse};
}

void OptimalPolicy::hash_into(Hasher& hasher) const {
  hasher.add(m_references);
  hasher.add(m_arrivals);
  m_order.hash_into(hasher);
}

}  // namespace vmp
