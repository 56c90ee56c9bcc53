#include "core/os/policies/wsclock.h"

#include <algorithm>

namespace vmp {

void WsClockPolicy::page_arrived(FrameNumber frame, PageUser /*page*/) {
  m_ring.push_back(frame);
  m_last_uses[static_cast<std::size_t>(frame.value())] = 0;
}

std::optional<VictimChoice> WsClockPolicy::choose_victim(const FrameView& view) const {
  VictimChoice choice{.frame = {}, .reason = VictimReason::OldestOfWorkingSet, .against = m_window};
  bool found = false;
  for (auto frame = m_ring.front(); frame; frame = m_ring.after(*frame)) {
    if (!view.evictable(*frame)) continue;
    if (view.accessed(*frame)) {
      choice.spared.push_back(*frame);
      continue;
    }
    const std::uint64_t now = view.virtual_time(*frame);
    const std::uint64_t last_use = m_last_uses[static_cast<std::size_t>(frame->value())];
    const std::uint64_t unused = now - std::min(now, last_use);
    const bool outside = unused > m_window;
    const bool clean = outside && !view.dirty(*frame);
    const bool has_outside = choice.reason == VictimReason::OutsideWorkingSet;
    // The first dirty page outside is kept in mind until a clean one is found.
    if (clean || !found || (!has_outside && (outside || unused > choice.value))) {
      choice.frame = *frame;
      choice.value = unused;
      choice.reason = outside ? VictimReason::OutsideWorkingSet : VictimReason::OldestOfWorkingSet;
      found = true;
    }
    if (clean) return choice;
  }
  if (found) return choice;
  if (choice.spared.empty()) return std::nullopt;
  choice.frame = choice.spared.front();
  return choice;
}

void WsClockPolicy::victim_taken(const VictimChoice& choice, const FrameView& view) {
  for (const FrameNumber frame : choice.spared) {
    m_last_uses[static_cast<std::size_t>(frame.value())] = view.virtual_time(frame);
  }
  m_ring.rotate_past(choice.frame);
  m_ring.erase(choice.frame);
}

void WsClockPolicy::hash_into(Hasher& hasher) const {
  m_ring.hash_into(hasher);
  for (auto frame = m_ring.front(); frame; frame = m_ring.after(*frame)) {
    hasher.add(m_last_uses[static_cast<std::size_t>(frame->value())]);
  }
}

}  // namespace vmp
