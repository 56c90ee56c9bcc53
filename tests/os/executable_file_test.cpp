// The pages of a program's file are in the page cache, and everyone who runs it shares them.
#include "tests/support/world.h"

using namespace vmp;
using vmp::test::World;

namespace {

constexpr std::uint64_t kCode = 0x00400000;
constexpr std::uint64_t kData = 0x00401000;

Program with_data() {
  Program program;
  program.name = "editor";
  program.words = {{VirtualAddress(kData), 42, 4}};
  return program;
}

}  // namespace

TEST_CASE("two processes of one program share its code, and the second finds it in the page cache") {
  World world;
  const ProcessId a = world.spawn("A", with_data());
  const ProcessId b = world.spawn("B", with_data());
  world.read(a, kCode);
  CHECK(world.process(a).counters.major_faults == 1);
  world.read(b, kCode);
  CHECK(world.events<FaultUnderstood>().at(0).cause == FaultCause::FileCached);
  CHECK(world.process(b).counters.major_faults == 0);
  CHECK(world.frame(a, kCode) == world.frame(b, kCode));
  world.check_invariants();
}

TEST_CASE("data is shared until it is written, then each has its own copy") {
  World world;
  const ProcessId a = world.spawn("A", with_data());
  const ProcessId b = world.spawn("B", with_data());
  CHECK(world.read(a, kData) == 42);
  CHECK(world.read(b, kData) == 42);
  CHECK(world.frame(a, kData) == world.frame(b, kData));
  world.write(a, kData, 43);
  CHECK(world.frame(a, kData) != world.frame(b, kData));
  CHECK(world.read(b, kData) == 42);
  const ProcessId c = world.spawn("C", with_data());
  CHECK(world.read(c, kData) == 42);
  world.check_invariants();
}

TEST_CASE("another program of the same name has a file of its own") {
  World world;
  const ProcessId a = world.spawn("A", with_data());
  Program other = with_data();
  other.words.front().value = 1;
  const ProcessId b = world.spawn("B", other);
  CHECK(world.read(a, kData) == 42);
  CHECK(world.read(b, kData) == 1);
  CHECK(world.kernel.files().size() == 2);
}

TEST_CASE("a program's file stays in the page cache after its last process") {
  World world;
  const ProcessId a = world.spawn("A", with_data());
  world.read(a, kCode);
  const FrameNumber frame = world.frame(a, kCode);
  world.kernel.exit(a, 0, nullptr);
  CHECK(world.kernel.frames()[frame].file_page.has_value());
  const ProcessId b = world.spawn("B", with_data());
  world.read(b, kCode);
  CHECK(world.frame(b, kCode) == frame);
  CHECK(world.process(b).counters.minor_faults == 1);
}

TEST_CASE("a program's file is no file a command could name") {
  World world;
  world.spawn("A", with_data());
  CHECK(world.kernel.find_file("editor") == nullptr);
  const Outcome outcome = world.kernel.truncate_file(world.kernel.files().front().id(), 0, nullptr);
  CHECK(std::get<Rejected>(outcome).reason == RejectReason::NoSuchFile);
  CHECK(std::holds_alternative<Completed>(world.kernel.create_file("editor", 1, 0, nullptr)));
}
