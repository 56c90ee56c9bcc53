// Page-table formats as data. A format says how many levels the tree has, how an address is cut into indices,
// and what each bit of an entry means; the one walk in core/hw/walk.h reads these rows and nothing else.
//
//   x86-32  Intel SDM vol. 3A, 4.3 "32-Bit Paging" (CR4.PSE = 1, CR4.PAE = 0, CR0.WP = 1, no PSE-36, so that
//   MAXPHYADDR is 32), 4-byte entries:
//
//     31                      12 11  9  8  7  6  5  4   3   2   1   0
//     +-------------------------+-----+--+--+--+--+---+---+---+---+---+
//     |   frame number (20)     | free| G| 0| D| A|PCD|PWT|U/S|R/W| P |   4 KiB page
//     +-------------------------+-----+--+--+--+--+---+---+---+---+---+
//     | frame / 1024 |   0   |PAT| free| G| 1| D| A|PCD|PWT|U/S|R/W| P |   4 MiB page: PS (bit 7) is set
//     +--------------+-------+--+-----+--+--+--+--+---+---+---+---+---+
//     31           22 21   13 12 11  9  8  7  6  5  4   3   2   1   0
//
//   x86-64, x86-64-5  Intel SDM vol. 3A, 4.5 "4-Level Paging and 5-Level Paging" (EFER.NXE = 1), 8-byte
//   entries. MAXPHYADDR is 40 here: bits 51 to 40 must be zero.
//
//     63 62 52 51 40 39               12 11  9  8  7  6  5  4   3   2   1   0
//     +--+----+-----+-------------------+-----+--+--+--+--+---+---+---+---+---+
//     |XD|free|  0  | frame number (28) | free| G|PS| D| A|PCD|PWT|U/S|R/W| P |
//     +--+----+-----+-------------------+-----+--+--+--+--+---+---+---+---+---+
//
//   PS makes a leaf at level 1 (2 MiB; bits 20 to 13 are zero) and level 2 (1 GiB; bits 29 to 13); above, it
//   is reserved. In a 4 KiB leaf the bit is PAT, in a larger one PAT is bit 12; both are memory types,
//   ignored here.
//
//   Sv32  RISC-V Privileged Architecture 1.12, 4.3, 4-byte entries: 22 bits of frame number (31 to 10), then
//   the same ten low bits as below.
//
//   Sv39, Sv48, Sv57  RISC-V Privileged Architecture 1.12, 4.4 to 4.6, 8-byte entries:
//
//     63 54 53                  10 9 8  7  6  5  4  3  2  1  0
//     +----+----------------------+---+--+--+--+--+--+--+--+--+
//     | 0  |   frame number (44)  |RSW| D| A| G| U| X| W| R| V|
//     +----+----------------------+---+--+--+--+--+--+--+--+--+
//
//   linear  One node for the whole 32-bit address space: an array of 2^20 entries, 4 MiB of RAM in a row,
//   indexed by the page number. The entries are those of x86-32's 4 KiB pages (Intel SDM vol. 3A, table 4-6,
//   "Format of a 32-Bit Page-Table Entry that Maps a 4-KByte Page"), and everything else is x86's too, so
//   that nothing but the shape of the table differs. No x86 processor walks it; it is the table that a tree
//   saves, built to be looked at. (The VAX had tables of one level. It kept them shorter by length registers,
//   VAX Architecture Reference Manual, "Memory Management".)
//
// Levels are numbered as in the RISC-V manual: level 0 holds the entries of 4 KiB pages, level `levels - 1`
// is the root.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/page.h"

