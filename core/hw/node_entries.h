// The entries of a node that are not zero, in order. Most of a node is empty, and most of a flat table was
// never written at all: frames of zeros are passed over as a whole.
#pragma once

#include <algorithm>

#include "core/hw/physical_memory.h"
#include "core/hw/pte.h"

namespace vmp {

struct NodeEntry {
  std::uint64_t index = 0;  // within the node
  PhysicalAddress address;
  Pte pte;
};

// Of the entries `first` to `end` - 1 of the node that begins in `node`, as far as it lies in RAM.
template <class Visit>
void for_each_entry(const PhysicalMemory& memory, const PageTableFormat& format, FrameNumber node,
                    std::uint64_t first, std::uint64_t end, Visit visit) {
  const std::uint64_t per_frame = format.entries_per_frame();
  for (std::uint64_t index = first; index < end;) {
    const FrameNumber frame = node + index / per_frame;
    const std::uint64_t end_of_frame = std::min(end, (index / per_frame + 1) * per_frame);
    if (!memory.contains(frame)) return;
    if (memory.is_zero(frame)) {
      index = end_of_frame;
      continue;
    }
    for (; index < end_of_frame; ++index) {
      const PhysicalAddress address = address_of(node) + index * format.entry_bytes;
      const Pte pte{memory.read_word(address, format.entry_bytes)};
      if (pte.bits != 0) visit(NodeEntry{index, address, pte});
    }
  }
}
template <class Visit>
void for_each_entry(const PhysicalMemory& memory, const PageTableFormat& format, FrameNumber node,
                    Visit visit) {
  for_each_entry(memory, format, node, 0, format.entries_per_node(), visit);
}

}  // namespace vmp
