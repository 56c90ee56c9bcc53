// Least frequently used: the page used least often since it came leaves. The count is forgotten when the page
// leaves ("in-cache" LFU). Of equal counts the one reached longest ago goes. A page that was popular once
// stays for good, and newcomers push each other out: the well-known weakness. Ideal: no kernel can count
// references.
#pragma once

#include <set>

#include "core/os/replacement_policy.h"

namespace vmp {

class LfuPolicy final : public ReplacementPolicy {
 public:
  explicit LfuPolicy(std::uint64_t frames) : m_ranks(static_cast<std::size_t>(frames)) {}

  std::unique_ptr<ReplacementPolicy> clone() const override { return std::make_unique<LfuPolicy>(*this); }
  PolicyKind kind() const override { return PolicyKind::Lfu; }
  void page_arrived(FrameNumber frame, PageUser page) override;
  void page_left(FrameNumber frame) override { m_order.erase(rank(frame)); }
  std::optional<VictimChoice> choose_victim(const FrameView& view) const override;
  void victim_taken(const VictimChoice& choice, const FrameView& /*view*/) override {
    m_order.erase(rank(choice.frame));
  }
  void page_referenced(FrameNumber frame, std::uint64_t next_use) override;
  std::vector<FrameNumber> order() const override;
  void hash_into(Hasher& hasher) const override;

 private:
  struct Rank {
    std::uint64_t uses = 0;
    std::uint64_t since = 0;  // the count was reached at this change, counted over all pages
    FrameNumber frame;
    constexpr auto operator<=>(const Rank&) const = default;
  };

  Rank& rank(FrameNumber frame) { return m_ranks[static_cast<std::size_t>(frame.value())]; }

  std::vector<Rank> m_ranks;  // by frame
  std::set<Rank> m_order;     // the first leaves first
  std::uint64_t m_changes = 0;
};

}  // namespace vmp
