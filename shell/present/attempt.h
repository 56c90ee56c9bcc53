// One access as the hardware sees it is a row of attempts: a translation that ends in a fault, then, when the
// kernel has mended the cause, the same translation again. An access across the edge of a page translates two
// pages.
#pragma once

#include <optional>
#include <vector>

#include "core/sim/timeline.h"

namespace vmp {

struct Attempt {
  std::size_t first = 0;  // its events in the step's log: [first, last)
  std::size_t last = 0;
  std::optional<TlbHit> hit;
  std::optional<TlbMissed> missed;
  std::optional<WalkCacheHit> walk_cache;
  std::vector<PteRead> reads;
  std::optional<TlbFilled> filled;
  std::optional<AddressTranslated> translated;
  std::optional<Fault> fault;
};

std::vector<Attempt> attempts_of(const StepRecord& record);

// The step's access, if it is one.
const Access* access_of(const StepRecord& record);
// The attempt that shows the access best: the first that succeeded, else the last.
const Attempt* shown_attempt(const std::vector<Attempt>& attempts);
const Attempt* first_faulting(const std::vector<Attempt>& attempts);

// The way of an access through memory: which frames the arrows run over.
struct AccessPath {
  ProcessId process;
  PageNumber page;
  std::vector<FrameNumber> nodes;  // empty on a TLB hit
  std::optional<FrameNumber> frame;
  std::optional<SwapSlot> slot;  // where the page lies if it has no frame
  bool current = false;          // of this step; else the process's last access, as it would go now
};
// Of the present step and, fainter, of each other process's last access.
std::vector<AccessPath> access_paths(const Timeline& timeline);

// A page that moved between RAM and the device in the present step.
struct Transfer {
  FrameNumber frame;
  SwapSlot slot;
  bool out = false;  // to the device
};
std::vector<Transfer> transfers_of(const StepRecord& record);

}  // namespace vmp
