// The whole front end without a window: Dear ImGui gets sizes and input events, nothing draws its lists.
#include "shell/app.h"

#include <doctest/doctest.h>

#include "core/base/rng.h"
#include "shell/assets.h"
#include "tests/support/files.h"
#include "tests/support/seed.h"
#include "tests/ui/stage.h"

namespace vmp {
namespace {

using test::QuietPlatform;
using test::Stage;

constexpr ImGuiKey kKeys[] = {ImGuiKey_RightArrow, ImGuiKey_LeftArrow, ImGuiKey_Space,     ImGuiKey_Home,
                              ImGuiKey_End,        ImGuiKey_PageUp,    ImGuiKey_PageDown,  ImGuiKey_V,
                              ImGuiKey_1,          ImGuiKey_2,         ImGuiKey_3,         ImGuiKey_4,
                              ImGuiKey_T,          ImGuiKey_C,         ImGuiKey_L,         ImGuiKey_Slash,
                              ImGuiKey_M,          ImGuiKey_UpArrow,   ImGuiKey_DownArrow, ImGuiKey_Z,
                              ImGuiKey_Escape,     ImGuiKey_Backspace, ImGuiKey_7,         ImGuiKey_Q,
                              ImGuiKey_B,          ImGuiKey_Enter,     ImGuiKey_A};

void poke(Rng& rng, float width, float height) {
  ImGuiIO& io = ImGui::GetIO();
  switch (rng.below(6)) {
    case 0: {
      const ImGuiKey key = kKeys[rng.below(std::size(kKeys))];
      io.AddKeyEvent(key, true);
      io.AddKeyEvent(key, false);
      break;
    }
    case 1:
      io.AddMouseWheelEvent(0, static_cast<float>(rng.below(5)) - 2);
      break;
    case 2:
    case 3:
      io.AddMousePosEvent(static_cast<float>(rng.below(static_cast<std::uint64_t>(width))),
                          static_cast<float>(rng.below(static_cast<std::uint64_t>(height))));
      break;
    case 4:
      io.AddMouseButtonEvent(0, true);
      io.AddMouseButtonEvent(0, false);
      break;
    default:
      break;
  }
}

struct Size {
  float width;
  float height;
  bool minimal;
};
constexpr Size kSizes[] = {
    {1440, 900, false}, {1024, 768, false}, {390, 844, false}, {800, 500, true}, {320, 300, true}};

}  // namespace

TEST_CASE("random input over every scenario and size draws something each time and breaks nothing") {
  Rng rng(test_support::seed());
  for (const EmbeddedFile& file : embedded_scenarios()) {
    CAPTURE(file.name);
    for (const Size& size : kSizes) {
      QuietPlatform platform;
      Stage stage(platform,
                  {.scenario = std::string(file.name), .step = std::nullopt, .minimal = size.minimal});
      for (int i = 0; i < 60; ++i) {
        poke(rng, size.width, size.height);
        stage.frame(size.width, size.height);
        CHECK(stage.vertices > 100);
      }
    }
  }
}

TEST_CASE("every step of every lesson is drawn, the ones that break things too") {
  for (const EmbeddedFile& file : embedded_scenarios()) {
    CAPTURE(file.name);
    QuietPlatform platform;
    Stage stage(platform, {.scenario = std::string(file.name), .step = std::nullopt, .minimal = false});
    stage.frame(1440, 900);
    std::string last;
    while (stage.app().state_text() != last) {
      last = stage.app().state_text();
      stage.press(ImGuiKey_RightArrow);
      CHECK(stage.vertices > 100);
    }
  }
}

TEST_CASE("the arrow keys step forward and back, and the headline is announced") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = std::nullopt, .minimal = false});
  stage.frame(1440, 900);
  const std::string start = stage.app().state_text();
  stage.press(ImGuiKey_RightArrow);
  CHECK(stage.app().state_text() != start);
  CHECK_FALSE(platform.said.empty());
  stage.press(ImGuiKey_LeftArrow);
  CHECK(stage.app().state_text() == start);
}

TEST_CASE("an app that rests asks for no frames, one that moves does") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = std::nullopt, .minimal = false});
  for (int i = 0; i < 5; ++i) stage.frame(1440, 900);
  CHECK_FALSE(stage.app().wants_frame());
  stage.press(ImGuiKey_RightArrow);
  CHECK(stage.app().wants_frame());
  for (int i = 0; i < 5; ++i) stage.frame(1440, 900, 1);
  CHECK_FALSE(stage.app().wants_frame());
  platform.look.reduced_motion = true;
  stage.press(ImGuiKey_RightArrow);
  CHECK_FALSE(stage.app().wants_frame());
}

