// Clock, or second chance (Corbato 1968): the pages stand in a ring and a hand goes round. A page whose
// accessed bit is set is spared once: the bit is cleared and the hand moves on. The first page with a clear
// bit leaves, and the newcomer stands where the hand has just been. The access that faulted sets the
// newcomer's bit, as hardware does.
//
// The ring is kept as a list that begins under the hand, so "the hand passes" is "the front moves to the
// back".
#pragma once

#include "core/os/policies/frame_list.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class ClockPolicy final : public ReplacementPolicy {
 public:
  explicit ClockPolicy(std::uint64_t frames) : m_ring(frames) {}

  std::unique_ptr<ReplacementPolicy> clone() const override { return std::make_unique<ClockPolicy>(*this); }
  PolicyKind kind() const override { return PolicyKind::Clock; }
  void page_arrived(FrameNumber frame, PageUser /*page*/) override { m_ring.push_back(frame); }
  void page_left(FrameNumber frame) override { m_ring.erase(frame); }
  std::optional<VictimChoice> choose_victim(const FrameView& view) const override;
  void victim_taken(const VictimChoice& choice, const FrameView& view) override;
  std::vector<FrameNumber> order() const override { return m_ring.frames(); }
  PolicyStructure structure(const FrameView& view, const StructureWindow& window) const override;
  void hash_into(Hasher& hasher) const override { m_ring.hash_into(hasher); }

 private:
  FrameList m_ring;
};

}  // namespace vmp
