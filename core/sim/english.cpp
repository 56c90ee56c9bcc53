// The English string table. One row a message, in the order of MessageId; the static_assert below refuses a
// table with a missing or misplaced row. {n} is the n-th argument, {n|one|many} a word that follows the
// number of the n-th.
//
// A line of the log is read after its actor ("CPU  page 0x403 is not in the TLB", "kernel  fills frame 1B
// with zeros"), so it starts in lower case and a verb stands in the third person; headlines and outcomes
// stand alone.
#include <array>

#include "core/sim/messages.h"
#include "core/sim/narrate.h"

namespace vmp {
namespace {

struct Row {
  MessageId id;
  std::string_view sentence;
};

using enum MessageId;

constexpr std::array kRows{
    Row{ActorCpu, "CPU"},
    Row{ActorKernel, "kernel"},
    Row{ActorDevice, "device"},
    Row{ActorYou, "you"},
    Row{TermRootEntry, "root entry"},
    Row{TermEntry, "entry"},
    Row{TermPresent, "present"},
    Row{TermValid, "valid"},
    Row{TermAccessedFlag, "accessed flag"},
    Row{TermDirtyFlag, "dirty flag"},
    Row{TermAccessedAndDirtyFlags, "accessed and dirty flags"},
    Row{TermCode, "code"},
    Row{TermReadOnlyData, "read-only data"},
    Row{TermData, "data"},
    Row{TermBss, "bss"},
    Row{TermHeap, "heap"},
    Row{TermStack, "stack"},
    Row{TermMapping, "mapped"},
    Row{TermNoFreeFrame, "no frame is free"},
    Row{TermResidentLimit, "the resident limit is reached"},
    Row{TermOldestArrival, "FIFO: no page has been in RAM longer"},
    Row{TermLeastRecentlyUsed, "LRU: no page has gone unused longer"},
    Row{TermNotAccessed, "Clock: the first page under the hand with a clear accessed flag"},
    Row{TermAllAccessed, "Clock: every page was accessed, and the hand came round to this one"},

    Row{TlbHitFrame, "page {0} is in the TLB: frame {1}"},
    Row{TlbMissNoEntry, "page {0} is not in the TLB"},
    Row{TlbMissLacksPermission,
        "the TLB entry of page {0} does not allow this access: the page table decides"},
    Row{TlbMissLacksDirty,
        "the TLB entry of page {0} is clean: the dirty flag must be set in the page table"},
    Row{TlbFillFree, "stores page {0} in the TLB: frame {1}"},
    Row{TlbFillDisplacing, "stores page {0} in the TLB: frame {1}; the entry of page {2} makes room"},
    Row{EntryToNode, "{0} {1} at {2}: node in frame {3}"},
    Row{EntryToPage, "{0} {1} at {2}: page in frame {3}"},
    Row{EntryToSuperpage, "{0} {1} at {2}: superpage that begins in frame {3}"},
    Row{EntryEmpty, "{0} {1} at {2}: empty"},
    Row{EntryNotPresent, "{0} {1} at {2}: not {4}, the other bits are the kernel's ({3})"},
    Row{EntryFlagsSet, "sets the {0} in the entry at {1}"},
    Row{Translated, "{0} is at physical address {1}"},
    Row{FaultNonCanonical,
        "page fault: {0} is not canonical, its upper bits do not repeat the highest index bit"},
    Row{FaultGeneralProtection,
        "general protection fault: {0} is not canonical, its upper bits do not repeat the highest index bit"},
    Row{FaultNotPresent, "page fault: the {0} flag ({1}) of the entry at {2} is clear"},
    Row{FaultSupervisorOnly, "page fault: the user flag ({0}) of the entry at {1} is clear"},
    Row{FaultReadForbidden, "page fault: the read flag ({0}) of the entry at {1} is clear"},
    Row{FaultWriteForbidden, "page fault: the write flag ({0}) of the entry at {1} is clear"},
    Row{FaultExecuteForbidden, "page fault: the execute flag ({0}) of the entry at {1} is clear"},
    Row{FaultNoExecute, "page fault: the no-execute flag ({0}) of the entry at {1} is set"},
    Row{FaultWriteWithoutRead,
        "page fault: the entry at {0} allows writing but not reading, which is reserved"},
    Row{FaultReservedBits, "page fault: reserved bits {0} are set in the entry at {1}"},
    Row{FaultPointerAtLastLevel,
        "page fault: the entry at {0} points to a node, but there is no lower level"},
    Row{FaultMisalignedSuperpage,
        "page fault: the superpage of the entry at {0} is misaligned, bits {1} must be clear"},
    Row{FaultTableOutsideMemory,
        "bus error: the entry at {0} points to a node in frame {1}, where there is no RAM"},
    Row{FaultRootOutsideMemory, "bus error: the root node lies where there is no RAM"},
    Row{FaultFrameOutsideMemory, "bus error: the entry at {0} points to frame {1}, where there is no RAM"},

    Row{StartedProcess, "starts {0}: the root node of its page table is frame {1}"},
    Row{StartedFork, "starts {0} as a copy of {1}: the root node of its page table is frame {2}"},
    Row{SwitchedFirst, "lets {0} run"},
    Row{SwitchedFromTo, "switches from {0} to {1}"},
    Row{SwitchedAndFlushed,
        "switches to {0} and flushes the TLB, which cannot tell address spaces apart "
        "({1} {1|entry|entries} dropped)"},
    Row{MappedSegment, "sets aside {0} to {1}, {2}, {3}: no frame yet"},
    Row{UnmappedRange, "takes {0} to {1} out of the address space"},
    Row{ProtectedRange, "makes {0} to {1} {2}"},
    Row{BreakRaised, "moves the program break up from {0} to {1}: the heap grows"},
    Row{BreakLowered, "moves the program break down from {0} to {1}: the heap shrinks"},
    Row{BreakUnmoved, "leaves the program break at {0}"},
    Row{GrewStack, "lets the stack grow down from {0} to {1}"},
    Row{EndedProcess, "ends {0} and takes its frames and slots back"},
    Row{LimitSet, "lets {0} keep at most {1} {1|page|pages} in RAM"},
    Row{LimitLifted, "lets {0} keep as many pages in RAM as there is room for"},

    Row{CauseDemandZero, "first touch of page {0} ({1}): it gets a frame of zeros"},
    Row{CauseLoadFromFile, "first touch of page {0} ({1}): its bytes are in the program's file"},
    Row{CauseSwapIn, "page {0} ({1}) is on the swap device: it must come back"},
    Row{CauseSwapCached, "page {0} ({1}) has a swap slot, but its bytes are still in a frame: no transfer"},
    Row{CauseCopyOnWriteCopy, "page {0} ({1}) is shared and is being written: it gets a copy of its own"},
    Row{CauseCopyOnWriteReuse, "page {0} ({1}) is shared no more: it keeps its frame and may be written"},
    Row{CauseEntryMended, "page {0} ({1}) is allowed this access: its entry is mended"},
    Row{VictimOfOne, "{0}: takes frame {1} from page {2} of {3} ({4})"},
    Row{VictimOfSeveral, "{0}: takes frame {1} from page {2} of {3} and {5} {5|sharer|sharers} ({4})"},
    Row{VictimOfNone, "{0}: takes frame {1} ({2})"},
    Row{DroppedStillInSlot,
        "drops the page in frame {0} unwritten: its swap slot still holds the same bytes"},
    Row{DroppedStillInFile, "drops the page in frame {0} unwritten: the program's file holds the same bytes"},
    Row{DroppedStillZero,
        "drops the page in frame {0} unwritten: it is all zeros, and zeros can be made again"},
    Row{TookFrameForPage, "takes free frame {0} for a page of {1}"},
    Row{TookFrameForNode, "takes free frame {0} for a level-{2} node of the page table of {1}"},
    Row{FreedFrame, "frees frame {0}"},
    Row{ZeroedFrame, "fills frame {0} with zeros"},
    Row{CopiedFrame, "copies frame {0} to frame {1}"},
    Row{WroteNodeEntry, "writes {0} at {1}: node in frame {2}"},
    Row{WrotePageEntry, "writes {0} at {1}: page {2} is in frame {3}"},
    Row{WroteSwapEntry, "writes {0} at {1}: page {2} is in swap slot {3}"},
    Row{WroteNoAccessEntry, "writes {0} at {1}: page {2} stays in frame {3}, but no access is allowed"},
    Row{WroteOtherEntry, "writes {0} at {1}: the entry of page {2}"},
    Row{ClearedPageEntry, "clears the entry at {0}: page {1} is nowhere"},
    Row{ClearedNodeEntry, "clears the entry at {0}: the node below is gone"},
    Row{ClearedAccessedFlag, "clears the accessed flag of page {0}"},
    Row{ClearedDirtyFlag, "clears the dirty flag of page {0}"},
    Row{MadeReadOnly, "clears the write flag of page {0}: the next write will fault"},
    Row{MadeWritable, "sets the write flag of page {0}"},
    Row{InvalidatedPage, "tells the TLB to forget page {0} of {1}"},
    Row{FlushedSpace, "tells the TLB to forget {0} ({1} {1|entry|entries} dropped)"},
    Row{FlushedTlb, "flush the TLB ({0} {0|entry|entries} dropped)"},
    Row{FreedSlot, "frees swap slot {0}"},

    Row{WroteToSlot, "writes the page in frame {0} to swap slot {1}"},
    Row{ReadFromSlot, "reads swap slot {1} into frame {0}"},
    Row{ReadFromFile, "reads page {1} from the program's file into frame {0}"},

    Row{ReadValue, "reads {0} at {1}"},
    Row{WroteValue, "writes {0} at {1}"},
    Row{FetchedInstruction, "fetches an instruction at {0}"},
    Row{ExitedWithStatus, "exits with status {0}"},
    Row{InstalledHandler, "installs a handler for SIGSEGV and SIGBUS"},
    Row{RemovedHandler, "removes its handler for SIGSEGV and SIGBUS"},
    Row{ReplayedTrace, "makes references {0} to {1} of its trace: {2} {2|page fault|page faults}"},
    Row{CallReturned, "gets {0} from the call: {1}"},

    Row{EditedMemory, "change the {0} {0|byte|bytes} at {1} from {2} to {3}"},

    Row{SignalNoSegment, "no segment holds {0}: {1}"},
    Row{SignalStackLimit, "{0} is below the stack, beyond the limit it may grow to: {1}"},
    Row{SignalStackGuardGap, "reaching {0} would bring the stack too near the mapping below: {1}"},
    Row{SignalReadForbidden, "the segment at {0} may not be read: {1}"},
    Row{SignalWriteForbidden, "the segment at {0} may not be written: {1}"},
    Row{SignalExecuteForbidden, "the segment at {0} may not be executed: {1}"},
    Row{SignalEntryOutsideMemory, "the page table sends {0} to where there is no RAM: {1}"},
    Row{SignalCorruptedEntry, "a page-table entry on the way to {0} is corrupted: {1}"},
    Row{SignalOutOfMemory, "RAM is full and no page may leave it: {1}"},
    Row{SignalSwapReadError, "the swap device cannot deliver the page at {0}: {1}"},
    Row{SignalNonCanonical, "a general protection fault names no address, so the signal says {0}: {1}"},

    Row{CallZeroLength, "the length is zero"},
    Row{CallNotPageAligned, "the address is not a multiple of the page size"},
    Row{CallOutsideUserHalf, "the range reaches outside the user half of the address space"},
    Row{CallBelowLowestAddress, "nothing may be mapped that low, so that null pointers fault"},
    Row{CallNoRoom, "the address space has no gap of that size"},
    Row{CallHoleInRange, "part of the range is not mapped"},
    Row{CallHeapLimit, "the heap would exceed its limit"},
    Row{CallBelowHeapStart, "the break cannot go below the start of the heap"},
    Row{CallWouldCollide, "the heap would run into another segment"},
    Row{CallNoFrames, "there are no frames left for page-table nodes"},

    Row{HeadRead, "{0} reads {1} at {2}"},
    Row{HeadWrote, "{0} writes {1} at {2}"},
    Row{HeadFetched, "{0} fetches an instruction at {1}"},
    Row{HeadDemandZero, "Page fault: first touch of a {0} page. A fresh frame of zeros."},
    Row{HeadLoadFromFile, "Page fault: first touch of a {0} page. Its bytes come from the program's file."},
    Row{HeadSwapIn, "Page {0} of {1} comes back from swap slot {2}"},
    Row{HeadSwapInForAnother, "Page {0} of {1} comes back from swap; page {2} of {3} has to go"},
    Row{HeadSwapCached, "Page {0} of {1} was about to leave, and its bytes are still in RAM: no transfer"},
    Row{HeadCopyOnWriteCopy, "Copy on write: {0} gets its own copy of page {1}"},
    Row{HeadCopyOnWriteReuse, "Copy on write: {0} is the last to share page {1}, and keeps the frame"},
    Row{HeadEntryMended, "Page fault: the entry of page {0} is brought in line with its segment"},
    Row{HeadStackGrown, "The stack of {0} grows down to {1}"},
    Row{HeadEvictedToSlot, "RAM is full: page {0} of {1} goes to swap slot {2}"},
    Row{HeadEvictedDropped, "RAM is full: page {0} of {1} is dropped, it need not be written"},
    Row{HeadLimitEvictedToSlot, "{1} is at its limit: its page {0} goes to swap slot {2}"},
    Row{HeadLimitEvictedDropped, "{1} is at its limit: its page {0} is dropped, it need not be written"},
    Row{HeadStarted, "{0} starts: its segments are set aside, its pages come when they are touched"},
    Row{HeadStartedEmpty, "{0} starts with an empty address space"},
    Row{HeadForked, "{0} forks: {1} shares every page until one of them writes"},
    Row{HeadExited, "{0} exits: its frames are free again"},
    Row{HeadMapped, "{0} maps {1} {1|page|pages} at {2}: set aside, no frame yet"},
    Row{HeadUnmapped, "{0} unmaps {1} to {2}"},
    Row{HeadNothingUnmapped, "{0} unmaps a range where nothing was mapped"},
    Row{HeadProtected, "{0} makes {1} to {2} {3}"},
    Row{HeadBreakRaised, "The heap of {0} grows to {1}: set aside, no frame yet"},
    Row{HeadBreakLowered, "The heap of {0} shrinks to {1}"},
    Row{HeadBreakUnmoved, "The heap of {0} ends at {1}"},
    Row{HeadLimitSet, "{0} may keep at most {1} {1|page|pages} in RAM"},
    Row{HeadLimitLifted, "{0} may keep as many pages in RAM as there is room for"},
    Row{HeadHandlerInstalled, "{0} installs a handler for SIGSEGV and SIGBUS"},
    Row{HeadHandlerRemoved, "{0} removes its handler for SIGSEGV and SIGBUS"},
    Row{HeadEditedMemory, "You change RAM at {0} from {1} to {2}, behind the kernel's back"},
    Row{HeadFlushedTlb, "The TLB is flushed: the next access to every page walks the table"},
    Row{HeadReplayed, "{0} makes {1} {1|reference|references}: {2} {2|page fault|page faults}"},
    Row{HeadNoSegment, "Segmentation violation: {0} lies in no segment"},
    Row{HeadStackLimit, "Segmentation violation: {0} is beyond the limit of the stack"},
    Row{HeadStackGuardGap, "Segmentation violation: at {0} the stack would come too near the mapping below"},
    Row{HeadReadForbidden, "Segmentation violation: the segment at {0} may not be read"},
    Row{HeadWriteForbidden, "Segmentation violation: the segment at {0} may not be written"},
    Row{HeadExecuteForbidden, "Segmentation violation: the segment at {0} may not be executed"},
    Row{HeadEntryOutsideMemory, "Bus error: the page table sends {0} to where there is no RAM"},
    Row{HeadCorruptedEntry, "A corrupted page-table entry stops the access to {0}"},
    Row{HeadOutOfMemory, "Out of memory: RAM is full and no page may leave it. {1} is killed."},
    Row{HeadSwapReadError, "Bus error: the swap device cannot deliver the page at {0}"},
    Row{HeadNonCanonical, "General protection fault: the address is not canonical"},
    Row{HeadCallFailed, "The call fails with {0}: {1}"},

    Row{OutcomeDone, "Done."},
    Row{OutcomeRead, "{0} read {1} at {2}."},
    Row{OutcomeWrote, "{0} wrote {1} at {2}."},
    Row{OutcomeFetched, "{0} fetched an instruction at {1}."},
    Row{OutcomeReturnedAddress, "The call returned {0} to {1}."},
    Row{OutcomeKilled, "{0} was ended by {1}: {2}."},
    Row{OutcomeCaught, "{0} caught {1} and goes on: {2}."},
    Row{OutcomeCallFailed, "The call failed with {0}: {1}. {2} goes on."},
    Row{RejectedNoSuchProcess, "Nothing happened: there is no process {0}."},
    Row{RejectedProcessEnded, "Nothing happened: {0} has ended."},
    Row{RejectedNameTaken, "Nothing happened: there is, or was, a process {0} already."},
    Row{RejectedTooManyProcesses, "Nothing happened: at most {0} processes can run at a time."},
    Row{RejectedBadSize, "Nothing happened: an access takes 1, 2, 4 or 8 bytes."},
    Row{RejectedLimitOfZero, "Nothing happened: a process needs at least one page in RAM to run."},
    Row{RejectedBeyondAddressSpace,
        "Nothing happened: the access would run past the end of the address space."},
    Row{RejectedOutsideMemory, "Nothing happened: no frame of RAM holds all the bytes at {0}."},
    Row{RejectedNoFramesToStart, "Nothing happened: there are not enough free frames to start {0}."},
    Row{RejectedBadTraceRange, "Nothing happened: the trace has no such references."},
    Row{RejectedAddressOutsideFormat,
        "Nothing happened: the trace uses an address that this format does not have."},
    Row{RejectedBadProgram, "Nothing happened: the program of {0} does not fit the address space."},
    Row{TermNoSegment, "the address lies in no segment"},
    Row{TermStackLimit, "the address is beyond the limit of the stack"},
    Row{TermStackGuardGap, "the stack would have come too near the mapping below"},
    Row{TermReadForbidden, "the segment may not be read"},
    Row{TermWriteForbidden, "the segment may not be written"},
    Row{TermExecuteForbidden, "the segment may not be executed"},
    Row{TermEntryOutsideMemory, "a page-table entry points to where there is no RAM"},
    Row{TermCorruptedEntry, "a page-table entry is corrupted"},
    Row{TermOutOfMemory, "RAM is full and no page may leave it"},
    Row{TermSwapReadError, "the swap device cannot deliver the page"},
    Row{TermNonCanonical, "the address is not canonical, which is a general protection fault"},

    Row{ConfigTooFewFrames,
        "{0} {0|frame|frames} of RAM are too few: the kernel and two processes, each with the "
        "table nodes of one page and that page, need {1}."},
    Row{ConfigTooManyFrames, "{0} frames are too many: at most {1} are possible."},
    Row{ConfigTooManySlots, "{0} swap slots are too many: at most {1} are possible."},
    Row{ConfigTlbTooLarge, "A TLB of {0} entries is too large: at most {1} are possible."},
    Row{ConfigTlbWithoutSets, "A TLB with ways needs at least {1} {1|set|sets}."},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].id) != i || kRows[i].sentence.empty()) return false;
  }
  return kRows.size() == kMessageCount;
}
static_assert(in_order(), "every MessageId needs its row, in order");

class English final : public StringTable {
 public:
  std::string_view sentence(MessageId id) const override {
    return kRows[static_cast<std::size_t>(id)].sentence;
  }
};

}  // namespace

const StringTable& english() {
  static const English table;
  return table;
}

}  // namespace vmp
