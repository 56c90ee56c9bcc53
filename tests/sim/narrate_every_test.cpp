// No event, outcome or command without words, no sentence without a use, and no place in a sentence without
// an argument.
#include <doctest/doctest.h>
#include <set>

#include "core/sim/messages.h"
#include "tests/property/random_commands.h"
#include "tests/sim/telling.h"
#include "tests/support/seed.h"
#include "tests/support/world.h"

namespace vmp::test {
namespace {

// Takes in messages, and checks each against the string table.
class Listener {
 public:
  explicit Listener(const PageTableFormat& format) : m_format(format) {}

  void hear(const Message& message) {
    check_places(message);
    const std::string sentence = render(message, m_format, english());
    CHECK_FALSE(sentence.empty());
    CHECK(sentence.find_first_of("{}") == std::string::npos);
    CHECK_FALSE(render_actor(message, english()).empty());
    m_heard.insert(message.id);
    for (const Argument& argument : message.arguments) {
      if (argument.kind != Argument::Kind::Term) continue;
      const auto term = static_cast<MessageId>(argument.number);
      check_places(Message{message.actor, {}, term, argument.parts});
      m_heard.insert(term);
    }
  }

  const std::set<MessageId>& heard() const { return m_heard; }

 private:
  static void check_places(const Message& message) {
    const std::string_view sentence = english().sentence(message.id);
    CAPTURE(std::string(sentence));
    for (std::size_t at = sentence.find('{'); at != std::string_view::npos; at = sentence.find('{', at + 1)) {
      const auto index = static_cast<std::size_t>(sentence[at + 1] - '0');
      REQUIRE(index < 10);
      REQUIRE(index < message.arguments.size());
      // A word that follows a number needs a number.
      const Argument::Kind kind = message.arguments[index].kind;
      if (sentence[at + 2] == '|') CHECK(kind == Argument::Kind::Count);
    }
  }

