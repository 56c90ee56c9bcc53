// What happened in one step, in order: the hardware's events and the kernel's, the devices' and the
// program's. Each is a small record of ids; the words are made in sim/narrate, the highlights in
// shell/present.
#pragma once

#include <variant>
#include <vector>

#include "core/hw/hardware_event.h"
#include "core/os/frame_table.h"
#include "core/os/limits.h"
#include "core/os/outcome.h"
#include "core/os/replacement_policy.h"
#include "core/os/segment.h"

namespace vmp {

// What the hardware did, and for which process.
struct HardwareDid {
  ProcessId process;
  HardwareEvent event;
};

struct ProcessStarted {
  ProcessId process;
  std::optional<ProcessId> parent;  // of a fork
  FrameNumber root;
};
// exec: the process goes on with another program in an address space of its own.
struct ProgramReplaced {
  ProcessId process;
  FrameNumber root;
};
struct ContextSwitched {
  std::optional<ProcessId> from;
  ProcessId to;
  bool flushed = false;  // no address-space ids: the TLB had to be emptied
  std::uint32_t dropped = 0;
};
struct SegmentMapped {
  ProcessId process;
  SegmentKind kind = SegmentKind::Mapped;
  AddressRange range;
  Permissions permissions;
};
struct SegmentUnmapped {
  ProcessId process;
  AddressRange range;
};
struct SegmentProtected {
  ProcessId process;
  AddressRange range;
  Permissions permissions;
};
struct BreakMoved {
  ProcessId process;
  VirtualAddress from;
  VirtualAddress to;
};
struct StackGrown {
  ProcessId process;
  VirtualAddress from;
  VirtualAddress to;
};

// How much memory ending a process would free, in pages (mm/oom_kill.c, oom_badness()).
struct MemoryScore {
  ProcessId process;
  std::uint64_t resident_pages = 0;
  std::uint64_t swapped_pages = 0;
  std::uint64_t table_nodes = 0;

