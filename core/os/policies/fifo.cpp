#include "core/os/policies/fifo.h"

namespace vmp {

std::optional<VictimChoice> FifoPolicy::choose_victim(const FrameView& view) const {
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    if (view.evictable(*frame)) return VictimChoice{.frame = *frame, .reason = VictimReason::OldestArrival};
  }
  return std::nullopt;
}

PolicyStructure FifoPolicy::structure(const FrameView& /*view*/, const StructureWindow& window) const {
  return {.lists = {list_of(PolicyListId::Arrivals, order(), window)}};
}

}  // namespace vmp
