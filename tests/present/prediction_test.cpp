// Questions about the next step, asked through every lesson from start to end and checked against what the
// machine then does, by its events and counters.
#include "shell/present/prediction.h"

#include <doctest/doctest.h>
#include <map>
#include <set>

#include "core/sim/narrate.h"
#include "shell/present/fill.h"
#include "shell/present/format.h"
#include "tests/present/fixture.h"
#include "tests/support/files.h"

namespace vmp {
namespace {

Timeline timeline_of(const Scenario& scenario) {
  auto timeline = Timeline::start(scenario.config());
  REQUIRE(timeline.ok());
  for (Step& step : scenario.steps()) timeline.value().append(std::move(step));
  return std::move(timeline.value());
}

std::vector<std::string> every_lesson() {
  std::vector<std::string> names;
  for (const std::string folder : {"", "faults/", "tables/"}) {
    for (const std::string& name : test_support::files_in("assets/scenarios/" + folder, ".vms"))
      names.push_back(folder + name);
  }
  REQUIRE(names.size() > 30);
  return names;
}

template <class E>
std::vector<E> hardware(const StepRecord& record) {
  std::vector<E> found;
  for (const Event& event : record.events) {
    const auto* did = std::get_if<HardwareDid>(&event);
    if (did == nullptr) continue;
    if (const auto* e = std::get_if<E>(&did->event)) found.push_back(*e);
  }
  return found;
}
template <class E>
std::vector<E> software(const StepRecord& record) {
  std::vector<E> found;
  for (const Event& event : record.events) {
    if (const auto* e = std::get_if<E>(&event)) found.push_back(*e);
  }
  return found;
}

// The entry the question names: of the root, or of the node at the level it says.
PteRead entry_asked(const Prediction& asked, const StepRecord& record, const Kernel& kernel) {
  std::uint32_t level = kernel.format().root_level();
  const std::size_t place = asked.question.find("level-");
  if (place != std::string::npos) level = static_cast<std::uint32_t>(asked.question[place + 6] - '0');
  for (const PteRead& read : hardware<PteRead>(record)) {
    if (read.level == level) return read;
  }
  FAIL("no entry of level " << level << " was read");
  return {};
}

bool faults_at_once(const StepRecord& record) {
  for (const Event& event : record.events) {
    const auto* did = std::get_if<HardwareDid>(&event);
    if (did == nullptr) continue;
    if (std::holds_alternative<FaultRaised>(did->event)) return true;
    if (std::holds_alternative<AddressTranslated>(did->event)) return false;
  }
  return false;
}

// What the right answer has to be, read off what the machine did.
std::string answer(const Prediction& asked, const StepRecord& record, const Kernel& before,
                   const Kernel& after) {
  const auto* signalled = std::get_if<Signalled>(&record.outcome);
  switch (asked.kind) {
    case QuestionKind::Index:
      return group_digits(entry_asked(asked, record, after).index);
    case QuestionKind::Entry:
      return hex_address(entry_asked(asked, record, after).address);
    case QuestionKind::Frame:
      if (faults_at_once(record)) return "fault";
      return hex_frame(frame_of(hardware<AddressTranslated>(record).front().physical_address));
    case QuestionKind::Physical:
      return hex_address(hardware<AddressTranslated>(record).front().physical_address);
    case QuestionKind::Tlb:
      if (after.totals().tlb_misses == before.totals().tlb_misses) return "hit";
      return hardware<TlbMissed>(record).front().cause == TlbMissCause::NoEntry ? "miss: no entry"
                                                                                : "miss: entry not enough";
    case QuestionKind::Fault:
      if (signalled != nullptr) return "fault, and a signal";
      return hardware<FaultRaised>(record).empty() ? "no fault" : "fault, then mended";
    case QuestionKind::Source: {
      if (after.totals().swap_reads > before.totals().swap_reads) return "swap (major)";
      if (after.totals().major_faults > before.totals().major_faults) return "a file (major)";
      const FaultCause cause = software<FaultUnderstood>(record).front().cause;
      const bool ready = cause == FaultCause::FileCached || cause == FaultCause::SwapCached ||
                         cause == FaultCause::CopyOnWriteCopy;
      return ready ? "RAM (minor)" : "zeros (minor)";
    }
    case QuestionKind::Signal:
      REQUIRE(signalled != nullptr);
      return std::string(name_of(signalled->signal)) +
             (signalled->code == SignalCode::None ? "" : ", " + std::string(name_of(signalled->code)));
    case QuestionKind::Copy:
      if (after.totals().copies > before.totals().copies) return "it is copied first";
      return hardware<FaultRaised>(record).empty() ? "written in place for all" : "kept, not copied";
    case QuestionKind::Victim:
      return hex_frame(software<VictimChosen>(record).front().choice.frame);
    case QuestionKind::Value:
      return format_value(*std::get<Completed>(record.outcome).value);
    case QuestionKind::Taken: {
      std::uint64_t given_back = 0;
      for (const FrameFreed& freed : software<FrameFreed>(record)) given_back += freed.count;
      return group_digits(before.frames().free_count() + given_back - after.frames().free_count());
    }
    case QuestionKind::Freed:
      return group_digits(after.frames().free_count() - before.frames().free_count());
  }
  return {};
}

void check_form(const Prediction& asked) {
  CHECK(asked.options.size() >= kLeastOptions);
  CHECK(asked.options.size() <= kMostOptions);
  REQUIRE(asked.right < asked.options.size());
  std::set<std::string> labels;
  for (std::size_t i = 0; i < asked.options.size(); ++i) {
    CAPTURE(asked.options[i].label);
    CHECK(labels.insert(asked.options[i].label).second);
    CHECK(asked.options[i].diagnosis.empty() == (i == asked.right));
    CHECK(asked.options[i].diagnosis.find('{') == std::string::npos);
  }
  CHECK_FALSE(asked.fact.empty());
  CHECK(asked.fact.find('{') == std::string::npos);
  CHECK(asked.question.find('{') == std::string::npos);
}

}  // namespace

TEST_CASE("through every lesson the right answer is what then happens, and no other option is") {
  std::map<QuestionKind, int> kinds;
  std::size_t steps = 0;
  std::size_t asked_steps = 0;
  for (const std::string& name : every_lesson()) {
    CAPTURE(name);
    Timeline timeline = timeline_of(test_support::shipped_scenario(name));
    for (;;) {
      const std::size_t position = timeline.position();
      CAPTURE(position);
      const Machine before = timeline.machine();
      const std::optional<Prediction> asked = predict(timeline);
      CHECK(timeline.machine().hash() == before.hash());
      if (!timeline.forward()) {
        CHECK_FALSE(asked.has_value());
        break;
      }
      ++steps;
      if (!asked) continue;
      ++asked_steps;
      ++kinds[asked->kind];
      CAPTURE(asked->question);
      CAPTURE(static_cast<int>(asked->kind));
      check_form(*asked);
      const std::string right =
          answer(*asked, *timeline.current(), before.kernel(), timeline.machine().kernel());
      for (std::size_t i = 0; i < asked->options.size(); ++i) {
        const std::string& label = asked->options[i].label;
        CAPTURE(right);
        CAPTURE(label);
        CHECK((label == right) == (i == asked->right));
      }
    }
  }
  MESSAGE(asked_steps << " of " << steps << " steps are asked about");
  CHECK(asked_steps * 2 > steps);
  for (int kind = 0; kind <= static_cast<int>(QuestionKind::Freed); ++kind) {
    CAPTURE(kind);
    CHECK(kinds[static_cast<QuestionKind>(kind)] > 0);
  }
}

TEST_CASE("the same state asks the same question, however it was reached") {
  Timeline straight = timeline_of(test_support::shipped_scenario("swap"));
  Timeline other = timeline_of(test_support::shipped_scenario("swap"));
  other.seek(other.size());
  for (std::size_t position = 0; position < straight.size(); ++position) {
    straight.seek(position);
    other.seek(position);
    const auto a = predict(straight);
    const auto b = predict(other);
    REQUIRE(a.has_value() == b.has_value());
    if (!a) continue;
    CHECK(a->question == b->question);
    CHECK(a->right == b->right);
    CHECK(a->options.size() == b->options.size());
    CHECK(a->fact == b->fact);
  }
}

TEST_CASE("the right number stands now here, now there") {
  std::map<std::size_t, int> places;
  int questions = 0;
  for (const std::string name : {"isolation", "swap", "cow", "translation", "segments"}) {
    Timeline timeline = timeline_of(test_support::shipped_scenario(name));
    do {
      const auto asked = predict(timeline);
      if (!asked) continue;
      const bool number = asked->kind <= QuestionKind::Physical || asked->kind >= QuestionKind::Victim;
      if (!number) continue;
      ++questions;
      ++places[asked->right];
    } while (timeline.forward());
  }
  REQUIRE(questions > 20);
  for (std::size_t place = 0; place < kLeastOptions; ++place) {
    CAPTURE(place);
    CHECK(places[place] * 10 > questions);
  }
}

TEST_CASE("kinds take turns: no lesson asks the same kind more than three times running") {
  for (const std::string name : {"isolation", "cow", "translation", "segments", "stale"}) {
    CAPTURE(name);
    Timeline timeline = timeline_of(test_support::shipped_scenario(name));
    std::optional<QuestionKind> last;
    int running = 0;
    do {
      const auto asked = predict(timeline);
      if (!asked) continue;
      running = last == asked->kind ? running + 1 : 1;
      last = asked->kind;
      CHECK(running <= 3);
    } while (timeline.forward());
  }
}

TEST_CASE("who sees only what a program sees is asked about values and signals alone") {
  for (const std::string name : {"isolation", "segments"}) {
    Timeline timeline = timeline_of(test_support::shipped_scenario(name));
    int asked = 0;
    do {
      const auto question = predict(timeline, Viewpoint::Program);
      if (!question) continue;
      ++asked;
      const bool known = question->kind == QuestionKind::Value || question->kind == QuestionKind::Signal;
      CHECK(known);
    } while (timeline.forward());
    CHECK(asked > 1);
  }
}

TEST_CASE("a wrong answer is told why it is tempting and what decides, a right one only the latter") {
  // Step 5: A reads what it wrote; B has another value at the same address.
  test::Loaded loaded = test::load(test::kTwoPrograms, 4);
  const auto asked = predict(loaded.timeline);
  REQUIRE(asked.has_value());
  CHECK(to_string(verdict_of(*asked, asked->right)) == "Yes. " + asked->fact);
  const std::size_t wrong = asked->right == 0 ? 1 : 0;
  const Verdict no = verdict_of(*asked, wrong);
  CHECK(no.head == "No: " + asked->options[asked->right].label + ".");
  CHECK(no.why == asked->options[wrong].diagnosis + " " + asked->fact);
  CHECK(verdict_of(*asked, std::nullopt).why == asked->fact);
}

TEST_CASE("values go to their places, and what is no place stays") {
  CHECK(fill("{1} before {0}", {"a", "b"}) == "b before a");
  CHECK(fill("{0} {2} {x}", {"a"}) == "a {2} {x}");
  CHECK(fill("", {"a"}).empty());
}

}  // namespace vmp
