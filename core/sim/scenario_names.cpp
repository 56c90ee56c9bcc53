#include "core/sim/scenario_names.h"

#include "core/base/enum_names.h"

namespace vmp {
namespace {

// In the order of the enumerators.
constexpr EnumNames<5> kPages{"resident", "swapped", "untouched", "unmapped", "no-access"};
constexpr EnumNames<34> kCounters{"reads",
                                  "writes",
                                  "executes",
                                  "faults",
                                  "minor-faults",
                                  "major-faults",
                                  "evictions",
                                  "pages-out",
                                  "pages-in",
                                  "copies",
                                  "signals",
                                  "resident",
                                  "free-frames",
                                  "used-slots",
                                  "tlb-hits",
                                  "tlb-misses",
                                  "table-nodes",
                                  "table-reads",
                                  "swap-reads",
                                  "swap-writes",
                                  "file-reads",
                                  "file-writes",
                                  "read-ahead",
                                  "read-ahead-hits",
                                  "refaults",
                                  "quota",
                                  "thrashing",
                                  "cycles",
                                  "access-tenths",
                                  "table-bytes",
                                  "flat-table-bytes",
                                  "tree-table-bytes",
                                  "walk-cache-hits",
                                  "walk-cache-misses"};
constexpr EnumNames<2> kPlacements{"lowest", "scattered"};
constexpr EnumNames<2> kScopes{"global", "local"};

}  // namespace

std::string_view name_of(ExpectedPage state) {
  return name_in(kPages, state);
}
std::string_view name_of(CounterName counter) {
  return name_in(kCounters, counter);
}
std::string_view name_of(FramePlacement placement) {
  return name_in(kPlacements, placement);
}
std::string_view name_of(ReplacementScope scope) {
  return name_in(kScopes, scope);
}
std::optional<ExpectedPage> expected_page_named(std::string_view name) {
  return value_named<ExpectedPage>(kPages, name);
}
std::optional<CounterName> counter_named(std::string_view name) {
  return value_named<CounterName>(kCounters, name);
}
std::optional<ReplacementScope> scope_named(std::string_view name) {
  return value_named<ReplacementScope>(kScopes, name);
}
std::optional<FramePlacement> placement_named(std::string_view name) {
  return value_named<FramePlacement>(kPlacements, name);
}

bool is_machine_counter(CounterName counter) {
  return counter == CounterName::FreeFrames || counter == CounterName::UsedSlots ||
         counter == CounterName::Thrashing || counter == CounterName::WalkCacheHits ||
         counter == CounterName::WalkCacheMisses;
}

}  // namespace vmp
