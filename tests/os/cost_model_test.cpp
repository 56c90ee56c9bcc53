#include "core/os/cost_model.h"

#include <array>
#include <cstring>
#include <type_traits>

#include "tests/support/world.h"

namespace vmp::test {
namespace {

// Times as textbooks give them: cycles of a clock of 1 GHz, so nanoseconds.
Counters accesses(std::uint64_t count) {
  Counters counters;
  counters.reads = count;
  return counters;
}

MachineConfig small(DeviceKind device = DeviceKind::HardDisk, std::uint64_t frames = 10) {
  MachineConfig config;
  config.frames = frames;
  config.kernel_frames = 0;
  config.swap_slots = 16;
  config.policy = PolicyKind::Fifo;
  config.device = device;
  return config;
}

// Writes eight pages round and round: the same work on every machine.
Counters work_on(const MachineConfig& config) {
  World world(config);
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 8);
  for (std::uint64_t i = 0; i < 64; ++i) world.write(a, at + i % 8 * kPageSize, i);
  for (std::uint64_t page = 0; page < 8; ++page) CHECK(world.read(a, at + page * kPageSize) == 56 + page);
  world.check_invariants();
  return world.kernel.totals();
}

}  // namespace

TEST_CASE("Silberschatz 9.3.2.1: with 10 ns to RAM and 80 % TLB hits the effective access time is 12 ns") {
  CostModel model;
  model.memory_access = 10;
  model.table_read = 10;
  Counters counters = accesses(100);
  counters.tlb_hits = 80;
  counters.tlb_misses = 20;
  counters.table_reads = 20;
  CHECK(access_time_in_tenths(counters, model) == 120u);
  counters.tlb_hits = 99;
  counters.tlb_misses = 1;
  counters.table_reads = 1;
  CHECK(access_time_in_tenths(counters, model) == 101u);
}

