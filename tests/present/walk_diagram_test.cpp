#include "shell/present/walk_diagram.h"

#include <doctest/doctest.h>

#include "shell/present/attempt.h"
#include "tests/present/fixture.h"

namespace vmp {

TEST_CASE("an address is cut into its indices and the offset, in the bits it has") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 5);
  const WalkModel walk = walk_model(loaded.timeline);
  REQUIRE(walk.is_access);
  REQUIRE(walk.fields.size() == 3);
  CHECK(walk.fields[0].bits == "00 0000 0001");
  CHECK(walk.fields[0].label == "index 1");
  CHECK(walk.fields[1].label == "index 3");
  CHECK(walk.fields[2].bits == "1010 0010 1100");
  CHECK(walk.fields[2].label == "offset A2C");
  CHECK_FALSE(walk.fields[2].level.has_value());
}

TEST_CASE("a read ends in the frame of its page, with the bytes that lie there") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 5);
  const WalkModel walk = walk_model(loaded.timeline);
  const auto entry = loaded.kernel().leaf_entry(loaded.process("A"), PageNumber(0x403));
  REQUIRE(entry.has_value());
  REQUIRE(walk.target.has_value());
  CHECK(walk.target->frame == frame_of(loaded.kernel().format(), entry->pte));
  CHECK(walk.target->bytes == "2A 00 00 00");
  CHECK(walk.offset_hex == "A2C");
  CHECK_FALSE(walk.fault.has_value());
  CHECK(walk.sentence == "A reads 4 bytes at 0x00403A2C");
}

TEST_CASE("the entry read stands between its neighbours, one node a level") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 5);
  const WalkModel walk = walk_model(loaded.timeline);
  REQUIRE(walk.tlb == TlbBadge::Miss);
  REQUIRE(walk.nodes.size() == 2);
  CHECK(walk.nodes[0].frame == loaded.process("A").root);
  REQUIRE(walk.nodes[1].rows.size() == 3);
  CHECK(walk.nodes[1].rows[1].read);
  CHECK(walk.nodes[1].rows[1].index == 3);
  CHECK(walk.nodes[1].rows[0].index == 2);
}

TEST_CASE("a first write shows the fault it caused, mended, and then the walk") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 3);
  const WalkModel walk = walk_model(loaded.timeline);
  REQUIRE(walk.fault.has_value());
  CHECK(walk.fault->mended);
  CHECK(walk.fault->kind == "not present");
  REQUIRE_FALSE(walk.fault->checks.empty());
  const CheckRow& last = walk.fault->checks.back();
  CHECK_FALSE(last.passed);
  REQUIRE_FALSE(last.flags.empty());
  CHECK(last.flags.back().flag == "present");
  CHECK_FALSE(last.flags.back().passed);
  CHECK(last.flags.back().bit == 0);
  CHECK_FALSE(walk.fault->kernel_did.empty());
  CHECK(walk.target.has_value());
}

TEST_CASE("a write to code is not mended, and the program is told") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 6);
  const WalkModel walk = walk_model(loaded.timeline);
  REQUIRE(walk.fault.has_value());
  CHECK_FALSE(walk.fault->mended);
  CHECK_FALSE(walk.fault->program_saw.empty());
}

TEST_CASE("a step that is no access has lines but no diagram") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 1);
  const WalkModel walk = walk_model(loaded.timeline);
  CHECK_FALSE(walk.is_access);
  CHECK_FALSE(walk.lines.empty());
  CHECK(walk.nodes.empty());
}

TEST_CASE("before the first step there is nothing to show") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 0);
  const WalkModel walk = walk_model(loaded.timeline);
  CHECK_FALSE(walk.is_access);
  CHECK(walk.lines.empty());
  CHECK(access_paths(loaded.timeline).empty());
}

TEST_CASE("the present access has a strong path, the other process's last one a faint path") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 5);
  const std::vector<AccessPath> paths = access_paths(loaded.timeline);
  REQUIRE(paths.size() == 2);
  CHECK(paths[0].current);
  CHECK(paths[0].process == loaded.process("A").id);
  CHECK(paths[0].nodes.size() == 2);
  CHECK_FALSE(paths[1].current);
  CHECK(paths[1].process == loaded.process("B").id);
  REQUIRE(paths[0].frame.has_value());
  REQUIRE(paths[1].frame.has_value());
  CHECK_FALSE(paths[0].frame == paths[1].frame);
}

TEST_CASE("an access that faults and is mended is two attempts") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 3);
  const std::vector<Attempt> attempts = attempts_of(loaded.timeline.record(2));
  REQUIRE(attempts.size() == 2);
  CHECK(attempts[0].fault.has_value());
  CHECK(attempts[1].translated.has_value());
  CHECK(shown_attempt(attempts) == &attempts[1]);
  CHECK(first_faulting(attempts) == attempts.data());
}

}  // namespace vmp
