// Which page leaves when a frame is needed. A policy sees what a kernel can see (the accessed and dirty bits,
// set by the hardware; the accessed bit is cleared on the policy's demand) and, for the ideal policies, what
// no kernel can: every single reference, its time, or even the future.
//
// To write one: keep the frames you are told about; in choose_victim(), which changes nothing, pick among
// those that view.evictable(); in victim_taken() bring your own state in line with the choice. Because one
// const function makes the choice, the victim shown beforehand is the victim then taken.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/os/policy_structure.h"

namespace vmp {

class FrameView {
 public:
  virtual ~FrameView() = default;
  virtual bool evictable(FrameNumber frame) const = 0;
  virtual bool accessed(FrameNumber frame) const = 0;  // the accessed bit of any entry that maps it
  virtual bool dirty(FrameNumber frame) const = 0;
  // The references its process has made so far: time as that process knows it.
  virtual std::uint64_t virtual_time(FrameNumber frame) const = 0;
  virtual std::uint64_t last_access(FrameNumber frame) const = 0;  // ideal: no kernel can see this
  // The page for which room is made, if it is known.
  virtual std::optional<PageUser> arriving() const = 0;
};

// The explanation of a victim. `value` and `against` of a VictimChoice are what the brackets say.
enum class VictimReason : std::uint8_t {
  OldestArrival,        // FIFO: in RAM for the longest time
  LeastRecentlyUsed,    // LRU: not used for the longest time
  NotAccessed,          // Clock: the first under the hand with a clear accessed bit
  AllAccessed,          // Clock: the hand went round once clearing bits and came back to where it began
  MostRecentlyUsed,     // MRU: used last of all
  LowestClass,          // NRU: the oldest arrival of the lowest class (the class, 0 to 3)
  LowestAge,            // Aging: the lowest counter (the accessed bit and the counter under it)
  LeastFrequentlyUsed,  // LFU: used least often since it came (how often)
  DrawnAtRandom,        // Random: (from how many)
  FarthestNextUse,      // Optimal: its next use lies furthest ahead (in how many references)
  NeverUsedAgain,       // Optimal: the future holds no use of it
  OutsideWorkingSet,    // Working Set, WSClock: unused for longer than the window (how long, the window)
  OldestOfWorkingSet,   // Working Set, WSClock: no page is outside; unused longest (how long, the window)
  InactiveNotAccessed,  // Linux: the oldest inactive page that was not accessed (the lists' lengths)
  RecencyOverTarget,    // ARC: oldest of the pages used once, which have more than their share (T1, target)
  FrequencyOverTarget,  // ARC: oldest of the pages used again, as the others keep theirs (T1, target)
  NotVisited,           // SIEVE, Clock with bits set by hits: the first not visited (how many were passed)
};

struct VictimChoice {
  FrameNumber frame = {};
  VictimReason reason = VictimReason::OldestArrival;
  // Frames whose accessed bit is to be cleared, in the order the hand passed them.
  std::vector<FrameNumber> spared = {};
  std::uint64_t value = 0;
  std::uint64_t against = 0;
  // Frames that changed lists during the search (Linux): to the active one, to the inactive one.
  std::vector<FrameNumber> activated = {};
  std::vector<FrameNumber> deactivated = {};
};

class ReplacementPolicy {
 public:
  virtual ~ReplacementPolicy() = default;
  virtual std::unique_ptr<ReplacementPolicy> clone() const = 0;
  virtual PolicyKind kind() const = 0;

  // `page` is for policies that remember pages beyond their stay in RAM (ARC).
  virtual void page_arrived(FrameNumber frame, PageUser page) = 0;
  // The page left without being a victim: unmapped, or its process ended.
  virtual void page_left(FrameNumber frame) = 0;
  virtual std::optional<VictimChoice> choose_victim(const FrameView& view) const = 0;
  // `view` is that of the choice; by now the victim may have been written out, so it is clean.
  virtual void victim_taken(const VictimChoice& choice, const FrameView& view) = 0;

  // Every reference, the one that brought the page in included. Called only if is_ideal(kind()).
  // `next_use`: how many references later the same page is used again; kNeverUsed also if nobody knows.
  virtual void page_referenced(FrameNumber /*frame*/, std::uint64_t /*next_use*/) {}
  // Every so many references; returns the frames whose accessed bit is to be cleared. Called only if
  // has_tick(kind()).
  virtual std::vector<FrameNumber> tick(const FrameView& /*view*/) { return {}; }

  // Every page it knows in its own order: the queue from its front, or the ring from the hand.
  virtual std::vector<FrameNumber> order() const = 0;
  // Its data structure, for drawing: one list in the above order, unless the policy says more.
  virtual PolicyStructure structure(const FrameView& view, const StructureWindow& window) const;
  virtual void hash_into(Hasher& hasher) const = 0;
};

inline constexpr std::uint64_t kNeverUsed = ~std::uint64_t{0};

struct PolicySettings {
  std::uint64_t seed = 1;     // of Random
  std::uint64_t window = 64;  // references; of Working Set and WSClock
};

// A policy for a machine with that many frames.
std::unique_ptr<ReplacementPolicy> make_policy(PolicyKind kind, std::uint64_t frames,
                                               const PolicySettings& settings = {});

}  // namespace vmp