TEST_CASE("Silberschatz 10.2.3: one fault of 8 ms in 1,000 accesses of 200 ns makes them 8.2 us") {
  CostModel model;
  model.memory_access = 200;
  model.fault = 0;
  model.swap.read_request = 8'000'000 - 200;  // the book's faulting access costs the fault and nothing else
  Counters counters = accesses(1'000);
  counters.major_faults = 1;
  counters.swap_reads = 1;
  counters.pages_read_in = 1;
  CHECK(access_time_in_tenths(counters, model) == 81'998u);  // 200 + 7,999,800 / 1,000 = 8,199.8
}

TEST_CASE("Silberschatz 10.2.3: for a slow-down below 10 % one fault in 399,990 accesses is allowed") {
  CostModel model;
  model.memory_access = 200;
  model.swap.read_request = 7'999'800;
  Counters counters = accesses(399'990);
  counters.swap_reads = 1;
  CHECK(access_time_in_tenths(counters, model) == 2'200u);
  counters.reads = 399'900;
  CHECK(*access_time_in_tenths(counters, model) >= 2'200u);
  CHECK(cost_of(counters, model).total() > 220 * counters.accesses());
}

TEST_CASE("a victim that has to be written doubles what its fault costs, as textbooks warn") {
  CostModel model;
  model.swap = {.read_request = 9, .read_page = 1, .write_request = 9, .write_page = 1};
  Counters counters;
  counters.swap_reads = counters.pages_read_in = 1;
  const std::uint64_t clean = cost_of(counters, model).total();
  counters.swap_writes = 1;
  CHECK(cost_of(counters, model).total() == 2 * clean);
}

TEST_CASE("before the first access there is no effective access time") {
  CHECK_FALSE(access_time_in_tenths({}, cost_model_of(DeviceKind::Nvme)));
}

TEST_CASE("the effective access time of many accesses does not overflow") {
  CostModel model;
  model.memory_access = std::uint64_t{1} << 40;
  CHECK(access_time_in_tenths(accesses(1 << 20), model) == (std::uint64_t{10} << 40));
}

TEST_CASE("every part of the cost has its counter, and they add up") {
  const CostModel& model = cost_model_of(DeviceKind::SataSsd);
  Counters counters = accesses(7);
  counters.tlb_hits = 5;
  counters.tlb_misses = 2;
  counters.table_reads = 4;
  counters.minor_faults = 1;
  counters.major_faults = 1;
  counters.copies = 1;
  counters.swap_reads = 1;
  counters.pages_read_in = 8;
  counters.swap_writes = 1;
  counters.file_reads = 1;
  counters.file_pages_read = 4;
  counters.file_writes = 1;
  const Cost cost = cost_of(counters, model);
  CHECK(cost.memory == 7 * 300);
  CHECK(cost.tlb == 7);
  CHECK(cost.tables == 4 * 300);
  CHECK(cost.faults == 2 * 1'300);
  CHECK(cost.copies == 897);
  CHECK(cost.devices ==
        (208'800 + 8 * 21'900) + (60'300 + 23'100) + (208'800 + 4 * 21'900) + (60'300 + 23'100));
  CHECK(cost.total() == cost.memory + cost.tlb + cost.tables + cost.faults + cost.copies + cost.devices);
}

TEST_CASE(
    "a page from a hard disk costs ten thousand times a page that is only mapped, and RAM is in between") {
  const CostModel& disk = cost_model_of(DeviceKind::HardDisk);
  CHECK(disk.minor_fault() == 1'300);
  CHECK(disk.major_fault() == 1'300 + 12'660 * kCyclesPerMicrosecond + 58'500);
  CHECK(disk.major_fault() / disk.minor_fault() > 10'000);
  std::uint64_t before = disk.major_fault();
  for (const DeviceKind device : {DeviceKind::SataSsd, DeviceKind::Nvme, DeviceKind::CompressedRam}) {
    const std::uint64_t cycles = cost_model_of(device).major_fault();
    CHECK(cycles < before);
    CHECK(cycles > disk.minor_fault());
    before = cycles;
  }
}

TEST_CASE("devices are found by the names scenarios give them") {
  for (std::size_t i = 0; i < kDeviceKinds; ++i) {
    const auto device = static_cast<DeviceKind>(i);
    CHECK(device_named(name_of(device)) == device);
  }
  CHECK_FALSE(device_named("drum"));
}

TEST_CASE("an access is charged a TLB lookup, and a walk an entry a level") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 1);
  world.write(a, at, 1);
  const Counters before = world.process(a).counters;
  world.read(a, at);
  Counters after = world.process(a).counters;
  CHECK(after.tlb_hits == before.tlb_hits + 1);
  CHECK(after.table_reads == before.table_reads);
  world.kernel.flush_tlb(nullptr);
  world.read(a, at);
  CHECK(world.process(a).counters.tlb_misses == after.tlb_misses + 1);
  CHECK(world.process(a).counters.table_reads == after.table_reads + world.kernel.format().levels);
  CHECK(world.kernel.totals().table_reads == world.process(a).counters.table_reads);
}

TEST_CASE("the same work takes longer with less RAM and with a slower device, and its output is the same") {
  const Counters roomy = work_on(small(DeviceKind::HardDisk, 16));
  const Counters tight = work_on(small());
  const CostModel& disk = cost_model_of(DeviceKind::HardDisk);
  CHECK(roomy.accesses() == tight.accesses());
  CHECK(roomy.swap_reads == 0);
  CHECK(tight.swap_reads > 0);
  CHECK(cost_of(tight, disk).total() > 1'000 * cost_of(roomy, disk).total());
  CHECK(work_on(small(DeviceKind::Nvme)) == tight);
  CHECK(cost_of(tight, cost_model_of(DeviceKind::Nvme)).total() < cost_of(tight, disk).total());
}

TEST_CASE("the process that runs waits for the device, also when another's page is written") {
  World world(small(DeviceKind::HardDisk, 14));
  const ProcessId a = world.spawn("A");
  const std::uint64_t at_a = world.map(a, 3);
  for (std::uint64_t page = 0; page < 3; ++page) world.write(a, at_a + page * kPageSize, page);
  const ProcessId b = world.spawn("B");
  const std::uint64_t at_b = world.map(b, 8);
  for (std::uint64_t page = 0; page < 8; ++page) world.write(b, at_b + page * kPageSize, page);
  CHECK(world.process(a).counters.pages_written_out > 0);
  CHECK(world.process(a).counters.swap_writes == 0);
  CHECK(world.process(b).counters.swap_writes == world.kernel.totals().swap_writes);
}

TEST_CASE("a page of a file is read from the file's device, not from swap") {
  World world;
  Program program;
  program.words = {{VirtualAddress(0x00401000), 42, 4}};
  const ProcessId a = world.spawn("A", program);
  CHECK(world.read(a, 0x00401000) == 42);
  CHECK(world.process(a).counters.file_reads == 1);
  CHECK(world.process(a).counters.file_pages_read == 1);
  CHECK(world.process(a).counters.swap_reads == 0);
}

TEST_CASE("a failed transfer is waited for like any other") {
  MachineConfig config = small();
  config.swap_write_failure = {1, false};
  World world(config);
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 9);
  for (std::uint64_t page = 0; page < 9; ++page) world.write(a, at + page * kPageSize, page);
  CHECK(world.kernel.totals().swap_writes == world.kernel.totals().pages_written_out + 1);
}

TEST_CASE("every single number counts when counters or costs are compared") {
  const auto check_every_word = [](const auto& original) {
    using T = std::decay_t<decltype(original)>;
    using Words = std::array<std::uint64_t, sizeof(T) / sizeof(std::uint64_t)>;
    for (std::size_t i = 0; i < Words{}.size(); ++i) {
      Words words{};
      std::memcpy(words.data(), &original, sizeof(T));
      ++words[i];
      T changed;
      std::memcpy(static_cast<void*>(&changed), words.data(), sizeof(T));
      CHECK_FALSE(changed == original);
    }
  };
  check_every_word(Counters{});
  check_every_word(Cost{});
}

TEST_CASE("a machine's costs are those of its device, and its time counts the accesses that were made") {
  World world(small(DeviceKind::Nvme));
  CHECK(&world.kernel.costs() == &cost_model_of(DeviceKind::Nvme));
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 1);
  const std::uint64_t before = world.kernel.time();
  const Cost idle = cost_of(world.kernel.totals(), world.kernel.costs());
  CHECK(idle == cost_of(world.kernel.totals(), world.kernel.costs()));
  world.write(a, at, 1);
  world.read(a, at);
  CHECK(world.kernel.time() == before + 2);
  CHECK_FALSE(idle == cost_of(world.kernel.totals(), world.kernel.costs()));
}

}  // namespace vmp::test