namespace vmp {

inline constexpr std::uint32_t kMostLevels = 5;

enum class FormatId : std::uint8_t { X86_32, Sv39, Sv48, Sv32, Sv57, X86_64, X86_64_5, Linear };

// How the hardware knows that an entry maps a page and does not point to a lower node.
enum class LeafRule : std::uint8_t {
  PageSizeBit,  // x86: level 0 maps; above, an entry with PS set does, at the levels that have superpages
  AnyPermissionBit,  // RISC-V: an entry with R or X set maps, at whatever level it stands
};

// Which entries on the path decide what is allowed.
enum class PermissionRule : std::uint8_t {
  EveryLevel,  // x86: user and write must be set, and XD clear, in every entry on the path
  LeafOnly,    // RISC-V: the leaf alone decides
};

struct PageTableFormat {
  FormatId id;
  std::string_view name;
  std::uint32_t levels;
  std::uint32_t index_bits;  // of each level
  std::uint32_t entry_bytes;
  std::uint32_t virtual_address_bits;
  bool sign_extended;  // bits above the highest index must repeat it; 32-bit addresses have none above
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
  std::uint64_t no_execute;  // x86-64's XD: execution is allowed where it is clear
  std::uint64_t user;
  std::uint64_t global;
  std::uint64_t accessed;
  std::uint64_t dirty;
  std::uint64_t page_size;  // x86's PS, in entries above level 0
  std::uint64_t
      superpage_attributes;         // bits of a superpage's frame number that mean something else (x86: PAT)
  std::uint32_t superpage_levels;   // bit L is set if level L, above 0, may hold a leaf
  std::uint64_t reserved;           // must be zero in every entry
  std::uint64_t reserved_non_leaf;  // must be zero in an entry that points to a node

  bool accessed_in_every_level;  // x86 sets the accessed flag in each entry it uses, RISC-V in the leaf only

  constexpr std::uint32_t root_level() const { return levels - 1; }
  constexpr std::uint64_t entries_per_node() const { return std::uint64_t{1} << index_bits; }
  // A node fills one frame; only a flat table is one node of many frames in a row.
  constexpr std::uint64_t frames_per_node() const { return entries_per_node() * entry_bytes / kPageSize; }
  constexpr std::uint64_t entries_per_frame() const { return kPageSize / entry_bytes; }
  constexpr bool is_flat() const { return levels == 1; }
  constexpr std::uint32_t shift_of(std::uint32_t level) const { return kPageShift + level * index_bits; }
  constexpr std::uint64_t index_of(VirtualAddress va, std::uint32_t level) const {
    return (va.value() >> shift_of(level)) & (entries_per_node() - 1);
  }
  constexpr std::uint64_t frame_mask() const { return ((std::uint64_t{1} << frame_bits) - 1) << frame_shift; }
  // Pages that one entry at `level` spans.
  constexpr std::uint64_t pages_per_entry(std::uint32_t level) const {
    return std::uint64_t{1} << (level * index_bits);
  }
  constexpr bool has_superpages_at(std::uint32_t level) const {
    return level > 0 && (superpage_levels >> level & 1) != 0;
  }
  // The bits of the frame number that a leaf at `level` does not need: they lie inside the page.
  constexpr std::uint64_t low_frame_bits(std::uint32_t level) const {
    return (pages_per_entry(level) - 1) << frame_shift & ~superpage_attributes;
  }
  // All bits that must be zero in a leaf, or in a pointer, at `level`. On x86 the low frame bits of a
  // superpage are among them; on RISC-V a superpage with one set is misaligned, which is checked later.
  constexpr std::uint64_t reserved_in_leaf(std::uint32_t level) const {
    return leaf_rule == LeafRule::PageSizeBit ? reserved | low_frame_bits(level) : reserved;
  }
  constexpr std::uint64_t reserved_in_pointer(std::uint32_t level) const {
    return reserved | reserved_non_leaf | (has_superpages_at(level) ? 0 : page_size);
  }
  // Bytes of a table that had one entry for every page of the address space: the flat array a tree replaces.
  constexpr std::uint64_t flat_table_bytes() const {
    return (std::uint64_t{1} << (virtual_address_bits - kPageShift)) * entry_bytes;
  }
  constexpr bool is_canonical(VirtualAddress va) const {
    if (!sign_extended) return (va.value() >> virtual_address_bits) == 0;
    const std::uint64_t upper = va.value() >> (virtual_address_bits - 1);
    return upper == 0 || upper == (~std::uint64_t{0} >> (virtual_address_bits - 1));
  }
};

// x86 and RISC-V differ in more than their entries: in instructions, fault codes and the names of flags.
constexpr bool is_x86(const PageTableFormat& format) {
  return format.leaf_rule == LeafRule::PageSizeBit;
}

const PageTableFormat& format_of(FormatId id);
std::span<const PageTableFormat> all_formats();
// The format called `name` ("x86-32", "sv39", ...), if there is one.
std::optional<FormatId> format_named(std::string_view name);
// All names, as a sentence has them: "x86-32, sv39, sv48 or ...".
std::string format_names();

}  // namespace vmp
