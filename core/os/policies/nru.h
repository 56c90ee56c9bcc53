// Not recently used: pages fall into four classes by two bits, accessed and dirty, and one of the lowest
// class leaves. The accessed bits are cleared at every tick, so that they say "since the last tick"; the
// dirty bits are not, for they say whether the page must be written. (Tanenbaum, Modern Operating
// Systems, 3.4.2)
//
//   class   accessed dirty
//     3        1       1
//     2        1       0
//     1        0       1     written once, not used of late: goes before a page in use
//     0        0       0
//
// The book draws at random within the class; here the oldest arrival goes, so that the choice has a reason.
#pragma once

#include "core/os/policies/frame_list.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class NruPolicy final : public ReplacementPolicy {
 public:
  explicit NruPolicy(std::uint64_t frames) : m_arrivals(frames) {}

  std::unique_ptr<ReplacementPolicy> clone() const override { return std::make_unique<NruPolicy>(*this); }
  PolicyKind kind() const override { return PolicyKind::Nru; }
  void page_arrived(FrameNumber frame, PageUser /*page*/) override { m_arrivals.push_back(frame); }
  void page_left(FrameNumber frame) override { m_arrivals.erase(frame); }
  std::optional<VictimChoice> choose_victim(const FrameView& view) const override;
  void victim_taken(const VictimChoice& choice, const FrameView& /*view*/) override {
    m_arrivals.erase(choice.frame);
  }
  std::vector<FrameNumber> tick(const FrameView& view) override;
  std::vector<FrameNumber> order() const override { return m_arrivals.frames(); }
  PolicyStructure structure(const FrameView& view, const StructureWindow& window) const override;
  void hash_into(Hasher& hasher) const override { m_arrivals.hash_into(hasher); }

 private:
  FrameList m_arrivals;
};

}  // namespace vmp
