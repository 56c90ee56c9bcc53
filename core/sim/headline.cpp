// One line for a whole step: what a person should remember of it. A step is a story with one turn in it, so
// the line is chosen by importance: a signal or a refusal first, then what the kernel had to do for an access
// (give a page up, part a shared page, fetch a page), and only for a step without any of that the access
// itself.
#include <algorithm>

#include "core/sim/say.h"

namespace vmp {
namespace {

using namespace say;

template <class Kind>
const Kind* find(const EventLog& events) {
  for (const Event& event : events) {
    if (const Kind* found = std::get_if<Kind>(&event)) return found;
  }
  return nullptr;
}

// The first victim whose page really left.
const VictimChosen* find_victim(const EventLog& events) {
  const VictimChosen* found = nullptr;
  for (const Event& event : events) {
    const auto* victim = std::get_if<VictimChosen>(&event);
    if (victim != nullptr && found == nullptr && victim->cause != ReclaimCause::ReadAhead) found = victim;
    const auto* failed = std::get_if<PageWriteFailed>(&event);
    if (failed != nullptr && found != nullptr && failed->frame == found->choice.frame) found = nullptr;
  }
  return found;
}

// What the kernel did for an access, gathered from its events.
struct Story {
  explicit Story(const EventLog& events)
      : fault(find<FaultUnderstood>(events)),
        victim(find_victim(events)),
        written(find<PageWrittenOut>(events)),
        read_in(find<PageReadIn>(events)),
        grown(find<StackGrown>(events)),
        accessed(find<ValueAccessed>(events)) {}

  const FaultUnderstood* fault;
  const VictimChosen* victim;
  const PageWrittenOut* written;
  const PageReadIn* read_in;
  const StackGrown* grown;
  const ValueAccessed* accessed;
};

struct Writer {
  const StepRecord& record;
  const Kernel& kernel;

  std::string name(ProcessId process) const { return say::name_of(process, kernel); }
  static Message line(Actor actor, const std::string& process, MessageId id,
                      std::vector<Argument> arguments) {
    return {actor, process, id, std::move(arguments)};
  }

  // --- an access that the kernel helped along ---
  Message gave_up(const VictimChosen& victim, const PageWrittenOut* written) const {
    const bool limit = victim.cause != ReclaimCause::NoFreeFrame;
    const PageUser& user = victim.users.front();
    std::vector<Argument> arguments{page(user.page), text(name(user.process))};
    if (written != nullptr) arguments.push_back(slot(written->slot));
    const MessageId id = written != nullptr
                             ? (limit ? MessageId::HeadLimitEvictedToSlot : MessageId::HeadEvictedToSlot)
                             : (limit ? MessageId::HeadLimitEvictedDropped : MessageId::HeadEvictedDropped);
    return line(Actor::Kernel, name(user.process), id, std::move(arguments));
  }
  Message came_back(const Story& story) const {
    const FaultUnderstood& fault = *story.fault;
    const Argument which = page(fault.page);
    const Argument whose = text(name(fault.process));
    if (story.victim != nullptr && !story.victim->users.empty()) {
      const PageUser& other = story.victim->users.front();
      return line(Actor::Kernel, name(fault.process), MessageId::HeadSwapInForAnother,
                  {which, whose, page(other.page), text(name(other.process))});
    }
    return line(Actor::Device, name(fault.process), MessageId::HeadSwapIn,
                {which, whose, slot(story.read_in->slot)});
  }
  Message mended(const FaultUnderstood& fault) const {
    const std::string process = name(fault.process);
    const Argument segment = term(term_of(fault.segment));
    switch (fault.cause) {
      case FaultCause::DemandZero:
        return line(Actor::Kernel, process, MessageId::HeadDemandZero, {segment});
      case FaultCause::ZeroPage:
        return line(Actor::Kernel, process, MessageId::HeadZeroPage, {segment});
      case FaultCause::LoadFromFile:
        if (find<FrameCopied>(record.events) != nullptr) {
          return line(Actor::Kernel, process, MessageId::HeadLoadAndCopy, {segment, text(process)});
        }
        return line(Actor::Kernel, process, MessageId::HeadLoadFromFile, {segment});
      case FaultCause::FileCached:
        return line(Actor::Kernel, process, MessageId::HeadFileCached, {});
      case FaultCause::SwapIn:
        break;
      case FaultCause::SwapCached:
        return line(Actor::Kernel, process, MessageId::HeadSwapCached, {page(fault.page), text(process)});
      case FaultCause::CopyOnWriteCopy:
        return line(Actor::Kernel, process, MessageId::HeadCopyOnWriteCopy,
                    {text(process), page(fault.page)});
      case FaultCause::CopyOnWriteReuse:
        return line(Actor::Kernel, process, MessageId::HeadCopyOnWriteReuse,
                    {text(process), page(fault.page)});
      case FaultCause::EntryMended:
        break;
    }
    return line(Actor::Kernel, process, MessageId::HeadEntryMended, {page(fault.page)});
  }
  std::optional<Message> turn_of_thrashing() const {
    if (const auto* began = find<ThrashingBegan>(record.events))
      return line(Actor::Kernel, {}, MessageId::HeadThrashes,
                  {count(began->refaults), count(began->references)});
    if (const auto* ended = find<ThrashingEnded>(record.events))
      return line(Actor::Kernel, {}, MessageId::HeadRecovers,
                  {count(ended->refaults), count(ended->references)});
    return std::nullopt;
  }
  std::optional<Message> access_story() const {
    if (auto turn = turn_of_thrashing()) return turn;
    const Story story(record.events);
    if (const auto* full = find<OutOfMemory>(record.events); full != nullptr) {
      const std::string process(process_of(record.step.command));
      return line(Actor::Kernel, name(full->score.process), MessageId::HeadKilledForMemory,
                  {text(name(full->score.process)), count(full->score.total()), text(process)});
    }
    if (story.fault != nullptr && story.fault->cause == FaultCause::SwapIn && story.read_in != nullptr) {
      return came_back(story);
    }
    if (story.victim != nullptr && !story.victim->users.empty()) return gave_up(*story.victim, story.written);
    if (story.grown != nullptr) {
      const std::string process = name(story.grown->process);
      return line(Actor::Kernel, process, MessageId::HeadStackGrown, {text(process), at(story.grown->to)});
    }
    if (story.fault != nullptr) return mended(*story.fault);
    if (story.accessed == nullptr) return std::nullopt;
    const ValueAccessed& e = *story.accessed;
    const std::string process = name(e.process);
    if (e.kind == AccessKind::Execute) {
      return line(Actor::Program, process, MessageId::HeadFetched, {text(process), at(e.address)});
    }
    return line(Actor::Program, process,
                e.kind == AccessKind::Read ? MessageId::HeadRead : MessageId::HeadWrote,
                {text(process), value(e.value), at(e.address)});
  }

