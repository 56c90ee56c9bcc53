// What is to be done about a fault, found out without changing anything.
#pragma once

#include "core/os/kernel.h"

namespace vmp {

struct Kernel::FaultPlan {
  FaultCause cause = FaultCause::DemandZero;
  AccessKind access = AccessKind::Read;
  PageNumber page;
  Segment segment;                            // as it will be, if the stack has to grow
  std::optional<VirtualAddress> stack_start;  // the stack must first grow down to here
  std::uint64_t frames_needed = 0;            // for the page and for missing table nodes
  bool adds_resident_page = false;
  std::optional<FrameNumber> source_frame;  // where the bytes are now; must not be evicted meanwhile
  std::optional<SwapSlot> slot;
  std::optional<FilePageRef> file_page;  // the page cache is to have this page, or has it
  bool private_copy = false;             // of the page cache's page: a first write to a private mapping
  bool major = false;                    // a device has to deliver the bytes
};

}  // namespace vmp
