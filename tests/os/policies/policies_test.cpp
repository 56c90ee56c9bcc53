// What every replacement policy must keep, whichever it is.
#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <set>

#include "core/base/rng.h"
#include "core/os/replacement_policy.h"
#include "tests/support/seed.h"

namespace vmp::test {
namespace {

struct FakeView final : FrameView {
  bool evictable(FrameNumber frame) const override { return !pinned.contains(frame); }
  bool accessed(FrameNumber frame) const override { return accessed_frames.contains(frame); }
  std::uint64_t last_access(FrameNumber frame) const override {
    const auto it = stamps.find(frame);
    return it == stamps.end() ? 0 : it->second;
  }
  std::set<FrameNumber> pinned;
  std::set<FrameNumber> accessed_frames;
  std::map<FrameNumber, std::uint64_t> stamps;
};

constexpr PolicyKind kPolicies[] = {PolicyKind::Fifo, PolicyKind::Lru, PolicyKind::Clock};

std::uint64_t hash_of(const ReplacementPolicy& policy) {
  Hasher hasher;
  policy.hash_into(hasher);
  return hasher.value();
}

}  // namespace

TEST_CASE("a policy knows exactly the frames it was told of, and its victim is one of them that may go") {
  Rng rng(test_support::seed());
  for (const PolicyKind kind : kPolicies) {
    const auto policy = make_policy(kind, 16);
    std::set<FrameNumber> present;
    FakeView view;
    for (int i = 0; i < 2000; ++i) {
      const FrameNumber frame(rng.below(16));
      if (!present.contains(frame)) {
        policy->page_arrived(frame);
        present.insert(frame);
      } else if (rng.below(3) == 0) {
        policy->page_left(frame);
        present.erase(frame);
      } else {
        view.accessed_frames.insert(frame);
        view.stamps[frame] = static_cast<std::uint64_t>(i);
      }
      view.pinned = {FrameNumber(rng.below(16))};
      const std::uint64_t before = hash_of(*policy);
      const auto choice = policy->choose_victim(view);
      CHECK(hash_of(*policy) == before);
      const bool any =
          std::any_of(present.begin(), present.end(), [&](FrameNumber f) { return view.evictable(f); });
      REQUIRE(choice.has_value() == any);
      if (!choice || rng.below(2) == 0) continue;
      CHECK(present.contains(choice->frame));
      CHECK(view.evictable(choice->frame));
      for (const FrameNumber spared : choice->spared) view.accessed_frames.erase(spared);
      policy->victim_taken(*choice);
      present.erase(choice->frame);
      view.accessed_frames.erase(choice->frame);
      auto order = policy->order();
      CHECK(std::set<FrameNumber>(order.begin(), order.end()) == present);
      CHECK(order.size() == present.size());
    }
  }
}

TEST_CASE("a clone goes its own way") {
  for (const PolicyKind kind : kPolicies) {
    const auto policy = make_policy(kind, 4);
    policy->page_arrived(FrameNumber(1));
    const auto copy = policy->clone();
    CHECK(hash_of(*copy) == hash_of(*policy));
    copy->page_arrived(FrameNumber(2));
    CHECK(policy->order().size() == 1);
    CHECK(copy->kind() == kind);
  }
}

TEST_CASE("FIFO shows Belady's anomaly: with one frame more the same references fault once more") {
  // Belady, Nelson, Shedler: "An anomaly in space-time characteristics of certain programs", CACM 12(6),
  // 1969.
  const auto faults = [](std::uint64_t frames) {
    const auto policy = make_policy(PolicyKind::Fifo, 8);
    FakeView view;
    std::map<int, FrameNumber> where;
    int count = 0;
    for (const int page : {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5}) {
      if (where.contains(page)) continue;
      ++count;
      FrameNumber frame(where.size());
      if (where.size() == frames) {
        const auto choice = *policy->choose_victim(view);
        policy->victim_taken(choice);
        frame = choice.frame;
        for (auto it = where.begin(); it != where.end(); ++it) {
          if (it->second == frame) {
            where.erase(it);
            break;
          }
        }
      }
      where.emplace(page, frame);
      policy->page_arrived(frame);
    }
    return count;
  };
  CHECK(faults(3) == 9);
  CHECK(faults(4) == 10);
}

}  // namespace vmp::test
