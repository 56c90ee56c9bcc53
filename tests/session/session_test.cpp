#include "shell/session.h"

#include <doctest/doctest.h>

#include "core/os/memory_swap.h"
#include "tests/present/fixture.h"

namespace vmp {
namespace {

Session session_of(std::string_view text) {
  Session session;
  Result<Scenario, ParseError> scenario = parse_scenario(text, [](std::string_view) { return nullptr; });
  REQUIRE(scenario.ok());
  REQUIRE_FALSE(session.load("test", std::move(scenario.value())).has_value());
  return session;
}

Step read_step(std::string process, std::uint64_t address) {
  return {AccessMemory{std::move(process), {AccessKind::Read, VirtualAddress(address), 4, 0}}, 0, false};
}

}  // namespace

TEST_CASE("stepping back and forward again gives the same state") {
  Session session = session_of(test::kTwoPrograms);
  while (session.forward()) {
  }
  const std::uint64_t hash = session.timeline().machine().hash();
  session.seek(2);
  CHECK(session.timeline().machine().hash() != hash);
  session.seek(session.timeline().size());
  CHECK(session.timeline().machine().hash() == hash);
}

TEST_CASE("a step made by hand is added to the text, and the text replayed gives the same state") {
  Session session = session_of(test::kTwoPrograms);
  session.seek(4);
  session.execute(read_step("A", 0x00400000));
  CHECK(session.modified());
  CHECK(session.timeline().size() == 5);
  Session again = session_of(session.text());
  again.seek(again.timeline().size());
  CHECK(again.timeline().machine().hash() == session.timeline().machine().hash());
}

TEST_CASE("making the very step that comes next is no change to the lesson") {
  Session session = session_of(test::kTwoPrograms);
  session.seek(4);
  session.execute(session.timeline().step(4));
  CHECK_FALSE(session.modified());
  CHECK(session.timeline().size() == 6);
}

TEST_CASE("the lesson can be had back, at the step where it was left") {
  Session session = session_of(test::kTwoPrograms);
  const std::string text = session.text();
  session.seek(4);
  session.execute(read_step("A", 0x00400000));
  session.execute(read_step("B", 0x00400000));
  session.restore_lesson();
  CHECK_FALSE(session.modified());
  CHECK(session.text() == text);
  CHECK(session.timeline().position() == 4);
}

TEST_CASE("a machine that cannot be built is refused, and the work at hand stays") {
  Session session = session_of(test::kTwoPrograms);
  session.seek(3);
  const std::uint64_t hash = session.timeline().machine().hash();
  Scenario small;
  MachineConfig config;
  config.frames = 4;
  small.lines.push_back({MachineLine{config}, 1});
  const auto refusal = session.load("small", small);
  REQUIRE(refusal.has_value());
  CHECK_FALSE(refusal->empty());
  CHECK(session.name() == "test");
  CHECK(session.timeline().machine().hash() == hash);
}

TEST_CASE("checkpoints are found in both directions") {
  Session session = session_of(test::kTwoPrograms);
  CHECK(session.next_checkpoint() == 5);
  session.seek(5);
  CHECK(session.next_checkpoint() == 6);
  CHECK(session.previous_checkpoint() == 0);
  session.seek(6);
  CHECK(session.previous_checkpoint() == 5);
}

TEST_CASE("every change of what is drawn changes the version") {
  Session session = session_of(test::kTwoPrograms);
  std::uint64_t version = session.version();
  const auto changed = [&] {
    const bool differs = session.version() != version;
    version = session.version();
    return differs;
  };
  CHECK(session.forward());
  CHECK(changed());
  CHECK(session.back());
  CHECK(changed());
  CHECK_FALSE(session.back());
  CHECK_FALSE(changed());
}

TEST_CASE("the swap device of what is loaded comes from the maker, and its refusal refuses the scenario") {
  constexpr std::string_view kText = "vms 1\nmachine swap=4\n";
  const Scenario scenario = parse_scenario(kText, {}).value();
  Session session;
  std::uint32_t asked_for = 0;
  session.set_swap_maker([&](std::uint32_t slots) -> Result<std::unique_ptr<SwapBackend>, std::string> {
    asked_for = slots;
    return Failure{std::string("the disk is gone")};
  });
  CHECK(session.load("x", scenario) == "the disk is gone");
  CHECK(asked_for == 4);
  session.set_swap_maker([](std::uint32_t slots) -> Result<std::unique_ptr<SwapBackend>, std::string> {
    return std::unique_ptr<SwapBackend>(std::make_unique<MemorySwap>(slots));
  });
  CHECK_FALSE(session.load("x", scenario).has_value());
}

}  // namespace vmp
