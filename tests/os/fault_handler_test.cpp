#include "tests/support/world.h"

namespace vmp::test {
namespace {

constexpr std::uint64_t kCode = 0x00400000;
constexpr std::uint64_t kData = 0x00401000;  // with one page of code
constexpr std::uint64_t kStackTop = 0xC0000000;

Signalled signal_of(const Outcome& outcome) {
  REQUIRE(std::holds_alternative<Signalled>(outcome));
  return std::get<Signalled>(outcome);
}

MachineConfig with_swap(std::uint64_t frames, std::uint32_t slots, PolicyKind policy = PolicyKind::Fifo) {
  MachineConfig config;
  config.frames = frames;
  config.kernel_frames = 0;
  config.swap_slots = slots;
  config.policy = policy;
  return config;
}

}  // namespace

TEST_CASE("the first write to an anonymous page gives a frame of zeros") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 1);
  world.write(a, at, 1);
  CHECK(world.events<FaultUnderstood>().at(0).cause == FaultCause::DemandZero);
  CHECK(world.events<FrameZeroed>().size() == 1);
  CHECK(world.read(a, at + 8) == 0);
  CHECK(world.process(a).counters.minor_faults == 1);
  world.check_invariants();
}

TEST_CASE("a frame that held another's bytes is zeroed before it is given away") {
  World world(with_swap(9, 0));
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 1);
  world.write(a, at, 0xDEADBEEF);
  const FrameNumber frame = world.frame(a, at);
  world.kernel.exit(a, 0, nullptr);
  const ProcessId b = world.spawn("B");
  const std::uint64_t other = world.map(b, 3);
  for (std::uint64_t page = 0; page < 3; ++page) CHECK(world.read(b, other + page * kPageSize) == 0);
  CHECK(world.kernel.frames()[frame].use != FrameUse::Free);
}

TEST_CASE("the first touch of a data page brings the program's bytes and counts as a major fault") {
  World world;
  Program program;
  program.words = {{VirtualAddress(kData + 0x10), 42, 4}};
  const ProcessId a = world.spawn("A", program);
  CHECK(world.read(a, kData + 0x10) == 42);
  CHECK(world.events<FaultUnderstood>().at(0).cause == FaultCause::LoadFromFile);
  CHECK(world.process(a).counters.major_faults == 1);
}

TEST_CASE("null is in no segment") {
  World world;
  const ProcessId a = world.spawn("A");
  const Signalled signal = signal_of(world.access(a, AccessKind::Read, 0));
  CHECK(signal.signal == Signal::Segv);
  CHECK(signal.code == SignalCode::MapErr);
  CHECK(signal.reason == SignalReason::NoSegment);
  CHECK(world.process(a).state == ProcessState::Killed);
  CHECK(world.kernel.frames().free_count() ==
        world.kernel.config().frames - world.kernel.config().kernel_frames);
  world.check_invariants();
}

TEST_CASE("a write to code is refused with the segment's reason and the entry the hardware saw") {
  World world;
  const ProcessId a = world.spawn("A");
  world.read(a, kCode);
  const Signalled signal = signal_of(world.access(a, AccessKind::Write, kCode, 1));
  CHECK(signal.code == SignalCode::AccErr);
  CHECK(signal.reason == SignalReason::WriteForbidden);
  REQUIRE(signal.fault);
  CHECK(signal.fault->kind == FaultKind::WriteForbidden);
  CHECK(signal.fault->deciding_mask == world.kernel.format().write);
}

TEST_CASE("a process that catches signals goes on after a fault") {
  World world;
  const ProcessId a = world.spawn("A");
  world.kernel.set_signal_handling(a, true, nullptr);
  CHECK(signal_of(world.access(a, AccessKind::Read, 0)).caught);
  CHECK(world.process(a).running());
  CHECK(world.read(a, kCode) == 0x90909090);
}

TEST_CASE("x86-32 has no execute flag: a fetch from a writable page succeeds") {
  World world;
  const ProcessId a = world.spawn("A");
  CHECK(std::holds_alternative<Completed>(world.access(a, AccessKind::Execute, kData)));
}

TEST_CASE("Sv39 refuses to execute data") {
  MachineConfig config;
  config.format = FormatId::Sv39;
  World world(config);
  const ProcessId a = world.spawn("A");
  CHECK(signal_of(world.access(a, AccessKind::Execute, kData)).reason == SignalReason::ExecuteForbidden);
}

TEST_CASE("x86-64 has a no-execute flag: a fetch from data is refused") {
  MachineConfig config;
  config.format = FormatId::X86_64;
  World world(config);
  const ProcessId a = world.spawn("A");
  CHECK(world.entry(a, world.process(a).space.stack_top.value() - 4).has(world.kernel.format().no_execute));
  CHECK(signal_of(world.access(a, AccessKind::Execute, kData)).reason == SignalReason::ExecuteForbidden);
}

TEST_CASE("a non-canonical x86-64 address is a general protection fault: SIGSEGV, SI_KERNEL, address 0") {
  MachineConfig config;
  config.format = FormatId::X86_64;
  World world(config);
  const ProcessId a = world.spawn("A");
  const Signalled signal = signal_of(world.access(a, AccessKind::Read, 0x800000000000));
  CHECK(signal.signal == Signal::Segv);
  CHECK(signal.code == SignalCode::Kernel);
  CHECK(signal.reason == SignalReason::NonCanonical);
  CHECK(signal.address == VirtualAddress(0));
  CHECK(signal.fault->address == VirtualAddress(0x800000000000));
}

