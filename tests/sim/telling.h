#pragma once

#include <string>

#include "core/sim/narrate.h"

// What a person reads, for tests: the line of the log with its actor, a headline, an outcome.
namespace vmp::test {

inline std::string told(const Message& message, const PageTableFormat& format) {
  return render(message, format, english());
}

inline std::string log_line(const Event& event, const Kernel& kernel) {
  const auto message = narrate(event, kernel);
  if (!message) return {};
  return render_actor(*message, english()) + ": " + told(*message, kernel.format());
}

inline std::string headline_of(const StepRecord& record, const Kernel& kernel) {
  return told(headline(record, kernel), kernel.format());
}

inline std::string outcome_of(const StepRecord& record, const Kernel& kernel) {
  return told(narrate_outcome(record, kernel), kernel.format());
}

}  // namespace vmp::test
