// Parse, print, parse: nothing is lost on the way.
#include <doctest/doctest.h>

#include "core/sim/scenario.h"
#include "tests/support/files.h"

namespace vmp {
namespace {

std::shared_ptr<const Trace> some_trace(std::string_view name) {
  if (name != "walk") return nullptr;
  static const auto trace = [] {
    Trace made{.name = "walk", .references = {}, .digest = 0};
    for (std::uint64_t page = 0; page < 100; ++page) {
      made.references.emplace_back(AccessKind::Read, VirtualAddress(page << 12));
    }
    made.digest = Trace::digest_of(made.references);
    return std::make_shared<const Trace>(std::move(made));
  }();
  return trace;
}

Scenario parse(std::string_view text) {
  auto scenario = parse_scenario(text, some_trace);
  REQUIRE_MESSAGE(scenario.ok(), (scenario.ok() ? "" : to_string(scenario.error(), "text")));
  return std::move(scenario.value());
}

// One of each line, in canonical form, so that printing gives these very bytes.
constexpr std::string_view kEverything = R"(vms 1
# A comment, kept as it is:   blanks too.

title Everything
machine format=sv48 frames=64 kernel-frames=4 swap=20 policy=lru tlb=8x2 asids=off placement=scattered seed=77
program editor
  code 3
  rodata 1
  data 2
  bss 1
  heap 2 limit 9
  stack limit 5
  word 0x00401000 5
  word 0x00401008 0xDEADBEEF
  word 0x00401010 1 8
  line p = 0x00403A2C
  line
  line   store 42 at p
end
text Prose for the panel.
text
text A second paragraph, with UTF-8: naïve.
headline Same address, two frames.
checkpoint same-address
spawn A editor
expect counter free-frames 50
fork A B @3
read A 0x00403A2C @1 prints
expect value 42
read A 0x00403A2C 8
write A 0x00403A2C 999999
write A 0x00403A2C 0x000F4240 @2
write A 0x00403A2C 7 1 prints
execute A 0x00400000
expect fault not-present
mmap A any 8192 rw-
mmap A 0x40000000 4096 r-x fixed
munmap A 0x40000000 8192
expect error EINVAL
expect error ENOMEM heap-limit
mprotect A 0x40000000 4096 ---
brk A 0x00408000
limit A resident 4
limit A resident none
signals A catch
signals A default
poke 0x0001500C 0x0000C067
poke 0x0001500C 0x00000000000000FF 8
damage-swap 3
damage-swap 4 2
flush-tlb
spawn-empty T
replay T walk 3 10 digest=0xDIGEST
expect rejected process-ended
expect signal SIGSEGV
expect signal SIGSEGV SEGV_MAPERR
expect signal SIGSEGV SEGV_MAPERR no-segment
expect signal SIGKILL out-of-memory
expect page A 0x00403000 resident
expect page A 0x00403000 no-access
expect same-frame A 0x00403A2C B 0x00403A2C
expect different-frame A 0x00403A2C B 0x00403A2C
expect counter A faults 3
expect counter tlb-hits 0
exit A 3
)";

std::string everything() {
  std::string text(kEverything);
  const std::string mark = "0xDIGEST";
  Step replay{.command = ReplayTrace{"T", some_trace("walk"), 0, 0}, .program_line = 0, .prints = false};
  const std::string printed = print_step(replay);
  return text.replace(text.find(mark), mark.size(), printed.substr(printed.find("0x")));
}

}  // namespace

TEST_CASE("every kind of line is printed as it was read") {
  const std::string text = everything();
  const Scenario scenario = parse(text);
  CHECK(print_scenario(scenario) == text);
  CHECK(parse(print_scenario(scenario)) == scenario);
}

TEST_CASE("every lesson is the same after parse, print, parse") {
  for (const std::string& name : test_support::files_in("assets/scenarios", ".vms")) {
    INFO(name);
    const Scenario scenario = test_support::shipped_scenario(name);
    const std::string printed = print_scenario(scenario);
    auto again = parse_scenario(printed, test_support::shipped_trace);
    REQUIRE(again.ok());
    CHECK(*again == scenario);
    CHECK(print_scenario(*again) == printed);
  }
}

