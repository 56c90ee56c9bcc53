// Linux's two lists (mm/vmscan.c, version 6.1, shrink_active_list() and shrink_inactive_list()). A new page
// joins the inactive list. Reclaim takes the oldest inactive page: if its accessed bit is clear it leaves; if
// it is set, the bit is cleared, and the page is kept the first time (it gets the "referenced" mark and goes
// round again) and activated the second. While the active list is the longer one, its oldest pages are
// deactivated first, whatever their accessed bits, which are cleared. So a page must be used twice, at some
// distance, to be protected from a stream of pages used once.
//
//      new -> [ inactive ]  --oldest, not accessed--> out
//                 ^   | accessed twice
//      deactivated|   v
//              [  active  ]
//
// Left out: batches of 32 pages, the separate lists for file pages, the shadow entries that activate a page
// which comes back soon (mm/workingset.c), and the immediate activation of a page accessed by several entries
// or executed from a file.
#pragma once

#include "core/os/policies/frame_list.h"
#include "core/os/replacement_policy.h"

namespace vmp {

class LinuxListsPolicy final : public ReplacementPolicy {
 public:
  explicit LinuxListsPolicy(std::uint64_t frames)
      : m_inactive(frames), m_active(frames), m_referenced(static_cast<std::size_t>(frames)) {}

  std::unique_ptr<ReplacementPolicy> clone() const override {
    return std::make_unique<LinuxListsPolicy>(*this);
  }
  PolicyKind kind() const override { return PolicyKind::Linux; }
  void page_arrived(FrameNumber frame, PageUser page) override;
  void page_left(FrameNumber frame) override;
  std::optional<VictimChoice> choose_victim(const FrameView& view) const override;
  void victim_taken(const VictimChoice& choice, const FrameView& view) override;
  std::vector<FrameNumber> order() const override;  // the inactive pages from the oldest, then the active
  PolicyStructure structure(const FrameView& view, const StructureWindow& window) const override;
  void hash_into(Hasher& hasher) const override;

 private:
  class Scan;

  FrameList m_inactive;  // both: the oldest in front
  FrameList m_active;
  std::vector<bool> m_referenced;  // by frame: PG_referenced
};

}  // namespace vmp
