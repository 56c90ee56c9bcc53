#include "core/os/policies/working_set.h"

#include <algorithm>

namespace vmp {

void WorkingSetPolicy::page_arrived(FrameNumber frame, PageUser /*page*/) {
  m_arrivals.push_back(frame);
  m_last_uses[static_cast<std::size_t>(frame.value())] = 0;
}

std::optional<VictimChoice> WorkingSetPolicy::choose_victim(const FrameView& view) const {
  std::optional<VictimChoice> best;
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    if (!view.evictable(*frame)) continue;
    const std::uint64_t now = view.virtual_time(*frame);
    const std::uint64_t last_use = m_last_uses[static_cast<std::size_t>(frame->value())];
    const std::uint64_t unused = view.accessed(*frame) ? 0 : now - std::min(now, last_use);
    if (best && unused <= best->value) continue;
    best = VictimChoice{
        .frame = *frame,
        .reason = unused > m_window ? VictimReason::OutsideWorkingSet : VictimReason::OldestOfWorkingSet,
        .value = unused,
        .against = m_window};
  }
  return best;
}

std::vector<FrameNumber> WorkingSetPolicy::tick(const FrameView& view) {
  std::vector<FrameNumber> cleared;
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    if (!view.accessed(*frame)) continue;
    m_last_uses[static_cast<std::size_t>(frame->value())] = view.virtual_time(*frame);
    cleared.push_back(*frame);
  }
  return cleared;
}

void WorkingSetPolicy::hash_into(Hasher& hasher) const {
  m_arrivals.hash_into(hasher);
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    hasher.add(m_last_uses[static_cast<std::size_t>(frame->value())]);
  }
}

}  // namespace vmp
