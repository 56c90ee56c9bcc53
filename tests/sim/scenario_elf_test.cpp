// Real programs in scenarios: named by file and digest, printed and parsed again, refused with the reason.
#include <doctest/doctest.h>

#include "tests/support/elf_builder.h"
#include "tests/support/files.h"

namespace vmp {
namespace {

FileBytes find(std::string_view name) {
  if (name == "prog") return test_support::ElfBuilder{}.file();
  if (name == "text") return std::make_shared<const std::vector<std::uint8_t>>(100, std::uint8_t{'x'});
  return nullptr;
}

const std::string kStart = "vms 1\nmachine format=sv39 aslr=on seed=5\nprogram p\n";

Result<Scenario, ParseError> parse(const std::string& text) {
  return parse_scenario(text, test_support::shipped_trace, find);
}
std::string refusal(const std::string& lines) {
  const auto scenario = parse(kStart + lines);
  REQUIRE_FALSE(scenario.ok());
  return to_string(scenario.error(), "x.vms");
}

}  // namespace

TEST_CASE("a program from a file is printed with its digest and parsed to the same") {
  const auto scenario =
      parse(kStart + "  elf prog\n  arg prog\n  arg  two words\n  env HOME=/\n  line go\nend\nspawn A p\n");
  REQUIRE_MESSAGE(scenario.ok(), (scenario.ok() ? "" : to_string(scenario.error(), "x")));
  const std::string text = print_scenario(*scenario);
  CHECK(text.find("  elf prog sha256=") != std::string::npos);
  CHECK(text.find("aslr=on") != std::string::npos);
  const auto again = parse(text);
  REQUIRE(again.ok());
  CHECK(*again == *scenario);
  CHECK(print_scenario(*again) == text);

  auto timeline = Timeline::start(scenario->config());
  REQUIRE(timeline.ok());
  for (const Step& step : scenario->steps())
    CHECK(std::holds_alternative<Completed>(timeline->execute(step).outcome));
  const Process& process = timeline->machine().kernel().processes().front();
  CHECK(process.entry == VirtualAddress(0x400010));
  CHECK(process.program->arguments == std::vector<std::string>{"prog", " two words"});
}

TEST_CASE("a file that is not there, is no ELF file or is another one is refused with the reason") {
  CHECK(refusal("  elf other\nend\n") ==
        "x.vms:4:7: expected the name of an ELF file that is at hand, found \"other\"");
  CHECK(refusal("  elf ../prog\nend\n").find("an ELF file that is at hand") != std::string::npos);
  CHECK(refusal("  elf text\nend\n") ==
        "x.vms:4:7: expected an ELF file that can be loaded, found text: it is no ELF file: the first four "
        "bytes "
        "are not 7F 45 4C 46 (at byte 0x0 of the file)");
  CHECK(refusal("  elf prog sha256=12\nend\n").find("that of the file at hand") != std::string::npos);
}

TEST_CASE("lines about segments have no place in a program from a file") {
  CHECK(refusal("  elf prog\n  code 2\nend\n").find("arg, env, heap, stack, line or end") !=
        std::string::npos);
  CHECK(refusal("  code 2\n  elf prog\nend\n").find("before the program's other lines") != std::string::npos);
  CHECK(refusal("  elf prog\n  elf prog\nend\n").find("at most once") != std::string::npos);
  CHECK(refusal("  elf prog\n  heap 1 limit 4\nend\n").find("a real program starts with") !=
        std::string::npos);
}

}  // namespace vmp
