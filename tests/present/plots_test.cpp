#include "shell/present/plots.h"

#include "core/os/cost_model.h"
#include "tests/present/fixture.h"

namespace vmp::test {
namespace {

using Values = std::vector<std::uint64_t>;

// Two processes in a memory too small for both, with a future that is not executed.
constexpr std::string_view kCrowded = R"(vms 1
machine format=x86-32 frames=14 kernel-frames=3 swap=16 policy=fifo window=3
program p
  heap 8 limit 8
  stack limit 4
end
spawn A p
spawn B p
write A 0x00402000 1
write A 0x00403000 1
write B 0x00402000 1
write B 0x00403000 1
write A 0x00404000 1
write A 0x00402000 1
read B 0x00402000
read A 0x00400ffe 4
)";

Loaded crowded(std::size_t position = 100) {
  return load(kCrowded, position);
}

}  // namespace

TEST_CASE("the resident sets are the numbers of the processes' counters at every step") {
  Loaded loaded = crowded();
  const Plot plot = plot_of(PlotId::Resident, loaded.timeline, PlotSum::EachStep, nullptr);
  REQUIRE(plot.series.size() == 2);
  CHECK(plot.series[0].name == "A");
  CHECK(plot.series[0].hue == 0U);
  CHECK(plot.last_x == loaded.timeline.size());
  CHECK(plot.xs.size() == loaded.timeline.size() + 1);
  for (std::size_t position = 0; position <= loaded.timeline.size(); ++position) {
    loaded.timeline.seek(position);
    for (std::size_t i = 0; i < 2; ++i) {
      const std::vector<Process>& processes = loaded.kernel().processes();
      CHECK(plot.series[i].values[position] ==
            (i < processes.size() ? processes[i].resident_pages : kNoValue));
    }
  }
}

TEST_CASE("faults and swap traffic of each step add up to the counters, and the total is their sum") {
  Loaded loaded = crowded();
  const Counters totals = loaded.kernel().totals();
  REQUIRE(totals.major_faults > 0);
  REQUIRE(totals.pages_written_out > 0);
  for (const PlotId id : {PlotId::Faults, PlotId::Swap}) {
    const Plot each = plot_of(id, loaded.timeline, PlotSum::EachStep, nullptr);
    const Plot total = plot_of(id, loaded.timeline, PlotSum::Total, nullptr);
    REQUIRE(each.series.size() == 2);
    CHECK(each.shape == PlotShape::Bars);
    CHECK(total.shape == PlotShape::Steps);
    for (std::size_t i = 0; i < 2; ++i) {
      std::uint64_t sum = 0;
      for (std::size_t p = 0; p < each.xs.size(); ++p) {
        sum += each.series[i].values[p];
        CHECK(total.series[i].values[p] == sum);
      }
      const std::uint64_t expected = id == PlotId::Faults
                                         ? (i == 0 ? totals.minor_faults : totals.major_faults)
                                         : (i == 0 ? totals.pages_read_in : totals.pages_written_out);
      CHECK(sum == expected);
    }
  }
}

TEST_CASE("the access time so far is the cost model's, and unknown before the first access") {
  Loaded loaded = crowded();
  const Plot plot = plot_of(PlotId::AccessTime, loaded.timeline, PlotSum::EachStep, nullptr);
  for (std::size_t position = 0; position <= loaded.timeline.size(); ++position) {
    loaded.timeline.seek(position);
    const auto tenths = access_time_in_tenths(loaded.kernel().totals(), loaded.kernel().costs());
    CHECK(plot.series[0].values[position] == tenths.value_or(kNoValue));
  }
  CHECK(plot.series[1].values[2] == kNoValue);  // a start is no access
  CHECK(plot.series[1].values[3] == plot.series[0].values[3]);
}

TEST_CASE("page tables are counted in bytes of their nodes") {
  const Loaded loaded = crowded();
  const Plot plot = plot_of(PlotId::Tables, loaded.timeline, PlotSum::EachStep, nullptr);
  const std::uint64_t frames = loaded.process("A").node_frames.size();
  CHECK(plot.series[0].values.back() == frames * kPageSize);
}

TEST_CASE("only executed steps have values, and the axis goes on to the end") {
  const Loaded loaded = crowded(3);
  const Plot plot = plot_of(PlotId::Resident, loaded.timeline, PlotSum::EachStep, nullptr);
  CHECK(plot.xs == Values{0, 1, 2, 3});
  CHECK(plot.last_x == 10);
}

