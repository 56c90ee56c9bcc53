#include "core/os/policies/linux_lists.h"

#include <algorithm>

namespace vmp {

// The search for a victim, which changes nothing yet: what it would do is written into the choice.
class LinuxListsPolicy::Scan {
 public:
  Scan(const LinuxListsPolicy& policy, const FrameView& view)
      : m_policy(policy),
        m_view(view),
        m_next_active(policy.m_active.front()),
        m_inactive_size(policy.m_inactive.size()),
        m_active_size(policy.m_active.size()) {}

  std::optional<VictimChoice> run() {
    while (m_inactive_size < m_active_size) deactivate();
    for (auto frame = m_policy.m_inactive.front(); frame; frame = m_policy.m_inactive.after(*frame)) {
      if (look_at(*frame, m_view.accessed(*frame))) return found(*frame);
    }
    // Pages that went round once, and those deactivated, stand behind: their bits are clear by now.
    for (const FrameNumber frame : m_choice.deactivated) {
      if (m_view.evictable(frame)) return found(frame);
    }
    if (!m_kept.empty()) return found(m_kept.front());
    while (m_next_active) {
      const FrameNumber frame = deactivate();
      if (m_view.evictable(frame)) return found(frame);
    }
    // Every page that may go was activated in this very search; the first of them is the oldest.
    if (!m_choice.activated.empty()) return found(m_choice.activated.front());
    return std::nullopt;
  }

 private:
  FrameNumber deactivate() {
    const FrameNumber frame = *m_next_active;
    m_next_active = m_policy.m_active.after(frame);
    if (m_view.accessed(frame)) m_choice.spared.push_back(frame);
    m_choice.deactivated.push_back(frame);
    ++m_inactive_size;
    --m_active_size;
    return frame;
  }

  bool look_at(FrameNumber frame, bool accessed) {
    if (!m_view.evictable(frame)) return false;
    if (!accessed) return true;
    m_choice.spared.push_back(frame);
    if (m_policy.m_referenced[static_cast<std::size_t>(frame.value())]) {
      m_choice.activated.push_back(frame);
      --m_inactive_size;
      ++m_active_size;
    } else {
      m_kept.push_back(frame);
    }
    return false;
  }

  VictimChoice found(FrameNumber frame) {
    m_choice.frame = frame;
    m_choice.reason = VictimReason::InactiveNotAccessed;
    m_choice.value = m_inactive_size;
    m_choice.against = m_active_size;
    return std::move(m_choice);
  }

  const LinuxListsPolicy& m_policy;
  const FrameView& m_view;
  VictimChoice m_choice;
  std::vector<FrameNumber> m_kept;
  std::optional<FrameNumber> m_next_active;
  std::uint64_t m_inactive_size;
  std::uint64_t m_active_size;
};

void LinuxListsPolicy::page_arrived(FrameNumber frame, PageUser /*page*/) {
  m_inactive.push_back(frame);
  m_referenced[static_cast<std::size_t>(frame.value())] = false;
}

void LinuxListsPolicy::page_left(FrameNumber frame) {
  (m_active.contains(frame) ? m_active : m_inactive).erase(frame);
}

std::optional<VictimChoice> LinuxListsPolicy::choose_victim(const FrameView& view) const {
  return Scan(*this, view).run();
}

void LinuxListsPolicy::victim_taken(const VictimChoice& choice, const FrameView& /*view*/) {
  for (const FrameNumber frame : choice.deactivated) {
    m_active.erase(frame);
    m_inactive.push_back(frame);
    m_referenced[static_cast<std::size_t>(frame.value())] = false;
  }
  const auto is_in = [](const std::vector<FrameNumber>& frames, FrameNumber frame) {
    return std::find(frames.begin(), frames.end(), frame) != frames.end();
  };
  for (const FrameNumber frame : choice.spared) {
    if (is_in(choice.deactivated, frame)) continue;
    m_inactive.erase(frame);
    const bool activated = is_in(choice.activated, frame);
    (activated ? m_active : m_inactive).push_back(frame);
    m_referenced[static_cast<std::size_t>(frame.value())] = !activated;
  }
  page_left(choice.frame);
}

std::vector<FrameNumber> LinuxListsPolicy::order() const {
  std::vector<FrameNumber> frames = m_inactive.frames();
  const std::vector<FrameNumber> active = m_active.frames();
  frames.insert(frames.end(), active.begin(), active.end());
  return frames;
}

PolicyStructure LinuxListsPolicy::structure(const FrameView& view, const StructureWindow& window) const {
  const auto describe = [&](PolicyEntry& entry) {
    entry.accessed = view.accessed(*entry.frame);
    entry.marked = m_referenced[static_cast<std::size_t>(entry.frame->value())];
  };
  return {.lists = {list_of(PolicyListId::Inactive, m_inactive.frames(), window, describe),
                    list_of(PolicyListId::Active, m_active.frames(), window, describe)},
          .mark = PolicyMark::Referenced,
          .uses_accessed = true};
}

void LinuxListsPolicy::hash_into(Hasher& hasher) const {
  m_inactive.hash_into(hasher);
  m_active.hash_into(hasher);
  for (const FrameNumber frame : order()) {
    hasher.add(static_cast<std::uint64_t>(m_referenced[static_cast<std::size_t>(frame.value())]));
  }
}

}  // namespace vmp
