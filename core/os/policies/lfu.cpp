#include "core/os/policies/lfu.h"

namespace vmp {

void LfuPolicy::page_arrived(FrameNumber frame, PageUser /*page*/) {
  m_order.insert({.number = 0, .given = ++m_changes, .frame = frame});
}

void LfuPolicy::page_referenced(FrameNumber frame, std::uint64_t /*next_use*/) {
  m_order.change({.number = m_order[frame].number + 1, .given = ++m_changes, .frame = frame});
}

std::optional<VictimChoice> LfuPolicy::choose_victim(const FrameView& view) const {
  for (const Rank& least : m_order.ascending()) {
    if (!view.evictable(least.frame)) continue;
    return VictimChoice{
        .frame = least.frame, .reason = VictimReason::LeastFrequentlyUsed, .value = least.number};
  }
  return std::nullopt;
}

std::vector<FrameNumber> LfuPolicy::order() const {
  std::vector<FrameNumber> frames;
  for (const Rank& rank : m_order.ascending()) frames.push_back(rank.frame);
  return frames;
}

PolicyStructure LfuPolicy::structure(const FrameView& /*view*/, const StructureWindow& window) const {
  const auto describe = [&](PolicyEntry& entry) { entry.number = m_order[*entry.frame].number; };
  return {.lists = {list_of(PolicyListId::Uses, order(), window, describe)}, .number = PolicyNumber::Uses};
}

void LfuPolicy::hash_into(Hasher& hasher) const {
  hasher.add(m_changes);
  m_order.hash_into(hasher);
}

}  // namespace vmp
