// What the files that make questions share, and nobody else: the step as it will be, and how options become a
// question.
#pragma once

#include "shell/present/attempt.h"
#include "shell/present/fill.h"
#include "shell/present/prediction.h"

namespace vmp::predicting {

// The next step, made on a copy of the machine.
struct Foresight {
  const Timeline& timeline;
  const Kernel& now;   // before the step
  const Kernel& then;  // after it
  const StepRecord& record;
  std::size_t index = 0;             // of the step
  const Process* process = nullptr;  // whose step it is, before it; null: nobody's, or one yet to start
  const Access* access = nullptr;    // within one page; else null
  const std::vector<Attempt>& attempts;

  const PageTableFormat& format() const { return now.format(); }
  PageNumber page() const { return page_of(access->address); }
  template <class E>
  const E* first() const {
    for (const Event& event : record.events) {
      if (const auto* found = std::get_if<E>(&event)) return found;
    }
    return nullptr;
  }
};

using Draft = std::optional<Prediction>;

// Options that are numbers: the right one takes a place that depends on the step, the wrong ones the others,
// the most tempting first. Those that say the same as one before are left out. `last`: an option that is no
// number and stands last whenever it is offered.
struct Numbers {
  QuestionKind kind = QuestionKind::Index;
  std::string question;
  std::string fact;
  std::string right;  // empty: `last` is right
  std::vector<PredictionOption> wrong;
  std::optional<PredictionOption> last = {};
};
Draft ask(const Foresight& seen, Numbers numbers);

// Options that are words, in an order of their own.
Draft ask(const Foresight& seen, QuestionKind kind, std::string_view question, std::string fact,
          std::vector<PredictionOption> options, std::size_t right);

// Each gives nothing if its question makes no sense for the step.
Draft ask_index(const Foresight& seen);
Draft ask_entry(const Foresight& seen);
Draft ask_frame(const Foresight& seen);
Draft ask_physical(const Foresight& seen);
Draft ask_tlb(const Foresight& seen);
Draft ask_fault(const Foresight& seen);
Draft ask_source(const Foresight& seen);
Draft ask_signal(const Foresight& seen);
Draft ask_copy(const Foresight& seen);
Draft ask_victim(const Foresight& seen);
Draft ask_value(const Foresight& seen);
Draft ask_taken(const Foresight& seen);
Draft ask_freed(const Foresight& seen);

}  // namespace vmp::predicting
