#include "core/os/policies/nru.h"

#include <array>

namespace vmp {
namespace {

std::size_t class_of(FrameNumber frame, const FrameView& view) {
  return (view.accessed(frame) ? 2U : 0U) + (view.dirty(frame) ? 1U : 0U);
}

}  // namespace

std::optional<VictimChoice> NruPolicy::choose_victim(const FrameView& view) const {
  std::optional<VictimChoice> best;
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    if (!view.evictable(*frame)) continue;
    const std::uint64_t its_class = class_of(*frame, view);
    if (best && its_class >= best->value) continue;
    best = VictimChoice{.frame = *frame, .reason = VictimReason::LowestClass, .value = its_class};
    if (its_class == 0) break;
  }
  return best;
}

std::vector<FrameNumber> NruPolicy::tick(const FrameView& view) {
  std::vector<FrameNumber> cleared;
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    if (view.accessed(*frame)) cleared.push_back(*frame);
  }
  return cleared;
}

PolicyStructure NruPolicy::structure(const FrameView& view, const StructureWindow& window) const {
  std::array<std::vector<FrameNumber>, 4> classes;
  for (auto frame = m_arrivals.front(); frame; frame = m_arrivals.after(*frame)) {
    classes[class_of(*frame, view)].push_back(*frame);
  }
  const auto describe = [&](PolicyEntry& entry) { entry.accessed = view.accessed(*entry.frame); };
  constexpr std::array kNames{PolicyListId::Class0, PolicyListId::Class1, PolicyListId::Class2,
                              PolicyListId::Class3};
  PolicyStructure structure{.uses_accessed = true};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    structure.lists.push_back(list_of(kNames[i], classes[i], window, describe));
  }
  return structure;
}

}  // namespace vmp
