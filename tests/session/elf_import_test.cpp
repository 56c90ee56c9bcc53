#include "shell/elf_import.h"

#include <doctest/doctest.h>

#include "tests/support/elf_builder.h"
#include "tests/support/files.h"

namespace vmp {

TEST_CASE("a real program becomes a scenario that starts it and fetches its first instruction") {
  for (const std::string& name : test_support::files_in("tests/data/elf", ".bin")) {
    INFO(name);
    const std::string text = test_support::read_file("tests/data/elf/" + name + ".bin");
    const auto bytes = std::make_shared<const std::vector<std::uint8_t>>(text.begin(), text.end());
    const auto scenario = scenario_of_elf("my " + name, bytes);
    REQUIRE_MESSAGE(scenario.ok(), (scenario.ok() ? "" : scenario.error()));
    auto timeline = Timeline::start(scenario->config());
    REQUIRE(timeline.ok());
    for (const Step& step : scenario->steps())
      CHECK(std::holds_alternative<Completed>(timeline->execute(step).outcome));
    // Printed, it finds the file again by its word and digest.
    const auto again = parse_scenario(print_scenario(*scenario), {}, [&](std::string_view wanted) {
      return wanted == word_for_file("my " + name) ? bytes : nullptr;
    });
    REQUIRE(again.ok());
    CHECK(*again == *scenario);
  }
}

TEST_CASE("an executable that cannot be loaded is refused with its name and the reason") {
  test_support::ElfBuilder builder;
  builder.machine = 8;  // EM_MIPS
  const auto scenario = scenario_of_elf("mips", builder.file());
  REQUIRE_FALSE(scenario.ok());
  CHECK(scenario.error() ==
        "mips: it is for a processor other than x86 and RISC-V (at byte 0x12 of the file)");
}

TEST_CASE("a file's name becomes one word") {
  CHECK(word_for_file("a.out") == "a.out");
  CHECK(word_for_file("my program (1)") == "my_program__1_");
  CHECK(word_for_file("") == "program");
  CHECK(word_for_file(std::string(300, 'x')).size() == 64);
}

}  // namespace vmp
