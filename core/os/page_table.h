// The kernel's side of the page tables: how it finds and reads the entries it wrote into RAM, and how it uses
// an entry the hardware ignores. When the present flag is clear, the other bits belong to the kernel:
//
//   0                      nothing here; the segment decides what a fault means
//   present clear, G set   PROT_NONE: the frame is kept in place, no access is allowed
//   present clear, G clear swapped out: the slot, counted from 1 so that slot 0 is not the empty entry
//
//   x86-32   31 ......... 9 | 8: G = 0 | 7 .. 1: swap device, 0 | 0: P = 0     slot + 1 in bits 31..9
//   RISC-V   63 ........ 12 | 11 .. 6: 0 | 5: G = 0 | 4 .. 1: 0 | 0: V = 0     slot + 1 in bits 63..12
//
// Linux does the same: arch/x86/include/asm/pgtable-2level.h and pgtable_types.h (_PAGE_PROTNONE is the
// global flag), arch/riscv/include/asm/pgtable.h.
#pragma once

#include <optional>

#include "core/hw/physical_memory.h"
#include "core/os/frame_table.h"

namespace vmp {

struct EmptyEntry {};
struct PresentEntry {
  FrameNumber frame;
};
struct ProtNoneEntry {
  FrameNumber frame;
};
struct SwappedEntry {
  SwapSlot slot;
};
using EntryState = std::variant<EmptyEntry, PresentEntry, ProtNoneEntry, SwappedEntry>;

EntryState decode_leaf(const PageTableFormat& format, Pte pte);
Pte make_swap_entry(const PageTableFormat& format, SwapSlot slot);
// A leaf for `frame` with what the hardware grants for `permissions`; the PROT_NONE form if they are empty.
Pte make_page_entry(const PageTableFormat& format, FrameNumber frame, Permissions permissions);

// A process's tree of nodes, found by descending only through frames that the frame table lists as this
// process's nodes. An entry someone edited by hand can therefore mislead the hardware, but never the kernel.
struct PageTableRef {
  const PageTableFormat* format = nullptr;
  ProcessId process;
  FrameNumber root;
};

// A node on the way to a page, and the address of the entry in it for that page.
struct NodeOnPath {
  FrameNumber node;
  std::uint32_t level = 0;
  PhysicalAddress entry;
};
// The deepest node that exists on the way to `page`, not deeper than `lowest_level`; at least the root.
NodeOnPath deepest_node(const PhysicalMemory& memory, const FrameTable& frames, const PageTableRef& table,
                        PageNumber page, std::uint32_t lowest_level = 0);
// Where the level-0 entry of `page` lies; nothing if a node on the way does not exist.
std::optional<PhysicalAddress> find_leaf_entry(const PhysicalMemory& memory, const FrameTable& frames,
                                               const PageTableRef& table, PageNumber page);
// How many nodes below the root would have to be made before `page` could be mapped.
std::uint32_t missing_nodes(const PhysicalMemory& memory, const FrameTable& frames, const PageTableRef& table,
                            PageNumber page);

}  // namespace vmp
