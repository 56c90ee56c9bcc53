// What sets each policy apart, and the reason its victim carries.
#include <doctest/doctest.h>

#include "tests/os/policies/three.h"

namespace vmp::test {

TEST_CASE("MRU takes the page used last") {
  Three three(PolicyKind::Mru);
  three.use(kA);
  CHECK(three.peek().frame == kA);
  CHECK(three.peek().reason == VictimReason::MostRecentlyUsed);
}

TEST_CASE("NRU takes a dirty page not accessed before a clean one that was") {
  Three three(PolicyKind::Nru);
  three.view.dirty_frames = {kB};
  three.tick();
  three.use(kA);
  three.use(kC);
  CHECK(three.peek().frame == kB);
  CHECK(three.peek().value == 1);
}

TEST_CASE("Aging takes the page with the lowest counter, and recent ticks weigh more than many") {
  Three three(PolicyKind::Aging);
  three.tick();
  three.use(kB);
  three.use(kC);
  three.tick();
  three.use(kC);
  three.tick();
  const VictimChoice choice = three.peek();
  CHECK(choice.frame == kA);
  CHECK(choice.reason == VictimReason::LowestAge);
  CHECK(choice.value == 0b0'0010'0000);
}

TEST_CASE("LFU takes the page used least, and of equals the one whose count is older") {
  Three three(PolicyKind::Lfu);
  three.use(kA);
  three.use(kC);
  CHECK(three.peek().frame == kB);
  CHECK(three.peek().value == 1);
  three.use(kB);
  CHECK(three.peek().frame == kA);
}

TEST_CASE("Optimal takes the page whose next use lies furthest ahead, and before that one never used again") {
  Three three(PolicyKind::Optimal);
  three.use(kA, 9);
  three.use(kB, 20);
  three.use(kC, 3);
  VictimChoice choice = three.peek();
  CHECK(choice.frame == kB);
  CHECK(choice.reason == VictimReason::FarthestNextUse);
  CHECK(choice.value == 19);
  three.use(kA);
  choice = three.peek();
  CHECK(choice.frame == kA);
  CHECK(choice.reason == VictimReason::NeverUsedAgain);
}

TEST_CASE("Working Set tells a page outside its window from the oldest inside") {
  Three three(PolicyKind::WorkingSet);
  three.tick();
  three.view.now += 5;
  CHECK(three.peek().reason == VictimReason::OldestOfWorkingSet);
  three.view.now += 6;
  three.use(kA);
  const VictimChoice choice = three.peek();
  CHECK(choice.frame == kB);
  CHECK(choice.reason == VictimReason::OutsideWorkingSet);
  CHECK(choice.value == 12);
  CHECK(choice.against == 10);
}

TEST_CASE("WSClock prefers a clean page outside the working set to a dirty one under the hand") {
  Three three(PolicyKind::WsClock);
  three.view.accessed_frames.clear();
  three.view.dirty_frames = {kA};
  three.view.now = 50;
  three.use(kB);
  CHECK(three.take().frame == kC);
  CHECK(three.take().frame == kA);  // kB was seen to be in use
}

TEST_CASE("Linux keeps a page accessed once and activates it the second time") {
  Three three(PolicyKind::Linux);
  VictimChoice choice = three.take();  // all three were accessed: kept, and the oldest goes after all
  CHECK(choice.frame == kA);
  CHECK(choice.spared == std::vector<FrameNumber>{kA, kB, kC});
  three.use(kB);
  choice = three.take();
  CHECK(choice.activated == std::vector<FrameNumber>{kB});
  CHECK(choice.frame == kC);
  CHECK(choice.reason == VictimReason::InactiveNotAccessed);
  // The active list is the longer one now, so its oldest page is deactivated, and leaves.
  choice = three.take();
  CHECK(choice.deactivated == std::vector<FrameNumber>{kB});
  CHECK(choice.frame == kB);
}

TEST_CASE("ARC lets a stream of pages used once pass by those used again, and learns from its ghosts") {
  Three three(PolicyKind::Arc);
  three.use(kA);
  VictimChoice choice = three.take();
  CHECK(choice.frame == kB);
  CHECK(choice.reason == VictimReason::RecencyOverTarget);
  three.arrive(kB, 9);
  CHECK(three.take().frame == kC);
  // Page 2 left too early: the target grows, and page 2 comes back among those used again.
  three.view.arriving_page = PageUser{ProcessId(1), PageNumber(2)};
  three.policy->page_arrived(kC, *three.view.arriving_page);
  three.use(kC);
  CHECK(three.policy->order() == std::vector<FrameNumber>{kB, kA, kC});
  choice = three.peek();
  CHECK(choice.frame == kA);
  CHECK(choice.reason == VictimReason::FrequencyOverTarget);
  CHECK(choice.value == 1);
  CHECK(choice.against == 1);
}

TEST_CASE("SIEVE leaves a visited page where it stands; Clock moves it behind the newcomers") {
  for (const PolicyKind kind : {PolicyKind::Sieve, PolicyKind::ClockRef0}) {
    Three three(kind);
    three.use(kA);
    const VictimChoice choice = three.take();
    CHECK(choice.frame == kB);
    CHECK(choice.reason == VictimReason::NotVisited);
    CHECK(choice.value == 1);
    CHECK(three.policy->order() == std::vector<FrameNumber>{kC, kA});  // from the hand
    three.arrive(kB, 9);
    // The newcomer is next for SIEVE, whose hand has not come round, and last but one to be spared for Clock.
    const std::vector<FrameNumber> expected = kind == PolicyKind::Sieve
                                                  ? std::vector<FrameNumber>{kC, kB, kA}
                                                  : std::vector<FrameNumber>{kC, kA, kB};
    CHECK(three.policy->order() == expected);
  }
}

TEST_CASE("the reference that brings a page in is no hit for SIEVE, but sets the bit that Clock sees") {
  Three sieve(PolicyKind::Sieve);
  CHECK(sieve.peek().value == 0);
  Three clock(PolicyKind::Clock);
  CHECK(clock.peek().reason == VictimReason::AllAccessed);
}

}  // namespace vmp::test