  const PageTableFormat& m_format;
  std::set<MessageId> m_heard;
};

template <class Enum>
std::vector<Enum> all_up_to(Enum last) {
  std::vector<Enum> values;
  for (int i = 0; i <= static_cast<int>(last); ++i) values.push_back(static_cast<Enum>(i));
  return values;
}

const Fault::Entry kEntry{0, PhysicalAddress(0x1500C), Pte{0x1B067}};
const FileId kFile(1);
const ProcessId kA(1);
const PageUser kUser{kA, PageNumber(0x405)};
const AddressRange kRange{VirtualAddress(0x404000), VirtualAddress(0x408000)};

std::vector<HardwareEvent> all_hardware_events(const PageTableFormat& format) {
  std::vector<HardwareEvent> events{
      TlbHit{},
      WalkCacheHit{1, {}, 0},
      WalkCacheFilled{1, 1},
      WalkCacheFilled{2, 1},
      TlbFilled{},
      TlbFilled{{}, {}, {}, 0, 0, PageNumber(1)},
      PteRead{format.root_level(), 1, PhysicalAddress(0x12004), make_node_entry(format, FrameNumber(5))},
      PteRead{0, 1, PhysicalAddress(0x12004), make_leaf_entry(format, FrameNumber(5), {true, true, true})},
      PteRead{1, 1, PhysicalAddress(0x12004), make_leaf_entry(format, FrameNumber(0), {true, true, true})},
      PteRead{0, 1, PhysicalAddress(0x12004), Pte{}},
      PteRead{0, 1, PhysicalAddress(0x12004), make_swap_entry(format, SwapSlot(1))},
      PteFlagsSet{0, {}, Pte{}, Pte{format.accessed}},
      PteFlagsSet{0, {}, Pte{}, Pte{format.dirty}},
      PteFlagsSet{0, {}, Pte{}, Pte{format.accessed | format.dirty}},
      AddressTranslated{}};
  if (format.no_execute != 0) {
    const Fault forbidden{FaultKind::ExecuteForbidden, AccessKind::Execute, VirtualAddress(0x403A2C), kEntry,
                          format.no_execute};
    events.push_back(FaultRaised{forbidden});
  }
  for (const TlbMissCause cause : all_up_to(TlbMissCause::LacksDirty))
    events.push_back(TlbMissed{{}, {}, 0, cause});
  for (const FaultKind kind : all_up_to(FaultKind::DirtyClear)) {
    for (const std::optional<Fault::Entry>& entry : {std::optional(kEntry), std::optional<Fault::Entry>()}) {
      // Only these two are raised without an entry; all others are raised with one.
      const bool bare = kind == FaultKind::NonCanonical || kind == FaultKind::TableOutsideMemory;
      if (!entry && !bare) continue;
      if (entry && kind == FaultKind::NonCanonical) continue;
      events.push_back(
          FaultRaised{Fault{kind, AccessKind::Write, VirtualAddress(0x403A2C), entry, format.present}});
    }
  }
  return events;
}

Signalled signal_for(SignalReason reason, bool caught) {
  return {Signal::Segv, SignalCode::MapErr, reason, VirtualAddress(0x1000), {}, caught};
}

std::vector<Event> process_events() {
  std::vector<Event> events{ProcessStarted{kA, {}, {}},
                            ProcessStarted{kA, kA, {}},
                            ContextSwitched{{}, kA, false, 0},
                            ContextSwitched{kA, kA, false, 0},
                            ContextSwitched{kA, kA, true, 0},
                            SegmentUnmapped{kA, kRange},
                            SegmentProtected{kA, kRange, {}},
                            BreakMoved{kA, kRange.start, kRange.end},
                            BreakMoved{kA, kRange.end, kRange.start},
                            BreakMoved{kA, kRange.end, kRange.end},
                            StackGrown{kA, kRange.end, kRange.start},
                            ProcessEnded{kA, ProcessState::Exited, 0},
                            ProcessEnded{kA, ProcessState::Killed, 0},
                            ResidentLimitSet{kA, 4},
                            ResidentLimitSet{kA, {}},
                            ProgramReplaced{kA, {}},
                            LimitSet{kA, Limit::Data, 4},
                            LimitSet{kA, Limit::Data, {}},
                            SignalHandlingSet{kA, true},
                            SignalHandlingSet{kA, false},
                            MemoryEdited{},
                            TraceReplayed{kA, 0, 5, 2},
                            SegmentMoved{kA, kRange, kRange},
                            SegmentLocked{kA, kRange, true},
                            SegmentLocked{kA, kRange, false},
                            OutOfMemory{{kA, 3, 2, 1}},
                            FileCreated{kFile},
                            FileResized{kFile, 5000, 100}};
  for (const SegmentKind kind : all_up_to(SegmentKind::Mapped))
    events.push_back(SegmentMapped{kA, kind, kRange, {}});
  for (const FaultCause cause : all_up_to(FaultCause::EntryMended)) {
    events.push_back(FaultUnderstood{kA, PageNumber(0x404), cause, SegmentKind::Heap, false});
  }
  for (const SignalReason reason : all_up_to(SignalReason::SupervisorFault)) {
    events.push_back(SignalSent{kA, signal_for(reason, false)});
  }
  for (const CallReason reason : all_up_to(CallReason::ArgumentsTooLong)) {
    events.push_back(CallReturnedError{kA, {Errno::Enomem, reason}});
  }
  for (const AccessKind kind : all_up_to(AccessKind::Execute))
    events.push_back(ValueAccessed{kA, kind, {}, 4, 7});
  return events;
}

std::vector<Event> memory_events(const PageTableFormat& format) {
  const auto written = [](std::uint32_t level, Pte before, Pte after) {
    return PteWritten{kA, PageNumber(0x403), level, PhysicalAddress(0x1500C), before, after};
  };
  const Pte page =
      make_leaf_entry(format, FrameNumber(5), {true, true, false}).with(format.accessed | format.dirty);
  const Pte stray{format.write};
  std::vector<Event> events{PageWrittenOut{},
                            PageReadIn{},
                            FrameAllocated{{}, FrameUse::Page, kA, 0},
                            FrameAllocated{{}, FrameUse::TableNode, kA, 0},
                            FrameAllocated{{}, FrameUse::TableNode, kA, 0, 1024},
                            FrameFreed{},
                            FrameFreed{{}, 1024},
                            WalkCacheDropped{2},
                            FrameZeroed{},
                            FilePageCached{{}, {kFile, 1}},
                            PageWrittenToFile{{}, {kFile, 1}},
                            FrameCopied{},
                            PageWriteFailed{},
                            PageWriteFailed{{}, {}, true},
                            PageReadFailed{},
                            TlbInvalidated{kA, {}},
                            TlbFlushed{kA, 1},
                            TlbFlushed{{}, 1},
                            SlotFreed{},
                            written(1, {}, make_node_entry(format, FrameNumber(5))),
                            written(1, make_node_entry(format, FrameNumber(5)), {}),
                            written(0, {}, page),
                            written(0, page, {}),
                            written(0, page, page.without(format.accessed)),
                            written(0, page, page.without(format.dirty)),
                            written(0, page, page.without(format.write)),
                            written(0, page.without(format.write), page),
                            written(0, page, make_swap_entry(format, SwapSlot(1))),
                            written(0, page, make_page_entry(format, FrameNumber(5), {})),
                            written(0, {}, stray)};
  events.push_back(PageReadIn{{}, {}, true});
  events.push_back(FilePageCached{{}, {kFile, 1}, true});
  events.push_back(ReadAheadUsed{});
  events.push_back(UnusedPageReleased{kA, {}, {}});
  events.push_back(ThrashingBegan{33, 64});
  events.push_back(ThrashingEnded{15, 64});
  for (const auto why : all_up_to(FrameQuotaSet::Why::BetweenThresholds))
    events.push_back(FrameQuotaSet{kA, 3, 5, why});
  for (const DropReason reason : all_up_to(DropReason::StillZero)) events.push_back(PageDropped{{}, reason});
  events.push_back(AccessedFlagsGathered{PolicyKind::Nru, {FrameNumber(5)}});
  for (const VictimReason reason : all_up_to(VictimReason::NotVisited)) {
    for (std::uint64_t value = 0; value < 4; ++value) {
      const VictimChoice choice{.frame = FrameNumber(5), .reason = reason, .value = value};
      events.push_back(VictimChosen{PolicyKind::Nru, choice, ReclaimCause::NoFreeFrame, {}});
    }
    const VictimChoice choice{.frame = FrameNumber(5), .reason = reason};
    for (const ReclaimCause cause : all_up_to(ReclaimCause::ReadAhead)) {
      events.push_back(VictimChosen{PolicyKind::Clock, choice, cause, {}});
      events.push_back(VictimChosen{PolicyKind::Clock, choice, cause, {kUser}});
      events.push_back(VictimChosen{PolicyKind::Clock, choice, cause, {kUser, kUser}});
    }
  }
  return events;
}

std::vector<StepRecord> access_records() {
  std::vector<StepRecord> records;
  const auto add = [&](AccessKind kind, EventLog events) {
    const Access access{kind, VirtualAddress(0x404000), 4, 7};
    records.push_back({Step{AccessMemory{"A", access}}, std::move(events), Completed{7}, 0});
  };
  for (const AccessKind kind : all_up_to(AccessKind::Execute)) {
    add(kind, {});
    add(kind, {ValueAccessed{kA, kind, VirtualAddress(0x404000), 4, 7}});
  }
  const VictimChoice choice{.frame = FrameNumber(5), .reason = VictimReason::NotAccessed};
  for (const FaultCause cause : all_up_to(FaultCause::EntryMended)) {
    const FaultUnderstood fault{kA, PageNumber(0x404), cause, SegmentKind::Heap, false};
    add(AccessKind::Write, {fault});
    add(AccessKind::Write, {fault, FrameCopied{FrameNumber(5), FrameNumber(6)}});
    add(AccessKind::Write, {fault, PageReadIn{FrameNumber(5), SwapSlot(1)}});
    for (const ReclaimCause reclaim : all_up_to(ReclaimCause::ReadAhead)) {
      const VictimChosen victim{PolicyKind::Clock, choice, reclaim, {kUser}};
      add(AccessKind::Write, {fault, victim});
      add(AccessKind::Write, {fault, victim, PageWrittenOut{FrameNumber(5), SwapSlot(1)}});
      add(AccessKind::Write, {fault, victim, PageReadIn{FrameNumber(5), SwapSlot(1)}});
    }
  }
  add(AccessKind::Write, {ThrashingBegan{33, 64}});
  add(AccessKind::Write, {ThrashingEnded{15, 64}});
  add(AccessKind::Write, {OutOfMemory{{kA, 3, 2, 1}}});
  add(AccessKind::Write, {StackGrown{kA, kRange.end, kRange.start}});
  return records;
}

std::vector<Command> all_commands() {
  return {SpawnProcess{"A", nullptr},
          SpawnEmpty{"A"},
          ForkProcess{"A", "B"},
          ReplaceProgram{"A", nullptr},
          SetLimit{"A", Limit::Data, 4},
          SetLimit{"A", Limit::Data, {}},
          ExitProcess{"A", 0},
          SetResidentLimit{"A", 4},
          SetResidentLimit{"A", {}},
          SetSignalHandling{"A", true},
          SetSignalHandling{"A", false},
          AccessMemory{"A", {}},
          MapMemory{"A", {}},
          MapMemory{"A", {}, "notes"},
          MapMemory{"A", {.address = {}, .permissions = {}, .shared = true}},
          RemapMemory{"A", {}},
          AdviseMemory{"A", {}, 0, Kernel::Advice::DontNeed},
          AdviseMemory{"A", {}, 0, Kernel::Advice::WillNeed},
          LockMemory{"A", {}, 0, true},
          LockMemory{"A", {}, 0, false},
          SyncMemory{"A", {}, 0},
          CreateFile{"notes", 5000, 0},
          TruncateFile{"notes", 100},
          UnmapMemory{"A", {}, 0},
          ProtectMemory{"A", {}, 0, {}},
          MoveBreak{"A", {}},
          EditMemory{},
          DamageSwap{SwapSlot(3), 1},
          DamageSwap{SwapSlot(3), 2},
          FlushTlb{},
          FlushTlb{"A", {}},
          FlushTlb{"A", VirtualAddress(0x404000)},
          ReplayTrace{"A", nullptr, 0, 0}};
}

std::vector<Outcome> all_outcomes() {
  std::vector<Outcome> outcomes{Completed{}, Completed{7}};
  for (const SignalReason reason : all_up_to(SignalReason::SupervisorFault)) {
    outcomes.push_back(signal_for(reason, false));
    outcomes.push_back(signal_for(reason, true));
  }
  for (const CallReason reason : all_up_to(CallReason::ArgumentsTooLong))
    outcomes.push_back(CallFailed{Errno::Einval, reason});
  for (const RejectReason reason : all_up_to(RejectReason::ZeroFillNotWritable))
    outcomes.push_back(Rejected{reason});
  return outcomes;
}

std::vector<StepRecord> command_records() {
  std::vector<StepRecord> records;
  const std::vector<EventLog> logs{
      {},
      {SegmentMapped{kA, SegmentKind::Mapped, kRange, {}}, SegmentUnmapped{kA, kRange},
       BreakMoved{kA, kRange.start, kRange.end}, MemoryEdited{}, TraceReplayed{kA, 0, 5, 2}},
      {BreakMoved{kA, kRange.end, kRange.start}},
      {SegmentMoved{kA, kRange, kRange}}};
  for (const Command& command : all_commands()) {
    for (const Outcome& outcome : all_outcomes()) {
      // What is done by hand is no process's: it gets neither signals nor errors.
      const bool of_process =
          std::holds_alternative<Signalled>(outcome) || std::holds_alternative<CallFailed>(outcome);
      if (of_process && process_of(command).empty()) continue;
      for (const EventLog& log : logs) records.push_back({Step{command}, log, outcome, 0});
    }
  }
  return records;
}

}  // namespace

TEST_CASE("the English table has a sentence for every message") {
  for (std::size_t i = 0; i < kMessageCount; ++i)
    CHECK_FALSE(english().sentence(static_cast<MessageId>(i)).empty());
}

TEST_CASE("everything that can happen has words whose places are filled, and every message is used") {
  std::set<MessageId> heard;
  for (const PageTableFormat& format : all_formats()) {
    MachineConfig config = config_with(format.id);
    config.frames *= 2;
    World of_format(config);
    of_format.spawn("A");
    of_format.kernel.create_file("notes", 5000, 0, nullptr);
    const Kernel& kernel = of_format.kernel;
    Listener listener(format);
    for (const HardwareEvent& event : all_hardware_events(format)) {
      listener.hear(narrate(HardwareDid{kA, event}, kernel).value());
    }
    for (const Event& event : process_events()) listener.hear(narrate(event, kernel).value());
    for (const Event& event : memory_events(format)) listener.hear(narrate(event, kernel).value());
    for (const auto& records : {access_records(), command_records()}) {
      for (const StepRecord& record : records) {
        listener.hear(headline(record, kernel));
        listener.hear(narrate_outcome(record, kernel));
      }
    }
    for (const ConfigError::Kind kind : all_up_to(ConfigError::Kind::BadThrashing)) {
      listener.hear(narrate_config_error({kind, 5, 7}));
    }
    for (const ElfProblem problem : all_up_to(ElfProblem::ArgumentsTooLong)) {
      listener.hear(narrate_elf_error({problem, 5}));
    }
    // Pages of nobody, of one process, and of two.
    of_format.fork(kA, "B");
    of_format.spawn("C");
    for (std::uint64_t frame = 0; frame < kernel.frames().size(); ++frame) {
      listener.hear(narrate_next_victim({.frame = kernel.frames().nth(frame)}, kernel));
    }
    heard.insert(listener.heard().begin(), listener.heard().end());
  }
  // The actors' names are no part of any message.
  for (const MessageId id :
       {MessageId::ActorCpu, MessageId::ActorKernel, MessageId::ActorDevice, MessageId::ActorYou}) {
    heard.insert(id);
  }
  for (std::size_t i = 0; i < kMessageCount; ++i) {
    CAPTURE(std::string(english().sentence(static_cast<MessageId>(i))));
    CHECK(heard.count(static_cast<MessageId>(i)) == 1);
  }
}

TEST_CASE("whatever random commands make the machine do can be told") {
  for (std::uint64_t i = 0; i < 20; ++i) {
    const std::uint64_t seed = test_support::seed() + 5000 + i;
    INFO("seed ", seed);
    Rng rng(seed);
    const MachineConfig config = random_config(rng);
    Machine machine = Machine::build(config).value();
    RandomCommands commands(config, rng);
    Listener listener(format_of(config.format));
    for (int step = 0; step < 200; ++step) {
      StepRecord record{Step{commands.next(machine.kernel())}, {}, {}, 0};
      record.outcome = machine.execute(record.step.command, &record.events);
      for (const Event& event : record.events) {
        if (const auto message = narrate(event, machine.kernel())) listener.hear(*message);
      }
      listener.hear(headline(record, machine.kernel()));
      listener.hear(narrate_outcome(record, machine.kernel()));
    }
    CHECK(listener.heard().size() > 20);
  }
}

}  // namespace vmp::test
