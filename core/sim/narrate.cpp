// One sentence an event. The visitor has an overload for every alternative and none for "anything else", so
// that an event without words does not compile.
#include "core/sim/narrate.h"

#include "core/sim/say.h"

namespace vmp {
namespace {

using namespace say;

struct Narrator {
  const Kernel& kernel;

  std::string name(ProcessId process) const { return say::name_of(process, kernel); }
  Message by(Actor actor, ProcessId process, MessageId id, std::vector<Argument> arguments) const {
    return {actor, name(process), id, std::move(arguments)};
  }
  Message by_kernel(ProcessId process, MessageId id, std::vector<Argument> arguments) const {
    return by(Actor::Kernel, process, id, std::move(arguments));
  }
  // About a frame or a slot, which may belong to several processes or to none.
  static Message about(Actor actor, MessageId id, std::vector<Argument> arguments) {
    return {actor, {}, id, std::move(arguments)};
  }

  std::optional<Message> operator()(const HardwareDid& e) const {
    return hardware_event(e.event, name(e.process), kernel.config());
  }

  // --- processes and address spaces ---
  std::optional<Message> operator()(const ProcessStarted& e) const {
    if (e.parent) {
      return by_kernel(e.process, MessageId::StartedFork,
                       {text(name(e.process)), text(name(*e.parent)), frame(e.root)});
    }
    return by_kernel(e.process, MessageId::StartedProcess, {text(name(e.process)), frame(e.root)});
  }
  std::optional<Message> operator()(const ProgramReplaced& e) const {
    return by_kernel(e.process, MessageId::ReplacedProgram, {text(name(e.process)), frame(e.root)});
  }
  std::optional<Message> operator()(const ContextSwitched& e) const {
    if (e.flushed)
      return by_kernel(e.to, MessageId::SwitchedAndFlushed, {text(name(e.to)), count(e.dropped)});
    if (!e.from) return by_kernel(e.to, MessageId::SwitchedFirst, {text(name(e.to))});
    return by_kernel(e.to, MessageId::SwitchedFromTo, {text(name(*e.from)), text(name(e.to))});
  }
  std::optional<Message> operator()(const SegmentMapped& e) const {
    return by_kernel(
        e.process, MessageId::MappedSegment,
        {at(e.range.start), at(e.range.end), term(say::term_of(e.kind)), text(to_string(e.permissions))});
  }
  std::optional<Message> operator()(const SegmentUnmapped& e) const {
    return by_kernel(e.process, MessageId::UnmappedRange, {at(e.range.start), at(e.range.end)});
  }
  std::optional<Message> operator()(const SegmentProtected& e) const {
    return by_kernel(e.process, MessageId::ProtectedRange,
                     {at(e.range.start), at(e.range.end), text(to_string(e.permissions))});
  }
  std::optional<Message> operator()(const BreakMoved& e) const {
    if (e.to == e.from) return by_kernel(e.process, MessageId::BreakUnmoved, {at(e.to)});
    return by_kernel(e.process, e.to > e.from ? MessageId::BreakRaised : MessageId::BreakLowered,
                     {at(e.from), at(e.to)});
  }
  std::optional<Message> operator()(const StackGrown& e) const {
    return by_kernel(e.process, MessageId::GrewStack, {at(e.from), at(e.to)});
  }
  std::optional<Message> operator()(const SegmentMoved& e) const {
    return by_kernel(e.process, MessageId::MovedSegment, {at(e.from.start), at(e.from.end), at(e.to.start)});
  }
  std::optional<Message> operator()(const SegmentLocked& e) const {
    return by_kernel(e.process, e.locked ? MessageId::LockedRange : MessageId::UnlockedRange,
                     {at(e.range.start), at(e.range.end)});
  }
  std::optional<Message> operator()(const FileCreated& e) const {
    const File& file = kernel.file(e.file);
    return about(Actor::Kernel, MessageId::CreatedFile, {text(file.name()), count(file.bytes())});
  }
  std::optional<Message> operator()(const FileResized& e) const {
    return about(Actor::Kernel, MessageId::ResizedFile,
                 {text(kernel.file(e.file).name()), count(e.from), count(e.to)});
  }
  std::optional<Message> operator()(const ProcessEnded& e) const {
    if (e.state == ProcessState::Exited) {
      return by(Actor::Program, e.process, MessageId::ExitedWithStatus, {count(e.exit_status)});
    }
    return by_kernel(e.process, MessageId::EndedProcess, {text(name(e.process))});
  }
  std::optional<Message> operator()(const ResidentLimitSet& e) const {
    if (!e.limit) return by_kernel(e.process, MessageId::LimitLifted, {text(name(e.process))});
    return by_kernel(e.process, MessageId::LimitSet, {text(name(e.process)), count(*e.limit)});
  }
  std::optional<Message> operator()(const LimitSet& e) const {
    const Argument whose = text(name(e.process));
    const Argument which = text(std::string(vmp::name_of(e.limit)));
    if (!e.pages) return by_kernel(e.process, MessageId::SomeLimitLifted, {whose, which});
    return by_kernel(e.process, MessageId::SomeLimitSet, {whose, which, count(*e.pages)});
  }
  std::optional<Message> operator()(const SignalHandlingSet& e) const {
    return by(Actor::Program, e.process, e.catches ? MessageId::InstalledHandler : MessageId::RemovedHandler,
              {});
  }

