#include <algorithm>

#include "tests/support/world.h"

namespace vmp::test {
namespace {

MachineConfig with_cluster(std::uint32_t pages) {
  MachineConfig config;
  config.frames = 13;  // three table nodes and ten pages
  config.kernel_frames = 0;
  config.swap_slots = 32;
  config.policy = PolicyKind::Fifo;
  config.swap_cluster = pages;
  return config;
}

// A process that has written sixteen pages in order, so that they left in order: the stack's page to slot 0,
// page n of the mapping to slot n + 1.
struct Written : World {
  explicit Written(const MachineConfig& config) : World(config) {
    a = spawn("A");
    at = map(a, 16);
    for (std::uint64_t page = 0; page < 16; ++page) write(a, at + page * kPageSize, 100 + page);
    before = kernel.totals();
  }
  std::uint64_t read_page(std::uint64_t page) { return read(a, at + page * kPageSize); }
  Counters since() const {
    Counters counters = kernel.totals();
    counters.swap_reads -= before.swap_reads;
    counters.pages_read_in -= before.pages_read_in;
    counters.major_faults -= before.major_faults;
    counters.minor_faults -= before.minor_faults;
    return counters;
  }

  ProcessId a;
  std::uint64_t at = 0;
  Counters before;
};

}  // namespace

TEST_CASE("a cluster of one page reads what is needed and nothing else") {
  Written world(with_cluster(1));
  CHECK(world.read_page(0) == 100);
  CHECK(world.since().pages_read_in == 1);
  CHECK(world.kernel.totals().pages_read_ahead == 0);
}

TEST_CASE("a cluster of four brings the aligned four slots around the one needed, in one request") {
  Written world(with_cluster(4));
  CHECK(world.read_page(4) == 104);  // slot 5: the cluster is slots 4 to 7, pages 3 to 6
  const auto reads = world.events<PageReadIn>();
  REQUIRE(reads.size() == 4);
  CHECK(reads.at(0).slot == SwapSlot(5));
  CHECK_FALSE(reads.at(0).ahead);
  for (const std::size_t i : {1U, 2U, 3U}) CHECK(reads.at(i).ahead);
  CHECK(reads.at(1).slot == SwapSlot(4));
  CHECK(reads.at(3).slot == SwapSlot(7));
  CHECK(world.since().swap_reads == 1);
  CHECK(world.since().pages_read_in == 4);
  CHECK(world.kernel.totals().pages_read_ahead == 3);
  world.check_invariants();
}

TEST_CASE("pages read ahead wait in the swap cache, mapped by nobody, and their first use is a minor fault") {
  Written world(with_cluster(4));
  world.read_page(4);
  const std::optional<FrameNumber> cached = world.kernel.swap()[SwapSlot(6)].cached;
  REQUIRE(cached);
  CHECK(world.kernel.frames()[*cached].users.empty());
  CHECK(world.kernel.frames()[*cached].read_ahead);
  CHECK(world.read_page(5) == 105);
  CHECK(world.events<ReadAheadUsed>().size() == 1);
  CHECK(world.since().major_faults == 1);
  CHECK(world.since().minor_faults == 1);
  CHECK(world.since().swap_reads == 1);
  CHECK(world.kernel.totals().read_ahead_hits == 1);
  CHECK_FALSE(world.kernel.frames()[*cached].read_ahead);
  CHECK(world.kernel.frames()[*cached].used_by(world.a));
  world.check_invariants();
}

TEST_CASE("reading in order with a cluster saves requests, and on a hard disk most of the time") {
  Counters counters[2];
  for (const std::uint32_t cluster : {1U, 8U}) {
    Written world(with_cluster(cluster));
    for (std::uint64_t page = 0; page < 16; ++page) CHECK(world.read_page(page) == 100 + page);
    counters[cluster == 1 ? 0 : 1] = world.kernel.totals();
    world.check_invariants();
  }
  CHECK(counters[1].swap_reads * 2 < counters[0].swap_reads);
  CHECK(counters[1].read_ahead_hits > 8);
  const CostModel& disk = cost_model_of(DeviceKind::HardDisk);
  CHECK(cost_of(counters[1], disk).devices < cost_of(counters[0], disk).devices);
}

TEST_CASE("a page read ahead that nobody uses is dropped, and its slot still has it") {
  Written world(with_cluster(4));
  world.read_page(4);
  const std::uint64_t hits = world.kernel.totals().read_ahead_hits;
  for (std::uint64_t page = 7; page < 16; ++page) world.read_page(page);
  for (std::uint64_t page = 7; page < 16; ++page) world.read_page(page);
  CHECK_FALSE(world.kernel.swap()[SwapSlot(6)].cached);
  CHECK(world.read_page(5) == 105);
  CHECK(world.kernel.totals().read_ahead_hits >= hits);
  world.check_invariants();
}

TEST_CASE("a neighbour that cannot be read costs nothing but itself") {
  MachineConfig config = with_cluster(4);
  config.swap_read_failure = {2, false};
  Written world(config);
  CHECK(world.read_page(4) == 104);
  CHECK(world.events<PageReadFailed>().size() == 1);
  for (std::uint64_t page = 0; page < 16; ++page) CHECK(world.read_page(page) == 100 + page);
  world.check_invariants();
}

TEST_CASE("with local scope pages read ahead for a process count as its own when it needs a frame") {
  MachineConfig config = with_cluster(4);
  config.scope = ReplacementScope::Local;
  Written world(config);
  for (int round = 0; round < 3; ++round) {
    for (std::uint64_t page = 0; page < 16; page += 3) CHECK(world.read_page(page) == 100 + page);
  }
  CHECK(world.kernel.totals().pages_read_ahead > 0);
  world.check_invariants();
}

TEST_CASE("a page shared after a fork is read ahead for both, and each maps it when it needs it") {
  Written world(with_cluster(4));
  const ProcessId b = world.fork(world.a, "B");
  world.read_page(4);
  CHECK(world.read(b, world.at + 5 * kPageSize) == 105);
  CHECK(world.read_page(5) == 105);
  world.write(b, world.at + 5 * kPageSize, 7);
  CHECK(world.read_page(5) == 105);
  CHECK(world.read(b, world.at + 5 * kPageSize) == 7);
  world.check_invariants();
}

TEST_CASE("a window of a file's pages around the one needed comes in one request") {
  MachineConfig config;
  config.file_window = 4;
  World world(config);
  const ProcessId a = world.spawn("A");
  world.kernel.create_file("notes", 6 * kPageSize, 0x41, nullptr);
  Kernel::MapRequest request{.address = {}, .length = 6 * kPageSize, .permissions = {.read = true}};
  request.file = world.kernel.find_file("notes")->id();
  const std::uint64_t at = *std::get<Completed>(world.kernel.mmap(a, request, nullptr)).value;
  CHECK(world.read(a, at + 4 * kPageSize) == 0x41414141);  // pages 2 to 5
  CHECK(world.process(a).counters.file_reads == 1);
  CHECK(world.process(a).counters.file_pages_read == 4);
  CHECK(world.process(a).counters.pages_read_ahead == 3);
  CHECK(world.read(a, at + 2 * kPageSize) == 0x41414141);
  CHECK(world.events<FaultUnderstood>().at(0).cause == FaultCause::FileCached);
  CHECK(world.process(a).counters.read_ahead_hits == 1);
  CHECK(world.read(a, at) == 0x41414141);  // pages 0 and 1: the window is cut at the start
  CHECK(world.process(a).counters.file_reads == 2);
  CHECK(world.process(a).counters.file_pages_read == 6);
  world.check_invariants();
}

TEST_CASE("clusters are powers of two, and windows have a page") {
  MachineConfig config;
  for (const std::uint32_t pages : {0U, 3U, 64U}) {
    config.swap_cluster = pages;
    CHECK(check_config(config)->kind == ConfigError::Kind::BadCluster);
  }
  config.swap_cluster = kMostCluster;
  CHECK_FALSE(check_config(config));
  config.file_window = 0;
  CHECK(check_config(config)->kind == ConfigError::Kind::BadFileWindow);
}

}  // namespace vmp::test
