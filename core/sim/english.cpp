// The English string table: one row a message, in the order of MessageId. The static_assert below refuses a
// table with a missing or misplaced row.
#include <algorithm>

#include "core/sim/english_log.h"
#include "core/sim/english_outcomes.h"
#include "core/sim/narrate.h"

namespace vmp {
namespace {

constexpr auto kRows = [] {
  std::array<EnglishRow, english_rows::kLog.size() + english_rows::kOutcomes.size()> rows{};
  std::copy(english_rows::kOutcomes.begin(), english_rows::kOutcomes.end(),
            std::copy(english_rows::kLog.begin(), english_rows::kLog.end(), rows.begin()));
  return rows;
}();

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].id) != i || kRows[i].sentence.empty()) return false;
  }
  return kRows.size() == kMessageCount;
}
static_assert(in_order(), "every MessageId needs its row, in order");

class English final : public StringTable {
 public:
  std::string_view sentence(MessageId id) const override {
    return kRows[static_cast<std::size_t>(id)].sentence;
  }
};

}  // namespace

const StringTable& english() {
  static const English table;
  return table;
}

}  // namespace vmp