  // --- faults ---
  std::optional<Message> operator()(const FaultUnderstood& e) const {
    return by_kernel(e.process, cause_sentence(e.cause), {page(e.page), term(say::term_of(e.segment))});
  }
  static MessageId cause_sentence(FaultCause cause) {
    switch (cause) {
      case FaultCause::DemandZero:
        return MessageId::CauseDemandZero;
      case FaultCause::ZeroPage:
        return MessageId::CauseZeroPage;
      case FaultCause::LoadFromFile:
        return MessageId::CauseLoadFromFile;
      case FaultCause::FileCached:
        return MessageId::CauseFileCached;
      case FaultCause::SwapIn:
        return MessageId::CauseSwapIn;
      case FaultCause::SwapCached:
        return MessageId::CauseSwapCached;
      case FaultCause::CopyOnWriteCopy:
        return MessageId::CauseCopyOnWriteCopy;
      case FaultCause::CopyOnWriteReuse:
        return MessageId::CauseCopyOnWriteReuse;
      case FaultCause::EntryMended:
        return MessageId::CauseEntryMended;
    }
    return MessageId::CauseDemandZero;
  }
  // A signal that is caught is something the program sees; one that is not is the kernel's act against it.
  std::optional<Message> operator()(const SignalSent& e) const {
    return by(e.signal.caught ? Actor::Program : Actor::Kernel, e.process, sentence_of(e.signal.reason),
              {at(e.signal.address), text(signal_text(e.signal))});
  }
  std::optional<Message> operator()(const CallReturnedError& e) const {
    return by(Actor::Program, e.process, MessageId::CallReturned,
              {text(std::string(vmp::name_of(e.failure.error))), term(clause_of(e.failure.reason))});
  }

