#include "core/os/policies/arc.h"

#include <algorithm>

namespace vmp {
ArcTarget ArcPolicy::target_for(std::optional<PageUser> arriving) const {
  if (!arriving || m_adapted_for == arriving) return m_target;
  const std::uint64_t once = m_once_ghosts.size();
  const std::uint64_t again = m_again_ghosts.size();
  if (m_once_ghosts.contains(*arriving)) {
    return std::min(ArcTarget(resident()), m_target.plus(ArcTarget::ratio(again, once)));
  }
  if (m_again_ghosts.contains(*arriving)) return m_target.minus(ArcTarget::ratio(once, again));
  return m_target;
}

// REPLACE of the paper; if no page of the list it names may go, the other list gives one.
std::optional<VictimChoice> ArcPolicy::choose_victim(const FrameView& view) const {
  const ArcTarget target = target_for(view.arriving());
  const bool wanted_again = view.arriving() && m_again_ghosts.contains(*view.arriving());
  const ArcTarget once_size(m_once.size());
  const bool from_once =
      m_again.size() == 0 || once_size > target || (m_once.size() > 0 && wanted_again && once_size == target);
  for (const bool once : {from_once, !from_once}) {
    const FrameList& list = once ? m_once : m_again;
    for (auto frame = list.front(); frame; frame = list.after(*frame)) {
      if (!view.evictable(*frame)) continue;
      return VictimChoice{
          .frame = *frame,
          .reason = once ? VictimReason::RecencyOverTarget : VictimReason::FrequencyOverTarget,
          .value = m_once.size(),
          .against = target.whole()};
    }
  }
  return std::nullopt;
}

// Cases II to IV of the paper, up to where the page that was asked for comes in.
void ArcPolicy::victim_taken(const VictimChoice& choice, const FrameView& view) {
  const std::optional<PageUser> arriving = view.arriving();
  m_target = target_for(arriving);
  bool remembered = true;
  if (arriving && is_ghost(*arriving)) {
    m_adapted_for = arriving;
  } else {
    remembered = m_once.size() < resident();  // otherwise T1 fills RAM, and its oldest is not remembered
    if (remembered) trim_ghosts();
  }
  const PageUser page = m_pages[static_cast<std::size_t>(choice.frame.value())];
  const bool once = m_once.contains(choice.frame);
  (once ? m_once : m_again).erase(choice.frame);
  if (remembered) (once ? m_once_ghosts : m_again_ghosts).push_back(page);
}

// Before a new page comes to T1, T1 and B1 together must hold fewer than c, and all four fewer than 2c.
void ArcPolicy::trim_ghosts() {
  while (m_once_ghosts.size() > 0 && m_once.size() + m_once_ghosts.size() >= resident()) {
    m_once_ghosts.drop_oldest();
  }
  while (m_again_ghosts.size() > 0 && m_once_ghosts.size() + m_again_ghosts.size() >= resident()) {
    m_again_ghosts.drop_oldest();
  }
}

void ArcPolicy::page_arrived(FrameNumber frame, PageUser page) {
  const bool ghost = is_ghost(page);
  m_target = target_for(page);
  m_adapted_for.reset();
  m_once_ghosts.erase(page);
  m_again_ghosts.erase(page);
  (ghost ? m_again : m_once).push_back(frame);
  m_pages[static_cast<std::size_t>(frame.value())] = page;
  m_newcomers.arrived(frame);
}

void ArcPolicy::page_left(FrameNumber frame) {
  (m_once.contains(frame) ? m_once : m_again).erase(frame);
}

void ArcPolicy::page_referenced(FrameNumber frame, std::uint64_t /*next_use*/) {
  if (!m_newcomers.hit(frame)) return;
  if (m_again.contains(frame)) {
    m_again.move_to_back(frame);
  } else {
    m_once.erase(frame);
    m_again.push_back(frame);
  }
}

std::vector<FrameNumber> ArcPolicy::order() const {
  std::vector<FrameNumber> frames = m_once.frames();
  const std::vector<FrameNumber> again = m_again.frames();
  frames.insert(frames.end(), again.begin(), again.end());
  return frames;
}

PolicyStructure ArcPolicy::structure(const FrameView& /*view*/, const StructureWindow& window) const {
  const auto ghosts = [&](PolicyListId id, const GhostList& names) {
    const std::vector<PageUser> pages = names.pages();
    PolicyList list{.id = id, .size = pages.size()};
    for (const std::uint64_t place : shown_places(list.size, {}, window.most)) {
      list.entries.push_back(
          {.place = place, .frame = std::nullopt, .ghost = pages[static_cast<std::size_t>(place)]});
    }
    return list;
  };
  return {.lists = {list_of(PolicyListId::UsedOnce, m_once.frames(), window),
                    ghosts(PolicyListId::OnceGhosts, m_once_ghosts),
                    list_of(PolicyListId::UsedAgain, m_again.frames(), window),
                    ghosts(PolicyListId::AgainGhosts, m_again_ghosts)},
          .target_hundredths = m_target.hundredths()};
}

void ArcPolicy::hash_into(Hasher& hasher) const {
  m_once.hash_into(hasher);
  m_again.hash_into(hasher);
  m_once_ghosts.hash_into(hasher);
  m_again_ghosts.hash_into(hasher);
  hasher.add(m_target.whole());
  hasher.add(m_target.fraction());
  for (const FrameNumber frame : order()) {
    const PageUser page = m_pages[static_cast<std::size_t>(frame.value())];
    hasher.add(page.process);
    hasher.add(page.page);
    hasher.add(static_cast<std::uint64_t>(m_newcomers.contains(frame)));
  }
}

}  // namespace vmp
