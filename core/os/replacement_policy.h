// Which page leaves when a frame is needed. A policy sees what a kernel can see (the accessed bit, set by the
// hardware and cleared on the policy's demand) and, for the ideal policies, what no kernel can (the time of
// the last access).
//
// To write one: keep the frames you are told about; in choose_victim(), which changes nothing, pick among
// those that view.evictable(); in victim_taken() bring your own state in line with the choice. Because one
// const function makes the choice, the victim shown beforehand is the victim then taken.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/os/machine_config.h"

namespace vmp {

class FrameView {
 public:
  virtual ~FrameView() = default;
  virtual bool evictable(FrameNumber frame) const = 0;
  virtual bool accessed(FrameNumber frame) const = 0;  // the accessed bit of any entry that maps it
  virtual std::uint64_t last_access(FrameNumber frame) const = 0;  // ideal: no kernel can see this
};

enum class VictimReason : std::uint8_t {
  OldestArrival,      // FIFO: in RAM for the longest time
  LeastRecentlyUsed,  // LRU: not used for the longest time
  NotAccessed,        // Clock: the first under the hand with a clear accessed bit
  AllAccessed,        // Clock: the hand went round once clearing bits and came back to where it began
};

struct VictimChoice {
  FrameNumber frame;
  VictimReason reason = VictimReason::OldestArrival;
  std::vector<FrameNumber>
      spared;  // frames whose accessed bit is to be cleared, in the order the hand passed them
};

class ReplacementPolicy {
 public:
  virtual ~ReplacementPolicy() = default;
  virtual std::unique_ptr<ReplacementPolicy> clone() const = 0;
  virtual PolicyKind kind() const = 0;

  virtual void page_arrived(FrameNumber frame) = 0;
  // The page left without being a victim: unmapped, or its process ended.
  virtual void page_left(FrameNumber frame) = 0;
  virtual std::optional<VictimChoice> choose_victim(const FrameView& view) const = 0;
  virtual void victim_taken(const VictimChoice& choice) = 0;

  // The policy's own order, for drawing: the queue from its front, or the ring from the hand.
  virtual std::vector<FrameNumber> order() const = 0;
  virtual void hash_into(Hasher& hasher) const = 0;
};

// A policy for a machine with that many frames.
std::unique_ptr<ReplacementPolicy> make_policy(PolicyKind kind, std::uint64_t frames);

}  // namespace vmp