TEST_CASE("lines know where they stood, and that is no part of equality") {
  const Scenario scenario = parse("vms 1\n\nflush-tlb\nflush-tlb\n");
  REQUIRE(scenario.lines.size() == 3);
  CHECK(scenario.lines[1].number == 3);
  CHECK(scenario.lines[2].number == 4);
  CHECK(scenario.lines[1] == scenario.lines[2]);
}

TEST_CASE("blanks around words, CR LF line ends and a missing last line end make no difference") {
  CHECK(parse("vms 1\r\n\tread   A  0x1000\t4   @2  \r\n") == parse("vms 1\nread A 4096 @2"));
  CHECK(parse("vms 1\nread A 0x1000 prints @2") == parse("vms 1\nread A 0x1000 @2 prints"));
}

TEST_CASE("what a line leaves out has its usual value") {
  const Scenario scenario =
      parse("vms 1\nprogram p\nend\nspawn A p\nwrite A 0x1000 5\nreplay T walk\nreplay T walk 90 5\n");
  CHECK(scenario.config() == MachineConfig{});
  CHECK(scenario.title().empty());
  const std::vector<Step> steps = scenario.steps();
  REQUIRE(steps.size() == 4);
  Program usual;
  usual.name = "p";
  CHECK(*std::get<SpawnProcess>(steps[0].command).program == usual);
  CHECK(std::get<AccessMemory>(steps[1].command).access.size == 4);
  CHECK(std::get<ReplayTrace>(steps[2].command).first == 0);
  CHECK(std::get<ReplayTrace>(steps[2].command).count == 100);
  CHECK(std::get<ReplayTrace>(steps[3].command).first == 90);
  CHECK(std::get<ReplayTrace>(steps[3].command).count == 5);
}

TEST_CASE("a machine line changes only what it names") {
  MachineConfig expected;
  expected.frames = 100;
  expected.tlb = {.sets = 1, .ways = 0};
  CHECK(parse("vms 1\nmachine tlb=1x0 frames=0x64\n").config() == expected);
}

TEST_CASE("a line of the console is read with the scenario's programs") {
  const Scenario scenario = parse("vms 1\nprogram editor\nend\n");
  const auto step = parse_step("  spawn B editor @1", scenario, some_trace);
  REQUIRE(step.ok());
  CHECK(print_step(*step) == "spawn B editor @1");
  const auto unknown = parse_step("spawn B compiler", scenario, some_trace);
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().column == 9);
  CHECK_FALSE(parse_step("", scenario, some_trace).ok());
  CHECK_FALSE(parse_step("expect value 3", scenario, some_trace).ok());
}

TEST_CASE("programs and traces are compared by what they hold, not by where they lie") {
  const SpawnProcess spawn{"A", std::make_shared<Program>()};
  CHECK(spawn == SpawnProcess{"A", std::make_shared<Program>()});
  Program larger;
  larger.code_pages = 2;
  CHECK_FALSE(spawn == SpawnProcess{"A", std::make_shared<Program>(larger)});
  CHECK_FALSE(spawn == SpawnProcess{"A", nullptr});

  const ReplayTrace replay{"A", std::make_shared<Trace>(Trace{"t", {}, 1}), 0, 0};
  CHECK(replay == ReplayTrace{"A", std::make_shared<Trace>(Trace{"t", {}, 1}), 0, 0});
  CHECK_FALSE(replay == ReplayTrace{"A", std::make_shared<Trace>(Trace{"t", {}, 2}), 0, 0});
  CHECK_FALSE(replay == ReplayTrace{"A", std::make_shared<Trace>(Trace{"u", {}, 1}), 0, 0});
}

TEST_CASE("a command says which process it is about") {
  CHECK(process_of(AccessMemory{"A", {}}) == "A");
  CHECK(process_of(SpawnEmpty{"T"}) == "T");
  CHECK(process_of(FlushTlb{}).empty());
  CHECK(process_of(EditMemory{}).empty());
}

}  // namespace vmp
