#include "core/os/policies/working_set.h"

#include <algorithm>

namespace vmp {

void WorkingSetPolicy::page_arrived(FrameNumber frame, PageUser /*page*/) {
  m_arrivals.push_back(frame);
  m_last_uses[static_cast<std::size_t>(frame.value())] = 0;
}

std::uint64_t WorkingSetPolicy::unused(FrameNumber frame, const FrameView& view) const {
  const std::uint64_t now = view.virtual_time(frame);
  const std::uint64_t last_use = m_last_uses[static_cast<std::size_t>(frame.value())];
  return view.accessed(frame) ? 0 : now - std::min(now, last_use);
}

std::optional<VictimChoice> WorkingSetPolicy::choose_victim(const FrameView& view) const {
  std::optional<VictimChoice> best;
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    if (!view.evictable(*frame)) continue;
    const std::uint64_t its_time = unused(*frame, view);
    if (best && its_time <= best->value) continue;
    best = VictimChoice{
        .frame = *frame,
        .reason = its_time > m_window ? VictimReason::OutsideWorkingSet : VictimReason::OldestOfWorkingSet,
        .value = its_time,
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

PolicyStructure WorkingSetPolicy::structure(const FrameView& view, const StructureWindow& window) const {
  const auto describe = [&](PolicyEntry& entry) {
    entry.accessed = view.accessed(*entry.frame);
    entry.number = unused(*entry.frame, view);
  };
  return {.lists = {list_of(PolicyListId::Arrivals, order(), window, describe)},
          .number = PolicyNumber::Unused,
          .uses_accessed = true,
          .window = m_window};
}

void WorkingSetPolicy::hash_into(Hasher& hasher) const {
  m_arrivals.hash_into(hasher);
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    hasher.add(m_last_uses[static_cast<std::size_t>(frame->value())]);
  }
}

}  // namespace vmp
