// What every replacement policy must keep, whichever it is.
#include <algorithm>
#include <doctest/doctest.h>
#include <set>
#include <string>

#include "core/base/rng.h"
#include "tests/support/fake_view.h"
#include "tests/support/seed.h"

namespace vmp::test {
namespace {

using test_support::FakeView;

constexpr std::uint64_t kFrames = 12;

std::vector<PolicyKind> all_policies() {
  std::vector<PolicyKind> kinds;
  for (std::size_t i = 0; i < kPolicyKinds; ++i) kinds.push_back(static_cast<PolicyKind>(i));
  return kinds;
}

std::uint64_t hash_of(const ReplacementPolicy& policy) {
  Hasher hasher;
  policy.hash_into(hasher);
  return hasher.value();
}

bool same(const std::optional<VictimChoice>& a, const std::optional<VictimChoice>& b) {
  if (a.has_value() != b.has_value()) return false;
  return !a ||
         (a->frame == b->frame && a->reason == b->reason && a->spared == b->spared && a->value == b->value &&
          a->against == b->against && a->activated == b->activated && a->deactivated == b->deactivated);
}

// A policy and the frames it ought to know, driven at random as a kernel would.
class Drive {
 public:
  Drive(PolicyKind kind, std::uint64_t seed)
      : m_kind(kind), m_rng(seed), m_policy(make_policy(kind, kFrames, {.seed = seed, .window = 20})) {}
  Drive(const Drive& other)
      : m_kind(other.m_kind),
        m_rng(other.m_rng),
        m_policy(other.m_policy->clone()),
        m_present(other.m_present),
        m_view(other.m_view) {}

  const ReplacementPolicy& policy() const { return *m_policy; }
  const std::set<FrameNumber>& present() const { return m_present; }
  FakeView& view() { return m_view; }

  // One random thing a kernel may do.
  void step() {
    m_view.pinned.clear();
    for (std::uint64_t i = m_rng.below(4); i > 0; --i)
      m_view.pinned.insert(FrameNumber(m_rng.below(kFrames)));
    const FrameNumber frame(m_rng.below(kFrames));
    const PageUser page{ProcessId(1), PageNumber(m_rng.below(30))};
    if (!m_present.contains(frame)) {
      arrive(frame, page);
      if (m_rng.below(4) != 0) use(frame);
    } else if (m_rng.below(8) == 0) {
      m_policy->page_left(frame);
      forget(frame);
    } else if (m_rng.below(3) == 0) {
      m_view.arriving_page = m_rng.below(3) == 0 ? std::nullopt : std::optional(page);
      evict();
    } else {
      use(frame);
    }
    if (has_tick(m_kind) && m_view.now % 8 == 0) {
      for (const FrameNumber cleared : m_policy->tick(m_view))
        CHECK(m_view.accessed_frames.erase(cleared) == 1);
    }
  }

  std::optional<FrameNumber> evict() {
    const std::uint64_t before = hash_of(*m_policy);
    const std::optional<VictimChoice> choice = m_policy->choose_victim(m_view);
    CHECK(hash_of(*m_policy) == before);
    CHECK(same(choice, m_policy->choose_victim(m_view)));
    const bool any = std::any_of(m_present.begin(), m_present.end(),
                                 [&](FrameNumber frame) { return m_view.evictable(frame); });
    REQUIRE(choice.has_value() == any);
    if (!choice) return std::nullopt;
    CHECK(m_present.contains(choice->frame));
    CHECK(m_view.evictable(choice->frame));
    m_policy->victim_taken(*choice, m_view);
    for (const FrameNumber spared : choice->spared) {
      CHECK(m_present.contains(spared));
      CHECK(m_view.accessed_frames.erase(spared) == 1);  // it was set, and is cleared once
    }
    forget(choice->frame);
    return choice->frame;
  }

