// A fault: the hardware's refusal to translate, with its reason as data. Real processors report little (x86:
// a 5-bit error code; RISC-V: a cause number; see fault_code.h); here the fault names the entry and the flag
// that decided, because that is what a learner, and the kernel's fault handler, want to know.
#pragma once

#include <optional>

#include "core/hw/access.h"
#include "core/hw/pte.h"

namespace vmp {

enum class FaultKind : std::uint8_t {
  NonCanonical,         // the bits above the highest index do not repeat it
  NotPresent,           // the present (valid) flag is clear
  SupervisorOnly,       // the user flag is clear
  ReadForbidden,        // the read flag is clear (RISC-V)
  WriteForbidden,       // the write flag is clear
  ExecuteForbidden,     // the execute flag is clear (formats that have one)
  WriteWithoutRead,     // RISC-V reserves W = 1, R = 0
  ReservedBits,         // a bit that must be zero is set
  PointerAtLastLevel,   // RISC-V: a level-0 entry without R, W and X
  MisalignedSuperpage,  // a leaf above level 0 whose low frame bits are not zero
  TableOutsideMemory,   // an entry points to a node where there is no RAM
  FrameOutsideMemory,   // a leaf points to a frame where there is no RAM
  UserPage,             // the user flag is set, and the supervisor is kept out (SUM, SMEP, SMAP)
  AccessedClear,        // the accessed flag is clear, and the hardware does not set it (RISC-V with Svade)
  DirtyClear,           // a write, the dirty flag is clear, and the hardware does not set it
};

struct Fault {
  FaultKind kind = FaultKind::NotPresent;
  AccessKind access = AccessKind::Read;
  VirtualAddress address;
  // The entry that decided; absent when no entry was read (NonCanonical, or a root outside RAM).
  struct Entry {
    std::uint32_t level = 0;
    PhysicalAddress address;
    Pte pte;
    constexpr bool operator==(const Entry&) const = default;
  };
  std::optional<Entry> entry;
  std::uint64_t deciding_mask = 0;  // the flag bit(s) of that entry that decided, 0 if none
  Privilege privilege = Privilege::User;

  constexpr bool operator==(const Fault&) const = default;
};

// Names as written in scenario files and shown to people: "not-present", "write-forbidden", ...
std::string_view name_of(FaultKind kind);
std::optional<FaultKind> fault_kind_named(std::string_view name);

}  // namespace vmp
