// The page-table walk: from the root node in RAM, one entry a level, to the frame. This is the only walk
// there is; it serves every format, the fast replay and the slow, recorded step alike. With a const memory it
// is a look without touch: accessed and dirty flags stay as they are.
//
// Sources: Intel SDM vol. 3A 4.3 and 4.6-4.8 (permissions combine over the levels; the accessed flag is set
// in every entry used, the dirty flag in the leaf), RISC-V Privileged 1.12 section 4.3.2 (the translation
// algorithm; hardware updates A and D, as the Svadu extension has it, unless Svade is set).
#pragma once

#include <array>
#include <optional>
#include <span>
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

// Where a walk stands between two levels: the node it reads next, and what the entries above grant together.
struct WalkState {
  std::uint32_t level = 0;  // of that node
  FrameNumber node;
  Permissions permissions{.read = true, .write = true, .execute = true};
  bool user = true;
  bool global = false;

  constexpr bool grants(Privilege privilege, AccessKind access) const {
    return (user || privilege == Privilege::Supervisor) &&
           (permissions.write || access != AccessKind::Write) &&
           (permissions.execute || access != AccessKind::Execute);
  }
};
constexpr WalkState root_of(const TranslationContext& context) {
  return {.level = context.format->root_level(), .node = context.root};
}

// The states behind the pointers a walk followed, the highest first.
struct WalkPath {
  std::array<WalkState, kMostLevels - 1> states;
  std::size_t count = 0;

  std::span<const WalkState> found() const { return {states.data(), count}; }
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

// Why the hardware cannot use an entry at all, whatever the access; nothing if it can.
inline std::optional<Refusal> why_unusable(const PageTableFormat& format, Pte pte, std::uint32_t level) {
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

// The walk from `start` on, whose path must grant the access; the states it comes through are added to
// `path`.
template <class Memory, class Tracer>
Result<Leaf, Fault> walk_from(Memory& memory, const TranslationContext& context, const WalkState& start,
                              VirtualAddress va, AccessKind access, Tracer& tracer, WalkPath& path) {
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
  std::optional<Refusal> forbidden;
  std::optional<Fault::Entry> forbidding_entry;
  WalkState state = start;

  for (std::uint32_t level = start.level + 1; level-- > 0;) {
    const std::uint64_t index = format.index_of(va, level);
    const PhysicalAddress entry_address = address_of(state.node) + index * format.entry_bytes;
    if (!memory.contains(entry_address, format.entry_bytes))
      return refuse(FaultKind::TableOutsideMemory, fault.entry ? format.frame_mask() : 0);

    Pte pte{memory.read_word(entry_address, format.entry_bytes)};
    if constexpr (Tracer::kRecords) tracer.record(PteRead{level, index, entry_address, pte});
    fault.entry = Fault::Entry{level, entry_address, pte};

    if (const auto reason = why_unusable(format, pte, level)) return refuse(reason->first, reason->second);
    const bool leaf = is_leaf(format, pte, level);

    if (!forbidden) {
      forbidden = why_forbidden(format, protection, context.privilege, pte, access, leaf);
      if (forbidden) forbidding_entry = fault.entry;
    }
    if (leaf || format.permission_rule == PermissionRule::EveryLevel) {
      state.permissions.write = state.permissions.write && pte.has(format.write);
      state.permissions.execute = state.permissions.execute && !pte.has(format.no_execute);
      state.user = state.user && pte.has(format.user);
    }

    // RISC-V: a global entry makes all mappings below it global. x86 looks at the leaf alone.
    if (leaf || format.permission_rule == PermissionRule::LeafOnly)
      state.global = state.global || pte.has(format.global);

    if (!leaf) {
      if (format.accessed_in_every_level) set_flags(level, entry_address, pte, format.accessed);
      state.node = frame_of(format, pte);
      state.level = level - 1;
      path.states[path.count++] = state;
      continue;
    }

    if (forbidden) {
      fault.entry = forbidding_entry;
      return refuse(forbidden->first, forbidden->second);
    }
    if (context.privilege == Privilege::Supervisor && state.user &&
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
    permissions.write = permissions.write && state.permissions.write;
    permissions.execute = permissions.execute && state.permissions.execute;
    return Leaf{.frame = frame,
                .level = level,
                .entry_address = entry_address,
                .pte = pte,
                .permissions = permissions,
                .user = state.user,
                .global = state.global};
  }
  check(false, "a walk ends at level 0");
  return refuse(FaultKind::NotPresent, 0);
}

template <class Memory, class Tracer>
Result<Leaf, Fault> walk(Memory& memory, const TranslationContext& context, VirtualAddress va,
                         AccessKind access, Tracer& tracer) {
  WalkPath path;
  return walk_from(memory, context, root_of(context), va, access, tracer, path);
}

}  // namespace vmp
