// Page-table formats as data. A format says how many levels the tree has, how an address is cut into indices,
// and what each bit of an entry means; the one walk in core/hw/walk.h reads these rows and nothing else.
//
//   x86-32  Intel SDM vol. 3A, 4.3 "32-Bit Paging" (CR4.PSE = CR4.PAE = 0, CR0.WP = 1), 4-byte entries:
//
//     31                      12 11  9  8  7  6  5  4   3   2   1   0
//     +-------------------------+-----+--+--+--+--+---+---+---+---+---+
//     |   frame number (20)     | free| G| 0| D| A|PCD|PWT|U/S|R/W| P |
//     +-------------------------+-----+--+--+--+--+---+---+---+---+---+
//
//   Sv39, Sv48  RISC-V Privileged Architecture 1.12, 4.4 and 4.5, 8-byte entries:
//
//     63 54 53                  10 9 8  7  6  5  4  3  2  1  0
//     +----+----------------------+---+--+--+--+--+--+--+--+--+
//     | 0  |   frame number (44)  |RSW| D| A| G| U| X| W| R| V|
//     +----+----------------------+---+--+--+--+--+--+--+--+--+
//
// Levels are numbered as in the RISC-V manual: level 0 holds the entries of 4 KiB pages, level `levels - 1`
// is the root.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/page.h"

namespace vmp {

enum class FormatId : std::uint8_t { X86_32, Sv39, Sv48 };

// How the hardware knows that an entry maps a page and does not point to a lower node.
enum class LeafRule : std::uint8_t {
  LastLevelOnly,     // x86-32 without PSE: level 0 maps, every level above points
  AnyPermissionBit,  // RISC-V: an entry with R or X set maps, at whatever level it stands
};

// Which entries on the path decide what is allowed.
enum class PermissionRule : std::uint8_t {
  EveryLevel,  // x86: user and write must be set in every entry on the path
  LeafOnly,    // RISC-V: the leaf alone decides
};

struct PageTableFormat {
  FormatId id;
  std::string_view name;
  std::uint32_t levels;
  std::uint32_t index_bits;  // of each level
  std::uint32_t entry_bytes;
  std::uint32_t virtual_address_bits;
  bool sign_extended;  // bits above the highest index must repeat it (RISC-V); x86-32 has no bits above
  std::uint32_t frame_shift;
  std::uint32_t frame_bits;
  LeafRule leaf_rule;
  PermissionRule permission_rule;
  std::uint32_t asid_bits;  // 0: the TLB has no address-space tags and is flushed on a switch

  // Masks of the flag bits; 0 where the format has no such flag.
  std::uint64_t present;
  std::uint64_t read;
  std::uint64_t write;
  std::uint64_t execute;
  std::uint64_t user;
  std::uint64_t global;
  std::uint64_t accessed;
  std::uint64_t dirty;
  std::uint64_t reserved;           // must be zero in every entry
  std::uint64_t reserved_non_leaf;  // must be zero in an entry that points to a node

  bool accessed_in_every_level;  // x86 sets the accessed flag in each entry it uses, RISC-V in the leaf only

  constexpr std::uint32_t root_level() const { return levels - 1; }
  constexpr std::uint64_t entries_per_node() const { return std::uint64_t{1} << index_bits; }
  constexpr std::uint32_t shift_of(std::uint32_t level) const { return kPageShift + level * index_bits; }
  constexpr std::uint64_t index_of(VirtualAddress va, std::uint32_t level) const {
    return (va.value() >> shift_of(level)) & (entries_per_node() - 1);
  }
  constexpr std::uint64_t frame_mask() const { return ((std::uint64_t{1} << frame_bits) - 1) << frame_shift; }
  // Pages that one entry at `level` spans.
  constexpr std::uint64_t pages_per_entry(std::uint32_t level) const {
    return std::uint64_t{1} << (level * index_bits);
  }
  // Bytes of a table that had one entry for every page of the address space: the flat array a tree replaces.
  constexpr std::uint64_t flat_table_bytes() const {
    return (std::uint64_t{1} << (virtual_address_bits - kPageShift)) * entry_bytes;
  }
  constexpr bool is_canonical(VirtualAddress va) const {
    if (!sign_extended) return virtual_address_bits == 64 || (va.value() >> virtual_address_bits) == 0;
    const std::uint64_t upper = va.value() >> (virtual_address_bits - 1);
    return upper == 0 || upper == (~std::uint64_t{0} >> (virtual_address_bits - 1));
  }
};

const PageTableFormat& format_of(FormatId id);
std::span<const PageTableFormat> all_formats();
// The format called `name` ("x86-32", "sv39", "sv48"), if there is one.
std::optional<FormatId> format_named(std::string_view name);

}  // namespace vmp
