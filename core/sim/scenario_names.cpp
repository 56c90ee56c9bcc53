#include "core/sim/scenario_names.h"

#include <array>

namespace vmp {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 5> kPages{"resident", "swapped", "untouched", "unmapped", "no-access"};
constexpr std::array<std::string_view, 17> kCounters{
    "reads",       "writes",     "executes", "faults",     "minor-faults", "major-faults",
    "evictions",   "pages-out",  "pages-in", "copies",     "signals",      "resident",
    "free-frames", "used-slots", "tlb-hits", "tlb-misses", "table-nodes"};
constexpr std::array<std::string_view, 2> kPlacements{"lowest", "scattered"};

template <class Enum, std::size_t kCount>
std::optional<Enum> named(const std::array<std::string_view, kCount>& names, std::string_view name) {
  for (std::size_t i = 0; i < kCount; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(ExpectedPage state) {
  return kPages[static_cast<std::size_t>(state)];
}
std::string_view name_of(CounterName counter) {
  return kCounters[static_cast<std::size_t>(counter)];
}
std::string_view name_of(FramePlacement placement) {
  return kPlacements[static_cast<std::size_t>(placement)];
}
std::optional<ExpectedPage> expected_page_named(std::string_view name) {
  return named<ExpectedPage>(kPages, name);
}
std::optional<CounterName> counter_named(std::string_view name) {
  return named<CounterName>(kCounters, name);
}
std::optional<FramePlacement> placement_named(std::string_view name) {
  return named<FramePlacement>(kPlacements, name);
}

bool is_machine_counter(CounterName counter) {
  return counter == CounterName::FreeFrames || counter == CounterName::UsedSlots ||
         counter == CounterName::TlbHits || counter == CounterName::TlbMisses;
}

}  // namespace vmp
