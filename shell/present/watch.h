// The words that programs touched last, one a page: they are the values worth writing into the picture. The
// numbers shown are read from RAM (or from the swap slot) at the moment of drawing, never remembered.
#pragma once

#include <optional>
#include <vector>

#include "core/sim/timeline.h"

namespace vmp {

struct Watch {
  ProcessId process;
  VirtualAddress address;
  std::uint32_t size = 4;
  std::size_t step = 0;  // index of the step that touched it
};

// Newest first; one a page of a process; from the steps executed up to the present position.
std::vector<Watch> collect_watches(const Timeline& timeline);

// The word as it lies in RAM or on the device now; nothing if the page is in neither, or the word crosses its
// end.
std::optional<std::uint64_t> watched_value(const Kernel& kernel, const Watch& watch);

const Watch* find_watch(const std::vector<Watch>& watches, ProcessId process, PageNumber page);
// The newest watch on any page that lies in `frame`.
const Watch* find_watch(const std::vector<Watch>& watches, const FrameInfo& frame);

}  // namespace vmp
