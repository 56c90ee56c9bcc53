// Working set: the pages a process used within the last `window` references, its own ones, are what it works
// with; a page outside may leave (Denning: "The working set model for program behavior", CACM 11(5), 1968).
// At every tick the accessed bits are gathered: a page whose bit is set was used "now", and the bit is
// cleared. So the time of last use is exact to a tick. The page unused longest leaves, be it outside the
// working set or, if all pages are inside, not.
//
// In Denning's model the set also bounds how many frames a process gets; here it only orders the victims.
#pragma once

#include "core/os/policies/frame_list.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class WorkingSetPolicy final : public ReplacementPolicy {
 public:
  WorkingSetPolicy(std::uint64_t frames, std::uint64_t window)
      : m_arrivals(frames), m_last_uses(static_cast<std::size_t>(frames)), m_window(window) {}

  std::unique_ptr<ReplacementPolicy> clone() const override {
    return std::make_unique<WorkingSetPolicy>(*this);
  }
  PolicyKind kind() const override { return PolicyKind::WorkingSet; }
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
  // For how many references of its process.
  std::uint64_t unused(FrameNumber frame, const FrameView& view) const;

  FrameList m_arrivals;
  std::vector<std::uint64_t> m_last_uses;  // by frame, in virtual time; 0 until the first tick after a use
  std::uint64_t m_window;
};

}  // namespace vmp
