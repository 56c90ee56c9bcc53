#include "shell/present/prediction.h"

#include <algorithm>
#include <array>

#include "core/base/hash.h"
#include "shell/present/prediction_parts.h"
#include "shell/present/prediction_words.h"
#include "shell/present/step_text.h"

namespace vmp {
namespace predicting {
namespace {

// Beside an option that is no number there are as many numbers whether it is right or not.
constexpr std::size_t kMostNumbers = 4;
constexpr std::size_t kMostNumbersBesideLast = 3;

// Spreads the right answers over the places; not to be foreseen, and the same every time.
std::size_t place_of(const Foresight& seen, QuestionKind kind, std::size_t places) {
  Hasher hasher;
  hasher.add(static_cast<std::uint64_t>(seen.index));
  hasher.add(static_cast<std::uint64_t>(kind));
  return static_cast<std::size_t>(hasher.value() % places);
}

Prediction begun(const Foresight& seen, QuestionKind kind, std::string_view question, std::string fact) {
  Prediction prediction;
  prediction.kind = kind;
  prediction.step = seen.index;
  prediction.situation = fill(words::kSituation, {describe_step(seen.record.step, seen.format())});
  prediction.question = std::string(question);
  prediction.fact = std::move(fact);
  return prediction;
}

}  // namespace

Draft ask(const Foresight& seen, Numbers numbers) {
  Prediction prediction = begun(seen, numbers.kind, numbers.question, std::move(numbers.fact));
  std::vector<PredictionOption>& options = prediction.options;
  const std::size_t most =
      (numbers.last ? kMostNumbersBesideLast : kMostNumbers) - (numbers.right.empty() ? 0 : 1);
  for (PredictionOption& wrong : numbers.wrong) {
    const bool known = wrong.label == numbers.right ||
                       std::any_of(options.begin(), options.end(), [&](const PredictionOption& option) {
                         return option.label == wrong.label;
                       });
    if (!known && options.size() < most) options.push_back(std::move(wrong));
  }
  if (!numbers.right.empty()) {
    prediction.right = place_of(seen, numbers.kind, options.size() + 1);
    options.insert(options.begin() + static_cast<std::ptrdiff_t>(prediction.right), {numbers.right, {}});
  }
  if (numbers.last) {
    if (numbers.right.empty()) prediction.right = options.size();
    options.push_back(std::move(*numbers.last));
  }
  if (options.size() < kLeastOptions) return std::nullopt;
  return prediction;
}

Draft ask(const Foresight& seen, QuestionKind kind, std::string_view question, std::string fact,
          std::vector<PredictionOption> options, std::size_t right) {
  Prediction prediction = begun(seen, kind, question, std::move(fact));
  prediction.options = std::move(options);
  prediction.options[right].diagnosis.clear();
  prediction.right = right;
  return prediction;
}

}  // namespace predicting

namespace {

using predicting::Draft;
using predicting::Foresight;
using Ask = Draft (*)(const Foresight&);

// What a step is really about goes before what is true of every step.
constexpr std::array<Ask, 5> kTelling = {predicting::ask_victim, predicting::ask_copy, predicting::ask_signal,
                                         predicting::ask_taken, predicting::ask_freed};
constexpr std::array<Ask, 8> kUsual = {predicting::ask_frame,    predicting::ask_tlb,   predicting::ask_index,
                                       predicting::ask_fault,    predicting::ask_value, predicting::ask_entry,
                                       predicting::ask_physical, predicting::ask_source};
// Now and then a telling step is asked about as if it were any other.
constexpr std::size_t kEvery = 4;

template <std::size_t N>
std::vector<Prediction> drafts_of(const std::array<Ask, N>& asks, const Foresight& seen) {
  std::vector<Prediction> drafts;
  for (const Ask ask : asks) {
    if (Draft draft = ask(seen)) drafts.push_back(std::move(*draft));
  }
  return drafts;
}

bool is_worth_asking(const Step& step) {
  return !std::holds_alternative<ReplayTrace>(step.command);  // a slice of many references
}

constexpr std::array<Ask, 1> kTellingProgram = {predicting::ask_signal};
constexpr std::array<Ask, 1> kUsualProgram = {predicting::ask_value};

std::optional<Prediction> choose(const Foresight& seen, Viewpoint viewpoint) {
  const bool program = viewpoint == Viewpoint::Program;
  std::vector<Prediction> telling = program ? drafts_of(kTellingProgram, seen) : drafts_of(kTelling, seen);
  std::vector<Prediction> usual = program ? drafts_of(kUsualProgram, seen) : drafts_of(kUsual, seen);
  const bool plain = telling.empty() || (!usual.empty() && seen.index % kEvery == kEvery - 1);
  std::vector<Prediction>& drafts = plain ? usual : telling;
  if (drafts.empty()) return std::nullopt;
  return std::move(drafts[seen.index % drafts.size()]);
}

}  // namespace

std::optional<Prediction> predict(const Timeline& timeline, Viewpoint viewpoint) {
  const std::size_t index = timeline.position();
  if (index == timeline.size() || !is_worth_asking(timeline.step(index))) return std::nullopt;
  const Kernel& now = timeline.machine().kernel();
  Machine copy = timeline.machine();
  StepRecord record{.step = timeline.step(index), .events = {}, .outcome = Completed{}, .hash = 0};
  record.outcome = copy.execute(record.step.command, &record.events);
  if (std::holds_alternative<Rejected>(record.outcome)) return std::nullopt;
  const std::vector<Attempt> attempts = attempts_of(record);
  const Access* access = access_of(record);
  if (access != nullptr && (offset_of(access->address) + access->size > kPageSize || attempts.empty()))
    access = nullptr;
  return choose({.timeline = timeline,
                 .now = now,
                 .then = copy.kernel(),
                 .record = record,
                 .index = index,
                 .process = now.find_process(process_of(record.step.command)),
                 .access = access,
                 .attempts = attempts},
                viewpoint);
}

Verdict verdict_of(const Prediction& prediction, std::optional<std::size_t> chosen) {
  namespace words = predicting::words;
  const std::string& right = prediction.options[prediction.right].label;
  if (!chosen) return {fill(words::kShown, {right}), prediction.fact};
  if (*chosen == prediction.right) return {std::string(words::kYes), prediction.fact};
  return {fill(words::kNo, {right}),
          fill(words::kDiagnosisAndFact, {prediction.options[*chosen].diagnosis, prediction.fact})};
}

std::string to_string(const Verdict& verdict) {
  return fill(predicting::words::kVerdict, {verdict.head, verdict.why});
}

}  // namespace vmp
