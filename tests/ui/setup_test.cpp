// The window in which the machine is set up, by keyboard, mouse and finger.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shell/swap_keeper.h"
#include "tests/ui/stage.h"

namespace vmp {
namespace {

using test::QuietPlatform;
using test::Stage;

std::string machine_line(Stage& stage) {
  const std::string text = stage.app().scenario_text();
  const std::size_t start = text.find("\nmachine ");
  return start == std::string::npos ? "" : text.substr(start + 1, text.find('\n', start + 1) - start - 1);
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

void type(Stage& stage, std::string_view digits) {
  for (const char digit : digits) stage.press(static_cast<ImGuiKey>(ImGuiKey_0 + (digit - '0')));
}

}  // namespace

TEST_CASE("by keyboard: the first row is RAM, arrows change it, digits type it, Z takes it back") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = 6, .minimal = false});
  stage.frame(1440, 900);
  const std::string before = stage.app().scenario_text();
  stage.press(ImGuiKey_M);
  stage.press(ImGuiKey_DownArrow);
  CHECK(has(platform.said, "RAM: 32 frames"));
  stage.press(ImGuiKey_LeftArrow);
  CHECK(has(machine_line(stage), "frames=31"));
  CHECK(has(platform.said, "Page faults:"));
  CHECK(has(stage.app().state_text(), "step 6 of"));
  type(stage, "128");
  CHECK(has(machine_line(stage), "frames=128"));
  stage.press(ImGuiKey_Z);
  CHECK_FALSE(has(machine_line(stage), "frames=128"));
  stage.press(ImGuiKey_Z);
  stage.press(ImGuiKey_Escape);
  CHECK(stage.app().scenario_text() == before);
  stage.press(ImGuiKey_Y);
  CHECK(has(machine_line(stage), "frames=31"));
}

TEST_CASE("too few frames are told in place with the number needed, and the machine stays") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = 6, .minimal = false});
  stage.frame(1440, 900);
  const std::string before = stage.app().scenario_text();
  stage.press(ImGuiKey_M);
  stage.press(ImGuiKey_DownArrow);
  stage.press(ImGuiKey_Home);
  CHECK(stage.app().scenario_text() == before);
  CHECK(has(platform.said, "9"));
  stage.press(ImGuiKey_RightArrow);  // from 8 to 9, the least that will do
  CHECK(has(machine_line(stage), "frames=9"));
}

TEST_CASE("the slider of RAM is dragged by mouse: one gesture, one undo, and the page does not scroll") {
  for (const auto& [width, height] : {std::pair{1440.0F, 900.0F}, {390.0F, 844.0F}}) {
    const float wide = width;
    CAPTURE(wide);
    QuietPlatform platform;
    Stage stage(platform, {.scenario = "isolation", .step = 6, .minimal = false});
    stage.frame(width, height);
    const std::string before = stage.app().scenario_text();
    stage.press(ImGuiKey_M);
    for (int i = 0; i < 3; ++i) stage.frame(width, height);
    ImGuiIO& io = ImGui::GetIO();
    // Down the window, until a press moves the slider.
    float y = 100;
    for (; y < 260 && stage.app().scenario_text() == before; y += 8) {
      io.AddMousePosEvent(200, y);
      stage.frame(width, height);
      io.AddMouseButtonEvent(0, true);
      stage.frame(width, height);
      if (stage.app().scenario_text() == before) {
        io.AddMouseButtonEvent(0, false);
        stage.frame(width, height);
      }
    }
    REQUIRE(stage.app().scenario_text() != before);
    for (float x = 200; x > 120; x -= 4) {
      io.AddMousePosEvent(x, y);
      stage.frame(width, height);
    }
    io.AddMouseButtonEvent(0, false);
    stage.frame(width, height);
    CHECK(has(machine_line(stage), "frames="));
    stage.press(ImGuiKey_Z);
    CHECK(stage.app().scenario_text() == before);
  }
}

TEST_CASE("swapped pages are kept when asked for, and the session is back at the next start") {
  const std::string folder = "setup_test.tmp/";
  ::mkdir(folder.c_str(), 0700);
  SwapKeeper(folder).forget();
  QuietPlatform platform;
  platform.folder = {.path = folder, .place = "a file"};
  std::string state;
  {
    Stage stage(platform, {.scenario = "swap", .step = std::nullopt, .minimal = false});
    stage.frame(1440, 900);
    CHECK_FALSE(has(stage.app().state_text(), "kept in"));
    stage.press(ImGuiKey_M);
    for (int i = 0; i < 3; ++i) stage.press(ImGuiKey_DownArrow);
    CHECK(platform.said == "Swapped pages lie in: memory");
    stage.press(ImGuiKey_RightArrow);
    stage.press(ImGuiKey_Escape);
    stage.press(ImGuiKey_End);
    stage.press(ImGuiKey_LeftArrow);
    CHECK(platform.folder_saves > 0);
    state = stage.app().state_text();
    REQUIRE(has(state, "swap device: kept in a file"));
  }
  {
    Stage stage(platform, {.scenario = "", .step = std::nullopt, .minimal = false});
    stage.frame(1440, 900);
    CHECK(has(stage.app().state_text(), state + "; message: You are back"));
    CHECK(has(stage.app().state_text(), "as they were left"));
  }
  {
    Stage stage(platform, {.scenario = "isolation", .step = std::nullopt, .minimal = false});
    stage.frame(1440, 900);
    CHECK(has(stage.app().state_text(), "scenario isolation"));
    stage.app().swap_folder_failed("There is no room.");
    stage.frame(1440, 900);
    CHECK(has(stage.app().state_text(), "message: There is no room. Swapped pages stay in memory"));
    CHECK_FALSE(has(stage.app().state_text(), "swap device:"));
  }
  CHECK_FALSE(SwapKeeper(folder).kept_session().has_value());
  ::rmdir(folder.c_str());
}

TEST_CASE("a kept page that is damaged is told at the start, and touching it is a bus error") {
  const std::string folder = "setup_test.tmp/";
  ::mkdir(folder.c_str(), 0700);
  SwapKeeper(folder).forget();
  QuietPlatform platform;
  platform.folder = {.path = folder, .place = "a file", .emptied = true};
  {
    Stage stage(platform, {.scenario = "swap", .step = std::nullopt, .minimal = false});
    stage.frame(1440, 900);
    CHECK(has(stage.app().state_text(), "is gone"));
    stage.press(ImGuiKey_End);
    stage.press(ImGuiKey_LeftArrow);
  }
  CHECK(::unlink((folder + "swapfile").c_str()) == 0);
  platform.folder.emptied = false;
  Stage stage(platform, {.scenario = "", .step = std::nullopt, .minimal = false});
  stage.frame(1440, 900);
  CHECK(has(stage.app().state_text(), "damaged or gone: slot"));
  CHECK(has(stage.app().scenario_text(), "damage-swap "));
  SwapKeeper(folder).forget();
  ::rmdir(folder.c_str());
}

}  // namespace vmp
