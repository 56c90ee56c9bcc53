// How a step ended, in one sentence, and why a machine cannot be built.
#include "core/sim/say.h"

namespace vmp {
namespace {

using namespace say;

MessageId rejection(RejectReason reason) {
  switch (reason) {
    case RejectReason::NoSuchProcess:
      return MessageId::RejectedNoSuchProcess;
    case RejectReason::ProcessEnded:
      return MessageId::RejectedProcessEnded;
    case RejectReason::NameTaken:
      return MessageId::RejectedNameTaken;
    case RejectReason::TooManyProcesses:
      return MessageId::RejectedTooManyProcesses;
    case RejectReason::BadSize:
      return MessageId::RejectedBadSize;
    case RejectReason::BeyondAddressSpace:
      return MessageId::RejectedBeyondAddressSpace;
    case RejectReason::OutsideMemory:
      return MessageId::RejectedOutsideMemory;
    case RejectReason::NoFramesToStart:
      return MessageId::RejectedNoFramesToStart;
    case RejectReason::NoContiguousFrames:
      return MessageId::RejectedNoContiguousFrames;
    case RejectReason::BadTraceRange:
      return MessageId::RejectedBadTraceRange;
    case RejectReason::AddressOutsideFormat:
      return MessageId::RejectedAddressOutsideFormat;
    case RejectReason::NoSuchFile:
      return MessageId::RejectedNoSuchFile;
    case RejectReason::FileTooLarge:
      return MessageId::RejectedFileTooLarge;
    case RejectReason::NoSuchSlot:
      return MessageId::RejectedNoSuchSlot;
    case RejectReason::BadProgram:
      return MessageId::RejectedBadProgram;
    case RejectReason::WrongMachine:
      return MessageId::RejectedWrongMachine;
    case RejectReason::ArgumentsTooLong:
      return MessageId::RejectedArgumentsTooLong;
    case RejectReason::ZeroFillNotWritable:
      return MessageId::RejectedZeroFillNotWritable;
  }
  return MessageId::RejectedNoSuchProcess;
}

// The process a command would have brought into being, or the one it is about.
std::string subject_of(const Command& command) {
  if (const auto* fork = std::get_if<ForkProcess>(&command)) return fork->child;
  if (const auto* create = std::get_if<CreateFile>(&command)) return create->name;
  if (const auto* truncate = std::get_if<TruncateFile>(&command)) return truncate->name;
  if (const auto* map = std::get_if<MapMemory>(&command); map != nullptr && !map->file.empty()) {
    return map->file;
  }
  return std::string(process_of(command));
}

struct Narrator {
  const StepRecord& record;
  std::string process = std::string(process_of(record.step.command));

  Message line(Actor actor, MessageId id, std::vector<Argument> arguments) const {
    return {actor, process, id, std::move(arguments)};
  }

  PhysicalAddress edited_address() const {
    const auto* edit = std::get_if<EditMemory>(&record.step.command);
    return edit != nullptr ? edit->address : PhysicalAddress();
  }

