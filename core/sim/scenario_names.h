// Words of the scenario format that have no name elsewhere in the core.
#pragma once

#include <array>
#include <span>

#include "core/sim/scenario.h"

namespace vmp {

std::string_view name_of(ExpectedPage state);        // "resident", "swapped", ...
std::string_view name_of(CounterName counter);       // "reads", "free-frames", ...
std::string_view name_of(FramePlacement placement);  // "lowest", "scattered"
std::string_view name_of(ReplacementScope scope);    // "global", "local"
std::optional<ExpectedPage> expected_page_named(std::string_view name);
std::optional<CounterName> counter_named(std::string_view name);
std::optional<FramePlacement> placement_named(std::string_view name);
std::optional<ReplacementScope> scope_named(std::string_view name);
// True for the counters only the machine has: a process has no free frames.
// The switches of the machine line that are on or off.
struct ProtectionName {
  std::string_view name;
  bool ProtectionSettings::*flag;
};
inline constexpr std::array<ProtectionName, 5> kProtectionNames{{{"svade", &ProtectionSettings::svade},
                                                                 {"sum", &ProtectionSettings::sum},
                                                                 {"mxr", &ProtectionSettings::mxr},
                                                                 {"smep", &ProtectionSettings::smep},
                                                                 {"smap", &ProtectionSettings::smap}}};

bool is_machine_counter(CounterName counter);

}  // namespace vmp
