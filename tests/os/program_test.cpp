#include "tests/support/world.h"

namespace vmp::test {

TEST_CASE("a loaded program has its segments in order, and only its stack's page in RAM") {
  World world;
  Program program;
  program.name = "editor";
  program.code_pages = 3;
  program.rodata_pages = 1;
  program.bss_pages = 2;
  program.heap_pages = 1;
  const ProcessId a = world.spawn("A", program);
  const auto& segments = world.process(a).space.segments();
  std::vector<SegmentKind> kinds;
  for (const Segment& segment : segments) kinds.push_back(segment.kind);
  CHECK(kinds == std::vector{SegmentKind::Code, SegmentKind::ReadOnlyData, SegmentKind::Data,
                             SegmentKind::Bss, SegmentKind::Heap, SegmentKind::Stack});
  CHECK(world.process(a).resident_pages == 1);
  CHECK(segments.front().range.start == VirtualAddress(0x400000));
  CHECK(segments.back().range.end == VirtualAddress(0xC0000000));
  world.check_invariants();
}

TEST_CASE("the stack pointer points at the argument count, aligned, with the program's name above") {
  for (const FormatId id : {FormatId::X86_32, FormatId::Sv39, FormatId::Sv48}) {
    MachineConfig config;
    config.format = id;
    World world(config);
    const ProcessId a = world.spawn("editor");
    const std::uint32_t word = id == FormatId::X86_32 ? 4 : 8;
    const std::uint64_t sp = world.process(a).stack_pointer.value();
    CHECK(sp % 16 == 0);
    const auto read = [&](std::uint64_t address, std::uint32_t size) {
      return *std::get<Completed>(world.access(a, AccessKind::Read, address, 0, size)).value;
    };
    CHECK(read(sp, word) == 1);
    const std::uint64_t name = read(sp + word, word);
    CHECK(read(name, 1) == 'e');
    CHECK(read(name + 5, 1) == 'r');
    CHECK(read(name + 6, 1) == 0);
    CHECK(read(sp + 2 * word, word) == 0);
    CHECK(read(sp + 3 * word, word) == 0);
  }
}

TEST_CASE("a program whose words lie outside its file, or that has no code, is refused") {
  Program program;
  program.words = {{VirtualAddress(0x500000), 1, 4}};
  CHECK(check_program(program) == ProgramProblem::WordOutsideFile);
  program.words = {{VirtualAddress(0x400FFE), 1, 4}};
  CHECK(check_program(program) == ProgramProblem::WordCrossesPage);
  program.words = {{VirtualAddress(0x400000), 1, 3}};
  CHECK(check_program(program) == ProgramProblem::BadWordSize);
  program.words.clear();
  program.code_pages = 0;
  CHECK(check_program(program) == ProgramProblem::NoCode);
}

TEST_CASE("a program that is too large in any part is refused") {
  const std::vector<void (*)(Program&)> excesses{[](Program& p) { p.bss_pages = kMostProgramPages + 1; },
                                                 [](Program& p) { p.rodata_pages = kMostFilePages; },
                                                 [](Program& p) { p.stack_limit_pages = 0; },
                                                 [](Program& p) { p.heap_pages = p.heap_limit_pages + 1; }};
  for (std::size_t i = 0; i < excesses.size(); ++i) {
    CAPTURE(i);
    Program program;
    CHECK_FALSE(check_program(program).has_value());
    excesses[i](program);
    CHECK(check_program(program) == ProgramProblem::TooLarge);
    CHECK_FALSE(load_program(format_of(FormatId::Sv39), program, FileId(1)).has_value());
  }
}

TEST_CASE("a program whose parts do not fit the address space together is refused") {
  Program program;
  program.bss_pages = program.heap_limit_pages = kMostProgramPages;
  CHECK(load_program(format_of(FormatId::Sv39), program, FileId(1)).has_value());
  program.stack_limit_pages = kMostProgramPages;
  CHECK_FALSE(load_program(format_of(FormatId::X86_32), program, FileId(1)).has_value());
  World world;
  const Outcome outcome = world.kernel.spawn("A", std::make_shared<Program>(program), nullptr);
  REQUIRE(std::holds_alternative<Rejected>(outcome));
  CHECK(std::get<Rejected>(outcome).reason == RejectReason::BadProgram);
}

TEST_CASE("a machine too small for its format is refused with the number that would do") {
  for (const PageTableFormat& format : all_formats()) {
    MachineConfig config;
    config.format = format.id;
    config.frames = 3 + 2 * (format.levels * format.frames_per_node() + 1) - 1;
    const auto machine = Machine::build(config);
    REQUIRE_FALSE(machine.ok());
    CHECK(machine.error().kind == ConfigError::Kind::TooFewFrames);
    config.frames = machine.error().limit;
    Machine smallest = Machine::build(config).value();
    // Two processes, each with the table nodes of one page and that page, really fit.
    const auto program = std::make_shared<Program>(Program{.name = "p", .words = {}, .lines = {}});
    CHECK(std::holds_alternative<Completed>(smallest.execute(SpawnProcess{"A", program}, nullptr)));
    CHECK(std::holds_alternative<Completed>(smallest.execute(SpawnProcess{"B", program}, nullptr)));
  }
}

TEST_CASE("a new process that finds no frames is refused and the machine stays as it was") {
  MachineConfig config;
  config.frames = 9;
  World world(config);
  world.spawn("A");
  world.spawn("B");
  const std::uint64_t hash = world.kernel.hash();
  const auto program = std::make_shared<Program>(Program{.name = "p", .words = {}, .lines = {}});
  CHECK(std::get<Rejected>(world.kernel.spawn("C", program, nullptr)).reason ==
        RejectReason::NoFramesToStart);
  CHECK(world.kernel.hash() == hash);
}

}  // namespace vmp::test
