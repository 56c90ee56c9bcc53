#include "core/os/policies/wsclock.h"

#include <algorithm>

namespace vmp {

void WsClockPolicy::page_arrived(FrameNumber frame, PageUser /*page*/) {
  m_ring.push_back(frame);
  m_last_uses[static_cast<std::size_t>(frame.value())] = 0;
}

std::uint64_t WsClockPolicy::unused(FrameNumber frame, const FrameView& view) const {
  const std::uint64_t now = view.virtual_time(frame);
  return now - std::min(now, m_last_uses[static_cast<std::size_t>(frame.value())]);
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
    const std::uint64_t its_time = unused(*frame, view);
    const bool outside = its_time > m_window;
    const bool clean = outside && !view.dirty(*frame);
    const bool has_outside = choice.reason == VictimReason::OutsideWorkingSet;
    // The first dirty page outside is kept in mind until a clean one is found.
    if (clean || !found || (!has_outside && (outside || its_time > choice.value))) {
      choice.frame = *frame;
      choice.value = its_time;
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

PolicyStructure WsClockPolicy::structure(const FrameView& view, const StructureWindow& window) const {
  const auto describe = [&](PolicyEntry& entry) {
    entry.accessed = view.accessed(*entry.frame);
    entry.number = unused(*entry.frame, view);
  };
  return {.lists = {list_of(PolicyListId::Ring, order(), window, describe)},
          .number = PolicyNumber::Unused,
          .uses_accessed = true,
          .hand = m_ring.front(),
          .window = m_window};
}

void WsClockPolicy::hash_into(Hasher& hasher) const {
  m_ring.hash_into(hasher);
  for (auto frame = m_ring.front(); frame; frame = m_ring.after(*frame)) {
    hasher.add(m_last_uses[static_cast<std::size_t>(frame->value())]);
  }
}

}  // namespace vmp
