// What one remembers of a step, on machines that really take it.
#include <doctest/doctest.h>

#include "core/sim/invariants.h"
#include "tests/sim/telling.h"

namespace vmp::test {
namespace {

constexpr std::uint64_t kHeap = 0x404000;

struct Story {
  explicit Story(MachineConfig config = {}) : machine(Machine::build(config).value()) {}

  // Takes the step and gives its headline.
  std::string operator()(Command command) {
    record = StepRecord{Step{std::move(command)}, {}, {}, 0};
    record.outcome = machine.execute(record.step.command, &record.events);
    return headline_of(record, machine.kernel());
  }
  std::string outcome() const { return outcome_of(record, machine.kernel()); }
  std::string spawn(const std::string& name) {
    Program program;
    program.name = name;
    program.code_pages = 3;
    program.heap_pages = 4;
    return (*this)(SpawnProcess{name, std::make_shared<Program>(program)});
  }
  std::string read(const std::string& process, std::uint64_t address) {
    return (*this)(AccessMemory{process, {AccessKind::Read, VirtualAddress(address), 4, 0}});
  }
  std::string write(const std::string& process, std::uint64_t address, std::uint64_t value = 1) {
    return (*this)(AccessMemory{process, {AccessKind::Write, VirtualAddress(address), 4, value}});
  }
  std::string map(const std::string& process, std::uint64_t pages) {
    return (*this)(MapMemory{process, {{}, pages * kPageSize, {true, true, false}, false}});
  }

