// What could come next behind the beginning of a command, found out by the very reader that reads commands:
// what is offered is what would be accepted.
#pragma once

#include "core/sim/line_reader.h"

namespace vmp {

struct NextWords {
  std::vector<Offer> offers;        // in the order in which the reader asks
  bool complete = false;            // the line may end here
  std::optional<ParseError> error;  // what stands there is wrong already
};
NextWords next_words(std::string_view line, const Scenario& programs, const TraceLookup& traces);

}  // namespace vmp
