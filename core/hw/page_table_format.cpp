#include "core/hw/page_table_format.h"

namespace vmp {
namespace {

constexpr std::uint64_t bit(std::uint32_t position) {
  return std::uint64_t{1} << position;
}

// What all x86 formats share: the low nine bits, and that permissions combine over the levels.
constexpr PageTableFormat x86(FormatId id, std::string_view name, std::uint32_t levels) {
  return PageTableFormat{
      .id = id,
      .name = name,
      .levels = levels,
      .index_bits = 10,
      .entry_bytes = 4,
      .virtual_address_bits = 32,
      .sign_extended = false,
      .frame_shift = 12,
      .frame_bits = 20,
      .leaf_rule = LeafRule::PageSizeBit,
      .permission_rule = PermissionRule::EveryLevel,
      .asid_bits = 0,
      .present = bit(0),
      .read = 0,
      .write = bit(1),
      .execute = 0,
      .no_execute = 0,
      .user = bit(2),
      .global = bit(8),
      .accessed = bit(5),
      .dirty = bit(6),
      .page_size = bit(7),
      .superpage_attributes = bit(12),
      .superpage_levels = 1U << 1,
      .reserved = 0,
      .reserved_non_leaf = 0,
      .accessed_in_every_level = true,
  };
}

constexpr PageTableFormat x86_64(FormatId id, std::string_view name, std::uint32_t levels) {
  PageTableFormat format = x86(id, name, levels);
  format.index_bits = 9;
  format.entry_bytes = 8;
  format.virtual_address_bits = kPageShift + 9 * levels;
  format.sign_extended = true;
  format.frame_bits = 28;
  format.asid_bits = 12;  // PCID, SDM vol. 3A 4.10.1
  format.no_execute = bit(63);
  format.superpage_levels = 1U << 1 | 1U << 2;
  format.reserved = bit(52) - bit(40);
  return format;
}

constexpr PageTableFormat linear() {
  PageTableFormat format = x86(FormatId::Linear, "linear", 1);
  format.index_bits = 20;
  format.page_size = 0;  // bit 7 of an entry that maps a 4 KiB page is PAT
  format.superpage_attributes = 0;
  format.superpage_levels = 0;
  return format;
}

constexpr PageTableFormat risc_v(FormatId id, std::string_view name, std::uint32_t levels) {
  return PageTableFormat{
      .id = id,
      .name = name,
      .levels = levels,
      .index_bits = 9,
      .entry_bytes = 8,
      .virtual_address_bits = kPageShift + 9 * levels,
      .sign_extended = true,
      .frame_shift = 10,
      .frame_bits = 44,
      .leaf_rule = LeafRule::AnyPermissionBit,
      .permission_rule = PermissionRule::LeafOnly,
      .asid_bits = 16,
      .present = bit(0),
      .read = bit(1),
      .write = bit(2),
      .execute = bit(3),
      .no_execute = 0,
      .user = bit(4),
      .global = bit(5),
      .accessed = bit(6),
      .dirty = bit(7),
      .page_size = 0,
      .superpage_attributes = 0,
      .superpage_levels = (1U << levels) - 2,
      // Bits 63..54: Svnapot and Svpbmt are not implemented here, so they are reserved as in the base
      // architecture.
      .reserved = ~(bit(54) - 1),
      .reserved_non_leaf = bit(4) | bit(6) | bit(7),
      .accessed_in_every_level = false,
  };
}

constexpr PageTableFormat sv32() {
  PageTableFormat format = risc_v(FormatId::Sv32, "sv32", 2);
  format.index_bits = 10;
  format.entry_bytes = 4;
  format.virtual_address_bits = 32;
  format.sign_extended = false;
  format.frame_bits = 22;
  format.asid_bits = 9;
  format.reserved = 0;
  return format;
}

// In the order of FormatId.
constexpr std::array<PageTableFormat, 8> kFormats{
    x86(FormatId::X86_32, "x86-32", 2),        risc_v(FormatId::Sv39, "sv39", 3),
    risc_v(FormatId::Sv48, "sv48", 4),         sv32(),
    risc_v(FormatId::Sv57, "sv57", 5),         x86_64(FormatId::X86_64, "x86-64", 4),
    x86_64(FormatId::X86_64_5, "x86-64-5", 5), linear(),
};

}  // namespace

const PageTableFormat& format_of(FormatId id) {
  return kFormats[static_cast<std::size_t>(id)];
}

std::span<const PageTableFormat> all_formats() {
  return kFormats;
}

std::optional<FormatId> format_named(std::string_view name) {
  for (const PageTableFormat& format : kFormats) {
    if (format.name == name) return format.id;
  }
  return std::nullopt;
}

std::string format_names() {
  std::string names;
  for (std::size_t i = 0; i < kFormats.size(); ++i) {
    if (i > 0) names += i + 1 == kFormats.size() ? " or " : ", ";
    names += kFormats[i].name;
  }
  return names;
}

}  // namespace vmp
