// The replacement policies there are, by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vmp {

enum class PolicyKind : std::uint8_t {
  Fifo,
  Lru,
  Clock,
  Mru,
  Nru,
  Aging,
  Lfu,
  Random,
  Optimal,
  WorkingSet,
  WsClock,
  Linux,
  Arc,
  Sieve,
  ClockRef0,
};
inline constexpr std::size_t kPolicyKinds = static_cast<std::size_t>(PolicyKind::ClockRef0) + 1;

std::string_view name_of(PolicyKind kind);  // "fifo", "lru", "clock", ... as scenarios write them
std::optional<PolicyKind> policy_named(std::string_view name);
std::string policy_names();  // "fifo, lru, ... or clock-ref0"

// It is told of every single reference (or of the future), which no kernel can see: real kernels get accessed
// bits.
constexpr bool is_ideal(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::Lru:
    case PolicyKind::Mru:
    case PolicyKind::Lfu:
    case PolicyKind::Optimal:
    case PolicyKind::Arc:
    case PolicyKind::Sieve:
    case PolicyKind::ClockRef0:
      return true;
    case PolicyKind::Fifo:
    case PolicyKind::Clock:
    case PolicyKind::Nru:
    case PolicyKind::Aging:
    case PolicyKind::Random:
    case PolicyKind::WorkingSet:
    case PolicyKind::WsClock:
    case PolicyKind::Linux:
      return false;
  }
  return false;
}

// It looks at the accessed bits every so many references, and clears them.
constexpr bool has_tick(PolicyKind kind) {
  return kind == PolicyKind::Nru || kind == PolicyKind::Aging || kind == PolicyKind::WorkingSet;
}

}  // namespace vmp