  constexpr std::uint64_t total() const { return resident_pages + swapped_pages + table_nodes; }
};

// What the kernel found out about a fault.
enum class FaultCause : std::uint8_t {
  DemandZero,        // an anonymous page gets a frame, filled with zeros
  ZeroPage,          // a read of an anonymous page nobody wrote yet: the kernel's page of zeros will do
  LoadFromFile,      // the first touch of a page of a file that is not in RAM
  SwapIn,            // the page is on the swap device
  FileCached,        // the first touch of a page of a file that is in the page cache
  SwapCached,        // the page is on the swap device and still in a frame
  CopyOnWriteCopy,   // a write to a page shared with others
  CopyOnWriteReuse,  // a write to a page that was shared and is not any more
  EntryMended,       // the entry did not say what the kernel wants it to
};
struct FaultUnderstood {
  ProcessId process;
  PageNumber page;
  FaultCause cause = FaultCause::DemandZero;
  SegmentKind segment = SegmentKind::Mapped;
  bool major = false;  // a device is needed
};

enum class ReclaimCause : std::uint8_t {
  NoFreeFrame,
  NoFreeRun,  // enough frames are free, but not in a row: a flat table needs them so
  ResidentLimit,
  FrameQuota,
  ReadAhead,
};
struct VictimChosen {
  PolicyKind policy = PolicyKind::Fifo;
  VictimChoice choice;
  ReclaimCause cause = ReclaimCause::NoFreeFrame;
  std::vector<PageUser> users;  // whose pages lose their frame
};
// The tick of a policy that looks at the accessed flags every so many references.
struct AccessedFlagsGathered {
  PolicyKind policy = PolicyKind::Nru;
  std::vector<FrameNumber> cleared;
};
struct PageWrittenOut {
  FrameNumber frame;
  SwapSlot slot;
};
// The device did not take the page, which stays where it is.
struct PageWriteFailed {
  FrameNumber frame;
  SwapSlot slot;
  bool full = false;  // no room, rather than an error
};
struct PageReadFailed {
  SwapSlot slot;
};
enum class DropReason : std::uint8_t { StillInSlot, StillInFile, StillZero };
struct PageDropped {
  FrameNumber frame;
  DropReason reason = DropReason::StillInSlot;
};
struct PageReadIn {
  FrameNumber frame;
  SwapSlot slot;
  bool ahead = false;  // nobody asked for it: it lies beside a page that was asked for
};
// A page that had been read ahead is used for the first time.
struct ReadAheadUsed {
  FrameNumber frame;
};
// Page-fault-frequency control, at a fault: `interval` references after the one before.
struct FrameQuotaSet {
  ProcessId process;
  std::uint64_t interval = 0;
  std::uint64_t quota = 0;  // frames
  enum class Why : std::uint8_t { FirstFault, FaultsTooOften, FaultsSeldom, BetweenThresholds };
  Why why = Why::FirstFault;
};
// That control gives up a page its process did not use since its last fault.
struct UnusedPageReleased {
  ProcessId process;
  FrameNumber frame;
  PageNumber page;
};
// `refaults` of the last `references` needed a page that had been in RAM shortly before.
struct ThrashingBegan {
  std::uint64_t refaults = 0;
  std::uint64_t references = 0;
};
struct ThrashingEnded {
  std::uint64_t refaults = 0;
  std::uint64_t references = 0;
};
// A page of a file went back to the file.
struct PageWrittenToFile {
  FrameNumber frame;
  FilePageRef page;
};
// The kernel put a page of a file into the page cache.
struct FilePageCached {
  FrameNumber frame;
  FilePageRef page;
  bool ahead = false;
};
struct FileCreated {
  FileId file;
};
struct FileResized {
  FileId file;
  std::uint64_t from = 0;  // bytes
  std::uint64_t to = 0;
};
struct SegmentMoved {
  ProcessId process;
  AddressRange from;
  AddressRange to;
};
struct SegmentLocked {
  ProcessId process;
  AddressRange range;
  bool locked = false;
};
// Memory was full, and the process with the highest score is ended.
struct OutOfMemory {
  MemoryScore score;
};
struct FrameAllocated {
  FrameNumber frame;
  FrameUse use = FrameUse::Page;
  ProcessId process;
  std::uint32_t level = 0;  // of a table node
  std::uint64_t count = 1;  // frames in a row, of a flat table
};
struct FrameFreed {
  FrameNumber frame;
  std::uint64_t count = 1;
};
struct FrameZeroed {
  FrameNumber frame;
};
struct FrameCopied {
  FrameNumber from;
  FrameNumber to;
};
// The kernel wrote an entry of a page table.
struct PteWritten {
  ProcessId process;
  PageNumber page;
  std::uint32_t level = 0;
  PhysicalAddress address;
  Pte before;
  Pte after;
};
struct TlbInvalidated {
  ProcessId process;
  PageNumber page;
};
struct TlbFlushed {
  std::optional<ProcessId> process;  // one address space, or everything
  std::uint32_t dropped = 0;
};
// What the order told before it dropped from the walk cache.
struct WalkCacheDropped {
  std::uint32_t pointers = 0;
};
struct SlotFreed {
  SwapSlot slot;
};
// The program's side of a completed access.
struct ValueAccessed {
  ProcessId process;
  AccessKind kind = AccessKind::Read;
  VirtualAddress address;
  std::uint32_t size = 0;
  std::uint64_t value = 0;
};
struct SignalSent {
  ProcessId process;
  Signalled signal;
};
struct CallReturnedError {
  ProcessId process;
  CallFailed failure;
};
struct ProcessEnded {
  ProcessId process;
  ProcessState state = ProcessState::Exited;
  std::uint64_t exit_status = 0;
};
struct ResidentLimitSet {
  ProcessId process;
  std::optional<std::uint64_t> limit;
};
// RLIMIT_AS, RLIMIT_DATA and RLIMIT_STACK, in pages.
struct LimitSet {
  ProcessId process;
  Limit limit = Limit::AddressSpace;
  std::optional<std::uint64_t> pages;
};
struct SignalHandlingSet {
  ProcessId process;
  bool catches = false;
};
struct MemoryEdited {
  PhysicalAddress address;
  std::uint32_t size = 0;
  std::uint64_t before = 0;
  std::uint64_t after = 0;
};
// A slice of a trace went by; its single accesses are not recorded.
struct TraceReplayed {
  ProcessId process;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  std::uint64_t faults = 0;
};

using Event =
    std::variant<HardwareDid, ProcessStarted, ProgramReplaced, LimitSet, ContextSwitched, SegmentMapped,
                 SegmentUnmapped, SegmentProtected, BreakMoved, StackGrown, FaultUnderstood, VictimChosen,
                 AccessedFlagsGathered, PageWrittenOut, PageWriteFailed, PageReadFailed, PageDropped,
                 PageReadIn, FrameAllocated, FrameFreed, FrameZeroed, FrameCopied, PteWritten, TlbInvalidated,
                 TlbFlushed, WalkCacheDropped, SlotFreed, ValueAccessed, SignalSent, CallReturnedError,
                 ProcessEnded, ResidentLimitSet, SignalHandlingSet, MemoryEdited, TraceReplayed,
                 PageWrittenToFile, FilePageCached, FileCreated, FileResized, SegmentMoved, SegmentLocked,
                 OutOfMemory, ReadAheadUsed, FrameQuotaSet, UnusedPageReleased, ThrashingBegan,
                 ThrashingEnded>;

using EventLog = std::vector<Event>;

}  // namespace vmp
