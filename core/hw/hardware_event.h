// What the hardware did, in the order it did it: small records of numbers. Words are made from them in
// sim/narrate.
#pragma once

#include <variant>

#include "core/hw/fault.h"

namespace vmp {

enum class TlbMissCause : std::uint8_t {
  NoEntry,          // no entry for this page and address space
  LacksPermission,  // an entry is there but does not allow the access: the tables decide
  LacksDirty,       // a first write through a clean entry: the dirty flag must be set in the tables
};

struct TlbHit {
  PageNumber page;
  Asid asid;
  std::uint32_t set = 0;
  std::uint32_t way = 0;
  FrameNumber frame;
};
struct TlbMissed {
  PageNumber page;
  Asid asid;
  std::uint32_t set = 0;
  TlbMissCause cause = TlbMissCause::NoEntry;
};
struct TlbFilled {
  PageNumber page;
  FrameNumber frame;
  Asid asid;
  std::uint32_t set = 0;
  std::uint32_t way = 0;
  std::optional<PageNumber> displaced;
};
// The walk cache knew the pointer at `level`: the walk begins in `node`, one level below.
struct WalkCacheHit {
  std::uint32_t level = 0;
  FrameNumber node;
  std::size_t slot = 0;
};
// The walk cache keeps the pointers that a walk followed at these levels.
struct WalkCacheFilled {
  std::uint32_t highest_level = 0;
  std::uint32_t lowest_level = 0;
};
// The walker read one entry of one node.
struct PteRead {
  std::uint32_t level = 0;
  std::uint64_t index = 0;
  PhysicalAddress address;
  Pte pte;
};
// The walker set accessed and dirty flags in RAM.
struct PteFlagsSet {
  std::uint32_t level = 0;
  PhysicalAddress address;
  Pte before;
  Pte after;
};
// A virtual address became a physical one.
struct AddressTranslated {
  VirtualAddress virtual_address;
  PhysicalAddress physical_address;
  AccessKind access = AccessKind::Read;
};
struct FaultRaised {
  Fault fault;
};

using HardwareEvent = std::variant<TlbHit, TlbMissed, TlbFilled, WalkCacheHit, WalkCacheFilled, PteRead,
                                   PteFlagsSet, AddressTranslated, FaultRaised>;

}  // namespace vmp
