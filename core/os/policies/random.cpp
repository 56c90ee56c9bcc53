#include "core/os/policies/random.h"

namespace vmp {
namespace {

// Pages that may not go are drawn in vain; after so many the next one that may go is taken.
constexpr int kMostDraws = 64;

}  // namespace

void RandomPolicy::page_arrived(FrameNumber frame, PageUser /*page*/) {
  m_places[static_cast<std::size_t>(frame.value())] = static_cast<std::uint32_t>(m_frames.size());
  m_frames.push_back(frame);
}

void RandomPolicy::page_left(FrameNumber frame) {
  const std::uint32_t place = m_places[static_cast<std::size_t>(frame.value())];
  const FrameNumber last = m_frames.back();
  m_frames[place] = last;
  m_places[static_cast<std::size_t>(last.value())] = place;
  m_frames.pop_back();
}

std::optional<VictimChoice> RandomPolicy::choose_victim(const FrameView& view) const {
  if (m_frames.empty()) return std::nullopt;
  Rng next = m_rng;
  Rng draws(next.next());  // one step of m_rng pays for a victim, however many draws it takes
  std::size_t place = 0;
  for (int i = 0; i < kMostDraws; ++i) {
    place = static_cast<std::size_t>(draws.below(m_frames.size()));
    if (view.evictable(m_frames[place])) break;
  }
  for (std::size_t i = 0; i < m_frames.size(); ++i) {
    const FrameNumber frame = m_frames[(place + i) % m_frames.size()];
    if (!view.evictable(frame)) continue;
    return VictimChoice{.frame = frame, .reason = VictimReason::DrawnAtRandom, .value = m_frames.size()};
  }
  return std::nullopt;
}

void RandomPolicy::victim_taken(const VictimChoice& choice, const FrameView& /*view*/) {
  m_rng.next();
  page_left(choice.frame);
}

PolicyStructure RandomPolicy::structure(const FrameView& /*view*/, const StructureWindow& window) const {
  return {.lists = {list_of(PolicyListId::Unordered, m_frames, window)}};
}

void RandomPolicy::hash_into(Hasher& hasher) const {
  for (const FrameNumber frame : m_frames) hasher.add(frame);
  hasher.add(m_rng.state());
}

}  // namespace vmp
