#include "core/os/policies/sieve.h"

namespace vmp {

FrameNumber SievePolicy::next(FrameNumber frame) const {
  const auto after = m_queue.after(frame);
  return after ? *after : *m_queue.front();
}

void SievePolicy::page_arrived(FrameNumber frame, PageUser /*page*/) {
  m_queue.push_back(frame);
  m_visited[static_cast<std::size_t>(frame.value())] = false;
  m_newcomers.arrived(frame);
}

void SievePolicy::page_left(FrameNumber frame) {
  if (m_hand == frame) m_hand = m_queue.after(frame);
  m_queue.erase(frame);
}

void SievePolicy::page_referenced(FrameNumber frame, std::uint64_t /*next_use*/) {
  if (m_newcomers.hit(frame)) m_visited[static_cast<std::size_t>(frame.value())] = true;
}

std::optional<VictimChoice> SievePolicy::choose_victim(const FrameView& view) const {
  if (m_queue.size() == 0) return std::nullopt;
  std::optional<FrameNumber> first;  // of those that may go; the second round ends there
  FrameNumber frame = *hand();
  for (std::uint64_t passed = 0; passed < m_queue.size(); ++passed, frame = next(frame)) {
    if (!view.evictable(frame)) continue;
    if (!visited(frame)) {
      return VictimChoice{.frame = frame, .reason = VictimReason::NotVisited, .value = passed};
    }
    if (!first) first = frame;
  }
  if (!first) return std::nullopt;
  return VictimChoice{.frame = *first, .reason = VictimReason::NotVisited, .value = m_queue.size()};
}

// The hand goes the same way again, taking marks away.
void SievePolicy::victim_taken(const VictimChoice& choice, const FrameView& /*view*/) {
  FrameNumber frame = *hand();
  while (frame != choice.frame || visited(frame)) {
    m_visited[static_cast<std::size_t>(frame.value())] = false;
    frame = next(frame);
  }
  m_hand = frame;
  page_left(frame);
}

std::vector<FrameNumber> SievePolicy::order() const {
  std::vector<FrameNumber> frames;
  if (m_queue.size() == 0) return frames;
  FrameNumber frame = *hand();
  for (std::uint64_t i = 0; i < m_queue.size(); ++i, frame = next(frame)) frames.push_back(frame);
  return frames;
}

PolicyStructure SievePolicy::structure(const FrameView& /*view*/, const StructureWindow& window) const {
  const auto describe = [&](PolicyEntry& entry) { entry.marked = visited(*entry.frame); };
  return {.lists = {list_of(PolicyListId::Arrivals, m_queue.frames(), window, describe)},
          .mark = PolicyMark::Visited,
          .hand = hand()};
}

void SievePolicy::hash_into(Hasher& hasher) const {
  m_queue.hash_into(hasher);
  hasher.add(m_hand);
  for (const FrameNumber frame : order()) {
    hasher.add((visited(frame) ? 1U : 0U) | (m_newcomers.contains(frame) ? 2U : 0U));
  }
}

}  // namespace vmp
