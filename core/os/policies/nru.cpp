#include "core/os/policies/nru.h"

namespace vmp {

std::optional<VictimChoice> NruPolicy::choose_victim(const FrameView& view) const {
  std::optional<VictimChoice> best;
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    if (!view.evictable(*frame)) continue;
    const std::uint64_t its_class = (view.accessed(*frame) ? 2U : 0U) + (view.dirty(*frame) ? 1U : 0U);
    if (best && its_class >= best->value) continue;
    best = VictimChoice{.frame = *frame, .reason = VictimReason::LowestClass, .value = its_class};
    if (its_class == 0) break;
  }
  return best;
}

std::vector<FrameNumber> NruPolicy::tick(const FrameView& view) {
  std::vector<FrameNumber> cleared;
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    if (view.accessed(*frame)) cleared.push_back(*frame);
  }
  return cleared;
}

}  // namespace vmp
