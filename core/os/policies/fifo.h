// First in, first out: the page that came to RAM first leaves first, however much it is used. Simple, blind
// to use, and the policy on which Belady found that more frames can mean more faults (CACM 12(6), 1969).
#pragma once

#include "core/os/policies/frame_list.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class FifoPolicy final : public ReplacementPolicy {
 public:
  explicit FifoPolicy(std::uint64_t frames) : m_arrivals(frames) {}

  std::unique_ptr<ReplacementPolicy> clone() const override { return std::make_unique<FifoPolicy>(*this); }
  PolicyKind kind() const override { return PolicyKind::Fifo; }
  void page_arrived(FrameNumber frame, PageUser /*page*/) override { m_arrivals.push_back(frame); }
  void page_left(FrameNumber frame) override { m_arrivals.erase(frame); }
  std::optional<VictimChoice> choose_victim(const FrameView& view) const override;
  void victim_taken(const VictimChoice& choice, const FrameView& /*view*/) override {
    m_arrivals.erase(choice.frame);
  }
  std::vector<FrameNumber> order() const override { return m_arrivals.frames(); }
  PolicyStructure structure(const FrameView& view, const StructureWindow& window) const override;
  void hash_into(Hasher& hasher) const override { m_arrivals.hash_into(hasher); }

 private:
  FrameList m_arrivals;
};

}  // namespace vmp
