#include "core/os/policies/lru.h"

#include <algorithm>

namespace vmp {

// Stamps change without the policy being told, so the minimum is searched; a tie goes to the earlier arrival.
std::optional<VictimChoice> LruPolicy::choose_victim(const FrameView& view) const {
  std::optional<VictimChoice> best;
  std::uint64_t best_stamp = 0;
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    const std::uint64_t stamp = view.last_access(*frame);
    if ((best && stamp >= best_stamp) || !view.evictable(*frame)) continue;
    best = VictimChoice{.frame = *frame, .reason = VictimReason::LeastRecentlyUsed};
    best_stamp = stamp;
  }
  return best;
}

PolicyStructure LruPolicy::structure(const FrameView& view, const StructureWindow& window) const {
  std::vector<FrameNumber> frames = order();
  std::stable_sort(frames.begin(), frames.end(),
                   [&](FrameNumber a, FrameNumber b) { return view.last_access(a) < view.last_access(b); });
  const auto describe = [&](PolicyEntry& entry) { entry.number = view.last_access(*entry.frame); };
  return {.lists = {list_of(PolicyListId::Recency, frames, window, describe)},
          .number = PolicyNumber::LastUse};
}

}  // namespace vmp
