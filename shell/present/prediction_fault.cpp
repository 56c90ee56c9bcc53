// Questions about what the kernel makes of an access, and what the program gets from it.
#include <algorithm>

#include "core/sim/explain.h"
#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/prediction_parts.h"
#include "shell/present/prediction_words.h"
#include "shell/present/watch.h"

namespace vmp::predicting {
namespace {

std::string as_text(words::Sentence sentence) {
  return std::string(sentence);
}

std::string fact_of_mended(const FaultUnderstood& understood) {
  switch (understood.cause) {
    case FaultCause::DemandZero:
    case FaultCause::ZeroPage:
      return as_text(words::kFaultUntouched);
    case FaultCause::LoadFromFile:
    case FaultCause::FileCached:
      return as_text(words::kFaultInFile);
    case FaultCause::SwapIn:
    case FaultCause::SwapCached:
      return as_text(words::kFaultSwapped);
    case FaultCause::CopyOnWriteCopy:
      return as_text(words::kFaultShared);
    case FaultCause::CopyOnWriteReuse:
      return as_text(words::kFaultLast);
    case FaultCause::EntryMended:
      break;
  }
  return as_text(words::kFaultEntry);
}

std::string label_of(Signal signal, SignalCode code) {
  if (code == SignalCode::None) return std::string(name_of(signal));
  return fill(words::kSignalWithCode, {name_of(signal), name_of(code)});
}

}  // namespace

Draft ask_fault(const Foresight& seen) {
  if (seen.access == nullptr || seen.process == nullptr) return std::nullopt;
  const auto options = [](words::Sentence none, words::Sentence mended, words::Sentence signal) {
    return std::vector<PredictionOption>{{as_text(words::kFaultNone), as_text(none)},
                                         {as_text(words::kFaultMended), as_text(mended)},
                                         {as_text(words::kFaultSignal), as_text(signal)}};
  };
  if (std::holds_alternative<Signalled>(seen.record.outcome)) {
    const std::string how = render(narrate_outcome(seen.record, seen.then), seen.format(), english());
    return ask(seen, QuestionKind::Fault, words::kFaultQuestion, how,
               options(words::kFaultNotNone, words::kFaultNotMendable, {}), 2);
  }
  if (first_faulting(seen.attempts) == nullptr) {
    return ask(seen, QuestionKind::Fault, words::kFaultQuestion, as_text(words::kFaultNoneFact),
               options({}, words::kFaultNotMended, words::kFaultNotSignal), 0);
  }
  const auto* understood = seen.first<FaultUnderstood>();
  if (understood == nullptr) return std::nullopt;
  return ask(seen, QuestionKind::Fault, words::kFaultQuestion, fact_of_mended(*understood),
             options(words::kFaultNotNone, {}, words::kFaultNotSignal), 1);
}

Draft ask_source(const Foresight& seen) {
  const auto* understood = seen.first<FaultUnderstood>();
  if (seen.access == nullptr || understood == nullptr ||
      std::holds_alternative<Signalled>(seen.record.outcome))
    return std::nullopt;
  enum : std::size_t { Zeros, Memory, File, Swap };
  std::size_t right = Zeros;
  words::Sentence fact = words::kSourceZerosFact;
  switch (understood->cause) {
    case FaultCause::DemandZero:
    case FaultCause::ZeroPage:
      break;
    case FaultCause::LoadFromFile:
      if (!understood->major) break;
      right = File;
      fact = words::kSourceFileFact;
      break;
    case FaultCause::SwapIn:
      right = Swap;
      fact = words::kSourceSwapFact;
      break;
    case FaultCause::FileCached:
    case FaultCause::SwapCached:
      right = Memory;
      fact = words::kSourceCachedFact;
      break;
    case FaultCause::CopyOnWriteCopy:
      right = Memory;
      fact = words::kSourceCopyFact;
      break;
    case FaultCause::CopyOnWriteReuse:
    case FaultCause::EntryMended:
      return std::nullopt;
  }
  std::vector<PredictionOption> options{{as_text(words::kSourceZeros), as_text(words::kSourceNotZeros)},
                                        {as_text(words::kSourceMemory), as_text(words::kSourceNotMemory)},
                                        {as_text(words::kSourceFile), as_text(words::kSourceNotFile)}};
  if (seen.now.swap().size() > 0)
    options.push_back({as_text(words::kSourceSwap), as_text(words::kSourceNotSwap)});
  return ask(seen, QuestionKind::Source, words::kSourceQuestion, as_text(fact), std::move(options), right);
}

Draft ask_signal(const Foresight& seen) {
  const auto* signalled = std::get_if<Signalled>(&seen.record.outcome);
  if (seen.access == nullptr || signalled == nullptr) return std::nullopt;
  const std::string right = label_of(signalled->signal, signalled->code);
  std::vector<PredictionOption> options{
      {label_of(Signal::Segv, SignalCode::MapErr), as_text(words::kSignalNotMapErr)},
      {label_of(Signal::Segv, SignalCode::AccErr), as_text(words::kSignalNotAccErr)},
      {label_of(Signal::Bus, SignalCode::AdrErr), as_text(words::kSignalNotAdrErr)},
      {as_text(words::kSignalNone), as_text(words::kSignalNotNone)}};
  const auto is_right = [&](const PredictionOption& option) { return option.label == right; };
  if (std::none_of(options.begin(), options.end(), is_right))
    options.insert(options.begin() + 3, {right, {}});
  const auto place =
      static_cast<std::size_t>(std::find_if(options.begin(), options.end(), is_right) - options.begin());
  return ask(seen, QuestionKind::Signal, words::kSignalQuestion,
             render(narrate_outcome(seen.record, seen.then), seen.format(), english()), std::move(options),
             place);
}

Draft ask_copy(const Foresight& seen) {
  if (seen.access == nullptr || seen.process == nullptr || seen.access->kind != AccessKind::Write)
    return std::nullopt;
  if (!std::holds_alternative<Completed>(seen.record.outcome)) return std::nullopt;
  enum : std::size_t { Copied, Reused, InPlace, Refused };
  const std::string& name = seen.process->name;
  const auto options = [](words::Sentence copied, words::Sentence reused, words::Sentence in_place) {
    return std::vector<PredictionOption>{{as_text(words::kCopyCopied), as_text(copied)},
                                         {as_text(words::kCopyReused), as_text(reused)},
                                         {as_text(words::kCopyInPlace), as_text(in_place)},
                                         {as_text(words::kCopyRefused), as_text(words::kCopyNotRefused)}};
  };
  const auto question = [&](std::string fact, std::vector<PredictionOption> choices, std::size_t right) {
    return ask(seen, QuestionKind::Copy, words::kCopyQuestion, std::move(fact), std::move(choices), right);
  };
  const PageExplanation page = explain_page(seen.now, *seen.process, seen.page());
  if (const auto* understood = seen.first<FaultUnderstood>()) {
    if (understood->cause == FaultCause::CopyOnWriteCopy && page.frame)
      return question(fill(words::kCopyCopiedFact, {name}),
                      options({}, words::kCopyNotReused, words::kCopyNotInPlace), Copied);
    if (understood->cause == FaultCause::CopyOnWriteReuse)
      return question(fill(words::kCopyReusedFact, {name}),
                      options(words::kCopyNotCopied, {}, words::kCopyNotInPlace), Reused);
    return std::nullopt;
  }
  if (page.sharers < 2 || page.copy_on_write || page.segment == nullptr || !page.segment->shared)
    return std::nullopt;
  return question(as_text(words::kCopyInPlaceFact), options(words::kCopyNotCopied, words::kCopyNotReused, {}),
                  InPlace);
}

namespace {

// Values that were read or stored at the address by anybody so far: only these can be known beforehand.
std::vector<std::uint64_t> values_seen_at(const Timeline& timeline, VirtualAddress address,
                                          std::uint32_t size) {
  constexpr std::size_t kStepsLookedBack = 256;
  std::vector<std::uint64_t> values;
  const std::size_t end = timeline.position();
  for (std::size_t i = end; i-- > (end > kStepsLookedBack ? end - kStepsLookedBack : 0);) {
    for (const Event& event : timeline.record(i).events) {
      const auto* access = std::get_if<ValueAccessed>(&event);
      if (access != nullptr && access->kind != AccessKind::Execute && access->address == address &&
          access->size == size)
        values.push_back(access->value);
    }
  }
  return values;
}

}  // namespace

Draft ask_value(const Foresight& seen) {
  const auto* done = std::get_if<Completed>(&seen.record.outcome);
  if (seen.access == nullptr || seen.process == nullptr || done == nullptr || !done->value ||
      seen.access->kind != AccessKind::Read)
    return std::nullopt;
  const std::uint64_t value = *done->value;
  const VirtualAddress va = seen.access->address;
  const std::string address = hex_address(va, seen.format());
  const std::string& name = seen.process->name;
  const std::vector<std::uint64_t> earlier = values_seen_at(seen.timeline, va, seen.access->size);
  const auto* understood = seen.first<FaultUnderstood>();
  const bool zero = understood != nullptr && (understood->cause == FaultCause::ZeroPage ||
                                              understood->cause == FaultCause::DemandZero);
  if (!zero && std::find(earlier.begin(), earlier.end(), value) == earlier.end()) return std::nullopt;
  Numbers numbers;
  numbers.kind = QuestionKind::Value;
  numbers.question = fill(words::kValueQuestion, {name});
  numbers.right = format_value(value);
  numbers.fact = fill(words::kValueFact, {numbers.right, address, name});
  numbers.last = PredictionOption{as_text(words::kValueNone), fill(words::kValueNotNone, {name})};
  std::vector<PredictionOption> others;
  for (const Watch& watch : collect_watches(seen.timeline)) {
    const Process* owner = seen.now.find_process(watch.process);
    const auto there = watched_value(seen.now, watch);
    if (owner == nullptr || !there) continue;
    const std::string text = format_value(*there);
    if (watch.address == va && owner->id != seen.process->id) {
      numbers.wrong.push_back({text, fill(words::kValueOfAnother, {text, owner->name})});
    } else if (watch.address != va) {
      const std::string where = hex_address(watch.address, seen.format());
      others.push_back({text, fill(words::kValueOfOther, {text, where, owner->name})});
    }
  }
  for (const std::uint64_t before : earlier) {
    const std::string text = format_value(before);
    numbers.wrong.push_back({text, fill(words::kValueEarlier, {text})});
  }
  numbers.wrong.insert(numbers.wrong.end(), others.begin(), others.end());
  numbers.wrong.push_back({"0", as_text(words::kValueZero)});
  return ask(seen, std::move(numbers));
}

}  // namespace vmp::predicting