TEST_CASE("a non-canonical RISC-V address is a page fault like any other where nothing is mapped") {
  MachineConfig config;
  config.format = FormatId::Sv39;
  World world(config);
  const ProcessId a = world.spawn("A");
  const Signalled signal = signal_of(world.access(a, AccessKind::Read, 0x4000000000));
  CHECK(signal.code == SignalCode::MapErr);
  CHECK(signal.address == VirtualAddress(0x4000000000));
}

TEST_CASE("any touch below the stack within its limit makes it grow") {
  World world;
  Program program;
  program.stack_limit_pages = 4;
  const ProcessId a = world.spawn("A", program);
  world.write(a, kStackTop - 4 * kPageSize, 7);
  CHECK(world.events<StackGrown>().at(0).to == VirtualAddress(kStackTop - 4 * kPageSize));
  CHECK(world.process(a).space.find(VirtualAddress(kStackTop - 2 * kPageSize)) != nullptr);
}

TEST_CASE("the page beyond the stack's limit ends in a segmentation violation") {
  World world;
  Program program;
  program.stack_limit_pages = 4;
  const ProcessId a = world.spawn("A", program);
  const Signalled signal = signal_of(world.access(a, AccessKind::Write, kStackTop - 5 * kPageSize, 7));
  CHECK(signal.code == SignalCode::MapErr);
  CHECK(signal.reason == SignalReason::StackLimit);
}

TEST_CASE("the stack keeps its guard gap above the mapping below") {
  MachineConfig config;
  config.overcommit = Overcommit::Always;  // 300 pages at once are more than this machine has
  World world(config);
  Program program;
  program.stack_limit_pages = 1024;
  const ProcessId a = world.spawn("A", program);
  const VirtualAddress below(kStackTop - 600 * kPageSize);
  world.kernel.mmap(a, {below, kPageSize, {.read = true, .write = true, .execute = false}, true}, nullptr);
  CHECK(
      std::holds_alternative<Completed>(world.access(a, AccessKind::Write, kStackTop - 300 * kPageSize, 1)));
  CHECK(signal_of(world.access(a, AccessKind::Write, kStackTop - 400 * kPageSize, 1)).reason ==
        SignalReason::StackGuardGap);
}

TEST_CASE("a write to a swapped page brings it back dirty") {
  World world(with_swap(8, 8));
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 8);
  for (std::uint64_t page = 0; page < 8; ++page) world.write(a, at + page * kPageSize, 100 + page);
  REQUIRE(std::holds_alternative<SwappedEntry>(decode_leaf(world.kernel.format(), world.entry(a, at))));
  world.write(a, at + 4, 5);
  CHECK(world.entry(a, at).has(world.kernel.format().dirty));
  CHECK(world.read(a, at) == 100);
  world.check_invariants();
}

TEST_CASE("an access across a page edge needs both pages, and both may fault") {
  World world;
  const ProcessId a = world.spawn("A");
  const std::uint64_t at = world.map(a, 2);
  const std::uint64_t edge = at + kPageSize - 2;
  world.access(a, AccessKind::Write, edge, 0x11223344);
  CHECK(world.process(a).counters.faults() == 2);
  CHECK(world.read(a, edge) == 0x11223344);
  CHECK(world.frame(a, at) != world.frame(a, at + kPageSize));
  CHECK((world.read(a, at + kPageSize) & 0xFFFF) == 0x1122);
}

TEST_CASE("when only the second page of an access is missing nothing is written to the first") {
  World world;
  const ProcessId a = world.spawn("A");
  world.kernel.set_signal_handling(a, true, nullptr);
  const std::uint64_t at = world.map(a, 1);
  const std::uint64_t next = at + kPageSize;
  REQUIRE(world.process(a).space.find(VirtualAddress(next)) == nullptr);
  signal_of(world.access(a, AccessKind::Write, next - 2, 0xFFFFFFFF));
  CHECK(world.read(a, next - 4) == 0);
}

TEST_CASE("RAM and swap both full ends the process with a stated reason and the others go on") {
  MachineConfig config = with_swap(10, 2);
  config.overcommit = Overcommit::Always;
  World world(config);
  const ProcessId a = world.spawn("A");
  const ProcessId b = world.spawn("B");
  const std::uint64_t at = world.map(b, 16);
  Outcome outcome = Completed{};
  for (std::uint64_t page = 0; page < 16 && std::holds_alternative<Completed>(outcome); ++page) {
    outcome = world.access(b, AccessKind::Write, at + page * kPageSize, 1);
  }
  const Signalled signal = signal_of(outcome);
  CHECK(signal.signal == Signal::Kill);
  CHECK(signal.reason == SignalReason::OutOfMemory);
  CHECK(world.process(b).state == ProcessState::Killed);
  CHECK(world.read(a, kCode) == 0x90909090);
  world.check_invariants();
}

TEST_CASE("the stack does not grow below the lowest address that may be mapped") {
  MachineConfig config;
  config.overcommit = Overcommit::Always;
  World world(config);
  const ProcessId a = world.spawn("A");
  Kernel::MapRequest request{
      VirtualAddress(0x10000), kPageSize, {.read = true, .write = true, .execute = false}, true};
  request.grows_down = true;
  REQUIRE(std::holds_alternative<Completed>(world.kernel.mmap(a, request, nullptr)));
  const Signalled signal = signal_of(world.access(a, AccessKind::Write, 0xF000, 1));
  CHECK(signal.reason == SignalReason::StackGuardGap);
}

}  // namespace vmp::test
