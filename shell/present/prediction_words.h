// Every sentence of the questions, their answers and the diagnoses, in one table.
#pragma once

#include <string_view>

namespace vmp::predicting::words {

using Sentence = std::string_view;

inline constexpr Sentence kSituation = "{0}.";
inline constexpr Sentence kYes = "Yes.";
inline constexpr Sentence kNo = "No: {0}.";
inline constexpr Sentence kShown = "It is: {0}.";
inline constexpr Sentence kDiagnosisAndFact = "{0} {1}";
inline constexpr Sentence kVerdict = "{0} {1}";

// --- the walk
inline constexpr Sentence kIndexOfRoot = "Which entry of the root node will the walker read?";
inline constexpr Sentence kIndexOfNode = "Which entry of the level-{0} node will the walker read?";
inline constexpr Sentence kIndexFact = "The index bits of level {0} are {1}, and that is {2}.";
inline constexpr Sentence kIndexOfOther = "{0} is the index of level {1}: other bits of the same address.";
inline constexpr Sentence kIndexCounted = "Entries are counted from 0, not from 1.";
inline constexpr Sentence kIndexWhole = "{0} is the whole page number, before it is cut into {1} indices.";
inline constexpr Sentence kIndexOffset = "{0} comes from the offset, which is no index.";

inline constexpr Sentence kEntryQuestion = "At which physical address does the walker read {0}?";
inline constexpr Sentence kEntryOfRoot = "entry {0} of the root node";
inline constexpr Sentence kEntryOfNode = "entry {0} of the level-{1} node";
inline constexpr Sentence kEntryFact =
    "The node begins at {0}, and entry {1} lies {1} times {2} bytes behind that.";
inline constexpr Sentence kEntryUnscaled = "An entry has {0} bytes: the index is multiplied by that.";
inline constexpr Sentence kEntryFirst = "There the node begins: that is entry 0.";
inline constexpr Sentence kEntryOfAnother =
    "That is the entry in {0}'s root node. {1} has a root of its own, in frame {2}.";
inline constexpr Sentence kEntryOfOtherIndex = "That is entry {0}: {0} is the index of another level.";
inline constexpr Sentence kEntryVirtual =
    "The low digits of the virtual address say nothing about where a node lies.";

inline constexpr Sentence kFrameQuestion = "Which frame will answer?";
inline constexpr Sentence kFrameFault = "fault";
inline constexpr Sentence kFrameFromTlb =
    "The TLB holds page {0} of {1}, with frame {2}; the table is not read.";
inline constexpr Sentence kFrameFromEntry = "Entry {0} of {1}'s level-{2} node leads to frame {3}.";
inline constexpr Sentence kFrameOfTable =
    "{0} is what the table in RAM says. The TLB holds an older translation, and it is asked first.";
inline constexpr Sentence kFrameOfAnother =
    "{0} is the frame that {1}'s table names for this page; {2} has a table of its own.";
inline constexpr Sentence kFrameOfNode = "{0} holds a node of {1}'s table: the walk passes through it.";
inline constexpr Sentence kFrameOfNeighbour = "{0} holds page {1} of {2}, a neighbour.";
inline constexpr Sentence kFrameOfDigits = "{0} are digits of the virtual page number {1}.";
inline constexpr Sentence kFrameFree =
    "{0} is free, and the kernel may take it; but first the CPU has to stop and ask.";
inline constexpr Sentence kFrameForbidden =
    "{0} is the frame the entry names, but the entry does not allow this.";
inline constexpr Sentence kFrameNoFault =
    "Nothing stops this access: there is a translation, and it allows it.";

inline constexpr Sentence kPhysicalQuestion = "Which physical address comes out?";
inline constexpr Sentence kPhysicalFact =
    "Page {0} of {1} lies in frame {2}; the offset {3} passes through unchanged.";
inline constexpr Sentence kPhysicalOfAnother =
    "That is the same offset in frame {0}, where {1} has this page.";
inline constexpr Sentence kPhysicalNoOffset = "That is where the frame begins: the offset {0} is missing.";
inline constexpr Sentence kPhysicalVirtual =
    "That is the virtual address itself. Its upper digits are replaced by a frame.";
inline constexpr Sentence kPhysicalOfNode =
    "That offset lies in frame {0}, a node of the table that the walk passes through.";
inline constexpr Sentence kPhysicalOfNeighbour =
    "That is the same offset in frame {0}, which holds page {1} of {2}.";

inline constexpr Sentence kTlbQuestion = "What will the TLB say?";
inline constexpr Sentence kTlbHit = "hit";
inline constexpr Sentence kTlbNoEntry = "miss: no entry";
inline constexpr Sentence kTlbNotEnough = "miss: entry not enough";
inline constexpr Sentence kTlbHitFact = "Set {0} holds page {1} of {2}, and the entry allows this access.";
inline constexpr Sentence kTlbNoEntryFact = "No entry of set {0} is for page {1} of {2}.";
inline constexpr Sentence kTlbPermissionFact =
    "There is an entry for page {0}, but it does not allow this access, so the table decides.";
inline constexpr Sentence kTlbDirtyFact =
    "There is an entry for page {0}, but nothing was stored through it yet: the dirty flag has to be set in "
    "the table.";
inline constexpr Sentence kTlbOfAnother =
    "The entry for page {0} is {1}'s: it carries another address-space id.";
inline constexpr Sentence kTlbFlushed =
    "The switch from {0} to {1} empties the TLB: nothing tells their entries apart.";
inline constexpr Sentence kTlbUsedBefore =
    "The page was used before, but its entry was dropped or displaced since.";
inline constexpr Sentence kTlbNeverUsed =
    "{0} has not used this page since it has its frame: nothing was there to be kept.";
inline constexpr Sentence kTlbNoFrame = "The page has no frame yet, so there was no translation to keep.";
inline constexpr Sentence kTlbKept = "It was kept when the page was used before.";
inline constexpr Sentence kTlbEnough = "The entry is not too weak for this access.";
inline constexpr Sentence kTlbNotThere = "There is no entry that could be too weak.";
inline constexpr Sentence kTlbNotHit =
    "An entry is there, but a hit takes one that allows everything this access does.";
inline constexpr Sentence kTlbThere = "An entry for the page is there.";

// --- faults
inline constexpr Sentence kFaultQuestion = "Will it fault?";
inline constexpr Sentence kFaultNone = "no fault";
inline constexpr Sentence kFaultMended = "fault, then mended";
inline constexpr Sentence kFaultSignal = "fault, and a signal";
inline constexpr Sentence kFaultNoneFact = "There is a translation, and it allows the access.";
inline constexpr Sentence kFaultUntouched =
    "The page is set aside, but nothing has touched it: it has no frame yet.";
inline constexpr Sentence kFaultInFile = "The page's bytes are in a file, and no entry leads to them yet.";
inline constexpr Sentence kFaultSwapped =
    "The page is on the swap device; its entry says so and is not present.";
inline constexpr Sentence kFaultShared =
    "The page is shared until somebody writes: its entry forbids writing.";
inline constexpr Sentence kFaultLast =
    "The entry still forbids writing, from the time when the page was shared.";
inline constexpr Sentence kFaultEntry = "The entry does not allow it, although the segment does.";
inline constexpr Sentence kFaultRefused = "{0}: the segments do not allow it, so there is nothing to mend.";
inline constexpr Sentence kFaultNotNone = "The CPU cannot go on by itself here.";
inline constexpr Sentence kFaultNotMended = "Nothing is missing that the kernel would have to bring.";
inline constexpr Sentence kFaultNotSignal =
    "The kernel sends a signal only for what the program may not do; it may do this.";
inline constexpr Sentence kFaultNotMendable = "The kernel mends only what the program may do.";

inline constexpr Sentence kSourceQuestion = "It will fault. Where do the page's bytes come from?";
inline constexpr Sentence kSourceZeros = "zeros (minor)";
inline constexpr Sentence kSourceMemory = "RAM (minor)";
inline constexpr Sentence kSourceFile = "a file (major)";
inline constexpr Sentence kSourceSwap = "swap (major)";
inline constexpr Sentence kSourceZerosFact =
    "Nobody has written this page, so it begins as zeros; no device is needed.";
inline constexpr Sentence kSourceCachedFact = "The bytes are in a frame already; no device is needed.";
inline constexpr Sentence kSourceCopyFact =
    "They are copied from the frame that was shared; no device is needed.";
inline constexpr Sentence kSourceFileFact =
    "The page belongs to a file and is not in RAM: the device has to read it.";
inline constexpr Sentence kSourceSwapFact = "The page lies in a swap slot: the device has to read it.";
inline constexpr Sentence kSourceNotZeros = "Zeros are for pages without contents; this one has some.";
inline constexpr Sentence kSourceNotMemory = "No frame holds these bytes now.";
inline constexpr Sentence kSourceNotFile = "No file has to be read for this page.";
inline constexpr Sentence kSourceNotSwap =
    "The page was not evicted to the swap device, so no slot holds it.";

inline constexpr Sentence kSignalQuestion = "How will it end?";
inline constexpr Sentence kSignalNone = "no signal";
inline constexpr Sentence kSignalWithCode = "{0}, {1}";
inline constexpr Sentence kSignalNotNone =
    "The segments do not allow this access, and then the kernel does not mend it.";
inline constexpr Sentence kSignalNotMapErr = "SEGV_MAPERR says that nothing is mapped there.";
inline constexpr Sentence kSignalNotAccErr =
    "SEGV_ACCERR says that something is mapped there and this access is not allowed.";
inline constexpr Sentence kSignalNotAdrErr =
    "BUS_ADRERR says that a mapping is there with nothing behind it.";
inline constexpr Sentence kSignalNotKill =
    "SIGKILL is for a process that has to go: no memory left, or a table that makes no sense.";

inline constexpr Sentence kCopyQuestion = "What happens to the page?";
inline constexpr Sentence kCopyCopied = "it is copied first";
inline constexpr Sentence kCopyReused = "kept, not copied";
inline constexpr Sentence kCopyInPlace = "written in place for all";
inline constexpr Sentence kCopyRefused = "the write is refused";
inline constexpr Sentence kCopyCopiedFact =
    "Others still need the old bytes, so {0} gets a copy in a frame of its own.";
inline constexpr Sentence kCopyReusedFact = "{0} is the last to use the frame, so it may write it as it is.";
inline constexpr Sentence kCopyInPlaceFact =
    "The mapping is shared for good: everyone is meant to see what is written.";
inline constexpr Sentence kCopyNotCopied =
    "A copy is made only while somebody else needs the old bytes of a private page.";
inline constexpr Sentence kCopyNotReused = "The frame has other users.";
inline constexpr Sentence kCopyNotInPlace = "Nobody else may see this write: the page is private.";
inline constexpr Sentence kCopyNotRefused =
    "The segment allows writing; a read-only entry here only makes the kernel look.";

inline constexpr Sentence kValueQuestion = "What will {0} read?";
inline constexpr Sentence kValueFact = "{0} lies at {1} of {2} now.";
inline constexpr Sentence kValueOfAnother = "{0} is what {1} has at this address.";
inline constexpr Sentence kValueOfOther = "{0} is at {1} of {2}.";
inline constexpr Sentence kValueEarlier = "{0} was read or stored here earlier.";
inline constexpr Sentence kValueZero = "0 is what a page holds that nobody has written.";
inline constexpr Sentence kValueNone = "nothing: a signal";
inline constexpr Sentence kValueNotNone = "{0} may read here.";

// --- the kernel's decisions
inline constexpr Sentence kVictimQuestion = "No frame is free, and {0} has to choose. Which one is taken?";
inline constexpr Sentence kVictimOfProcess = "{1} may have no more frames. Which one does {0} take from it?";
inline constexpr Sentence kVictimFact = "{0}.";
inline constexpr Sentence kVictimSpared = "The accessed flag of {0} is set, so it is spared this time.";
inline constexpr Sentence kVictimForeign = "{0} is not a frame of {1}, whose limit is the reason.";
inline constexpr Sentence kVictimFirst = "{0} is the oldest in RAM, but {1} does not go by age alone.";
inline constexpr Sentence kVictimRecent = "{0} was used last of all.";
inline constexpr Sentence kVictimLeastRecent =
    "{0} was not used for the longest time, but {1} cannot see that.";
inline constexpr Sentence kVictimOther = "{0} holds page {1} of {2}, and {3} comes to another one first.";

inline constexpr Sentence kTakenByFork = "How many frames does the child take at once?";
inline constexpr Sentence kTakenByMap = "How many frames does the call take?";
inline constexpr Sentence kTakenByStart = "How many frames does it take to start?";
inline constexpr Sentence kTakenFact = "{0} for nodes of a page table, {1} for pages.";
inline constexpr Sentence kTakenNothingFact =
    "None: the kernel only notes the range. A page gets a frame when it is touched.";
inline constexpr Sentence kTakenNotNone =
    "A process needs a page table of its own, and its nodes lie in frames.";
inline constexpr Sentence kTakenNotPages =
    "{0} is the number of pages set aside. A page gets a frame when it is touched, not before.";
inline constexpr Sentence kTakenNotCopies =
    "{0} would be a copy of every page in RAM; parent and child share them until one writes.";
inline constexpr Sentence kTakenNotAll = "{0} counts the pages and the table.";
inline constexpr Sentence kTakenNotOne = "One frame would be enough for only part of it.";
inline constexpr Sentence kTakenNotNodes = "{0} would be the root node of its table alone.";

inline constexpr Sentence kFreedByExit = "How many frames become free?";
inline constexpr Sentence kFreedByUnmap = "How many frames does that give back?";
inline constexpr Sentence kFreedFact = "{0}. What others still use, or the page cache keeps, stays.";
inline constexpr Sentence kFreedNotNone = "Its own pages have no other user: they go.";
inline constexpr Sentence kFreedNotResident = "{0} is the number of its pages in RAM.";
inline constexpr Sentence kFreedNotAll = "{0} is the number of its pages in RAM and of its table's nodes.";
inline constexpr Sentence kFreedNotRange =
    "{0} is the length of the range in pages; those never touched have no frame.";
inline constexpr Sentence kFreedNotNodes = "{0} is the number of the table's nodes.";

}  // namespace vmp::predicting::words
