// Random: any page may leave, each with the same chance. It needs no bits and no lists, never shows a pattern
// its worst case, and is what others must beat. The draws come from its own generator, which is part of the
// state: the same seed gives the same victims, and the victim shown beforehand is the one then taken.
#pragma once

#include "core/base/rng.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class RandomPolicy final : public ReplacementPolicy {
 public:
  RandomPolicy(std::uint64_t frames, std::uint64_t seed)
      : m_places(static_cast<std::size_t>(frames)), m_rng(seed) {}

  std::unique_ptr<ReplacementPolicy> clone() const override { return std::make_unique<RandomPolicy>(*this); }
  PolicyKind kind() const override { return PolicyKind::Random; }
  void page_arrived(FrameNumber frame, PageUser page) override;
  void page_left(FrameNumber frame) override;
  std::optional<VictimChoice> choose_victim(const FrameView& view) const override;
  void victim_taken(const VictimChoice& choice, const FrameView& view) override;
  std::vector<FrameNumber> order() const override { return m_frames; }
  PolicyStructure structure(const FrameView& view, const StructureWindow& window) const override;
  void hash_into(Hasher& hasher) const override;

 private:
  std::vector<FrameNumber> m_frames;
  std::vector<std::uint32_t> m_places;  // by frame: where it stands in m_frames
  Rng m_rng;
};

}  // namespace vmp
