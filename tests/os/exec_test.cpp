// exec: another program in the same process.
#include "tests/support/elf_builder.h"
#include "tests/support/world.h"

using namespace vmp;
using vmp::test::World;

namespace {

constexpr std::uint64_t kData = 0x00401000;

std::shared_ptr<const Program> program(const std::string& name, std::uint64_t value) {
  Program made;
  made.name = name;
  made.words = {{VirtualAddress(kData), value, 4}};
  return std::make_shared<const Program>(std::move(made));
}

}  // namespace

TEST_CASE("exec gives a process a new address space and takes the old one back") {
  World world;
  const ProcessId a = world.spawn("A", *program("old", 1));
  const std::uint64_t mapped = world.map(a, 4);
  for (std::uint64_t page = 0; page < 4; ++page) world.write(a, mapped + page * kPageSize, 7);
  world.kernel.set_signal_handling(a, true, nullptr);
  world.kernel.set_resident_limit(a, 20, nullptr);
  CHECK(world.read(a, kData) == 1);

  world.log.clear();
  REQUIRE(std::holds_alternative<Completed>(world.kernel.exec(a, program("new", 2), &world.log)));
  CHECK(world.events<ProgramReplaced>().size() == 1);
  CHECK(world.process(a).program->name == "new");
  CHECK(world.process(a).id == a);
  CHECK_FALSE(world.process(a).catches_signals);
  CHECK(world.process(a).resident_limit == std::uint64_t{20});
  CHECK(world.process(a).space.find(VirtualAddress(mapped)) == nullptr);
  CHECK(world.read(a, kData) == 2);
  world.check_invariants();
}

TEST_CASE("a child that runs exec leaves its parent's pages alone") {
  World world;
  const ProcessId a = world.spawn("A", *program("shell", 1));
  world.write(a, kData, 5);
  const ProcessId child = world.fork(a, "child");
  CHECK(world.read(child, kData) == 5);
  REQUIRE(std::holds_alternative<Completed>(world.kernel.exec(child, program("editor", 9), nullptr)));
  CHECK(world.read(child, kData) == 9);
  CHECK(world.read(a, kData) == 5);
  world.write(a, kData, 6);
  CHECK(world.events<FaultUnderstood>().at(0).cause == FaultCause::CopyOnWriteReuse);
  world.check_invariants();
}

TEST_CASE("no translation of the old program survives exec") {
  World world;
  const ProcessId a = world.spawn("A", *program("old", 1));
  CHECK(world.read(a, kData) == 1);
  world.kernel.exec(a, program("new", 2), nullptr);
  world.access(a, AccessKind::Read, kData);
  CHECK(world.events<FaultUnderstood>().size() == 1);
}

TEST_CASE("a program for another processor is refused, and the old one goes on") {
  World world;  // x86-32
  const ProcessId a = world.spawn("A", *program("old", 1));
  const auto elf =
      std::make_shared<const Program>(test_support::program_of(test_support::ElfBuilder{}.file()));
  const auto failed = std::get<CallFailed>(world.kernel.exec(a, elf, nullptr));
  CHECK(failed.error == Errno::Enoexec);
  CHECK(failed.reason == CallReason::WrongMachine);
  CHECK(world.kernel.files().size() == 1);
  CHECK(world.read(a, kData) == 1);
}

TEST_CASE("arguments that do not fit the stack are refused, and the old program goes on") {
  MachineConfig config;
  config.format = FormatId::Sv39;
  config.frames = 64;
  World world(config);
  const ProcessId a = world.spawn("A", *program("old", 1));
  Program long_winded = test_support::program_of(test_support::ElfBuilder{}.file());
  long_winded.stack_limit_pages = 1;
  long_winded.arguments.push_back(std::string(2 * kPageSize, 'x'));
  const auto failed = std::get<CallFailed>(
      world.kernel.exec(a, std::make_shared<const Program>(std::move(long_winded)), nullptr));
  CHECK(failed.error == Errno::E2big);
  CHECK(failed.reason == CallReason::ArgumentsTooLong);
  CHECK(world.read(a, kData) == 1);
}

TEST_CASE("a new program that a limit does not let in ends the process") {
  World world;
  const ProcessId a = world.spawn("A", *program("old", 1));
  world.kernel.set_signal_handling(a, true, nullptr);
  world.kernel.set_limit(a, Limit::AddressSpace, 2, nullptr);
  const auto signalled = std::get<Signalled>(world.kernel.exec(a, program("new", 2), nullptr));
  CHECK(signalled.signal == Signal::Segv);
  CHECK(signalled.code == SignalCode::Kernel);
  CHECK(signalled.reason == SignalReason::ExecFailed);
  CHECK(world.process(a).state == ProcessState::Killed);
  world.check_invariants();
}

TEST_CASE("exec of a process that is not there is rejected") {
  World world;
  const Outcome outcome = world.kernel.exec(ProcessId(7), program("new", 2), nullptr);
  CHECK(std::get<Rejected>(outcome).reason == RejectReason::NoSuchProcess);
}

TEST_CASE("without a frame for the new program the call fails and the old one goes on") {
  MachineConfig config;
  config.kernel_frames = 0;
  config.frames = 10;
  config.overcommit = Overcommit::Always;
  World world(config);
  const ProcessId a = world.spawn("A", *program("old", 1));
  const std::uint64_t at = world.map(a, 16);
  for (std::uint64_t page = 0; world.kernel.frames().free_count() > 0; ++page) {
    world.write(a, at + page * kPageSize, 1);
  }
  const auto failed = std::get<CallFailed>(world.kernel.exec(a, program("new", 2), nullptr));
  CHECK(failed.reason == CallReason::NoFrames);
  CHECK(world.read(a, at) == 1);
}
