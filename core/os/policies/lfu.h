// Least frequently used: the page used least often since it came leaves. The count is forgotten when the page
// leaves ("in-cache" LFU). Of equal counts the one reached longest ago goes. A page that was popular once
// stays for good, and newcomers push each other out: the well-known weakness. Ideal: no kernel can count
// references.
#pragma once

#include "core/os/policies/ranked_frames.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class LfuPolicy final : public ReplacementPolicy {
 public:
  explicit LfuPolicy(std::uint64_t frames) : m_order(frames) {}

  std::unique_ptr<ReplacementPolicy> clone() const override { return std::make_unique<LfuPolicy>(*this); }
  PolicyKind kind() const override { return PolicyKind::Lfu; }
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
  RankedFrames m_order;  // by uses, given at the last of them; the first leaves first
  std::uint64_t m_changes = 0;
};

}  // namespace vmp
