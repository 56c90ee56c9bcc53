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

TEST_CASE("another machine makes the same steps, and one undo brings the old one back") {
  Session session = session_of(test::kTwoPrograms);
  session.seek(4);
  const MachineConfig before = session.timeline().config();
  const std::uint64_t hash = session.timeline().machine().hash();
  MachineConfig smaller = before;
  smaller.frames = before.frames + 16;
  REQUIRE_FALSE(session.reconfigure(smaller).has_value());
  CHECK(session.timeline().config() == smaller);
  CHECK(session.timeline().position() == 4);
  CHECK(session.timeline().size() == 6);
  CHECK(session.modified());
  CHECK(session_of(session.text()).timeline().config() == smaller);
  CHECK(session.undo_machine());
  CHECK(session.timeline().machine().hash() == hash);
  CHECK_FALSE(session.modified());
  CHECK_FALSE(session.undo_machine());
  CHECK(session.redo_machine());
  CHECK(session.timeline().config() == smaller);
}

TEST_CASE("a slider that is dragged is one change, and back where it began it is none") {
  Session session = session_of(test::kTwoPrograms);
  const MachineConfig before = session.timeline().config();
  MachineConfig config = before;
  config.frames = before.frames + 1;
  REQUIRE_FALSE(session.reconfigure(config).has_value());
  for (const std::uint64_t more : {2U, 3U, 4U}) {
    config.frames = before.frames + more;
    REQUIRE_FALSE(session.reconfigure(config, Session::Change::SameAsLast).has_value());
  }
  CHECK(session.first_config() == before);
  REQUIRE_FALSE(session.reconfigure(before, Session::Change::SameAsLast).has_value());
  CHECK_FALSE(session.can_undo_machine());
}

TEST_CASE("a machine that cannot be is refused with the reason, and the session stays as it is") {
  Session session = session_of(test::kTwoPrograms);
  session.seek(3);
  const std::string text = session.text();
  MachineConfig config = session.timeline().config();
  config.frames = 2;
  const auto refusal = session.reconfigure(config);
  REQUIRE(refusal.has_value());
  CHECK_FALSE(refusal->empty());
  CHECK(session.text() == text);
  CHECK(session.timeline().position() == 3);
  CHECK_FALSE(session.can_undo_machine());
}

TEST_CASE("what is expected of one machine is not told of another") {
  Session session = session_of(
      "vms 1\ntitle T\nprogram p\nend\nspawn A p\nheadline So it is.\nread A 0x00400000\nexpect counter "
      "free-frames 20\n");
  MachineConfig config = session.timeline().config();
  config.frames = 64;
  REQUIRE_FALSE(session.reconfigure(config).has_value());
  CHECK(session.text().find("expect") == std::string::npos);
  CHECK(session.text().find("headline") == std::string::npos);
  CHECK(session.lesson().steps[1].headline.empty());
  CHECK(session.text().find("title T\nmachine ") != std::string::npos);
  CHECK(session.text().find(" frames=64") != std::string::npos);
  REQUIRE(session.undo_machine());
  CHECK(session.text().find("expect counter") != std::string::npos);
  CHECK(session.lesson().steps[1].headline == "So it is.");
}

TEST_CASE("a step that is inserted goes before those to come, and they stay") {
  Session session = session_of(test::kTwoPrograms);
  session.seek(4);
  session.insert(read_step("A", 0x00400000));
  CHECK(session.timeline().position() == 5);
  CHECK(session.timeline().size() == 7);
  Session again = session_of(session.text());
  CHECK(again.timeline().size() == 7);
  session.seek(7);
  again.seek(7);
  CHECK(again.timeline().machine().hash() == session.timeline().machine().hash());
  session.seek(4);
  session.insert(read_step("A", 0x00400000));
  CHECK(session.timeline().position() == 5);
  CHECK(session.timeline().size() == 7);
  session.restore_lesson();
  CHECK(session.timeline().size() == 6);
}

}  // namespace vmp
