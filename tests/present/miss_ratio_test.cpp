#include "shell/present/miss_ratio.h"

#include <algorithm>

#include "core/base/rng.h"
#include "shell/present/plots.h"
#include "tests/present/fixture.h"
#include "tests/support/seed.h"

namespace vmp::test {
namespace {

// A timeline that replays those pages in slices of ten, in a process that may keep `limit` of them.
Timeline replay_of(const std::vector<std::uint64_t>& pages, std::optional<std::uint64_t> limit = std::nullopt,
                   PolicyKind policy = PolicyKind::Lru) {
  auto trace = std::make_shared<Trace>();
  trace->name = "pages";
  for (const std::uint64_t page : pages) {
    trace->references.emplace_back(AccessKind::Read, VirtualAddress((page + 16) * kPageSize));
  }
  trace->digest = Trace::digest_of(trace->references);
  MachineConfig config;
  config.frames = 256;
  config.swap_slots = 256;
  config.policy = policy;
  config.window = 4;
  Timeline timeline = Timeline::start(config).value();
  timeline.append({SpawnEmpty{"A"}, 0, false});
  if (limit) timeline.append({SetResidentLimit{"A", limit}, 0, false});
  for (std::uint64_t first = 0; first < pages.size(); first += 10) {
    const std::uint64_t count = std::min<std::uint64_t>(10, pages.size() - first);
    timeline.append({ReplayTrace{"A", trace, first, count}, 0, false});
  }
  return timeline;
}

std::vector<std::uint64_t> random_pages(std::size_t count, std::uint64_t different) {
  Rng rng(test_support::seed());
  std::vector<std::uint64_t> pages;
  for (std::size_t i = 0; i < count; ++i) pages.push_back(rng.below(different));
  return pages;
}

void finish(MissRatios& ratios, std::uint64_t slice) {
  float progress = 0;
  while (ratios.advance(slice)) {
    CHECK(ratios.progress() >= progress);
    progress = ratios.progress();
  }
  CHECK(ratios.progress() == 1);
}

}  // namespace

TEST_CASE("Belady's string: FIFO faults 9 times with three frames and 10 times with four, Optimal 7 and 6") {
  const Timeline timeline = replay_of({1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5});
  ReferenceRun run(timeline);
  CHECK_FALSE(run.advance(1000));
  CHECK(run.total() == 12);
  CHECK(run.distinct_pages() == 5);
  MissRatios ratios(run, {PolicyKind::Fifo, PolicyKind::Lru, PolicyKind::Optimal}, timeline.config());
  finish(ratios, 7);
  CHECK(ratios.sizes() == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
  const auto faults = [&](std::size_t curve, std::size_t frames) {
    return *ratios.curves()[curve].faults[frames - 1];
  };
  CHECK(faults(0, 3) == 9);
  CHECK(faults(0, 4) == 10);
  CHECK(faults(1, 3) == 10);
  CHECK(faults(1, 4) == 8);
  CHECK(faults(2, 3) == 7);
  CHECK(faults(2, 4) == 6);
  CHECK(faults(2, 5) == 5);
  const Plot plot = miss_ratio_plot(&ratios);
  CHECK(plot.series[0].values[2] == 7500);
  CHECK(plot.last_x == 5);
  CHECK(readout(plot, 3) == "3 frames: FIFO 75 %, LRU 83.3 %, Optimal 58.3 %");
}

TEST_CASE("a curve's faults are the machine's own counter with that resident limit") {
  const std::vector<std::uint64_t> pages = random_pages(400, 12);
  for (const PolicyKind policy : {PolicyKind::Lru, PolicyKind::Clock, PolicyKind::Optimal, PolicyKind::Arc}) {
    const Timeline timeline = replay_of(pages);
    ReferenceRun run(timeline);
    run.advance(10'000);
    MissRatios ratios(run, {policy}, timeline.config());
    finish(ratios, 1000);
    for (std::size_t i = 0; i < ratios.sizes().size(); ++i) {
      Timeline limited = replay_of(pages, ratios.sizes()[i], policy);
      limited.seek(limited.size());
      CHECK(ratios.curves()[0].faults[i] == limited.machine().kernel().totals().faults());
    }
  }
}

TEST_CASE("however the work is cut, the curves are the same") {
  const Timeline timeline = replay_of(random_pages(300, 40));
  std::vector<std::vector<std::optional<std::uint64_t>>> found;
  for (const std::uint64_t slice : {1ULL, 13ULL, 100'000ULL}) {
    ReferenceRun run(timeline);
    while (run.advance(slice)) {
    }
    MissRatios ratios(run, {PolicyKind::Fifo}, timeline.config());
    while (ratios.advance(slice)) {
    }
    found.push_back(ratios.curves()[0].faults);
  }
  CHECK(found[0] == found[1]);
  CHECK(found[0] == found[2]);
}

TEST_CASE("the sizes of a curve reach from one frame to all pages") {
  CHECK(curve_sizes(0, 24).empty());
  CHECK(curve_sizes(3, 24) == std::vector<std::uint64_t>{1, 2, 3});
  const std::vector<std::uint64_t> sizes = curve_sizes(1000, 24);
  CHECK(sizes.size() == 24);
  CHECK(sizes.front() == 1);
  CHECK(sizes.back() == 1000);
  CHECK(std::is_sorted(sizes.begin(), sizes.end()));
}

TEST_CASE("working sets are the different pages among the last references, known at every step") {
  const Timeline timeline = replay_of({1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 6, 6, 6});
  ReferenceRun run(timeline);
  CHECK(run.advance(3));
  CHECK(run.working_sets()[0].sizes == std::vector<std::uint64_t>(4, ReferenceRun::kNotRead));
  run.advance(100);
  REQUIRE(run.working_sets().size() == 1);
  CHECK(run.working_sets()[0].process == "A");
  CHECK(run.working_sets()[0].sizes == std::vector<std::uint64_t>{0, 0, 2, 1});  // 4 4 5 5; 6 6 6 6
}

TEST_CASE("an access that ended in a signal names no page, and one that crosses pages names two") {
  constexpr std::string_view kText =
      "vms 1\nmachine format=x86-32 frames=32\nprogram p\n  heap 4 limit 4\n  stack limit "
      "4\nend\nspawn A p\nwrite A 0x00402ffe 1\nread A 0x00000010\n";
  const Loaded before = load(kText, 0);
  ReferenceRun planned(before.timeline);
  planned.advance(100);
  CHECK(planned.total() == 3);
  const Loaded after = load(kText, 100);
  ReferenceRun made(after.timeline);
  made.advance(100);
  CHECK(made.total() == 2);
  CHECK(ReferenceRun::identity_of(before.timeline) != ReferenceRun::identity_of(after.timeline));
  CHECK(ReferenceRun::identity_of(after.timeline) == ReferenceRun::identity_of(load(kText, 100).timeline));
}

}  // namespace vmp::test