  // --- frames, slots, the TLB ---
  static MessageId term_of(ReclaimCause cause) {
    switch (cause) {
      case ReclaimCause::NoFreeFrame:
        return MessageId::TermNoFreeFrame;
      case ReclaimCause::NoFreeRun:
        return MessageId::TermNoFreeRun;
      case ReclaimCause::ResidentLimit:
        return MessageId::TermResidentLimit;
      case ReclaimCause::FrameQuota:
        return MessageId::TermFrameQuota;
      case ReclaimCause::ReadAhead:
        return MessageId::TermReadAhead;
    }
    return MessageId::TermNoFreeFrame;
  }
  std::optional<Message> operator()(const VictimChosen& e) const {
    const Argument cause = term(term_of(e.cause));
    const Argument reason = reason_for(e.choice);
    const Argument taken = frame(e.choice.frame);
    if (e.users.empty()) return about(Actor::Kernel, MessageId::VictimOfNone, {cause, taken, reason});
    const PageUser& first = e.users.front();
    std::vector<Argument> arguments{cause, taken, page(first.page), text(name(first.process)), reason};
    if (e.users.size() == 1) return by_kernel(first.process, MessageId::VictimOfOne, std::move(arguments));
    arguments.push_back(count(e.users.size() - 1));
    return by_kernel(first.process, MessageId::VictimOfSeveral, std::move(arguments));
  }
  std::optional<Message> operator()(const AccessedFlagsGathered& e) const {
    return about(Actor::Kernel, MessageId::GatheredAccessedFlags, {count(e.cleared.size())});
  }
  std::optional<Message> operator()(const PageWrittenOut& e) const {
    return about(Actor::Device, MessageId::WroteToSlot, {frame(e.frame), slot(e.slot)});
  }
  std::optional<Message> operator()(const PageWriteFailed& e) const {
    const MessageId id = e.full ? MessageId::DeviceFull : MessageId::WriteToSlotFailed;
    return about(Actor::Device, id, {frame(e.frame), slot(e.slot)});
  }
  std::optional<Message> operator()(const PageReadFailed& e) const {
    return about(Actor::Device, MessageId::ReadFromSlotFailed, {slot(e.slot)});
  }
  std::optional<Message> operator()(const PageDropped& e) const {
    switch (e.reason) {
      case DropReason::StillInSlot:
        break;
      case DropReason::StillInFile:
        return about(Actor::Kernel, MessageId::DroppedStillInFile, {frame(e.frame)});
      case DropReason::StillZero:
        return about(Actor::Kernel, MessageId::DroppedStillZero, {frame(e.frame)});
    }
    return about(Actor::Kernel, MessageId::DroppedStillInSlot, {frame(e.frame)});
  }
  std::optional<Message> operator()(const PageReadIn& e) const {
    return about(Actor::Device, e.ahead ? MessageId::ReadFromSlotAhead : MessageId::ReadFromSlot,
                 {frame(e.frame), slot(e.slot)});
  }
  std::optional<Message> operator()(const FilePageCached& e) const {
    return about(Actor::Device, e.ahead ? MessageId::ReadIntoPageCacheAhead : MessageId::ReadIntoPageCache,
                 {frame(e.frame), count(e.page.index), text(kernel.file(e.page.file).name())});
  }
  std::optional<Message> operator()(const PageWrittenToFile& e) const {
    return about(Actor::Device, MessageId::WroteToFile,
                 {frame(e.frame), count(e.page.index), text(kernel.file(e.page.file).name())});
  }
  std::optional<Message> operator()(const OutOfMemory& e) const {
    return by_kernel(e.score.process, MessageId::OutOfMemoryVictim,
                     {text(name(e.score.process)), count(e.score.resident_pages),
                      count(e.score.swapped_pages), count(e.score.table_nodes)});
  }
  std::optional<Message> operator()(const FrameAllocated& e) const {
    if (e.count > 1) {
      return by_kernel(e.process, MessageId::TookFramesForFlatTable,
                       {frame(e.frame), count(e.count), text(name(e.process))});
    }
    if (e.use == FrameUse::TableNode) {
      return by_kernel(e.process, MessageId::TookFrameForNode,
                       {frame(e.frame), text(name(e.process)), count(e.level)});
    }
    return by_kernel(e.process, MessageId::TookFrameForPage, {frame(e.frame), text(name(e.process))});
  }
  std::optional<Message> operator()(const FrameFreed& e) const {
    if (e.count > 1) return about(Actor::Kernel, MessageId::FreedFrames, {frame(e.frame), count(e.count)});
    return about(Actor::Kernel, MessageId::FreedFrame, {frame(e.frame)});
  }
  std::optional<Message> operator()(const FrameZeroed& e) const {
    return about(Actor::Kernel, MessageId::ZeroedFrame, {frame(e.frame)});
  }
  std::optional<Message> operator()(const FrameCopied& e) const {
    return about(Actor::Kernel, MessageId::CopiedFrame, {frame(e.from), frame(e.to)});
  }
  std::optional<Message> operator()(const PteWritten& e) const {
    return entry_written(e, name(e.process), kernel.format());
  }
  std::optional<Message> operator()(const TlbInvalidated& e) const {
    return by_kernel(e.process, MessageId::InvalidatedPage, {page(e.page), text(name(e.process))});
  }
  // Only a person empties the whole TLB; the kernel does so for one address space, or as it switches.
  std::optional<Message> operator()(const TlbFlushed& e) const {
    if (!e.process) return about(Actor::You, MessageId::FlushedTlb, {count(e.dropped)});
    return by_kernel(*e.process, MessageId::FlushedSpace, {text(name(*e.process)), count(e.dropped)});
  }
  std::optional<Message> operator()(const WalkCacheDropped& e) const {
    return about(Actor::Cpu, MessageId::DroppedPointers, {count(e.pointers)});
  }
  std::optional<Message> operator()(const SlotFreed& e) const {
    return about(Actor::Kernel, MessageId::FreedSlot, {slot(e.slot)});
  }

