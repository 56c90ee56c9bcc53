// The fault anatomy: which checks an access passed before the one that decided. The entries and the verdict
// come from the hardware's own walk; here they are only laid out in the order in which the manuals have them
// checked:
//
//   at every level    the entry lies in RAM, is present, has no reserved bit set
//   at the end        user, then the access's own flag: of every entry on x86, of the leaf on RISC-V
//   then              a superpage is aligned, with Svade the accessed and dirty flags, the frame lies in RAM
//
// The list stops at the check the walk's fault names; everything before it was passed.
#include "core/sim/explain_walk.h"

namespace vmp {
namespace {

CheckKind check_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::NonCanonical:
      return CheckKind::Canonical;
    case FaultKind::NotPresent:
      return CheckKind::Present;
    case FaultKind::SupervisorOnly:
      return CheckKind::User;
    case FaultKind::ReadForbidden:
      return CheckKind::Read;
    case FaultKind::WriteForbidden:
      return CheckKind::Write;
    case FaultKind::ExecuteForbidden:
      return CheckKind::Execute;
    case FaultKind::WriteWithoutRead:
      return CheckKind::WriteWithRead;
    case FaultKind::ReservedBits:
      return CheckKind::NoReservedBits;
    case FaultKind::PointerAtLastLevel:
      return CheckKind::LeafAtLastLevel;
    case FaultKind::MisalignedSuperpage:
      return CheckKind::Aligned;
    case FaultKind::TableOutsideMemory:
      return CheckKind::TableInMemory;
    case FaultKind::FrameOutsideMemory:
      return CheckKind::FrameInMemory;
    case FaultKind::UserPage:
      return CheckKind::User;
    case FaultKind::AccessedClear:
      return CheckKind::Accessed;
    case FaultKind::DirtyClear:
      return CheckKind::Dirty;
  }
  return CheckKind::Present;
}

class List {
 public:
  List(const PageTableFormat& format, AccessKind access, std::optional<Fault> fault)
      : m_format(format), m_access(access), m_fault(std::move(fault)) {}

  void add(CheckKind kind, std::uint32_t level, const std::optional<Fault::Entry>& entry,
           std::uint64_t mask) {
    if (m_decided) return;
    const bool decides = m_fault && check_of(m_fault->kind) == kind && m_fault->entry == entry &&
                         (m_fault->deciding_mask & ~mask) == 0;
    m_checks.push_back({.kind = kind,
                        .level = level,
                        .entry = entry,
                        .mask = decides ? m_fault->deciding_mask : mask,
                        .passed = !decides});
    m_decided = decides;
  }

  // What makes an entry usable at all.
  void add_entry(const Fault::Entry& entry) {
    add(CheckKind::Present, entry.level, entry, m_format.present);
    const bool leaf = is_leaf(m_format, entry.pte, entry.level);
    const std::uint64_t reserved =
        leaf ? m_format.reserved_in_leaf(entry.level) : m_format.reserved_in_pointer(entry.level);
    if (is_x86(m_format)) {
      if (reserved != 0) add(CheckKind::NoReservedBits, entry.level, entry, reserved);
      return;
    }
    if (m_format.reserved != 0) add(CheckKind::NoReservedBits, entry.level, entry, m_format.reserved);
    if (entry.pte.has(m_format.write)) {
      add(CheckKind::WriteWithRead, entry.level, entry, m_format.read);
    }
    if (entry.level == 0) {
      add(CheckKind::LeafAtLastLevel, entry.level, entry, m_format.read | m_format.execute);
    } else if (!leaf) {
      add(CheckKind::NoReservedBits, entry.level, entry, reserved);
    }
  }

  // What the access needs of one entry.
  void add_permissions(const Fault::Entry& entry) {
    add(CheckKind::User, entry.level, entry, m_format.user);
    switch (m_access) {
      case AccessKind::Read:
        return add_flag(CheckKind::Read, entry, m_format.read);
      case AccessKind::Write:
        return add_flag(CheckKind::Write, entry, m_format.write);
      case AccessKind::Execute:
        return add_flag(CheckKind::Execute, entry, m_format.execute | m_format.no_execute);
    }
  }

  bool decided() const { return m_decided; }
  std::vector<Check> take() { return std::move(m_checks); }

 private:
  // A format without the flag makes no such check.
  void add_flag(CheckKind kind, const Fault::Entry& entry, std::uint64_t mask) {
    if (mask != 0) add(kind, entry.level, entry, mask);
  }

  const PageTableFormat& m_format;
  AccessKind m_access;
  std::optional<Fault> m_fault;
  std::vector<Check> m_checks;
  bool m_decided = false;
};

}  // namespace

std::vector<Check> explain_checks(const Kernel& kernel, const Process& process, VirtualAddress va,
                                  AccessKind access) {
  if (!process.running()) return {};
  const PageTableFormat& format = kernel.format();
  const RecordedWalk recorded = record_walk(kernel, process, va, access);
  List list(format, access, recorded.result ? std::nullopt : std::optional(recorded.result.error()));

  list.add(CheckKind::Canonical, format.root_level(), std::nullopt, 0);
  std::optional<Fault::Entry> pointer;
  std::vector<Fault::Entry> path;
  for (const PteRead& read : recorded.entries) {
    list.add(CheckKind::TableInMemory, read.level, pointer, pointer ? format.frame_mask() : 0);
    pointer = Fault::Entry{read.level, read.address, read.pte};
    path.push_back(*pointer);
    list.add_entry(*pointer);
  }
  if (list.decided()) return list.take();

  const std::uint32_t last = path.empty() ? format.levels : path.back().level;
  if (path.empty() || !is_leaf(format, path.back().pte, last)) {
    list.add(CheckKind::TableInMemory, last - 1, pointer, pointer ? format.frame_mask() : 0);
    return list.take();
  }
  const Fault::Entry& leaf = path.back();
  for (const Fault::Entry& entry : path) {
    if (format.permission_rule == PermissionRule::EveryLevel || entry == leaf) list.add_permissions(entry);
  }
  if (leaf.level > 0 && !is_x86(format))
    list.add(CheckKind::Aligned, leaf.level, leaf, format.low_frame_bits(leaf.level));
  if (kernel.config().protection.svade && !is_x86(format)) {
    list.add(CheckKind::Accessed, leaf.level, leaf, format.accessed);
    if (access == AccessKind::Write) list.add(CheckKind::Dirty, leaf.level, leaf, format.dirty);
  }
  list.add(CheckKind::FrameInMemory, leaf.level, leaf, format.frame_mask());
  return list.take();
}

}  // namespace vmp
