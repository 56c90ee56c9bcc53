#include "core/sim/say.h"

namespace vmp::say {

std::string name_of(ProcessId process, const Kernel& kernel) {
  const Process* found = kernel.find_process(process);
  return found != nullptr ? found->name : std::to_string(process.value());
}

MessageId term_of(SegmentKind kind) {
  switch (kind) {
    case SegmentKind::Code:
      return MessageId::TermCode;
    case SegmentKind::ReadOnlyData:
      return MessageId::TermReadOnlyData;
    case SegmentKind::Data:
      return MessageId::TermData;
    case SegmentKind::Bss:
      return MessageId::TermBss;
    case SegmentKind::Heap:
      return MessageId::TermHeap;
    case SegmentKind::Stack:
      return MessageId::TermStack;
    case SegmentKind::Mapped:
      return MessageId::TermMapping;
  }
  return MessageId::TermMapping;
}

std::string signal_text(const Signalled& signal) {
  std::string text(vmp::name_of(signal.signal));
  if (signal.code != SignalCode::None) text += " (" + std::string(vmp::name_of(signal.code)) + ")";
  return text;
}

MessageId sentence_of(SignalReason reason) {
  switch (reason) {
    case SignalReason::NoSegment:
      return MessageId::SignalNoSegment;
    case SignalReason::StackLimit:
      return MessageId::SignalStackLimit;
    case SignalReason::StackGuardGap:
      return MessageId::SignalStackGuardGap;
    case SignalReason::ReadForbidden:
      return MessageId::SignalReadForbidden;
    case SignalReason::WriteForbidden:
      return MessageId::SignalWriteForbidden;
    case SignalReason::ExecuteForbidden:
      return MessageId::SignalExecuteForbidden;
    case SignalReason::EntryOutsideMemory:
      return MessageId::SignalEntryOutsideMemory;
    case SignalReason::CorruptedEntry:
      return MessageId::SignalCorruptedEntry;
    case SignalReason::OutOfMemory:
      return MessageId::SignalOutOfMemory;
    case SignalReason::BeyondFileEnd:
      return MessageId::SignalBeyondFileEnd;
    case SignalReason::SwapReadError:
      return MessageId::SignalSwapReadError;
    case SignalReason::NonCanonical:
      return MessageId::SignalNonCanonical;
    case SignalReason::ExecFailed:
      return MessageId::SignalExecFailed;
    case SignalReason::SupervisorFault:
      return MessageId::SignalSupervisorFault;
  }
  return MessageId::SignalNoSegment;
}

MessageId headline_of(SignalReason reason) {
  switch (reason) {
    case SignalReason::NoSegment:
      return MessageId::HeadNoSegment;
    case SignalReason::StackLimit:
      return MessageId::HeadStackLimit;
    case SignalReason::StackGuardGap:
      return MessageId::HeadStackGuardGap;
    case SignalReason::ReadForbidden:
      return MessageId::HeadReadForbidden;
    case SignalReason::WriteForbidden:
      return MessageId::HeadWriteForbidden;
    case SignalReason::ExecuteForbidden:
      return MessageId::HeadExecuteForbidden;
    case SignalReason::EntryOutsideMemory:
      return MessageId::HeadEntryOutsideMemory;
    case SignalReason::CorruptedEntry:
      return MessageId::HeadCorruptedEntry;
    case SignalReason::OutOfMemory:
      return MessageId::HeadOutOfMemory;
    case SignalReason::BeyondFileEnd:
      return MessageId::HeadBeyondFileEnd;
    case SignalReason::SwapReadError:
      return MessageId::HeadSwapReadError;
    case SignalReason::NonCanonical:
      return MessageId::HeadNonCanonical;
    case SignalReason::ExecFailed:
      return MessageId::HeadExecFailed;
    case SignalReason::SupervisorFault:
      return MessageId::HeadSupervisorFault;
  }
  return MessageId::HeadNoSegment;
}

MessageId clause_of(SignalReason reason) {
  switch (reason) {
    case SignalReason::NoSegment:
      return MessageId::TermNoSegment;
    case SignalReason::StackLimit:
      return MessageId::TermStackLimit;
    case SignalReason::StackGuardGap:
      return MessageId::TermStackGuardGap;
    case SignalReason::ReadForbidden:
      return MessageId::TermReadForbidden;
    case SignalReason::WriteForbidden:
      return MessageId::TermWriteForbidden;
    case SignalReason::ExecuteForbidden:
      return MessageId::TermExecuteForbidden;
    case SignalReason::EntryOutsideMemory:
      return MessageId::TermEntryOutsideMemory;
    case SignalReason::CorruptedEntry:
      return MessageId::TermCorruptedEntry;
    case SignalReason::OutOfMemory:
      return MessageId::TermOutOfMemory;
    case SignalReason::BeyondFileEnd:
      return MessageId::TermBeyondFileEnd;
    case SignalReason::SwapReadError:
      return MessageId::TermSwapReadError;
    case SignalReason::NonCanonical:
      return MessageId::TermNonCanonical;
    case SignalReason::ExecFailed:
      return MessageId::TermExecFailed;
    case SignalReason::SupervisorFault:
      return MessageId::TermSupervisorFault;
  }
  return MessageId::TermNoSegment;
}

MessageId clause_of(CallReason reason) {
  switch (reason) {
    case CallReason::ZeroLength:
      return MessageId::CallZeroLength;
    case CallReason::NotPageAligned:
      return MessageId::CallNotPageAligned;
    case CallReason::OutsideUserHalf:
      return MessageId::CallOutsideUserHalf;
    case CallReason::BelowLowestAddress:
      return MessageId::CallBelowLowestAddress;
    case CallReason::NoRoom:
      return MessageId::CallNoRoom;
    case CallReason::HoleInRange:
      return MessageId::CallHoleInRange;
    case CallReason::HeapLimit:
      return MessageId::CallHeapLimit;
    case CallReason::BelowHeapStart:
      return MessageId::CallBelowHeapStart;
    case CallReason::WouldCollide:
      return MessageId::CallWouldCollide;
    case CallReason::NoFrames:
      return MessageId::CallNoFrames;
    case CallReason::NoContiguousFrames:
      return MessageId::CallNoContiguousFrames;
    case CallReason::AlreadyMapped:
      return MessageId::CallAlreadyMapped;
    case CallReason::NotMapped:
      return MessageId::CallNotMapped;
    case CallReason::ReachesPastSegment:
      return MessageId::CallReachesPastSegment;
    case CallReason::RangesOverlap:
      return MessageId::CallRangesOverlap;
    case CallReason::LengthChanges:
      return MessageId::CallLengthChanges;
    case CallReason::NoRoomToGrow:
      return MessageId::CallNoRoomToGrow;
    case CallReason::Locked:
      return MessageId::CallLocked;
    case CallReason::LockLimit:
      return MessageId::CallLockLimit;
    case CallReason::CommitLimit:
      return MessageId::CallCommitLimit;
    case CallReason::AddressSpaceLimit:
      return MessageId::CallAddressSpaceLimit;
    case CallReason::DataLimit:
      return MessageId::CallDataLimit;
    case CallReason::WrongMachine:
      return MessageId::CallWrongMachine;
    case CallReason::ArgumentsTooLong:
      return MessageId::CallArgumentsTooLong;
  }
  return MessageId::CallZeroLength;
}

}  // namespace vmp::say
