#include "core/os/policies/aging.h"

namespace vmp {

void AgingPolicy::page_arrived(FrameNumber frame, PageUser /*page*/) {
  m_arrivals.push_back(frame);
  m_counters[static_cast<std::size_t>(frame.value())] = 0;
}

std::optional<VictimChoice> AgingPolicy::choose_victim(const FrameView& view) const {
  std::optional<VictimChoice> best;
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    if (!view.evictable(*frame)) continue;
    const std::uint64_t age = (view.accessed(*frame) ? 0x100U : 0U) | counter(*frame);
    if (best && age >= best->value) continue;
    best = VictimChoice{.frame = *frame, .reason = VictimReason::LowestAge, .value = age};
    if (age == 0) break;
  }
  return best;
}

std::vector<FrameNumber> AgingPolicy::tick(const FrameView& view) {
  std::vector<FrameNumber> cleared;
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    const bool accessed = view.accessed(*frame);
    std::uint8_t& its_counter = m_counters[static_cast<std::size_t>(frame->value())];
    its_counter = static_cast<std::uint8_t>(its_counter >> 1 | (accessed ? 0x80 : 0));
    if (accessed) cleared.push_back(*frame);
  }
  return cleared;
}

PolicyStructure AgingPolicy::structure(const FrameView& view, const StructureWindow& window) const {
  const auto describe = [&](PolicyEntry& entry) {
    entry.accessed = view.accessed(*entry.frame);
    entry.number = counter(*entry.frame);
  };
  return {.lists = {list_of(PolicyListId::Arrivals, order(), window, describe)},
          .number = PolicyNumber::Counter,
          .uses_accessed = true};
}

void AgingPolicy::hash_into(Hasher& hasher) const {
  m_arrivals.hash_into(hasher);
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) hasher.add(counter(*frame));
}

}  // namespace vmp