  Message operator()(const Completed& completed) const {
    if (const auto* access = std::get_if<AccessMemory>(&record.step.command)) {
      const Argument where = at(access->access.address);
      if (access->access.kind == AccessKind::Execute) {
        return line(Actor::Program, MessageId::OutcomeFetched, {text(process), where});
      }
      if (access->access.kind == AccessKind::Write) {
        return line(Actor::Program, MessageId::OutcomeWrote,
                    {text(process), value(access->access.value), where});
      }
      return line(Actor::Program, MessageId::OutcomeRead,
                  {text(process), value(completed.value.value_or(0)), where});
    }
    const bool returns_address = std::holds_alternative<MapMemory>(record.step.command) ||
                                 std::holds_alternative<RemapMemory>(record.step.command) ||
                                 std::holds_alternative<MoveBreak>(record.step.command);
    if (completed.value && returns_address) {
      return line(Actor::Kernel, MessageId::OutcomeReturnedAddress,
                  {at(VirtualAddress(*completed.value)), text(process)});
    }
    return line(Actor::Kernel, MessageId::OutcomeDone, {});
  }
  Message operator()(const Signalled& signal) const {
    return line(signal.caught ? Actor::Program : Actor::Kernel,
                signal.caught ? MessageId::OutcomeCaught : MessageId::OutcomeKilled,
                {text(process), text(signal_text(signal)), term(clause_of(signal.reason))});
  }
  Message operator()(const CallFailed& failure) const {
    return line(
        Actor::Kernel, MessageId::OutcomeCallFailed,
        {text(std::string(vmp::name_of(failure.error))), term(clause_of(failure.reason)), text(process)});
  }
  Message operator()(const Rejected& rejected) const {
    Message message = line(Actor::Kernel, rejection(rejected.reason), {});
    if (rejected.reason == RejectReason::BadSize &&
        std::holds_alternative<SetResidentLimit>(record.step.command)) {
      message.id = MessageId::RejectedLimitOfZero;
    }
    switch (rejected.reason) {
      case RejectReason::NoSuchProcess:
      case RejectReason::ProcessEnded:
      case RejectReason::BadProgram:
      case RejectReason::WrongMachine:
      case RejectReason::ArgumentsTooLong:
      case RejectReason::ZeroFillNotWritable:
        message.arguments = {text(process)};
        break;
      case RejectReason::NameTaken:
      case RejectReason::NoSuchFile:
      case RejectReason::NoFramesToStart:
      case RejectReason::NoContiguousFrames:
        message.arguments = {text(subject_of(record.step.command))};
        break;
      case RejectReason::FileTooLarge:
        message.arguments = {count(kMostBytesOfFile)};
        break;
      case RejectReason::NoSuchSlot: {
        const auto* damage = std::get_if<DamageSwap>(&record.step.command);
        const std::uint64_t last = damage == nullptr || damage->count == 0
                                       ? 0
                                       : std::uint64_t{damage->first.value()} + damage->count - 1;
        message.arguments = {count(last)};
        break;
      }
      case RejectReason::TooManyProcesses:
        message.arguments = {count(kMostProcesses)};
        break;
      case RejectReason::OutsideMemory:
        message.arguments = {at(edited_address())};
        break;
      case RejectReason::BadSize:
      case RejectReason::BeyondAddressSpace:
      case RejectReason::BadTraceRange:
      case RejectReason::AddressOutsideFormat:
        break;
    }
    return message;
  }
};

MessageId config_sentence(ConfigError::Kind kind) {
  switch (kind) {
    case ConfigError::Kind::TooFewFrames:
      return MessageId::ConfigTooFewFrames;
    case ConfigError::Kind::TooManyFrames:
      return MessageId::ConfigTooManyFrames;
    case ConfigError::Kind::TooManySlots:
      return MessageId::ConfigTooManySlots;
    case ConfigError::Kind::TlbTooLarge:
      return MessageId::ConfigTlbTooLarge;
    case ConfigError::Kind::WalkCacheTooLarge:
      return MessageId::ConfigWalkCacheTooLarge;
    case ConfigError::Kind::TlbWithoutSets:
      return MessageId::ConfigTlbWithoutSets;
    case ConfigError::Kind::TickOfZero:
      return MessageId::ConfigTickOfZero;
    case ConfigError::Kind::BadBase:
      return MessageId::ConfigBadBase;
    case ConfigError::Kind::BadCluster:
      return MessageId::ConfigBadCluster;
    case ConfigError::Kind::BadFileWindow:
      return MessageId::ConfigBadFileWindow;
    case ConfigError::Kind::BadFaultFrequency:
      return MessageId::ConfigBadFaultFrequency;
    case ConfigError::Kind::BadThrashing:
      return MessageId::ConfigBadThrashing;
    case ConfigError::Kind::PlruWays:
      return MessageId::ConfigPlruWays;
  }
  return MessageId::ConfigTooFewFrames;
}

}  // namespace

Message narrate_outcome(const StepRecord& record, const Kernel&) {
  return std::visit(Narrator{.record = record}, record.outcome);
}

Message narrate_config_error(const ConfigError& error) {
  return {Actor::Kernel, {}, config_sentence(error.kind), {count(error.given), count(error.limit)}};
}

}  // namespace vmp