TEST_CASE("before any process, without swap or without an access the plot says so") {
  const Loaded start = load("vms 1\nmachine format=x86-32 frames=32\n", 0);
  for (const PlotId id : {PlotId::Resident, PlotId::Swap, PlotId::AccessTime, PlotId::Tables}) {
    CHECK_FALSE(plot_of(id, start.timeline, PlotSum::EachStep, nullptr).empty.empty());
  }
  ReferenceRun run(start.timeline);
  CHECK(run.finished());
  CHECK_FALSE(plot_of(PlotId::WorkingSet, start.timeline, PlotSum::EachStep, &run).empty.empty());
  MissRatios ratios(run, {PolicyKind::Lru}, start.timeline.config());
  CHECK(ratios.finished());
  CHECK(ratios.progress() == 1);
  CHECK_FALSE(miss_ratio_plot(&ratios).empty.empty());
}

TEST_CASE("scales begin at 0, end at or above the highest value, and count in round steps") {
  for (const std::uint64_t highest : {0ULL, 1ULL, 3ULL, 7ULL, 99ULL, 100ULL, 12'345ULL, 987'654'321ULL}) {
    for (const std::uint64_t lines : {1ULL, 3ULL, 6ULL}) {
      const PlotScale scale = scale_for(highest, PlotUnit::Pages, lines);
      CHECK(scale.top >= std::max<std::uint64_t>(1, highest));
      CHECK(scale.top % scale.step == 0);
      CHECK(scale.top / scale.step <= lines);
      CHECK(scale.top < std::max<std::uint64_t>(1, highest) + scale.step);
    }
  }
  CHECK(scale_for(7, PlotUnit::Pages, 4).step == 2);
  CHECK(scale_for(23, PlotUnit::Pages, 3).step == 10);
  CHECK(scale_for(12 * 4096, PlotUnit::Bytes, 3).step == 4 * 4096);
}

TEST_CASE("values are told with their units") {
  CHECK(value_with_unit(1, PlotUnit::Pages) == "1 page");
  CHECK(value_with_unit(1200, PlotUnit::Faults) == "1,200 faults");
  CHECK(value_with_unit(6129, PlotUnit::TenthsOfCycles) == "612.9 cycles");
  CHECK(value_with_unit(329'510'510, PlotUnit::TenthsOfCycles) == "32.9 M cycles");
  CHECK(value_with_unit(50'000'000, PlotUnit::TenthsOfCycles) == "5 M cycles");
  CHECK(value_with_unit(12288, PlotUnit::Bytes) == "12 KiB");
  CHECK(value_with_unit(1250, PlotUnit::Hundredths) == "12.5 %");
  CHECK(value_with_unit(kNoValue, PlotUnit::Pages) == "–");
}

TEST_CASE("the values at a step are told in one line, unknown ones left out") {
  const Loaded loaded = crowded();
  const Plot plot = plot_of(PlotId::Resident, loaded.timeline, PlotSum::EachStep, nullptr);
  CHECK(readout(plot, 0) == "step 0");
  CHECK(readout(plot, 1) == "step 1: A 1 page");
  CHECK(readout(plot, 3) == "step 3: A 2 pages, B 1 page");
}

TEST_CASE("CSV has a line a step and a column a series, with units, and quotes what must be") {
  const Loaded loaded = crowded(3);
  CHECK(csv_of(plot_of(PlotId::Resident, loaded.timeline, PlotSum::EachStep, nullptr)) ==
        "step,A pages,B pages\n0,,\n1,1,\n2,1,1\n3,2,1\n");
  Plot plot;
  plot.unit = PlotUnit::Hundredths;
  plot.by_step = false;
  plot.xs = {4};
  plot.series = {{.name = "a,\"b\"", .hue = {}, .values = {1205}}};
  CHECK(csv_of(plot) == "frames,\"a,\"\"b\"\" percent\"\n4,12.05\n");
}

TEST_CASE("a column of pixels stands for the lowest and highest value in it") {
  const PlotSeries series{.name = "", .hue = {}, .values = {4, kNoValue, 9, 2}};
  CHECK(range_of(series, 0, 4)->low == 2);
  CHECK(range_of(series, 0, 3)->high == 9);
  CHECK_FALSE(range_of(series, 1, 2).has_value());
  CHECK_FALSE(range_of(series, 4, 9).has_value());
}

}  // namespace vmp::test
