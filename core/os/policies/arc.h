// ARC, the adaptive replacement cache (Megiddo, Modha: "ARC: a self-tuning, low overhead replacement cache",
// FAST 2003, figure 4). Two LRU lists hold the pages in RAM: T1 those used once, T2 those used again. Two
// ghost lists remember the names of pages that left them. A fault on a ghost says which list was too short,
// and moves the target size p of T1 by that:
//
//      B1 <-- [ T1: used once ]   [ T2: used again ] --> B2       T1 gives up a page if it is longer than p
//      a fault in B1: p grows                a fault in B2: p shrinks
//
// The number of frames c of the paper is here the number of pages in RAM when a victim is needed. Ideal:
// every reference is seen.
#pragma once

#include "core/os/policies/arc_target.h"
#include "core/os/policies/frame_list.h"
#include "core/os/policies/ghost_list.h"
#include "core/os/policies/newcomers.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class ArcPolicy final : public ReplacementPolicy {
 public:
  explicit ArcPolicy(std::uint64_t frames)
      : m_once(frames), m_again(frames), m_pages(static_cast<std::size_t>(frames)), m_newcomers(frames) {}

  std::unique_ptr<ReplacementPolicy> clone() const override { return std::make_unique<ArcPolicy>(*this); }
  PolicyKind kind() const override { return PolicyKind::Arc; }
  void page_arrived(FrameNumber frame, PageUser page) override;
  void page_left(FrameNumber frame) override;
  std::optional<VictimChoice> choose_victim(const FrameView& view) const override;
  void victim_taken(const VictimChoice& choice, const FrameView& view) override;
  void page_referenced(FrameNumber frame, std::uint64_t next_use) override;
  std::vector<FrameNumber> order() const override;  // T1, then T2, each from the least recently used
  PolicyStructure structure(const FrameView& view, const StructureWindow& window) const override;
  void hash_into(Hasher& hasher) const override;

 private:
  bool is_ghost(PageUser page) const { return m_once_ghosts.contains(page) || m_again_ghosts.contains(page); }
  std::uint64_t resident() const { return m_once.size() + m_again.size(); }
  // p if room is made for that page.
  ArcTarget target_for(std::optional<PageUser> arriving) const;
  void trim_ghosts();

  FrameList m_once;               // T1
  FrameList m_again;              // T2
  GhostList m_once_ghosts;        // B1
  GhostList m_again_ghosts;       // B2
  ArcTarget m_target;             // p
  std::vector<PageUser> m_pages;  // by frame
  Newcomers m_newcomers;
  std::optional<PageUser> m_adapted_for;  // p was already moved for this page, which is about to arrive
};

}  // namespace vmp