TEST_CASE("a click on a page opens its window, where a key makes the access a step of the timeline") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = 7, .minimal = false});
  stage.frame(1440, 900);
  const std::string before = stage.app().scenario_text();
  // Down the first column, at the left end of its cells, until a page is met.
  for (float y = 200; y < 660 && stage.app().scenario_text() == before; y += 7) {
    stage.click(325, y);
    stage.press(ImGuiKey_R);
  }
  CHECK(stage.app().scenario_text() != before);
  REQUIRE(platform.work.has_value());
  CHECK(*platform.work == stage.app().scenario_text());
}

TEST_CASE("playing goes to the end by itself and stops there") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = std::nullopt, .minimal = false});
  stage.frame(1440, 900);
  stage.press(ImGuiKey_Space);
  for (int i = 0; i < 100; ++i) stage.frame(1440, 900, 2);
  const std::string text = stage.app().state_text();
  stage.press(ImGuiKey_End);
  CHECK(stage.app().state_text() == text);
  CHECK_FALSE(stage.app().wants_frame());
}

TEST_CASE("a malformed scenario leaves the running one as it is, and the app goes on") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = 3, .minimal = false});
  stage.frame(1440, 900);
  const std::string before = stage.app().state_text();
  for (const auto& file : {std::pair<std::string, std::string>{"bad.vms", "vms 1\nspwan A x\n"},
                           {"empty.vms", ""},
                           {"zeros", std::string(100'000, '\0')},
                           {"cut.lackey", "==1== x\n L 10,4\n S 20"}}) {
    CAPTURE(file.first);
    stage.app().open_file(file.first, file.second);
    for (int i = 0; i < 4; ++i) stage.frame(1440, 900);
    CHECK(stage.app().state_text().find(before + "; message: ") == 0);
    CHECK_FALSE(stage.app().wants_frame());
  }
}

TEST_CASE("an unknown scenario opens the first lesson instead") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "no-such-lesson", .step = std::nullopt, .minimal = false});
  stage.frame(1440, 900);
  CHECK(stage.app().state_text().find("scenario isolation") == 0);
}

TEST_CASE("a recording is taken in over some frames and can then be stepped through") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = std::nullopt, .minimal = false});
  std::string text = "==1== x\n";
  for (int i = 0; i < 2000; ++i) text += " L " + std::to_string(10000 + i % 90) + "000,4\n";
  stage.app().open_file("run.lackey", text);
  for (int i = 0; i < 200 && stage.app().state_text().find("scenario run.lackey") != 0; ++i)
    stage.frame(1440, 900);
  CHECK(stage.app().state_text().find("scenario run.lackey, step 0 of 66") == 0);
  stage.press(ImGuiKey_End);
  CHECK(stage.app().state_text().find("45 resident pages") != std::string::npos);
}

TEST_CASE("a program that is opened becomes a process whose segments carry section names") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = std::nullopt, .minimal = false});
  stage.app().open_file("my program", test_support::read_file("tests/data/elf/riscv64-static-pie.bin"));
  stage.frame(1440, 900);
  CHECK(stage.app().state_text().find("scenario my program, step 0 of 2") == 0);
  stage.press(ImGuiKey_End);
  CHECK(stage.app().state_text().find("step 2 of 2") != std::string::npos);
  // The text names the file, which is known as long as the app runs.
  stage.app().open_file("again.vms", stage.app().scenario_text());
  stage.frame(1440, 900);
  CHECK(stage.app().state_text().find("scenario again.vms, step 0 of 2") == 0);
  stage.app().open_file("cut",
                        test_support::read_file("tests/data/elf/riscv64-static-pie.bin").substr(0, 40));
  stage.frame(1440, 900);
  CHECK(stage.app().state_text().find("ends inside its ELF header") != std::string::npos);
}

TEST_CASE("work is kept once a step was made by hand, and offered again at the next start") {
  QuietPlatform platform;
  std::string text;
  {
    Stage stage(platform, {.scenario = "isolation", .step = std::nullopt, .minimal = false});
    stage.press(ImGuiKey_RightArrow);
    CHECK_FALSE(platform.work.has_value());
    text = stage.app().scenario_text() + "\nflush\n";
  }
  platform.work = text;
  Stage stage(platform, {.scenario = "isolation", .step = std::nullopt, .minimal = false});
  stage.frame(1440, 900);
  CHECK(stage.app().state_text().find("scenario isolation") == 0);
}

}  // namespace vmp
