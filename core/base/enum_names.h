// The names of an enumeration, in the order of its enumerators: one table for both directions.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace vmp {

template <std::size_t kCount>
using EnumNames = std::array<std::string_view, kCount>;

template <class Enum, std::size_t kCount>
constexpr std::string_view name_in(const EnumNames<kCount>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

// The enumerator of that name, if there is one.
template <class Enum, std::size_t kCount>
constexpr std::optional<Enum> value_named(const EnumNames<kCount>& names, std::string_view name) {
  for (std::size_t i = 0; i < kCount; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace vmp
