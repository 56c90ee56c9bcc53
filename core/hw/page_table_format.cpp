#include "core/hw/page_table_format.h"

namespace vmp {
namespace {

constexpr std::uint64_t bit(std::uint32_t position) {
  return std::uint64_t{1} << position;
}

constexpr PageTableFormat kX86_32{
    .id = FormatId::X86_32,
    .name = "x86-32",
    .levels = 2,
    .index_bits = 10,
    .entry_bytes = 4,
    .virtual_address_bits = 32,
    .sign_extended = false,
    .frame_shift = 12,
    .frame_bits = 20,
    .leaf_rule = LeafRule::LastLevelOnly,
    .permission_rule = PermissionRule::EveryLevel,
    .asid_bits = 0,
    .present = bit(0),
    .read = 0,
    .write = bit(1),
    .execute = 0,
    .user = bit(2),
    .global = bit(8),
    .accessed = bit(5),
    .dirty = bit(6),
    .reserved = 0,
    .reserved_non_leaf = 0,
    .accessed_in_every_level = true,
};

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
      .user = bit(4),
      .global = bit(5),
      .accessed = bit(6),
      .dirty = bit(7),
      // Bits 63..54: Svnapot and Svpbmt are not implemented here, so they are reserved as in the base
      // architecture.
      .reserved = ~((std::uint64_t{1} << 54) - 1),
      .reserved_non_leaf = bit(4) | bit(6) | bit(7),
      .accessed_in_every_level = false,
  };
}

constexpr std::array<PageTableFormat, 3> kFormats{
    kX86_32,
    risc_v(FormatId::Sv39, "sv39", 3),
    risc_v(FormatId::Sv48, "sv48", 4),
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

}  // namespace vmp
