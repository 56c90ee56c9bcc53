// Optimal: the page whose next use lies furthest ahead leaves; no policy with as many frames can fault less
// (Belady: "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2),
// 1966). It needs the future, so it works only where the references are recorded beforehand: while a trace is
// replayed. A page of which no next use is known counts as never used again. Of those the newest goes, which
// changes no count.
#pragma once

#include "core/os/policies/ranked_frames.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class OptimalPolicy final : public ReplacementPolicy {
 public:
  explicit OptimalPolicy(std::uint64_t frames) : m_order(frames) {}

  std::unique_ptr<ReplacementPolicy> clone() const override { return std::make_unique<OptimalPolicy>(*this); }
  PolicyKind kind() const override { return PolicyKind::Optimal; }
  void page_arrived(FrameNumber frame, PageUser page) override;
  void page_left(FrameNumber frame) override { m_order.erase(frame); }
  std::optional<VictimChoice> choose_victim(const FrameView& view) const override;
  void victim_taken(const VictimChoice& choice, const FrameView& /*view*/) override {
    m_order.erase(choice.frame);
  }
  void page_referenced(FrameNumber frame, std::uint64_t next_use) override;
  std::vector<FrameNumber> order() const override;
  PolicyStructure structure(const FrameView& view, const StructureWindow& window) const override;
  void hash_into(Hasher& hasher) const override;

 private:
  std::uint64_t ahead(const Rank& rank) const;  // its next use, in references from now

  RankedFrames m_order;  // by next use, counted in references made since the beginning; the last leaves first
  std::uint64_t m_references = 0;
  std::uint64_t m_arrivals = 0;
};

}  // namespace vmp
