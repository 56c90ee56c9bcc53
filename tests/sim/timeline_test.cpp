#include "core/sim/timeline.h"

#include <doctest/doctest.h>

using namespace vmp;

namespace {

constexpr std::uint64_t kData = 0x00401000;

Step write(std::uint64_t value) {
  return {AccessMemory{"A", {AccessKind::Write, VirtualAddress(kData), 4, value}}, 0, false};
}

// A machine with process A, which is the first step.
Timeline timeline_with_process() {
  Timeline timeline = Timeline::start({}).value();
  timeline.execute({SpawnProcess{"A", std::make_shared<Program>()}, 0, false});
  return timeline;
}

std::uint64_t value_in_ram(const Timeline& timeline) {
  const Kernel& kernel = timeline.machine().kernel();
  const auto entry = kernel.leaf_entry(*kernel.find_process("A"), page_of(VirtualAddress(kData)));
  return kernel.memory().read_word(address_of(frame_of(kernel.format(), entry->pte)), 4);
}

}  // namespace

TEST_CASE("a timeline begins where its configuration allows a machine") {
  MachineConfig config;
  config.frames = 1;
  CHECK_FALSE(Timeline::start(config).ok());
  Timeline timeline = Timeline::start({}).value();
  CHECK(timeline.config() == MachineConfig{});
  CHECK(timeline.current() == nullptr);
  CHECK_FALSE(timeline.back());
  CHECK_FALSE(timeline.forward());
}

TEST_CASE("steps that are loaded wait until they are asked for") {
  Timeline timeline = timeline_with_process();
  timeline.append(write(1));
  timeline.append(write(2));
  CHECK(timeline.size() == 3);
  CHECK(timeline.position() == 1);
  CHECK(timeline.records() == 1);
  CHECK(timeline.forward());
  CHECK(value_in_ram(timeline) == 1);
  CHECK(timeline.current() == &timeline.record(1));
  CHECK(timeline.forward());
  CHECK_FALSE(timeline.forward());
  CHECK(value_in_ram(timeline) == 2);
  CHECK(timeline.step(2) == write(2));
}

TEST_CASE("the same step given again after going back is no branch") {
  Timeline timeline = timeline_with_process();
  timeline.execute(write(1));
  timeline.execute(write(2));
  CHECK(timeline.back());
  CHECK(timeline.back());
  timeline.execute(write(1));
  CHECK(timeline.branches().empty());
  CHECK(timeline.size() == 3);
}

TEST_CASE("another step given after going back sets the old future aside, from where it can be taken again") {
  Timeline timeline = timeline_with_process();
  timeline.execute(write(1));
  timeline.execute(write(2));
  const std::uint64_t old_line = timeline.machine().hash();
  timeline.back();
  timeline.execute(write(3));
  const std::uint64_t new_line = timeline.machine().hash();
  REQUIRE(timeline.branches().size() == 1);
  CHECK(timeline.branches()[0].position == 2);
  CHECK(timeline.branches()[0].steps.size() == 3);
  CHECK(timeline.size() == 3);
  CHECK(value_in_ram(timeline) == 3);

  timeline.take_branch(0);
  CHECK(timeline.position() == 2);
  CHECK(value_in_ram(timeline) == 1);
  CHECK(timeline.forward());
  CHECK(timeline.machine().hash() == old_line);

  REQUIRE(timeline.branches().size() == 1);
  timeline.take_branch(0);
  CHECK(timeline.forward());
  CHECK(timeline.machine().hash() == new_line);
}

TEST_CASE("however long the line, every position is reached again with the same state") {
  Timeline timeline = timeline_with_process();
  for (std::uint64_t i = 1; i <= 1200; ++i) timeline.execute(write(i));
  for (const std::size_t position : {1201u, 600u, 7u, 1024u, 2u, 1200u, 513u}) {
    timeline.seek(position);
    CAPTURE(position);
    CHECK(timeline.position() == position);
    CHECK(timeline.machine().hash() == timeline.record(position - 1).hash);
  }
  timeline.seek(5000);
  CHECK(timeline.position() == 1201);
}

TEST_CASE("the meters are read after every step, and say what the machine's counters said then") {
  Timeline timeline = timeline_with_process();
  for (std::uint64_t i = 1; i <= 5; ++i) timeline.execute(write(i));
  CHECK(timeline.reading(0).processes.empty());
  CHECK(timeline.reading(0).totals == Counters{});
  for (std::size_t position = 0; position <= timeline.size(); ++position) {
    timeline.seek(position);
    const Kernel& kernel = timeline.machine().kernel();
    CHECK(timeline.reading(position) == read_meters(kernel));
    CHECK(timeline.reading(position).totals.writes == (position == 0 ? 0 : position - 1));
    CHECK(timeline.reading(position).free_frames == kernel.frames().free_count());
    if (position == 0) continue;
    const ProcessReading& process = timeline.reading(position).processes.at(0);
    CHECK(process.resident_pages == kernel.find_process("A")->resident_pages);
    CHECK(process.table_frames == kernel.find_process("A")->node_frames.size());
  }
}
