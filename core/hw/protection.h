// Which of a page's flags refuse an access, for a program and for the kernel.
//
// A program needs the user flag. The kernel may use its own pages and, by these settings, the programs':
//
//   RISC-V  sstatus.SUM  lets supervisor mode read and write user pages; it may never execute them
//           sstatus.MXR  lets a page that is only executable be read
//   x86     CR4.SMEP     forbids supervisor mode to execute user pages
//           CR4.SMAP     forbids it to read and write them (EFLAGS.AC = 0)
//
// Sources: RISC-V Privileged 1.12, 4.1.1.2 and 4.3.2; Intel SDM vol. 3A 4.6 (CR0.WP = 1: the write flag binds
// the supervisor too).
#pragma once

#include <optional>
#include <utility>

#include "core/hw/fault.h"

namespace vmp {

struct ProtectionSettings {
  bool sum = false;
  bool mxr = false;
  bool smep = true;
  bool smap = true;
  // RISC-V: an access that finds the accessed flag clear, or a write that finds the dirty flag clear, faults
  // (the Svade extension) instead of setting it (Svadu). x86 always sets them.
  bool svade = false;

  constexpr bool operator==(const ProtectionSettings&) const = default;
};

// True if a supervisor's access to a user page is refused, whatever the page allows.
constexpr bool supervisor_is_kept_out(const PageTableFormat& format, const ProtectionSettings& settings,
                                      AccessKind access) {
  if (access == AccessKind::Execute) return !is_x86(format) || settings.smep;
  return is_x86(format) ? settings.smap : !settings.sum;
}

// What a finished walk, or a TLB entry made from one, allows.
constexpr bool allows(const PageTableFormat& format, const ProtectionSettings& settings, Privilege privilege,
                      Permissions permissions, bool user_page, AccessKind access) {
  if (privilege == Privilege::User && !user_page) return false;
  if (privilege == Privilege::Supervisor && user_page && supervisor_is_kept_out(format, settings, access))
    return false;
  if (access == AccessKind::Write) return permissions.write;
  if (access == AccessKind::Execute) return permissions.execute;
  return permissions.read || (settings.mxr && format.execute != 0 && permissions.execute);
}

using Refusal = std::pair<FaultKind, std::uint64_t>;  // why, and the deciding flag bits

// The first flag of this entry alone that refuses an access of this privilege, if any.
constexpr std::optional<Refusal> why_forbidden(const PageTableFormat& format,
                                               const ProtectionSettings& settings, Privilege privilege,
                                               Pte pte, AccessKind access, bool leaf) {
  if (!leaf && format.permission_rule == PermissionRule::LeafOnly) return std::nullopt;
  if (privilege == Privilege::User && !pte.has(format.user))
    return Refusal{FaultKind::SupervisorOnly, format.user};
  if (access == AccessKind::Write && !pte.has(format.write))
    return Refusal{FaultKind::WriteForbidden, format.write};
  if (access == AccessKind::Execute && pte.has(format.no_execute))
    return Refusal{FaultKind::ExecuteForbidden, format.no_execute};
  if (!leaf) return std::nullopt;
  const bool readable = pte.has(format.read) || (settings.mxr && pte.has(format.execute));
  if (access == AccessKind::Read && format.read != 0 && !readable)
    return Refusal{FaultKind::ReadForbidden, format.read};
  if (access == AccessKind::Execute && format.execute != 0 && !pte.has(format.execute))
    return Refusal{FaultKind::ExecuteForbidden, format.execute};
  return std::nullopt;
}

}  // namespace vmp
