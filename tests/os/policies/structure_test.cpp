// Each policy's data structure, as it is shown.
#include <doctest/doctest.h>

#include "core/os/policy_structure.h"
#include "tests/os/policies/three.h"

namespace vmp::test {
namespace {

PolicyStructure structure_of(const Three& three) {
  return three.policy->structure(three.view, {});
}

std::vector<FrameNumber> frames_of(const PolicyList& list) {
  std::vector<FrameNumber> frames;
  for (const PolicyEntry& entry : list.entries) frames.push_back(*entry.frame);
  return frames;
}

std::vector<std::uint64_t> numbers_of(const PolicyList& list) {
  std::vector<std::uint64_t> numbers;
  for (const PolicyEntry& entry : list.entries) numbers.push_back(entry.number);
  return numbers;
}

std::vector<bool> marks_of(const PolicyList& list) {
  std::vector<bool> marks;
  for (const PolicyEntry& entry : list.entries) marks.push_back(entry.marked);
  return marks;
}

std::vector<bool> accessed_of(const PolicyList& list) {
  std::vector<bool> bits;
  for (const PolicyEntry& entry : list.entries) bits.push_back(entry.accessed);
  return bits;
}

using Frames = std::vector<FrameNumber>;
using Numbers = std::vector<std::uint64_t>;
using Bits = std::vector<bool>;

}  // namespace

TEST_CASE("FIFO is a queue in the order of arrival, and knows nothing of use") {
  Three three(PolicyKind::Fifo);
  three.use(kA);
  const PolicyStructure queue = structure_of(three);
  REQUIRE(queue.lists.size() == 1);
  CHECK(queue.lists[0].id == PolicyListId::Arrivals);
  CHECK(frames_of(queue.lists[0]) == Frames{kA, kB, kC});
  CHECK(queue.number == PolicyNumber::None);
  CHECK_FALSE(queue.uses_accessed);
  CHECK_FALSE(queue.hand.has_value());
}

TEST_CASE("LRU and MRU are stacks with the page used longest ago in front, and when that was") {
  for (const PolicyKind kind : {PolicyKind::Lru, PolicyKind::Mru}) {
    Three three(kind);
    three.use(kA);
    const PolicyStructure stack = structure_of(three);
    REQUIRE(stack.lists.size() == 1);
    CHECK(stack.lists[0].id == PolicyListId::Recency);
    CHECK(frames_of(stack.lists[0]) == Frames{kB, kC, kA});
    CHECK(numbers_of(stack.lists[0]) == Numbers{2, 3, 4});
    CHECK(stack.number == PolicyNumber::LastUse);
  }
}

TEST_CASE("Clock is a ring that begins under the hand, with the accessed bits") {
  Three three(PolicyKind::Clock);
  three.view.accessed_frames = {kA};
  const PolicyStructure ring = structure_of(three);
  REQUIRE(ring.lists.size() == 1);
  CHECK(ring.lists[0].id == PolicyListId::Ring);
  CHECK(frames_of(ring.lists[0]) == Frames{kA, kB, kC});
  CHECK(accessed_of(ring.lists[0]) == Bits{true, false, false});
  CHECK(ring.uses_accessed);
  CHECK(ring.hand == kA);
  CHECK(three.take().frame == kB);
  CHECK(structure_of(three).hand == kC);
  CHECK(frames_of(structure_of(three).lists[0]) == Frames{kC, kA});
}

TEST_CASE("Clock with bits set by hits has marks of its own") {
  Three three(PolicyKind::ClockRef0);
  three.use(kB);
  const PolicyStructure ring = structure_of(three);
  CHECK(marks_of(ring.lists[0]) == Bits{false, true, false});
  CHECK(ring.mark == PolicyMark::Visited);
  CHECK(ring.hand == kA);
}

TEST_CASE("SIEVE's queue keeps its order while the hand moves in it") {
  Three three(PolicyKind::Sieve);
  three.use(kA);
  CHECK(structure_of(three).hand == kA);
  CHECK(three.take().frame == kB);
  const PolicyStructure queue = structure_of(three);
  CHECK(queue.lists[0].id == PolicyListId::Arrivals);
  CHECK(frames_of(queue.lists[0]) == Frames{kA, kC});
  CHECK(marks_of(queue.lists[0]) == Bits{false, false});
  CHECK(queue.hand == kC);
}

TEST_CASE("NRU sorts the pages into its four classes") {
  Three three(PolicyKind::Nru);
  three.tick();
  three.view.dirty_frames = {kB, kC};
  three.use(kC);
  const PolicyStructure classes = structure_of(three);
  REQUIRE(classes.lists.size() == 4);
  CHECK(frames_of(classes.lists[0]) == Frames{kA});
  CHECK(frames_of(classes.lists[1]) == Frames{kB});
  CHECK(classes.lists[2].size == 0);
  CHECK(frames_of(classes.lists[3]) == Frames{kC});
  CHECK(classes.lists[3].id == PolicyListId::Class3);
}

TEST_CASE("Aging shows its counters, and the accessed bits that come in at the next tick") {
  Three three(PolicyKind::Aging);
  three.tick();
  three.use(kB);
  three.tick();
  three.use(kC);
  const PolicyStructure counters = structure_of(three);
  CHECK(counters.number == PolicyNumber::Counter);
  CHECK(numbers_of(counters.lists[0]) == Numbers{0x40, 0xC0, 0x40});
  CHECK(accessed_of(counters.lists[0]) == Bits{false, false, true});
}

TEST_CASE("LFU ranks by uses, Optimal by the next use, the farthest in front") {
  Three lfu(PolicyKind::Lfu);
  lfu.use(kA);
  lfu.use(kA);
  lfu.use(kC);
  CHECK(frames_of(structure_of(lfu).lists[0]) == Frames{kB, kC, kA});
  CHECK(numbers_of(structure_of(lfu).lists[0]) == Numbers{1, 2, 3});
  Three optimal(PolicyKind::Optimal);
  optimal.use(kA, 9);
  optimal.use(kB, 5);
  CHECK(frames_of(structure_of(optimal).lists[0]) == Frames{kC, kA, kB});
  CHECK(numbers_of(structure_of(optimal).lists[0]) == Numbers{kNeverUsed, 8, 5});
}

TEST_CASE("Random has no order to speak of") {
  const Three three(PolicyKind::Random);
  CHECK(structure_of(three).lists[0].id == PolicyListId::Unordered);
  CHECK(structure_of(three).lists[0].size == 3);
}

TEST_CASE("the working set policies tell for how long each page was not used, and the window") {
  for (const PolicyKind kind : {PolicyKind::WorkingSet, PolicyKind::WsClock}) {
    Three three(kind);
    if (kind == PolicyKind::WorkingSet) three.tick();
    three.view.now = 20;
    const PolicyStructure structure = structure_of(three);
    CHECK(structure.number == PolicyNumber::Unused);
    CHECK(structure.window == 10);
    // WSClock's hand has not come by yet: it knows of no use.
    CHECK(numbers_of(structure.lists[0]) ==
          (kind == PolicyKind::WorkingSet ? Numbers{17, 17, 17} : Numbers{20, 20, 20}));
    CHECK(structure.hand.has_value() == (kind == PolicyKind::WsClock));
  }
}

TEST_CASE("Linux keeps an inactive and an active list, and marks pages found accessed once") {
  Three three(PolicyKind::Linux);
  three.view.accessed_frames = {kA};
  CHECK(three.take().frame == kB);
  const PolicyStructure lists = structure_of(three);
  REQUIRE(lists.lists.size() == 2);
  CHECK(lists.lists[0].id == PolicyListId::Inactive);
  CHECK(frames_of(lists.lists[0]) == Frames{kC, kA});
  CHECK(marks_of(lists.lists[0]) == Bits{false, true});
  CHECK(lists.lists[1].id == PolicyListId::Active);
  CHECK(lists.lists[1].size == 0);
  CHECK(lists.mark == PolicyMark::Referenced);
}

TEST_CASE("ARC shows its two lists, the ghosts of both, and its target") {
  Three three(PolicyKind::Arc);
  three.use(kA);
  CHECK(three.take().frame == kB);
  const PolicyStructure arc = structure_of(three);
  REQUIRE(arc.lists.size() == 4);
  CHECK(arc.lists[0].id == PolicyListId::UsedOnce);
  CHECK(frames_of(arc.lists[0]) == Frames{kC});
  CHECK(arc.lists[1].id == PolicyListId::OnceGhosts);
  REQUIRE(arc.lists[1].size == 1);
  CHECK_FALSE(arc.lists[1].entries[0].frame.has_value());
  CHECK(arc.lists[1].entries[0].ghost == PageUser{ProcessId(1), PageNumber(1)});
  CHECK(frames_of(arc.lists[2]) == Frames{kA});
  CHECK(arc.lists[3].size == 0);
  CHECK(arc.target_hundredths == 0);
  three.arrive(kB, 1);  // the ghost comes back: T1 was too short
  CHECK(structure_of(three).target_hundredths == 100);
  CHECK(frames_of(structure_of(three).lists[2]) == Frames{kA, kB});
}

TEST_CASE("a policy that says no more is shown in its own order") {
  class Plain final : public ReplacementPolicy {
   public:
    std::unique_ptr<ReplacementPolicy> clone() const override { return std::make_unique<Plain>(*this); }
    PolicyKind kind() const override { return PolicyKind::Fifo; }
    void page_arrived(FrameNumber, PageUser) override {}
    void page_left(FrameNumber) override {}
    std::optional<VictimChoice> choose_victim(const FrameView&) const override { return std::nullopt; }
    void victim_taken(const VictimChoice&, const FrameView&) override {}
    std::vector<FrameNumber> order() const override { return {kC, kA}; }
    void hash_into(Hasher&) const override {}
  };
  const PolicyStructure structure = Plain().structure(test_support::FakeView{}, {});
  REQUIRE(structure.lists.size() == 1);
  CHECK(structure.lists[0].id == PolicyListId::Order);
  CHECK(frames_of(structure.lists[0]) == Frames{kC, kA});
}

TEST_CASE("the shown places of a list are its front, its back and what lies around") {
  using Places = std::vector<std::uint64_t>;
  CHECK(shown_places(0, {}, 4) == Places{});
  CHECK(shown_places(3, {}, 4) == Places{0, 1, 2});
  CHECK(shown_places(100, {}, 4) == Places{0, 1, 98, 99});
  CHECK(shown_places(100, {50}, 9) == Places{0, 1, 2, 49, 50, 51, 97, 98, 99});
  CHECK(shown_places(100, {1, 99}, 9) == Places{0, 1, 98, 99});
  CHECK(shown_places(100, {50}, 1) == Places{0, 50, 99});
}

}  // namespace vmp::test
