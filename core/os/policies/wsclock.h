// WSClock: the working set found by a Clock's hand instead of by ticks (Carr, Hennessy: "WSClock - a simple
// and effective algorithm for virtual memory management", SOSP 1981). A page under the hand whose accessed
// bit is set was used "now" (in its process's references): the bit is cleared and the hand moves on.
// Otherwise, if it is outside the working set, unused for more than `window` references, it leaves at once if
// it is clean; a dirty one would have to be written first and is taken only if the hand finds no clean one.
// If a whole round finds nothing outside, the page unused longest leaves.
//
// The original starts a write and goes on; here writes are not concurrent, so the page goes while it is
// written.
#pragma once

#include "core/os/policies/frame_list.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class WsClockPolicy final : public ReplacementPolicy {
 public:
  WsClockPolicy(std::uint64_t frames, std::uint64_t window)
      : m_ring(frames), m_last_uses(static_cast<std::size_t>(frames)), m_window(window) {}

  std::unique_ptr<ReplacementPolicy> clone() const override { return std::make_unique<WsClockPolicy>(*this); }
  PolicyKind kind() const override { return PolicyKind::WsClock; }
  void page_arrived(FrameNumber frame, PageUser page) override;
  void page_left(FrameNumber frame) override { m_ring.erase(frame); }
  std::optional<VictimChoice> choose_victim(const FrameView& view) const override;
  void victim_taken(const VictimChoice& choice, const FrameView& view) override;
  std::vector<FrameNumber> order() const override { return m_ring.frames(); }
  PolicyStructure structure(const FrameView& view, const StructureWindow& window) const override;
  void hash_into(Hasher& hasher) const override;

 private:
  // For how many references of its process, as far as the hand saw.
  std::uint64_t unused(FrameNumber frame, const FrameView& view) const;

  FrameList m_ring;                        // begins under the hand
  std::vector<std::uint64_t> m_last_uses;  // by frame, in virtual time; 0 until the hand saw a use
  std::uint64_t m_window;
};

}  // namespace vmp