  Machine machine;
  StepRecord record;
};

MachineConfig with_swap(std::uint64_t frames, std::uint32_t slots) {
  MachineConfig config;
  config.frames = frames;
  config.swap_slots = slots;
  config.policy = PolicyKind::Fifo;
  return config;
}

}  // namespace

TEST_CASE("first touches tell where the bytes came from, and later accesses only the value") {
  Story story;
  CHECK(story.spawn("A") == "A starts: its segments are set aside, its pages come when they are touched");
  CHECK(story.write("A", kHeap, 7) == "Page fault: first touch of a heap page. A fresh frame of zeros.");
  CHECK(story.outcome() == "A wrote 7 at 0x00404000.");
  CHECK(story.read("A", kHeap) == "A reads 7 at 0x00404000");
  CHECK(story.outcome() == "A read 7 at 0x00404000.");
  CHECK(story.write("A", kHeap, 8) == "A writes 8 at 0x00404000");
  CHECK(story.read("A", 0x400000) == "Page fault: first touch of a code page. Its bytes come from the file.");
  CHECK(story(AccessMemory{"A", {AccessKind::Execute, VirtualAddress(0x400000), 4, 0}}) ==
        "A fetches an instruction at 0x00400000");
}

TEST_CASE("after a fork the first write makes a copy, and the last sharer keeps the frame") {
  Story story;
  story.spawn("A");
  story.write("A", kHeap, 7);
  CHECK(story(ForkProcess{"A", "B"}) == "A forks: B shares every page until one of them writes");
  CHECK(story.write("B", kHeap, 8) == "Copy on write: B gets its own copy of page 0x404");
  CHECK(story.write("A", kHeap, 9) ==
        "Copy on write: A is the last to share page 0x404, and keeps the frame");
  CHECK(story.read("B", kHeap) == "B reads 8 at 0x00404000");
}

TEST_CASE("when RAM is full the page that goes is the news, and so is its return") {
  // 3 kernel frames, 3 table nodes with the heap's, the stack's page and three pages more.
  Story story(with_swap(10, 8));
  story.spawn("A");
  for (std::uint64_t page = 0; page < 3; ++page) story.write("A", kHeap + page * kPageSize, page + 1);
  CHECK(story.write("A", kHeap + 3 * kPageSize, 4) == "RAM is full: page 0xBFFFF of A goes to swap slot 0");
  CHECK(story.read("A", kHeap) == "A reads 1 at 0x00404000");
  CHECK(story.read("A", 0xBFFFFF00) == "Page 0xBFFFF of A comes back from swap; page 0x404 of A has to go");
  story(UnmapMemory{"A", VirtualAddress(kHeap + kPageSize), kPageSize});
  CHECK(story.read("A", kHeap) == "Page 0x404 of A comes back from swap slot 1");
}

TEST_CASE("a resident limit is named as the reason") {
  Story story(with_swap(32, 8));
  story.spawn("A");
  CHECK(story(SetResidentLimit{"A", 2}) == "A may keep at most 2 pages in RAM");
  story.write("A", kHeap);
  CHECK(story.write("A", kHeap + kPageSize) == "A is at its limit: its page 0xBFFFF goes to swap slot 0");
  CHECK(story(SetResidentLimit{"A", {}}) == "A may keep as many pages in RAM as there is room for");
  CHECK(story(SetResidentLimit{"A", 0}) ==
        "Nothing happened: a process needs at least one page in RAM to run.");
}

TEST_CASE("a segmentation violation is told with its reason, and the process's fate with it") {
  Story story;
  story.spawn("A");
  CHECK(story.read("A", 0) == "Segmentation violation: 0x00000000 lies in no segment");
  CHECK(story.outcome() == "A was ended by SIGSEGV (SEGV_MAPERR): the address lies in no segment.");
  CHECK(story.read("A", kHeap) == "Nothing happened: A has ended.");
  story.spawn("B");
  CHECK(story(SetSignalHandling{"B", true}) == "B installs a handler for SIGSEGV and SIGBUS");
  CHECK(story.write("B", 0x400000) == "Segmentation violation: the segment at 0x00400000 may not be written");
  CHECK(story.outcome() == "B caught SIGSEGV (SEGV_ACCERR) and goes on: the segment may not be written.");
  CHECK(story.write("B", kHeap, 7) == "Page fault: first touch of a heap page. A fresh frame of zeros.");
}

TEST_CASE("RAM and swap both full end the process that asks for more") {
  Story story(with_swap(9, 0));
  story.spawn("A");
  std::string last;
  for (std::uint64_t page = 0; page < 4 && story.machine.kernel().processes().front().running(); ++page) {
    last = story.write("A", kHeap + page * kPageSize);
  }
  CHECK(last == "Out of memory: RAM is full and no page may leave it. A is killed.");
  CHECK(story.outcome() == "A was ended by SIGKILL: RAM is full and no page may leave it.");
}

TEST_CASE("calls are told by what they set aside or take away") {
  Story story;
  story.spawn("A");
  CHECK(story.map("A", 1).starts_with("A maps 1 page at 0x"));
  const std::uint64_t address = *std::get<Completed>(story.record.outcome).value;
  CHECK(story.outcome() == "The call returned " +
                               hex_address(VirtualAddress(address), story.machine.kernel().format()) +
                               " to A.");
  CHECK(story(UnmapMemory{"A", VirtualAddress(address), kPageSize}).starts_with("A unmaps 0x"));
  CHECK(story(UnmapMemory{"A", VirtualAddress(address), kPageSize}) ==
        "A unmaps a range where nothing was mapped");
  CHECK(story(ProtectMemory{"A", VirtualAddress(kHeap), kPageSize, {true, false, false}}) ==
        "A makes 0x00404000 to 0x00405000 r--");
  CHECK(story(MoveBreak{"A", VirtualAddress(0x409000)}) ==
        "The heap of A grows to 0x00409000: set aside, no frame yet");
  CHECK(story(MoveBreak{"A", VirtualAddress(0x405000)}) == "The heap of A shrinks to 0x00405000");
  CHECK(story(MoveBreak{"A", VirtualAddress(0x405000)}) == "The heap of A ends at 0x00405000");
  CHECK(story(MoveBreak{"A", VirtualAddress(0x1000)}) ==
        "The call fails with ENOMEM: the break cannot go below the start of the heap");
  CHECK(story.outcome() ==
        "The call failed with ENOMEM: the break cannot go below the start of the heap. A goes on.");
}

TEST_CASE("the stack's growth is told, and its limit") {
  Story story;
  story.spawn("A");
  CHECK(story.write("A", 0xBFFFEFF0) == "The stack of A grows down to 0xBFFFE000");
  CHECK(story.write("A", 0xBFFF0000) ==
        "Segmentation violation: 0xBFFF0000 is beyond the limit of the stack");
}

TEST_CASE("an edit by hand, a flush and an end are told") {
  Story story;
  story.spawn("A");
  story.write("A", kHeap, 7);
  const auto leaf =
      story.machine.kernel().leaf_entry(*story.machine.kernel().find_process("A"), PageNumber(0x404));
  REQUIRE(leaf.has_value());
  const std::string edited = story(EditMemory{leaf->address, 4, 0});
  CHECK(edited.starts_with("You change RAM at 0x"));
  CHECK(edited.ends_with(" to 0x00000000, behind the kernel's back"));
  CHECK(story(FlushTlb{}) == "The TLB is flushed: the next access to every page walks the table");
  CHECK(story(EditMemory{PhysicalAddress(0xFFFFF000), 4, 0}) ==
        "Nothing happened: no frame of RAM holds all the bytes at 0xFFFFF000.");
  CHECK(story(ExitProcess{"A", 0}) == "A exits: its frames are free again");
  CHECK(story(ExitProcess{"C", 0}) == "Nothing happened: there is no process C.");
}

TEST_CASE("a trace is told by its references and faults") {
  Story story;
  CHECK(story(SpawnEmpty{"T"}) == "T starts with an empty address space");
  auto trace = std::make_shared<Trace>();
  trace->references = {{AccessKind::Read, VirtualAddress(0x1000000)},
                       {AccessKind::Write, VirtualAddress(0x1000008)}};
  CHECK(story(ReplayTrace{"T", trace, 0, 2}) == "T makes 2 references: 1 page fault");
  CHECK(story(ReplayTrace{"T", trace, 1, 2}) == "Nothing happened: the trace has no such references.");
}

TEST_CASE("a machine that cannot be built is told with the numbers") {
  const auto told_error = [](const MachineConfig& config) {
    return told(narrate_config_error(check_config(config).value()), format_of(config.format));
  };
  MachineConfig config;
  config.frames = 4;
  CHECK(told_error(config) ==
        "4 frames of RAM are too few: the kernel and two processes, each with the table nodes of one page "
        "and that page, "
        "need 9.");
  config.frames = kMostFrames + 1;
  CHECK(told_error(config) == "1048577 frames are too many: at most 1048576 are possible.");
  config = {};
  config.tlb = {.sets = 0, .ways = 4};
  CHECK(told_error(config) == "A TLB with ways needs at least 1 set.");
}

}  // namespace vmp::test
