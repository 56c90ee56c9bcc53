// Clock as cache simulators define it, also called FIFO-reinsertion: a page comes with its bit clear, and
// only a later hit sets it. Hardware sets the accessed bit in the very access that brought the page in, so
// this is not what a kernel's Clock does: the two differ by what a page must do to be spared. Ideal: no
// accessed bit can tell a hit from an arrival.
#pragma once

#include "core/os/policies/frame_list.h"
#include "core/os/policies/newcomers.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class ClockRef0Policy final : public ReplacementPolicy {
 public:
  explicit ClockRef0Policy(std::uint64_t frames)
      : m_ring(frames), m_visited(static_cast<std::size_t>(frames)), m_newcomers(frames) {}

  std::unique_ptr<ReplacementPolicy> clone() const override {
    return std::make_unique<ClockRef0Policy>(*this);
  }
  PolicyKind kind() const override { return PolicyKind::ClockRef0; }
  void page_arrived(FrameNumber frame, PageUser page) override;
  void page_left(FrameNumber frame) override { m_ring.erase(frame); }
  std::optional<VictimChoice> choose_victim(const FrameView& view) const override;
  void victim_taken(const VictimChoice& choice, const FrameView& view) override;
  void page_referenced(FrameNumber frame, std::uint64_t next_use) override;
  std::vector<FrameNumber> order() const override { return m_ring.frames(); }
  PolicyStructure structure(const FrameView& view, const StructureWindow& window) const override;
  void hash_into(Hasher& hasher) const override;

 private:
  bool visited(FrameNumber frame) const { return m_visited[static_cast<std::size_t>(frame.value())]; }

  FrameList m_ring;  // begins under the hand
  std::vector<bool> m_visited;
  Newcomers m_newcomers;
};

}  // namespace vmp
