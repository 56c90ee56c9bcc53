#include "shell/present/lesson.h"

#include <doctest/doctest.h>

#include "tests/present/fixture.h"

namespace vmp {

TEST_CASE("prose stays until newer prose takes its place") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 0);
  const Lesson& lesson = loaded.lesson;
  CHECK(lesson.title == "Two programs");
  REQUIRE(lesson.steps.size() == 6);
  CHECK(lesson.prose_at(0) == "Before anything.");
  CHECK(lesson.prose_at(1) == "A starts.\n\nIt is alone.");
  CHECK(lesson.prose_at(3) == lesson.prose_at(1));
  CHECK(lesson.prose_at(4) == "Both have written.");
  CHECK(lesson.prose_at(6) == "Both have written.");
}

TEST_CASE("a headline belongs to the next step alone, a checkpoint to the moment it stands at") {
  const Lesson lesson = test::load(test::kTwoPrograms, 0).lesson;
  CHECK(lesson.steps[4].headline == "Same address, two frames.");
  CHECK(lesson.steps[5].headline.empty());
  REQUIRE(lesson.checkpoints.size() == 1);
  CHECK(lesson.checkpoints[0].position == 5);
  CHECK(lesson.checkpoints[0].name == "same");
}

TEST_CASE("a scenario cut after some steps keeps what is expected of them and loses the rest") {
  const Scenario whole = test::load(test::kTwoPrograms, 0).scenario;
  const Scenario five = first_steps(whole, 5);
  CHECK(five.steps().size() == 5);
  CHECK(std::holds_alternative<CheckpointLine>(five.lines.back().content));
  const Scenario four = first_steps(whole, 4);
  CHECK(four.steps().size() == 4);
  for (const ScenarioLine& line : four.lines) {
    CHECK_FALSE(std::holds_alternative<ExpectLine>(line.content));
    CHECK_FALSE(std::holds_alternative<CheckpointLine>(line.content));
  }
  const Scenario none = first_steps(whole, 0);
  CHECK(none.steps().empty());
  CHECK(none.config() == whole.config());
  CHECK(lesson_of(none).introduction.find("Before anything.") == 0);
  CHECK(first_steps(whole, 6) == whole);
}

}  // namespace vmp
