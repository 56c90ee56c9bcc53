#include "core/os/policies/optimal.h"

#include <algorithm>

namespace vmp {

void OptimalPolicy::page_arrived(FrameNumber frame, PageUser /*page*/) {
  rank(frame) = {.next_use = kNeverUsed, .arrival = ++m_arrivals, .frame = frame};
  m_order.insert(rank(frame));
}

void OptimalPolicy::page_referenced(FrameNumber frame, std::uint64_t next_use) {
  ++m_references;
  auto node = m_order.extract(rank(frame));
  rank(frame).next_use = next_use == kNeverUsed ? kNeverUsed : m_references + next_use;
  node.value() = rank(frame);
  m_order.insert(std::move(node));
}

std::optional<VictimChoice> OptimalPolicy::choose_victim(const FrameView& view) const {
  for (auto last = m_order.rbegin(); last != m_order.rend(); ++last) {
    if (!view.evictable(last->frame)) continue;
    if (last->next_use == kNeverUsed) {
      return VictimChoice{.frame = last->frame, .reason = VictimReason::NeverUsedAgain};
    }
    // References that the recording did not know of may have come between.
    const std::uint64_t ahead = last->next_use - std::min(last->next_use, m_references);
    return VictimChoice{.frame = last->frame, .reason = VictimReason::FarthestNextUse, .value = ahead};
  }
  return std::nullopt;
}

std::vector<FrameNumber> OptimalPolicy::order() const {
  std::vector<FrameNumber> frames;
  for (auto last = m_order.rbegin(); last != m_order.rend(); ++last) frames.push_back(last->frame);
  return frames;
}

void OptimalPolicy::hash_into(Hasher& hasher) const {
  hasher.add(m_references);
  hasher.add(m_arrivals);
  for (const Rank& its_rank : m_order) {
    hasher.add(its_rank.frame);
    hasher.add(its_rank.next_use);
    hasher.add(its_rank.arrival);
  }
}

}  // namespace vmp
