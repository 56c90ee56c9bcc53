#include "core/os/policies/lfu.h"

namespace vmp {

void LfuPolicy::page_arrived(FrameNumber frame, PageUser /*page*/) {
  rank(frame) = {.uses = 0, .since = ++m_changes, .frame = frame};
  m_order.insert(rank(frame));
}

void LfuPolicy::page_referenced(FrameNumber frame, std::uint64_t /*next_use*/) {
  // The node is moved, not made anew: this runs on every single reference.
  auto node = m_order.extract(rank(frame));
  Rank& its_rank = rank(frame);
  its_rank = {.uses = its_rank.uses + 1, .since = ++m_changes, .frame = frame};
  node.value() = its_rank;
  m_order.insert(std::move(node));
}

std::optional<VictimChoice> LfuPolicy::choose_victim(const FrameView& view) const {
  for (const Rank& least : m_order) {
    if (!view.evictable(least.frame)) continue;
    return VictimChoice{
        .frame = least.frame, .reason = VictimReason::LeastFrequentlyUsed, .value = least.uses};
  }
  return std::nullopt;
}

std::vector<FrameNumber> LfuPolicy::order() const {
  std::vector<FrameNumber> frames;
  for (const Rank& its_rank : m_order) frames.push_back(its_rank.frame);
  return frames;
}

void LfuPolicy::hash_into(Hasher& hasher) const {
  hasher.add(m_changes);
  for (const Rank& its_rank : m_order) {
    hasher.add(its_rank.frame);
    hasher.add(its_rank.uses);
    hasher.add(its_rank.since);
  }
}

}  // namespace vmp
