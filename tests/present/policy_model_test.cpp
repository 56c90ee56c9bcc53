#include "shell/present/policy_model.h"

#include <algorithm>

#include "core/sim/narrate.h"
#include "tests/present/fixture.h"

namespace vmp::test {
namespace {

// Eight pages of a heap (0x402 is the first), of which few fit in RAM; `steps` go behind.
std::string scenario_with(std::string_view machine, std::string_view steps) {
  std::string text = "vms 1\nmachine format=x86-32 kernel-frames=3 tlb=4x4 ";
  text += machine;
  text += "\nprogram p\n  heap 8 limit 8\n  stack limit 4\nend\nspawn A p\n";
  return text + std::string(steps);
}

std::string writes(std::initializer_list<int> pages) {
  std::string text;
  for (const int page : pages) text += "write A 0x0040" + std::to_string(page + 1) + "000 1\n";
  return text;
}

PolicyModel model_of(std::string_view machine, std::string_view steps, std::uint64_t most = 64) {
  const std::string text = scenario_with(machine, steps);
  return policy_model(load(text, 1000).timeline, most);
}

std::vector<std::string> pages_of(const PolicyRow& row) {
  std::vector<std::string> pages;
  for (const PolicyCell& cell : row.cells) pages.push_back(cell.card.page);
  return pages;
}

std::vector<std::string> notes_of(const PolicyRow& row) {
  std::vector<std::string> notes;
  for (const PolicyCell& cell : row.cells) notes.push_back(cell.note);
  return notes;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("before any page is in RAM the policy's lists are empty, and nobody can go") {
  const Loaded loaded = load(scenario_with("frames=16 swap=16 policy=fifo", ""), 0);
  const PolicyModel model = policy_model(loaded.timeline, 64);
  REQUIRE(model.rows.size() == 1);
  CHECK(model.rows[0].cells.empty());
  CHECK(model.summary == "0 pages");
  CHECK(model.next == "No page is in RAM yet.");
  CHECK(model.last.empty());
}

TEST_CASE(
    "Clock's ring is drawn from the hand, with its bits, and the victim is the one the next step takes") {
  const std::string text = scenario_with("frames=9 swap=16 policy=clock", writes({1, 2, 3, 4, 5}));
  Loaded loaded = load(text, 4);
  const PolicyModel before = policy_model(loaded.timeline, 64);
  REQUIRE(before.rows.size() == 1);
  const PolicyRow& ring = before.rows[0];
  CHECK(before.title == "Clock");
  CHECK(ring.size == before.pages);
  REQUIRE_FALSE(ring.cells.empty());
  CHECK(ring.cells[0].hand);
  CHECK_FALSE(ring.cells[1].hand);
  std::vector<FrameNumber> victims;
  for (const PolicyCell& cell : ring.cells) {
    CHECK((cell.bits == "1" || cell.bits == "0"));
    CHECK(cell.set == (cell.bits == "1"));
    if (cell.victim) victims.push_back(*cell.frame);
  }
  REQUIRE(victims.size() == 1);
  CHECK(before.next.find("Next to go: page ") == 0);
  std::vector<FrameNumber> taken;
  while (taken.empty() && loaded.timeline.forward()) {
    const PolicyModel now = policy_model(loaded.timeline, 64);
    for (const Event& event : loaded.timeline.current()->events) {
      if (const auto* chosen = std::get_if<VictimChosen>(&event)) taken.push_back(chosen->choice.frame);
    }
    CHECK(now.last.empty() == taken.empty());
    if (!taken.empty()) {
      CHECK(now.last.find("Left in this step: no frame is free: takes frame ") == 0);
      continue;
    }
    victims.clear();
    for (const PolicyCell& cell : now.rows[0].cells) {
      if (cell.victim) victims.push_back(*cell.frame);
    }
  }
  CHECK(taken == victims);
}

TEST_CASE("LRU's stack tells at which access each page was used last") {
  const PolicyModel model = model_of("frames=32 policy=lru", writes({1, 2, 3, 1}));
  REQUIRE(model.rows.size() == 1);
  CHECK(pages_of(model.rows[0]) == Texts{"0xBFFFF", "0x403", "0x404", "0x402"});
  CHECK(notes_of(model.rows[0]) == Texts{"never", "at 2", "at 3", "at 4"});
  CHECK(model.next == "Nobody can go: no page's bytes are, or can be, kept elsewhere.");
}

TEST_CASE("NRU's classes are four rows, Linux's lists two, ARC's four with a target") {
  const PolicyModel nru = model_of("frames=32 swap=8 policy=nru tick=2", writes({1, 2, 3}));
  REQUIRE(nru.rows.size() == 4);
  CHECK(nru.rows[0].size + nru.rows[1].size + nru.rows[2].size + nru.rows[3].size == 4);
  CHECK(pages_of(nru.rows[3]) == Texts{"0x404"});
  CHECK(pages_of(nru.rows[1]) == Texts{"0xBFFFF", "0x402", "0x403"});  // the stack, by the loader
  CHECK(nru.summary == "4 pages · tick in 1 reference");
  CHECK(nru.legend.empty());
  CHECK(model_of("frames=32 swap=8 policy=linux", writes({1})).rows.size() == 2);
  const PolicyModel arc = model_of("frames=32 swap=8 policy=arc", writes({1, 1}));
  REQUIRE(arc.rows.size() == 4);
  CHECK(arc.rows[0].target == 0);
  CHECK(arc.summary == "2 pages · p = 0.00");
  CHECK(arc.rows[0].name == "T1 used once");
  CHECK(arc.rows[1].name == "B1 ghosts");
  CHECK(arc.rows[2].name == "T2 used again");
  CHECK(arc.rows[3].name == "B2 ghosts");
  CHECK(pages_of(arc.rows[2]) == Texts{"0x402"});
}

TEST_CASE("Aging's counters are given as bits, a working set's ages with the window") {
  const PolicyModel aging = model_of("frames=32 swap=8 policy=aging tick=2", writes({1, 1, 2}));
  CHECK(aging.rows[0].cells[1].counter == 0x80);
  CHECK_FALSE(aging.rows[0].cells[1].set);
  CHECK(aging.rows[0].cells[2].counter == 0);
  CHECK(aging.rows[0].cells[2].set);
  const PolicyModel set =
      model_of("frames=32 swap=8 policy=working-set window=5 tick=3", writes({1, 2, 1, 1}));
  CHECK(set.summary == "3 pages · window of 5 references · tick in 2 references");
  CHECK(notes_of(set.rows[0]) == Texts{"4", "0", "1"});
}

TEST_CASE("ghosts are shown by name, in the hue of the page's owner") {
  const PolicyModel arc = model_of("frames=9 swap=16 policy=arc", writes({1, 2, 1, 2, 3, 4, 5, 6}));
  std::size_t ghosts = 0;
  for (const PolicyRow& row : arc.rows) {
    for (const PolicyCell& cell : row.cells) {
      if (cell.frame) continue;
      ++ghosts;
      CHECK(cell.card.hues == std::vector<std::size_t>{0});
      CHECK(cell.card.page == hex_page(cell.ghost.page));
      CHECK_FALSE(cell.victim);
    }
  }
  CHECK(ghosts > 0);
}

TEST_CASE("of a long list the ends and the victim are shown, and the rest is counted") {
  const PolicyModel model = model_of("frames=32 swap=8 policy=fifo", writes({1, 2, 3, 4, 5, 6, 7, 8}), 3);
  REQUIRE(model.rows.size() == 1);
  CHECK(model.rows[0].size == 9);
  std::uint64_t left_out = model.rows[0].left_out;
  bool victim = false;
  for (const PolicyCell& cell : model.rows[0].cells) {
    left_out += cell.left_out;
    victim = victim || cell.victim;
  }
  CHECK(model.rows[0].cells.size() + left_out == 9);
  CHECK(left_out > 0);
  CHECK(victim);
}

TEST_CASE("every policy has a title and a rule of its own") {
  std::vector<std::string_view> titles;
  for (std::size_t i = 0; i < kPolicyKinds; ++i) titles.push_back(title_of(static_cast<PolicyKind>(i)));
  std::sort(titles.begin(), titles.end());
  CHECK(std::adjacent_find(titles.begin(), titles.end()) == titles.end());
}

}  // namespace vmp::test
