// Most recently used: the page used last leaves first. Absurd for most programs, and right for one that reads
// a file larger than RAM from end to end again and again: there the page just used is the one whose turn
// comes last. Ideal: no kernel sees every reference.
#pragma once

#include "core/os/policies/frame_list.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class MruPolicy final : public ReplacementPolicy {
 public:
  explicit MruPolicy(std::uint64_t frames) : m_uses(frames) {}

  std::unique_ptr<ReplacementPolicy> clone() const override { return std::make_unique<MruPolicy>(*this); }
  PolicyKind kind() const override { return PolicyKind::Mru; }
  void page_arrived(FrameNumber frame, PageUser /*page*/) override { m_uses.push_back(frame); }
  void page_left(FrameNumber frame) override { m_uses.erase(frame); }
  std::optional<VictimChoice> choose_victim(const FrameView& view) const override;
  void victim_taken(const VictimChoice& choice, const FrameView& /*view*/) override {
    m_uses.erase(choice.frame);
  }
  void page_referenced(FrameNumber frame, std::uint64_t /*next_use*/) override { m_uses.move_to_back(frame); }
  std::vector<FrameNumber> order() const override;
  PolicyStructure structure(const FrameView& view, const StructureWindow& window) const override;
  void hash_into(Hasher& hasher) const override { m_uses.hash_into(hasher); }

 private:
  FrameList m_uses;  // in order of last use, the latest at the back
};

}  // namespace vmp
