#include "core/os/policies/clock_ref0.h"

namespace vmp {

void ClockRef0Policy::page_arrived(FrameNumber frame, PageUser /*page*/) {
  m_ring.push_back(frame);
  m_visited[static_cast<std::size_t>(frame.value())] = false;
  m_newcomers.arrived(frame);
}

void ClockRef0Policy::page_referenced(FrameNumber frame, std::uint64_t /*next_use*/) {
  if (m_newcomers.hit(frame)) m_visited[static_cast<std::size_t>(frame.value())] = true;
}

std::optional<VictimChoice> ClockRef0Policy::choose_victim(const FrameView& view) const {
  std::optional<FrameNumber> first;
  std::uint64_t passed = 0;
  for (auto frame = m_ring.front(); frame; frame = m_ring.after(*frame), ++passed) {
    if (!view.evictable(*frame)) continue;
    if (!visited(*frame)) {
      return VictimChoice{.frame = *frame, .reason = VictimReason::NotVisited, .value = passed};
    }
    if (!first) first = frame;
  }
  if (!first) return std::nullopt;
  return VictimChoice{.frame = *first, .reason = VictimReason::NotVisited, .value = passed};
}

// The hand goes the same way again, taking marks away.
void ClockRef0Policy::victim_taken(const VictimChoice& choice, const FrameView& /*view*/) {
  FrameNumber frame = *m_ring.front();
  while (frame != choice.frame || visited(frame)) {
    m_visited[static_cast<std::size_t>(frame.value())] = false;
    m_ring.move_to_back(frame);
    frame = *m_ring.front();
  }
  m_ring.erase(frame);
}

PolicyStructure ClockRef0Policy::structure(const FrameView& /*view*/, const StructureWindow& window) const {
  const auto describe = [&](PolicyEntry& entry) { entry.marked = visited(*entry.frame); };
  return {.lists = {list_of(PolicyListId::Ring, order(), window, describe)},
          .mark = PolicyMark::Visited,
          .hand = m_ring.front()};
}

void ClockRef0Policy::hash_into(Hasher& hasher) const {
  m_ring.hash_into(hasher);
  for (auto frame = m_ring.front(); frame; frame = m_ring.after(*frame)) {
    hasher.add((visited(*frame) ? 1U : 0U) | (m_newcomers.contains(*frame) ? 2U : 0U));
  }
}

}  // namespace vmp
