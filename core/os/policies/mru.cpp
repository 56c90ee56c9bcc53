#include "core/os/policies/mru.h"

#include <algorithm>

namespace vmp {

std::optional<VictimChoice> MruPolicy::choose_victim(const FrameView& view) const {
  for (auto frame = m_uses.back(); frame; frame = m_uses.before(*frame)) {
    if (view.evictable(*frame))
      return VictimChoice{.frame = *frame, .reason = VictimReason::MostRecentlyUsed};
  }
  return std::nullopt;
}

std::vector<FrameNumber> MruPolicy::order() const {
  std::vector<FrameNumber> frames = m_uses.frames();
  std::reverse(frames.begin(), frames.end());
  return frames;
}

PolicyStructure MruPolicy::structure(const FrameView& view, const StructureWindow& window) const {
  const auto describe = [&](PolicyEntry& entry) { entry.number = view.last_access(*entry.frame); };
  return {.lists = {list_of(PolicyListId::Recency, m_uses.frames(), window, describe)},
          .number = PolicyNumber::LastUse};
}

}  // namespace vmp
