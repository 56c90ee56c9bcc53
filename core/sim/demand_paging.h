// Demand paging and nothing else: one process, N frames, one replacement policy, and references that are page
// numbers. No page table, TLB or swap device: what is left decides when a reference faults, so that a policy
// can be run on millions of references, or on millions of short strings. The counts equal those of the whole
// machine with a resident limit of N (a test compares).
//
// Pages are small consecutive numbers (PageNumbering makes them so).
#pragma once

#include <vector>

#include "core/base/clone_ptr.h"
#include "core/os/replacement_policy.h"

namespace vmp {

struct PagingSettings {
  PolicyKind policy = PolicyKind::Fifo;
  std::uint64_t frames = 1;
  std::uint64_t tick = 16;
  PolicySettings policy_settings = {};
};

class DemandPaging {
 public:
  explicit DemandPaging(const PagingSettings& settings);

  struct Step {
    bool fault = false;
    std::optional<std::uint32_t> evicted;  // the page that lost its frame
  };
  // `write` sets the dirty bit, which some policies look at.
  Step reference(std::uint32_t page, bool write = false, std::uint64_t next_use = kNeverUsed);

  std::uint64_t references() const { return m_references; }
  std::uint64_t faults() const { return m_faults; }
  bool resident(std::uint32_t page) const { return page < m_frame_of.size() && m_frame_of[page] != kNone; }
  // The pages in RAM, lowest number first.
  std::vector<std::uint32_t> resident_pages() const;
  // Why the page would leave that would leave now; nothing while there are free frames.
  std::optional<VictimChoice> peek_victim() const;

 private:
  class View;
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
  struct Frame {
    std::uint32_t page = kNone;
    bool accessed = false;
    bool dirty = false;
    std::uint64_t last_access = 0;
  };

  std::uint32_t make_room(std::uint32_t page);

  PolicyKind m_kind;
  std::uint64_t m_tick;
  std::vector<Frame> m_frames;
  std::uint64_t m_used = 0;               // frames 0 up to here are not free
  std::vector<std::uint32_t> m_frame_of;  // by page
  ClonePtr<ReplacementPolicy> m_policy;
  std::uint64_t m_references = 0;
  std::uint64_t m_faults = 0;
};

}  // namespace vmp