 private:
  void arrive(FrameNumber frame, PageUser page) {
    m_policy->page_arrived(frame, page);
    m_present.insert(frame);
  }
  void use(FrameNumber frame) {
    m_view.stamps[frame] = ++m_view.now;
    m_view.accessed_frames.insert(frame);
    if (m_rng.below(3) == 0) m_view.dirty_frames.insert(frame);
    const std::uint64_t ahead = m_rng.below(50);
    if (is_ideal(m_kind)) m_policy->page_referenced(frame, ahead == 0 ? kNeverUsed : ahead);
  }
  void forget(FrameNumber frame) {
    m_present.erase(frame);
    m_view.accessed_frames.erase(frame);
    m_view.dirty_frames.erase(frame);
  }

  PolicyKind m_kind;
  Rng m_rng;
  std::unique_ptr<ReplacementPolicy> m_policy;
  std::set<FrameNumber> m_present;
  FakeView m_view;
};

}  // namespace

TEST_CASE("a policy knows exactly the frames it was told of, and its victim is one of them that may go") {
  for (const PolicyKind kind : all_policies()) {
    const std::string name(name_of(kind));
    CAPTURE(name);
    Drive drive(kind, test_support::seed());
    for (int i = 0; i < 3000; ++i) {
      drive.step();
      const auto order = drive.policy().order();
      REQUIRE(std::set<FrameNumber>(order.begin(), order.end()) == drive.present());
      REQUIRE(order.size() == drive.present().size());
    }
  }
}

TEST_CASE("every page a policy knows stands once in its structure, the page it would evict among them") {
  for (const PolicyKind kind : all_policies()) {
    const std::string name(name_of(kind));
    CAPTURE(name);
    Drive drive(kind, test_support::seed());
    for (int i = 0; i < 1000; ++i) {
      drive.step();
      const std::uint64_t before = hash_of(drive.policy());
      const PolicyStructure structure = drive.policy().structure(drive.view(), {});
      REQUIRE(hash_of(drive.policy()) == before);
      std::set<FrameNumber> frames;
      std::size_t count = 0;
      for (const PolicyList& list : structure.lists) {
        REQUIRE(list.entries.size() == list.size);
        for (std::size_t place = 0; place < list.entries.size(); ++place) {
          REQUIRE(list.entries[place].place == place);
          if (!list.entries[place].frame) continue;
          frames.insert(*list.entries[place].frame);
          ++count;
        }
      }
      REQUIRE(frames == drive.present());
      REQUIRE(count == frames.size());
      if (structure.hand) REQUIRE(frames.contains(*structure.hand));
      if (const auto victim = drive.policy().choose_victim(drive.view()))
        REQUIRE(frames.contains(victim->frame));
    }
  }
}

TEST_CASE("of long lists the ends are given, and what lies around the page that matters") {
  for (const PolicyKind kind : all_policies()) {
    const std::string name(name_of(kind));
    CAPTURE(name);
    Drive drive(kind, test_support::seed());
    for (int i = 0; i < 1000; ++i) {
      drive.step();
      const auto victim = drive.policy().choose_victim(drive.view());
      if (!victim) continue;
      const StructureWindow window{.most = 5, .around = {victim->frame}};
      bool found = false;
      const PolicyStructure whole = drive.policy().structure(drive.view(), {});
      const PolicyStructure part = drive.policy().structure(drive.view(), window);
      REQUIRE(part.lists.size() == whole.lists.size());
      for (std::size_t l = 0; l < part.lists.size(); ++l) {
        REQUIRE(part.lists[l].id == whole.lists[l].id);
        REQUIRE(part.lists[l].size == whole.lists[l].size);
        REQUIRE(part.lists[l].entries.size() <= 5);
        for (const PolicyEntry& entry : part.lists[l].entries) {
          REQUIRE(entry == whole.lists[l].entries[static_cast<std::size_t>(entry.place)]);
          found = found || entry.frame == victim->frame;
        }
      }
      REQUIRE(found);
    }
  }
}

TEST_CASE("a clone that sees the same does the same, and its hash tells") {
  for (const PolicyKind kind : all_policies()) {
    const std::string name(name_of(kind));
    CAPTURE(name);
    Drive drive(kind, test_support::seed());
    for (int round = 0; round < 20; ++round) {
      for (int i = 0; i < 50; ++i) drive.step();
      Drive twin(drive);
      CHECK(twin.policy().kind() == kind);
      for (int i = 0; i < 50; ++i) {
        REQUIRE(hash_of(twin.policy()) == hash_of(drive.policy()));
        drive.step();
        twin.step();
      }
      CHECK(twin.policy().order() == drive.policy().order());
    }
  }
}

TEST_CASE("a clone goes its own way") {
  for (const PolicyKind kind : all_policies()) {
    const auto policy = make_policy(kind, 4);
    policy->page_arrived(FrameNumber(1), {ProcessId(1), PageNumber(1)});
    const auto copy = policy->clone();
    CHECK(hash_of(*copy) == hash_of(*policy));
    copy->page_arrived(FrameNumber(2), {ProcessId(1), PageNumber(2)});
    CHECK(hash_of(*copy) != hash_of(*policy));
    CHECK(policy->order().size() == 1);
  }
}

TEST_CASE("every policy empties its memory if it is asked often enough") {
  for (const PolicyKind kind : all_policies()) {
    const std::string name(name_of(kind));
    CAPTURE(name);
    Drive drive(kind, test_support::seed());
    for (int i = 0; i < 200; ++i) drive.step();
    drive.view().pinned.clear();
    while (!drive.present().empty()) REQUIRE(drive.evict().has_value());
    CHECK(drive.policy().order().empty());
    CHECK_FALSE(drive.evict().has_value());
  }
}

TEST_CASE("a tick means nothing to a policy that has none") {
  for (std::size_t kind = 0; kind < kPolicyKinds; ++kind) {
    const auto policy = make_policy(static_cast<PolicyKind>(kind), 4);
    CHECK(policy->kind() == static_cast<PolicyKind>(kind));
    if (has_tick(policy->kind())) continue;
    policy->page_arrived(FrameNumber(1), {ProcessId(1), PageNumber(1)});
    FakeView view;
    view.accessed_frames.insert(FrameNumber(1));
    const std::uint64_t before = hash_of(*policy);
    CHECK(policy->tick(view).empty());
    CHECK(hash_of(*policy) == before);
  }
}

TEST_CASE("what is no policy is neither ideal nor has it a tick") {
  CHECK_FALSE(is_ideal(static_cast<PolicyKind>(kPolicyKinds)));
  CHECK_FALSE(has_tick(static_cast<PolicyKind>(kPolicyKinds)));
}

TEST_CASE("every policy has a name of its own that leads back to it") {
  for (const PolicyKind kind : all_policies()) {
    CHECK(policy_named(name_of(kind)) == kind);
    CHECK(make_policy(kind, 4)->kind() == kind);
    CHECK(policy_names().find(name_of(kind)) != std::string::npos);
  }
  CHECK_FALSE(policy_named("best").has_value());
}

TEST_CASE("random draws follow from the seed") {
  const auto victims = [](std::uint64_t seed) {
    const FakeView view;
    std::vector<FrameNumber> taken;
    const auto policy = make_policy(PolicyKind::Random, 100, {.seed = seed, .window = 1});
    for (std::uint64_t i = 0; i < 100; ++i)
      policy->page_arrived(FrameNumber(i), {ProcessId(1), PageNumber(i)});
    for (int i = 0; i < 50; ++i) {
      const auto choice = *policy->choose_victim(view);
      policy->victim_taken(choice, view);
      taken.push_back(choice.frame);
    }
    return taken;
  };
  CHECK(victims(1) == victims(1));
  CHECK(victims(1) != victims(2));
}

}  // namespace vmp::test
