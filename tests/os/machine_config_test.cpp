#include "core/os/machine_config.h"

#include <doctest/doctest.h>

using namespace vmp;

namespace {

ConfigError error_of(const MachineConfig& config) {
  const auto error = check_config(config);
  REQUIRE(error.has_value());
  return *error;
}

}  // namespace

TEST_CASE("a machine has so many frames and slots and no more, and the limit is said") {
  MachineConfig config;
  config.frames = kMostFrames;
  config.swap_slots = kMostSwapSlots;
  CHECK_FALSE(check_config(config).has_value());
  config.frames = kMostFrames + 1;
  CHECK(error_of(config).kind == ConfigError::Kind::TooManyFrames);
  CHECK(error_of(config).limit == kMostFrames);
  config.frames = kMostFrames;
  config.kernel_frames = kMostFrames + 1;
  CHECK(error_of(config).kind == ConfigError::Kind::TooManyFrames);
  CHECK(error_of(config).given == kMostFrames + 1);
  config.kernel_frames = kMostFrames;
  CHECK(error_of(config).kind == ConfigError::Kind::TooFewFrames);
  config.kernel_frames = 3;
  config.swap_slots = kMostSwapSlots + 1;
  CHECK(error_of(config).kind == ConfigError::Kind::TooManySlots);
}

TEST_CASE("a walk cache has at most as many entries as a TLB") {
  MachineConfig config;
  config.walk_cache = kMostTlbEntries;
  CHECK_FALSE(check_config(config).has_value());
  config.walk_cache = kMostTlbEntries + 1;
  CHECK(error_of(config).kind == ConfigError::Kind::WalkCacheTooLarge);
  CHECK(error_of(config).limit == kMostTlbEntries);
}

TEST_CASE("RAM begins at a page, low enough for its frames to have numbers") {
  MachineConfig config;
  config.physical_base = PhysicalAddress(kHighestBase - config.frames * kPageSize);
  CHECK_FALSE(check_config(config).has_value());
  for (const std::uint64_t base :
       {kHighestBase - config.frames * kPageSize + kPageSize, std::uint64_t{100}, kHighestBase + kPageSize}) {
    config.physical_base = PhysicalAddress(base);
    CHECK(error_of(config).kind == ConfigError::Kind::BadBase);
    CHECK(error_of(config).limit == kHighestBase - config.frames * kPageSize);
  }
  config.format = FormatId::Sv39;  // its frame numbers reach further than RAM may
  CHECK(error_of(config).limit == kHighestBase);
}

TEST_CASE("every mode of overcommit is found by its name") {
  for (const Overcommit mode : {Overcommit::Heuristic, Overcommit::Always, Overcommit::Strict}) {
    CHECK(overcommit_named(name_of(mode)) == mode);
  }
  CHECK_FALSE(overcommit_named("never").has_value());
}
