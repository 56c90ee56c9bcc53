// The page-table walk: from the root node in RAM, one entry a level, to the frame. This is the only walk
// there is; it serves every format, the fast replay and the slow, recorded step alike. With a const memory it
// is a look without touch: accessed and dirty flags stay as they are.
//
// Sources: Intel SDM vol. 3A 4.3 and 4.6-4.8 (permissions combine over the levels; the accessed flag is set
// in every entry used, the dirty flag in the leaf), RISC-V Privileged 1.12 section 4.3.2 (the translation
// algorithm; hardware updates A and D, as the Svadu extension has it, unless Svade is set).
#pragma once

#include <optional>
#include <type_traits>

#include "core/base/result.h"
#include "core/hw/physical_memory.h"
#include "core/hw/protection.h"
#include "core/hw/tracer.h"

namespace vmp {

struct TranslationContext {
  const PageTableFormat* format = nullptr;
  FrameNumber root;  // frame of the root node: CR3, or the PPN field of satp
  Asid asid;
  Privilege privilege = Privilege::User;
  ProtectionSettings protection{};
};

// Where a walk ended well.
struct Leaf {
  FrameNumber frame;  // of the 4 KiB page asked for, also inside a superpage
  std::uint32_t level = 0;
  PhysicalAddress entry_address;
  Pte pte;
  Permissions permissions;  // combined over the levels
  bool user = false;        // combined over the levels
  bool global = false;
};

namespace detail {

// Why the hardware cannot use an entry at all, whatever the access; nothing if it can.
inline std::optional<Refusal> unusable(const PageTableFormat& format, Pte pte, std::uint32_t level) {
  if (!pte.has(format.present)) return Refusal{FaultKind::NotPresent, format.present};
  if (const std::uint64_t bits = pte.bits & format.reserved; bits != 0)
    return Refusal{FaultKind::ReservedBits, bits};
  if (format.read != 0 && pte.has(format.write) && !pte.has(format.read))
    return Refusal{FaultKind::WriteWithoutRead, format.read};
  const bool leaf = is_leaf(format, pte, level);
  if (!leaf && level == 0) return Refusal{FaultKind::PointerAtLastLevel, format.read | format.execute};
  const std::uint64_t reserved = leaf ? format.reserved_in_leaf(level) : format.reserved_in_pointer(level);
  if (const std::uint64_t bits = pte.bits & reserved; bits != 0)
    return Refusal{FaultKind::ReservedBits, bits};
  return std::nullopt;
}

}  // namespace detail

template <class Memory, class Tracer>
Result<Leaf, Fault> walk(Memory& memory, const TranslationContext& context, VirtualAddress va,
                         AccessKind access, Tracer& tracer) {
  constexpr bool kMayWrite = !std::is_const_v<Memory>;
  const PageTableFormat& format = *context.format;
  const ProtectionSettings& protection = context.protection;
  Fault fault{.kind = FaultKind::NonCanonical,
              .access = access,
              .address = va,
              .entry = {},
              .deciding_mask = 0,
              .privilege = context.privilege};
  const auto refuse = [&](FaultKind kind, std::uint64_t mask) {
    fault.kind = kind;
    fault.deciding_mask = mask;
    if constexpr (Tracer::kRecords) tracer.record(FaultRaised{fault});
    return Failure{fault};
  };
  const auto set_flags = [&](std::uint32_t level, PhysicalAddress address, Pte& pte, std::uint64_t mask) {
    const Pte after = pte.with(mask);
    if (after == pte) return;
    if constexpr (kMayWrite) {
      memory.write_word(address, format.entry_bytes, after.bits);
      if constexpr (Tracer::kRecords) tracer.record(PteFlagsSet{level, address, pte, after});
      pte = after;
    }
  };

  if (!format.is_canonical(va)) return refuse(FaultKind::NonCanonical, 0);

  // On x86 the check is made on the combined rights at the end of the walk; the first entry that lacks one is
  // kept.
  std::optional<detail::Refusal> forbidden;
  std::optional<Fault::Entry> forbidding_entry;
  Permissions path{.read = true, .write = true, .execute = true};
  bool path_user = true;
  bool path_global = false;
  FrameNumber node = context.root;

  for (std::uint32_t level = format.levels; level-- > 0;) {
    const std::uint64_t index = format.index_of(va, level);
    const PhysicalAddress entry_address = address_of(node) + index * format.entry_bytes;
    if (!memory.contains(entry_address, format.entry_bytes))
      return refuse(FaultKind::TableOutsideMemory, fault.entry ? format.frame_mask() : 0);

    Pte pte{memory.read_word(entry_address, format.entry_bytes)};
    if constexpr (Tracer::kRecords) tracer.record(PteRead{level, index, entry_address, pte});
    fault.entry = Fault::Entry{level, entry_address, pte};

    if (const auto reason = detail::unusable(format, pte, level))
      return refuse(reason->first, reason->second);
    const bool leaf = is_leaf(format, pte, level);

    if (!forbidden) {
      forbidden = detail::forbidden_by(format, protection, context.privilege, pte, access, leaf);
      if (forbidden) forbidding_entry = fault.entry;
    }
    if (leaf || format.permission_rule == PermissionRule::EveryLevel) {
      path.write = path.write && pte.has(format.write);
      path.execute = path.execute && !pte.has(format.no_execute);
      path_user = path_user && pte.has(format.user);
    }

    // RISC-V: a global entry makes all mappings below it global. x86 looks at the leaf alone.
    if (leaf || format.permission_rule == PermissionRule::LeafOnly)
      path_global = path_global || pte.has(format.global);

    if (!leaf) {
      if (format.accessed_in_every_level) set_flags(level, entry_address, pte, format.accessed);
      node = frame_of(format, pte);
      continue;
    }

    if (forbidden) {
      fault.entry = forbidding_entry;
      return refuse(forbidden->first, forbidden->second);
    }
    if (context.privilege == Privilege::Supervisor && path_user &&
        supervisor_is_kept_out(format, protection, access))
      return refuse(FaultKind::UserPage, format.user);
    const std::uint64_t span = format.pages_per_entry(level);
    const FrameNumber first = first_frame_of(format, pte, level);
    if (first.value() % span != 0)
      return refuse(FaultKind::MisalignedSuperpage, format.low_frame_bits(level) & pte.bits);

    if (protection.svade && !is_x86(format)) {
      if (!pte.has(format.accessed)) return refuse(FaultKind::AccessedClear, format.accessed);
      if (access == AccessKind::Write && !pte.has(format.dirty))
        return refuse(FaultKind::DirtyClear, format.dirty);
    }
    set_flags(level, entry_address, pte,
              access == AccessKind::Write ? format.accessed | format.dirty : format.accessed);
    fault.entry->pte = pte;

    const FrameNumber frame = first + (page_of(va).value() & (span - 1));
    if (!memory.contains(frame)) return refuse(FaultKind::FrameOutsideMemory, format.frame_mask());

    Permissions permissions = permissions_of(format, pte);
    permissions.write = permissions.write && path.write;
    permissions.execute = permissions.execute && path.execute;
    return Leaf{.frame = frame,
                .level = level,
                .entry_address = entry_address,
                .pte = pte,
                .permissions = permissions,
                .user = path_user,
                .global = path_global};
  }
  check(false, "a walk ends at level 0");
  return refuse(FaultKind::NotPresent, 0);
}

}  // namespace vmp