  // --- the other commands ---
  Message operator()(const SpawnProcess& c) const {
    return line(Actor::Kernel, c.process, MessageId::HeadStarted, {text(c.process)});
  }
  Message operator()(const SpawnEmpty& c) const {
    return line(Actor::Kernel, c.process, MessageId::HeadStartedEmpty, {text(c.process)});
  }
  Message operator()(const ForkProcess& c) const {
    return line(Actor::Kernel, c.process, MessageId::HeadForked, {text(c.process), text(c.child)});
  }
  Message operator()(const ExitProcess& c) const {
    return line(Actor::Program, c.process, MessageId::HeadExited, {text(c.process)});
  }
  Message operator()(const SetResidentLimit& c) const {
    if (!c.pages) return line(Actor::Kernel, c.process, MessageId::HeadLimitLifted, {text(c.process)});
    return line(Actor::Kernel, c.process, MessageId::HeadLimitSet, {text(c.process), count(*c.pages)});
  }
  Message operator()(const ReplaceProgram& c) const {
    return line(Actor::Program, c.process, MessageId::HeadReplacedProgram, {text(c.process)});
  }
  Message operator()(const SetLimit& c) const {
    const Argument which = text(std::string(vmp::name_of(c.limit)));
    if (!c.pages) {
      return line(Actor::Kernel, c.process, MessageId::HeadSomeLimitLifted, {text(c.process), which});
    }
    return line(Actor::Kernel, c.process, MessageId::HeadSomeLimitSet,
                {text(c.process), which, count(*c.pages)});
  }
  Message operator()(const SetSignalHandling& c) const {
    return line(Actor::Program, c.process,
                c.catches ? MessageId::HeadHandlerInstalled : MessageId::HeadHandlerRemoved,
                {text(c.process)});
  }
  Message operator()(const AccessMemory&) const {
    if (auto story = access_story()) return *std::move(story);
    return narrate_outcome(record, kernel);
  }
  Message operator()(const MapMemory& c) const {
    const SegmentMapped* mapped = find<SegmentMapped>(record.events);
    if (mapped == nullptr) return narrate_outcome(record, kernel);
    const MessageId id = !c.file.empty()    ? MessageId::HeadMappedFile
                         : c.request.shared ? MessageId::HeadMappedShared
                                            : MessageId::HeadMapped;
    std::vector<Argument> arguments{text(c.process), count(mapped->range.size() / kPageSize),
                                    at(mapped->range.start)};
    if (!c.file.empty()) arguments.push_back(text(c.file));
    return line(Actor::Program, c.process, id, std::move(arguments));
  }
  Message operator()(const UnmapMemory& c) const {
    if (find<SegmentUnmapped>(record.events) == nullptr) {
      return line(Actor::Program, c.process, MessageId::HeadNothingUnmapped, {text(c.process)});
    }
    return line(Actor::Program, c.process, MessageId::HeadUnmapped,
                {text(c.process), at(c.address), at(c.address + round_up_to_page(c.length))});
  }
  Message operator()(const ProtectMemory& c) const {
    return line(Actor::Program, c.process, MessageId::HeadProtected,
                {text(c.process), at(c.address), at(c.address + round_up_to_page(c.length)),
                 text(to_string(c.permissions))});
  }
  Message operator()(const RemapMemory& c) const {
    if (const auto* moved = find<SegmentMoved>(record.events)) {
      return line(Actor::Program, c.process, MessageId::HeadRemapMoved,
                  {text(c.process), at(moved->to.start)});
    }
    return line(
        Actor::Program, c.process, MessageId::HeadRemapResized,
        {text(c.process), at(c.request.address), count(round_up_to_page(c.request.new_length) / kPageSize)});
  }
  Message of_range(const std::string& process, MessageId id, VirtualAddress start,
                   std::uint64_t length) const {
    return line(Actor::Program, process, id,
                {text(process), at(start), at(start + round_up_to_page(length))});
  }
  Message operator()(const AdviseMemory& c) const {
    return of_range(c.process,
                    c.advice == Kernel::Advice::DontNeed ? MessageId::HeadAdvisedDontNeed
                                                         : MessageId::HeadAdvisedWillNeed,
                    c.address, c.length);
  }
  Message operator()(const LockMemory& c) const {
    return of_range(c.process, c.lock ? MessageId::HeadLocked : MessageId::HeadUnlocked, c.address, c.length);
  }
  Message operator()(const SyncMemory& c) const {
    return of_range(c.process, MessageId::HeadSynced, c.address, c.length);
  }
  Message operator()(const CreateFile& c) const {
    return line(Actor::You, {}, MessageId::HeadFileCreated, {text(c.name), count(c.bytes)});
  }
  Message operator()(const TruncateFile& c) const {
    return line(Actor::You, {}, MessageId::HeadFileResized, {text(c.name), count(c.bytes)});
  }
  Message operator()(const MoveBreak& c) const {
    const BreakMoved* moved = find<BreakMoved>(record.events);
    const MessageId id = moved == nullptr || moved->to == moved->from ? MessageId::HeadBreakUnmoved
                         : moved->to > moved->from                    ? MessageId::HeadBreakRaised
                                                                      : MessageId::HeadBreakLowered;
    return line(Actor::Program, c.process, id,
                {text(c.process), at(moved != nullptr ? moved->to : c.address)});
  }
  Message operator()(const EditMemory& c) const {
    const MemoryEdited* edited = find<MemoryEdited>(record.events);
    const Pte before{edited != nullptr ? edited->before : c.value};
    const Pte after{edited != nullptr ? edited->after : c.value};
    return line(Actor::You, {}, MessageId::HeadEditedMemory, {at(c.address), entry(before), entry(after)});
  }
  Message operator()(const DamageSwap& c) const {
    return line(Actor::Device, {}, MessageId::HeadSwapDamaged, {count(c.first.value()), count(c.count)});
  }
  Message operator()(const FlushTlb& c) const {
    if (c.process.empty()) return line(Actor::You, {}, MessageId::HeadFlushedTlb, {});
    if (!c.address) return line(Actor::You, {}, MessageId::HeadFlushedSpace, {text(c.process)});
    return line(Actor::You, {}, MessageId::HeadFlushedPage, {text(c.process), page(page_of(*c.address))});
  }
  Message operator()(const ReplayTrace& c) const {
    const TraceReplayed* replayed = find<TraceReplayed>(record.events);
    if (replayed == nullptr) return narrate_outcome(record, kernel);
    return line(Actor::Program, c.process, MessageId::HeadReplayed,
                {text(c.process), count(replayed->count), count(replayed->faults)});
  }

  // --- outcomes that outweigh everything else ---
  Message of_outcome(const Completed&) const { return std::visit(*this, record.step.command); }
  Message of_outcome(const Signalled& signal) const {
    const std::string process(process_of(record.step.command));
    return line(Actor::Kernel, process, headline_of(signal.reason), {at(signal.address), text(process)});
  }
  Message of_outcome(const CallFailed& failure) const {
    return line(Actor::Kernel, std::string(process_of(record.step.command)), MessageId::HeadCallFailed,
                {text(std::string(vmp::name_of(failure.error))), term(clause_of(failure.reason))});
  }
  Message of_outcome(const Rejected&) const { return narrate_outcome(record, kernel); }
};

}  // namespace

Message headline(const StepRecord& record, const Kernel& kernel) {
  const Writer writer{record, kernel};
  return std::visit([&](const auto& outcome) { return writer.of_outcome(outcome); }, record.outcome);
}

}  // namespace vmp
