// What people are shown of costs, quotas and thrashing.
#include <string>

#include "shell/present/memory_view.h"
#include "shell/present/model.h"
#include "tests/present/fixture.h"
#include "tests/support/files.h"

namespace vmp::test {
namespace {

struct Shown {
  explicit Shown(const Scenario& scenario)
      : timeline(Timeline::start(scenario.config()).value()), lesson(lesson_of(scenario)) {
    for (const Step& step : scenario.steps()) timeline.execute(step);
  }
  Model at(std::size_t position) {
    timeline.seek(position);
    return build_model(timeline, lesson);
  }
  const Kernel& kernel() const { return timeline.machine().kernel(); }

  Timeline timeline;
  Lesson lesson;
};

Scenario thrashing_lesson() {
  return test_support::shipped_scenario("thrashing");
}

}  // namespace

TEST_CASE(
    "a process is shown what an access costs it, once it has made one, as cycles or, if long, as time") {
  Shown shown(thrashing_lesson());
  CHECK(shown.at(1).columns.at(0).cost.empty());
  CHECK(shown.at(3).columns.at(0).cost == "2,502.0 cycles an access");
  const std::string late = shown.at(shown.timeline.size()).columns.at(0).cost;
  CHECK(late.ends_with(" ms an access"));
}

TEST_CASE("the machine's simulated time grows with the steps") {
  Shown shown(thrashing_lesson());
  CHECK(shown.at(0).time == "simulated time 0 ns");
  // The first write: RAM, two TLB misses, three entries, one fault: 300 + 2 + 900 + 1,300 cycles.
  CHECK(shown.at(3).time == "simulated time 834 ns");
  CHECK(shown.at(shown.timeline.size()).time.ends_with(" ms"));
}

TEST_CASE("thrashing is told with its figure while it lasts, and only then") {
  Shown shown(thrashing_lesson());
  bool told = false;
  for (std::size_t i = 0; i <= shown.timeline.size(); ++i) {
    const Model model = shown.at(i);
    CHECK(model.thrashing.empty() == model.thrashing_short.empty());
    CHECK(model.thrashing.empty() == !shown.kernel().thrashing().active());
    told = told || model.thrashing == "thrashing: 12 of 12 references waited for a page that had just left" ||
           model.thrashing == "thrashing: 6 of 12 references waited for a page that had just left";
  }
  CHECK(told);
  CHECK(shown.at(0).thrashing.empty());
  CHECK(shown.at(shown.timeline.size()).thrashing.empty());
}

TEST_CASE("the swap panel names the device and what a page from it costs") {
  struct Expected {
    DeviceKind device;
    std::string_view title;
    std::string_view cost;
  };
  constexpr Expected kExpected[] = {{DeviceKind::HardDisk, "Swap (hard disk)", "12.7 ms a page"},
                                    {DeviceKind::SataSsd, "Swap (SATA SSD)", "76.9 us a page"},
                                    {DeviceKind::Nvme, "Swap (NVMe drive)", "52.6 us a page"},
                                    {DeviceKind::CompressedRam, "Swap (compressed RAM)", "820 ns a page"}};
  for (const Expected& expected : kExpected) {
    MachineConfig config;
    config.swap_slots = 4;
    config.device = expected.device;
    const Timeline timeline = Timeline::start(config).value();
    const Lesson lesson;
    const Model model = build_model(timeline, lesson);
    CHECK(model.swap_title == expected.title);
    CHECK(model.swap_costs.at(0) == expected.cost);
  }
}

TEST_CASE("with a cluster the panel says what all its pages cost together") {
  MachineConfig config;
  config.swap_slots = 4;
  config.swap_cluster = 8;
  const Timeline timeline = Timeline::start(config).value();
  CHECK(swap_costs(timeline.machine().kernel()) ==
        std::vector<std::string>{"12.7 ms a page", "12.8 ms for 8 at once", "0 ns so far"});
}

TEST_CASE("a frame says that its page was read ahead, until the page is used") {
  Shown shown(test_support::shipped_scenario("read-ahead"));
  constexpr std::size_t kOneRequest = 18;  // the step
  shown.at(kOneRequest);
  const SwapSlot neighbour(2);
  const FrameNumber frame = shown.kernel().swap()[neighbour].cached.value();
  CHECK(describe_frame(shown.kernel(), frame) == "Frame 0E: read ahead from slot 2, not used yet");
  shown.at(kOneRequest + 1);
  CHECK(describe_frame(shown.kernel(), frame) == "Frame 0E: page 0x403 of A, heap, accessed, copy in slot 2");
}

TEST_CASE("a quota stands beside the pages in RAM") {
  Scenario scenario = thrashing_lesson();
  for (ScenarioLine& line : scenario.lines) {
    if (auto* machine = std::get_if<MachineLine>(&line.content)) machine->config.fault_frequency = {4, 64};
  }
  Shown shown(scenario);
  CHECK(shown.at(2).columns.at(0).residency == "1 page in RAM");
  CHECK(shown.at(3).columns.at(0).residency == "2 pages in RAM, quota 2");
}

}  // namespace vmp::test
