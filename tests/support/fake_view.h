// What a policy sees, set by hand.
#pragma once

#include <map>
#include <set>

#include "core/os/replacement_policy.h"

namespace test_support {

struct FakeView final : vmp::FrameView {
  bool evictable(vmp::FrameNumber frame) const override { return !pinned.contains(frame); }
  bool accessed(vmp::FrameNumber frame) const override { return accessed_frames.contains(frame); }
  bool dirty(vmp::FrameNumber frame) const override { return dirty_frames.contains(frame); }
  std::uint64_t virtual_time(vmp::FrameNumber /*frame*/) const override { return now; }
  std::uint64_t last_access(vmp::FrameNumber frame) const override {
    const auto it = stamps.find(frame);
    return it == stamps.end() ? 0 : it->second;
  }
  std::optional<vmp::PageUser> arriving() const override { return arriving_page; }

  std::set<vmp::FrameNumber> pinned;
  std::set<vmp::FrameNumber> accessed_frames;
  std::set<vmp::FrameNumber> dirty_frames;
  std::map<vmp::FrameNumber, std::uint64_t> stamps;
  std::uint64_t now = 0;
  std::optional<vmp::PageUser> arriving_page;
};

}  // namespace test_support
