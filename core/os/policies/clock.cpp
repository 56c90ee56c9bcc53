#include "core/os/policies/clock.h"

namespace vmp {

std::optional<VictimChoice> ClockPolicy::choose_victim(const FrameView& view) const {
  VictimChoice choice;
  for (auto frame = m_ring.front(); frame; frame = m_ring.after(*frame)) {
    if (!view.evictable(*frame)) continue;
    if (!view.accessed(*frame)) {
      choice.frame = *frame;
      choice.reason = VictimReason::NotAccessed;
      return choice;
    }
    choice.spared.push_back(*frame);
  }
  if (choice.spared.empty()) return std::nullopt;
  // Every bit was set and is now cleared: the second round stops at the first page passed.
  choice.frame = choice.spared.front();
  choice.reason = VictimReason::AllAccessed;
  return choice;
}

void ClockPolicy::victim_taken(const VictimChoice& choice, const FrameView& /*view*/) {
  m_ring.rotate_past(choice.frame);
  m_ring.erase(choice.frame);
}

PolicyStructure ClockPolicy::structure(const FrameView& view, const StructureWindow& window) const {
  const auto describe = [&](PolicyEntry& entry) { entry.accessed = view.accessed(*entry.frame); };
  return {.lists = {list_of(PolicyListId::Ring, order(), window, describe)},
          .uses_accessed = true,
          .hand = m_ring.front()};
}

}  // namespace vmp