  // --- read-ahead, quotas, thrashing ---
  std::optional<Message> operator()(const ReadAheadUsed& e) const {
    return about(Actor::Kernel, MessageId::FoundReadAhead, {frame(e.frame)});
  }
  std::optional<Message> operator()(const FrameQuotaSet& e) const {
    using Why = FrameQuotaSet::Why;
    const Argument who = text(name(e.process));
    const PageFaultFrequency& wanted = kernel.config().fault_frequency;
    switch (e.why) {
      case Why::FirstFault:
        break;
      case Why::FaultsTooOften:
        return by_kernel(e.process, MessageId::QuotaGrew,
                         {who, count(e.interval), count(wanted.low), count(e.quota)});
      case Why::FaultsSeldom:
        return by_kernel(e.process, MessageId::QuotaShrank,
                         {who, count(e.interval), count(wanted.high), count(e.quota)});
      case Why::BetweenThresholds:
        return by_kernel(e.process, MessageId::QuotaKept, {who, count(e.interval), count(e.quota)});
    }
    return by_kernel(e.process, MessageId::QuotaAtFirst, {who, count(e.quota)});
  }
  std::optional<Message> operator()(const UnusedPageReleased& e) const {
    return by_kernel(e.process, MessageId::ReleasedUnused,
                     {page(e.page), text(name(e.process)), frame(e.frame)});
  }
  std::optional<Message> operator()(const ThrashingBegan& e) const {
    return about(Actor::Kernel, MessageId::MachineThrashes, {count(e.refaults), count(e.references)});
  }
  std::optional<Message> operator()(const ThrashingEnded& e) const {
    return about(Actor::Kernel, MessageId::MachineRecovers, {count(e.refaults), count(e.references)});
  }

  // --- the program, and by hand ---
  std::optional<Message> operator()(const ValueAccessed& e) const {
    if (e.kind == AccessKind::Execute)
      return by(Actor::Program, e.process, MessageId::FetchedInstruction, {at(e.address)});
    return by(Actor::Program, e.process,
              e.kind == AccessKind::Read ? MessageId::ReadValue : MessageId::WroteValue,
              {value(e.value), at(e.address)});
  }
  std::optional<Message> operator()(const MemoryEdited& e) const {
    return about(Actor::You, MessageId::EditedMemory,
                 {count(e.size), at(e.address), entry(Pte{e.before}), entry(Pte{e.after})});
  }
  std::optional<Message> operator()(const TraceReplayed& e) const {
    if (e.count == 0) return std::nullopt;
    return by(Actor::Program, e.process, MessageId::ReplayedTrace,
              {count(e.first + 1), count(e.first + e.count), count(e.faults)});
  }
};

}  // namespace

std::optional<Message> narrate(const Event& event, const Kernel& kernel) {
  return std::visit(Narrator{kernel}, event);
}

}  // namespace vmp
