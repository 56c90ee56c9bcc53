// What one process may ask for at most (setrlimit(2)). Limits are inherited by fork and kept by exec;
// lowering one takes nothing away, it only makes the next call fail.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/hash.h"

namespace vmp {

enum class Limit : std::uint8_t {
  AddressSpace,  // RLIMIT_AS: all pages that are mapped
  Data,          // RLIMIT_DATA: private writable pages, stacks left out
  Stack,         // RLIMIT_STACK: how far the stack may grow
};
inline constexpr std::size_t kLimitCount = 3;
std::string_view name_of(Limit limit);  // "address-space", "data", "stack"
std::optional<Limit> limit_named(std::string_view name);

// The limits of a process, in pages; nothing: not limited.
struct Limits {
  std::optional<std::uint64_t> address_space;
  std::optional<std::uint64_t> data;
  std::optional<std::uint64_t> stack;  // nothing: as the program says

  constexpr bool operator==(const Limits&) const = default;
  void hash_into(Hasher& hasher) const {
    hasher.add(address_space);
    hasher.add(data);
    hasher.add(stack);
  }
};

}  // namespace vmp
