#include "core/os/machine_config.h"

#include <algorithm>
#include <bit>

#include "core/base/enum_names.h"

namespace vmp {
namespace {

constexpr EnumNames<3> kOvercommitNames{"heuristic", "always", "strict"};

}  // namespace

std::string_view name_of(Overcommit overcommit) {
  return name_in(kOvercommitNames, overcommit);
}

std::optional<Overcommit> overcommit_named(std::string_view name) {
  return value_named<Overcommit>(kOvercommitNames, name);
}

std::uint64_t least_frames(const MachineConfig& config) {
  const PageTableFormat& format = format_of(config.format);
  return config.kernel_frames + 2 * (format.levels * format.frames_per_node() + 1);
}

namespace {

std::optional<ConfigError> check_tlb(const TlbConfig& tlb) {
  using Kind = ConfigError::Kind;
  const std::uint64_t entries = std::uint64_t{tlb.sets} * tlb.ways;
  if (entries > kMostTlbEntries) return ConfigError{Kind::TlbTooLarge, entries, kMostTlbEntries};
  if (tlb.ways > 0 && tlb.sets == 0) return ConfigError{Kind::TlbWithoutSets, 0, 1};
  const bool a_tree = tlb.ways == 0 || (std::has_single_bit(tlb.ways) && tlb.ways <= kMostPlruWays);
  if (tlb.replacement == TlbReplacement::TreePlru && !a_tree)
    return ConfigError{Kind::PlruWays, tlb.ways, kMostPlruWays};
  return std::nullopt;
}

}  // namespace

std::optional<ConfigError> check_config(const MachineConfig& config) {
  using Kind = ConfigError::Kind;
  if (config.frames > kMostFrames) return ConfigError{Kind::TooManyFrames, config.frames, kMostFrames};
  if (config.kernel_frames > kMostFrames)
    return ConfigError{Kind::TooManyFrames, config.kernel_frames, kMostFrames};
  if (config.frames < least_frames(config))
    return ConfigError{Kind::TooFewFrames, config.frames, least_frames(config)};
  if (config.swap_slots > kMostSwapSlots)
    return ConfigError{Kind::TooManySlots, config.swap_slots, kMostSwapSlots};
  if (!std::has_single_bit(config.swap_cluster) || config.swap_cluster > kMostCluster)
    return ConfigError{Kind::BadCluster, config.swap_cluster, kMostCluster};
  if (config.file_window == 0 || config.file_window > kMostCluster)
    return ConfigError{Kind::BadFileWindow, config.file_window, kMostCluster};
  if (config.fault_frequency.low > config.fault_frequency.high)
    return ConfigError{Kind::BadFaultFrequency, config.fault_frequency.low, config.fault_frequency.high};
  if (config.thrashing > 100) return ConfigError{Kind::BadThrashing, config.thrashing, 100};
  if (config.tick == 0) return ConfigError{Kind::TickOfZero, 0, 1};
  const std::uint64_t reachable = std::uint64_t{1} << format_of(config.format).frame_bits;
  const bool fits = config.physical_base.value() <= kHighestBase &&
                    frame_of(config.physical_base).value() + config.frames <= reachable;
  if (!fits || offset_of(config.physical_base) != 0)
    return ConfigError{Kind::BadBase, config.physical_base.value(),
                       std::min(kHighestBase, (reachable - std::min(reachable, config.frames)) * kPageSize)};
  if (config.walk_cache > kMostTlbEntries)
    return ConfigError{Kind::WalkCacheTooLarge, config.walk_cache, kMostTlbEntries};
  if (const auto error = check_tlb(config.tlb)) return error;
  return config.instruction_tlb ? check_tlb(*config.instruction_tlb) : std::nullopt;
}

}  // namespace vmp
