// Answers about the present state, computed from RAM and the kernel's books without touching either: where an
// address leads, what a page is, who points at a frame, and which checks an access passes or fails.
#pragma once

#include "core/os/kernel.h"

namespace vmp {

struct WalkStep {
  std::uint32_t level = 0;
  std::uint64_t index = 0;  // within the node
  FrameNumber node;         // the frame the node begins in
  PhysicalAddress entry_address;
  Pte pte;
  bool leaf = false;
};
// The walk the hardware would make now, TLB aside, with no flag set. A process that has ended has no table:
// then there are no steps, no address and no fault.
struct WalkExplanation {
  VirtualAddress address;
  std::vector<WalkStep> steps;
  std::optional<PhysicalAddress> physical;  // where it leads, or
  std::optional<Fault> fault;               // why it does not
  Permissions permissions;                  // combined over the levels, if it leads somewhere
};
WalkExplanation explain_walk(const Kernel& kernel, const Process& process, VirtualAddress va,
                             AccessKind access);

enum class PageState : std::uint8_t {
  Unmapped,   // in no segment
  Untouched,  // in a segment, never used (or dropped again): the entry is empty or does not exist
  Resident,   // in a frame
  NoAccess,   // in a frame, but PROT_NONE
  Swapped,    // on the swap device
};
struct PageExplanation {
  PageNumber page;
  PageState state = PageState::Unmapped;
  const Segment* segment = nullptr;
  std::optional<PhysicalAddress> entry_address;
  Pte pte;
  std::optional<FrameNumber> frame;  // absent if an entry edited by hand points where there is no RAM
  std::optional<SwapSlot> slot;      // swapped: where it is; resident: a copy kept there
  bool accessed = false;
  bool dirty = false;
  bool writable = false;       // the entry's write flag
  std::size_t sharers = 0;     // how many mappings the frame or slot has
  bool copy_on_write = false;  // shared now, parted at the next write
};
PageExplanation explain_page(const Kernel& kernel, const Process& process, PageNumber page);

// The running process whose entries in the TLB and the walk cache carry `asid` now; without address-space ids
// all are the current process's. None if that has ended.
const Process* process_tagged(const Kernel& kernel, Asid asid);

// Every entry of every process's table in RAM that points at `frame`, found by following the tables as the
// hardware would: table nodes are pointed at by the level above, and entries edited by hand are seen too.
// PROT_NONE entries are listed although the hardware ignores them, because they keep their frame.
struct EntryPointer {
  ProcessId process;
  std::uint32_t level = 0;
  std::uint64_t index = 0;
  PhysicalAddress entry_address;
  Pte pte;
  PageNumber first_page;  // the first page this entry covers
};
std::vector<EntryPointer> entries_pointing_at(const Kernel& kernel, FrameNumber frame);

// The fault anatomy: the checks of one access in the order the hardware makes them, up to the one that
// decided.
enum class CheckKind : std::uint8_t {
  Canonical,
  TableInMemory,
  Present,
  NoReservedBits,
  WriteWithRead,    // RISC-V reserves an entry with W set and R clear
  LeafAtLastLevel,  // RISC-V: a level-0 entry must map a page
  User,
  Read,
  Write,
  Execute,
  Aligned,  // RISC-V: a superpage begins at a multiple of its size (on x86 its low frame bits are reserved)
  FrameInMemory,
  Accessed,  // RISC-V with Svade: the flags the hardware will not set
  Dirty,
};
struct Check {
  CheckKind kind = CheckKind::Present;
  std::uint32_t level = 0;
  std::optional<Fault::Entry> entry;  // the entry looked at; none for Canonical and the root's TableInMemory
  std::uint64_t mask = 0;             // the bits of it looked at; of a failed check, those that decided
  bool passed = false;
};
std::vector<Check> explain_checks(const Kernel& kernel, const Process& process, VirtualAddress va,
                                  AccessKind access);

// The flags set in an entry, in the order of their bits: "p w u a d", "v r w u a d", "p u a nx". Empty for an
// entry whose present flag is clear: its bits are no flags then.
std::string flag_letters(const PageTableFormat& format, Pte pte);
// The manual's name of one flag mask: "P", "R/W", "U/S", "V", "X", ...; empty for a mask that is no flag.
std::string flag_name(const PageTableFormat& format, std::uint64_t mask);

// Bytes of a process's page table: what it takes in RAM, and what a table of the other shape would take for
// the same pages. A flat array has one entry for every page of the address space; a tree has the nodes on the
// way to the entries in use. The tree that stands for a flat table is that of x86-32, whose entries it has.
struct TableSizes {
  std::uint64_t in_memory = 0;
  std::uint64_t flat = 0;
  std::uint64_t tree = 0;
};
TableSizes table_sizes(const Kernel& kernel, const Process& process);

}  // namespace vmp
