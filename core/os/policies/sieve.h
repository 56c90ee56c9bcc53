// SIEVE (Zhang, Yang, Yue, Vigfusson, Rashmi: "SIEVE is simpler than LRU", NSDI 2024). The pages stand in the
// order in which they came, a hit only marks a page as visited, and a hand goes from the oldest to the
// newest: a visited page loses its mark and stays where it is, the first unvisited one leaves. Unlike
// Clock's, a spared page does not move behind the newcomers, so those are tried soon. Ideal: it counts hits
// only, and the access that brings a page in is none, which no accessed bit can tell.
#pragma once

#include "core/os/policies/frame_list.h"
#include "core/os/policies/newcomers.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class SievePolicy final : public ReplacementPolicy {
 public:
  explicit SievePolicy(std::uint64_t frames)
      : m_queue(frames), m_visited(static_cast<std::size_t>(frames)), m_newcomers(frames) {}

  std::unique_ptr<ReplacementPolicy> clone() const override { return std::make_unique<SievePolicy>(*this); }
  PolicyKind kind() const override { return PolicyKind::Sieve; }
  void page_arrived(FrameNumber frame, PageUser page) override;
  void page_left(FrameNumber frame) override;
  std::optional<VictimChoice> choose_victim(const FrameView& view) const override;
  void victim_taken(const VictimChoice& choice, const FrameView& view) override;
  void page_referenced(FrameNumber frame, std::uint64_t next_use) override;
  std::vector<FrameNumber> order() const override;  // from the hand
  PolicyStructure structure(const FrameView& view, const StructureWindow& window) const override;
  void hash_into(Hasher& hasher) const override;

 private:
  std::optional<FrameNumber> hand() const { return m_hand ? m_hand : m_queue.front(); }
  FrameNumber next(FrameNumber frame) const;
  bool visited(FrameNumber frame) const { return m_visited[static_cast<std::size_t>(frame.value())]; }

  FrameList m_queue;  // the oldest in front
  std::vector<bool> m_visited;
  Newcomers m_newcomers;
  std::optional<FrameNumber> m_hand;  // nothing: at the front
};

}  // namespace vmp
