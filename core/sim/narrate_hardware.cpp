// What the CPU did, in words: the TLB, the walker, and its refusals. A refusal names the entry and the flag
// that decided, by the name the format's manual gives it.
#include "core/hw/fault_code.h"
#include "core/sim/explain.h"
#include "core/sim/say.h"

namespace vmp::say {
namespace {

MessageId fault_sentence(const Fault& fault, const PageTableFormat& format) {
  switch (fault.kind) {
    case FaultKind::NonCanonical:
      return is_x86(format) ? MessageId::FaultGeneralProtection : MessageId::FaultNonCanonical;
    case FaultKind::NotPresent:
      return MessageId::FaultNotPresent;
    case FaultKind::SupervisorOnly:
      return MessageId::FaultSupervisorOnly;
    case FaultKind::ReadForbidden:
      return MessageId::FaultReadForbidden;
    case FaultKind::WriteForbidden:
      return MessageId::FaultWriteForbidden;
    case FaultKind::ExecuteForbidden:
      return fault.deciding_mask == format.no_execute ? MessageId::FaultNoExecute
                                                      : MessageId::FaultExecuteForbidden;
    case FaultKind::WriteWithoutRead:
      return MessageId::FaultWriteWithoutRead;
    case FaultKind::ReservedBits:
      return MessageId::FaultReservedBits;
    case FaultKind::PointerAtLastLevel:
      return MessageId::FaultPointerAtLastLevel;
    case FaultKind::MisalignedSuperpage:
      return MessageId::FaultMisalignedSuperpage;
    case FaultKind::TableOutsideMemory:
      return fault.entry ? MessageId::FaultTableOutsideMemory : MessageId::FaultRootOutsideMemory;
    case FaultKind::FrameOutsideMemory:
      return MessageId::FaultFrameOutsideMemory;
    case FaultKind::UserPage:
      return MessageId::FaultUserPage;
    case FaultKind::AccessedClear:
      return MessageId::FaultAccessedClear;
    case FaultKind::DirtyClear:
      return MessageId::FaultDirtyClear;
  }
  return MessageId::FaultNotPresent;
}

MessageId present_term(const PageTableFormat& format) {
  return is_x86(format) ? MessageId::TermPresent : MessageId::TermValid;
}

std::vector<Argument> fault_arguments(const Fault& fault, const PageTableFormat& format) {
  if (!fault.entry) {
    if (fault.kind == FaultKind::NonCanonical) return {at(fault.address)};
    return {};
  }
  const Argument flag = text(flag_name(format, fault.deciding_mask));
  const Argument where = at(fault.entry->address);
  switch (fault.kind) {
    case FaultKind::NotPresent:
      return {term(present_term(format)), flag, where};
    case FaultKind::SupervisorOnly:
    case FaultKind::ReadForbidden:
    case FaultKind::WriteForbidden:
    case FaultKind::ExecuteForbidden:
    case FaultKind::UserPage:
    case FaultKind::AccessedClear:
    case FaultKind::DirtyClear:
      return {flag, where};
    case FaultKind::ReservedBits:
      return {entry(Pte{fault.deciding_mask}), where};
    case FaultKind::MisalignedSuperpage:
      return {where, entry(Pte{fault.deciding_mask})};
    case FaultKind::TableOutsideMemory:
    case FaultKind::FrameOutsideMemory:
      return {where, frame(frame_of(format, fault.entry->pte))};
    case FaultKind::NonCanonical:
    case FaultKind::WriteWithoutRead:
    case FaultKind::PointerAtLastLevel:
      return {where};
  }
  return {};
}

// The last argument of every fault's sentence is what the processor itself reports.
std::vector<Argument> with_code(std::vector<Argument> arguments, FaultCode code) {
  arguments.push_back(text(to_string(code)));
  return arguments;
}

struct Narrator {
  const std::string& process;
  const PageTableFormat& format;
  const ProtectionSettings& protection;

  Message cpu(MessageId id, std::vector<Argument> arguments) const {
    return {Actor::Cpu, process, id, std::move(arguments)};
  }

  Message operator()(const TlbHit& e) const {
    return cpu(MessageId::TlbHitFrame, {page(e.page), frame(e.frame)});
  }

  Message operator()(const TlbMissed& e) const {
    switch (e.cause) {
      case TlbMissCause::NoEntry:
        break;
      case TlbMissCause::LacksPermission:
        return cpu(MessageId::TlbMissLacksPermission, {page(e.page)});
      case TlbMissCause::LacksDirty:
        return cpu(MessageId::TlbMissLacksDirty, {page(e.page)});
    }
    return cpu(MessageId::TlbMissNoEntry, {page(e.page)});
  }

  Message operator()(const TlbFilled& e) const {
    if (!e.displaced) return cpu(MessageId::TlbFillFree, {page(e.page), frame(e.frame)});
    return cpu(MessageId::TlbFillDisplacing, {page(e.page), frame(e.frame), page(*e.displaced)});
  }

  Message operator()(const WalkCacheHit& e) const {
    return cpu(MessageId::WalkCacheKnew, {count(e.level - 1), frame(e.node), count(e.level)});
  }

  Message operator()(const WalkCacheFilled& e) const {
    if (e.highest_level == e.lowest_level) return cpu(MessageId::WalkCacheKeepsOne, {count(e.lowest_level)});
    return cpu(MessageId::WalkCacheKeepsSeveral, {count(e.highest_level), count(e.lowest_level)});
  }

  Message operator()(const PteRead& e) const {
    const bool root = e.level == format.root_level() && !format.is_flat();
    std::vector<Argument> arguments{term(root ? MessageId::TermRootEntry : MessageId::TermEntry),
                                    count(e.index), at(e.address)};
    if (e.pte.bits == 0) return cpu(MessageId::EntryEmpty, std::move(arguments));
    if (!e.pte.has(format.present)) {
      arguments.push_back(entry(e.pte));
      arguments.push_back(term(present_term(format)));
      return cpu(MessageId::EntryNotPresent, std::move(arguments));
    }
    const bool leaf = is_leaf(format, e.pte, e.level);
    arguments.push_back(frame(leaf ? first_frame_of(format, e.pte, e.level) : frame_of(format, e.pte)));
    if (!leaf) return cpu(MessageId::EntryToNode, std::move(arguments));
    return cpu(e.level == 0 ? MessageId::EntryToPage : MessageId::EntryToSuperpage, std::move(arguments));
  }

  Message operator()(const PteFlagsSet& e) const {
    const std::uint64_t added = e.after.bits & ~e.before.bits;
    const bool accessed = (added & format.accessed) != 0;
    const bool dirty = (added & format.dirty) != 0;
    const MessageId flags = accessed && dirty ? MessageId::TermAccessedAndDirtyFlags
                            : dirty           ? MessageId::TermDirtyFlag
                                              : MessageId::TermAccessedFlag;
    return cpu(MessageId::EntryFlagsSet, {term(flags), at(e.address)});
  }

  Message operator()(const AddressTranslated& e) const {
    return cpu(MessageId::Translated, {at(e.virtual_address), at(e.physical_address)});
  }

  Message operator()(const FaultRaised& e) const {
    return cpu(fault_sentence(e.fault, format),
               with_code(fault_arguments(e.fault, format), fault_code(format, e.fault, protection.smep)));
  }
};

}  // namespace

Message hardware_event(const HardwareEvent& event, const std::string& process, const MachineConfig& config) {
  return std::visit(Narrator{process, format_of(config.format), config.protection}, event);
}

}  // namespace vmp::say
