// Aging: an approximation of LRU from accessed bits. Each page has an 8-bit counter. At every tick it is
// shifted right, and the page's accessed bit, then cleared, comes in at the top. The lowest counter leaves.
// (Tanenbaum, Modern Operating Systems, 3.4.7)
//
//     accessed bit now -> | t | t-1 | t-2 | ... | t-7 |      1 0 0 1 0 0 0 0: used lately, and three ticks
//     ago
//
// Between two ticks the accessed bits stand above the counters, as if the tick were now; otherwise a page
// that has just come would always be the next to go. Of equal pages the oldest arrival goes.
#pragma once

#include "core/os/policies/frame_list.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class AgingPolicy final : public ReplacementPolicy {
 public:
  explicit AgingPolicy(std::uint64_t frames)
      : m_arrivals(frames), m_counters(static_cast<std::size_t>(frames)) {}

  std::unique_ptr<ReplacementPolicy> clone() const override { return std::make_unique<AgingPolicy>(*this); }
  PolicyKind kind() const override { return PolicyKind::Aging; }
  void page_arrived(FrameNumber frame, PageUser page) override;
  void page_left(FrameNumber frame) override { m_arrivals.erase(frame); }
  std::optional<VictimChoice> choose_victim(const FrameView& view) const override;
  void victim_taken(const VictimChoice& choice, const FrameView& /*view*/) override {
    m_arrivals.erase(choice.frame);
  }
  std::vector<FrameNumber> tick(const FrameView& view) override;
  std::vector<FrameNumber> order() const override { return m_arrivals.frames(); }
  PolicyStructure structure(const FrameView& view, const StructureWindow& window) const override;
  void hash_into(Hasher& hasher) const override;

 private:
  std::uint8_t counter(FrameNumber frame) const {
    return m_counters[static_cast<std::size_t>(frame.value())];
  }

  FrameList m_arrivals;
  std::vector<std::uint8_t> m_counters;  // by frame
};

}  // namespace vmp
