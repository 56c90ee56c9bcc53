#include "core/os/machine_config.h"

#include "core/base/enum_names.h"

namespace vmp {
namespace {

constexpr EnumNames<3> kPolicyNames{"fifo", "lru", "clock"};

}  // namespace

std::string_view name_of(PolicyKind kind) {
  return name_in(kPolicyNames, kind);
}

std::optional<PolicyKind> policy_named(std::string_view name) {
  return value_named<PolicyKind>(kPolicyNames, name);
}

std::uint64_t least_frames(const MachineConfig& config) {
  return config.kernel_frames + 2 * (std::uint64_t{format_of(config.format).levels} + 1);
}

std::optional<ConfigError> check_config(const MachineConfig& config) {
  using Kind = ConfigError::Kind;
  if (config.frames > kMostFrames) return ConfigError{Kind::TooManyFrames, config.frames, kMostFrames};
  if (config.kernel_frames > kMostFrames)
    return ConfigError{Kind::TooManyFrames, config.kernel_frames, kMostFrames};
  if (config.frames < least_frames(config))
    return ConfigError{Kind::TooFewFrames, config.frames, least_frames(config)};
  if (config.swap_slots > kMostSwapSlots)
    return ConfigError{Kind::TooManySlots, config.swap_slots, kMostSwapSlots};
  const std::uint64_t tlb_entries = std::uint64_t{config.tlb.sets} * config.tlb.ways;
  if (tlb_entries > kMostTlbEntries) return ConfigError{Kind::TlbTooLarge, tlb_entries, kMostTlbEntries};
  if (config.tlb.ways > 0 && config.tlb.sets == 0) return ConfigError{Kind::TlbWithoutSets, 0, 1};
  return std::nullopt;
}

}  // namespace vmp
