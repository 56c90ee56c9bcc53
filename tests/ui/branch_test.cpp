// Fork the timeline, look at both futures, go on with one: by keyboard and by mouse.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/ui/stage.h"

namespace vmp {
namespace {

using test::QuietPlatform;
using test::Stage;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}
std::string futures(Stage& stage) {
  const std::string text = stage.app().state_text();
  const std::size_t at = text.find("; futures ");
  return at == std::string::npos ? "" : text.substr(at + 10);
}
// Opens the window and goes down to the choice that is said like that.
void choose(Stage& stage, QuietPlatform& platform, std::string_view label) {
  stage.press(ImGuiKey_B);
  stage.frame(1440, 900);
  for (int i = 0; i < 80 && !has(platform.said, label); ++i) stage.press(ImGuiKey_DownArrow);
  REQUIRE(has(platform.said, label));
  stage.press(ImGuiKey_Enter);
  stage.frame(1440, 900);
}

}  // namespace

TEST_CASE("more RAM: both futures are compared, nothing changes until one is taken, and Z takes it back") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "swap", .step = 12, .minimal = false});
  stage.frame(1440, 900);
  const std::string before = stage.app().scenario_text();
  choose(stage, platform, "RAM: 64");
  CHECK(has(futures(stage), "They part at step "));
  CHECK(has(futures(stage), "after beat 24 of 24"));
  CHECK(has(platform.said, "Time: "));
  CHECK(stage.app().scenario_text() == before);
  stage.press(ImGuiKey_Home);
  CHECK(has(futures(stage), "after beat 0 of 24"));
  stage.press(ImGuiKey_RightArrow);
  CHECK(has(futures(stage), "after beat 1 of 24"));
  stage.press(ImGuiKey_Enter);
  for (int i = 0; i < 3; ++i) stage.frame(1440, 900);
  CHECK(futures(stage).empty());
  CHECK(has(stage.app().scenario_text(), " frames=64 "));
  CHECK(has(stage.app().state_text(), "step 12 of"));
  stage.press(ImGuiKey_Z);
  CHECK(stage.app().scenario_text() == before);
}

TEST_CASE("Escape or 1 stays with the present future") {
  for (const ImGuiKey key : {ImGuiKey_Escape, ImGuiKey_1}) {
    QuietPlatform platform;
    Stage stage(platform, {.scenario = "swap", .step = 12, .minimal = false});
    stage.frame(1440, 900);
    const std::string before = stage.app().scenario_text();
    choose(stage, platform, "RAM: 64");
    stage.press(key);
    for (int i = 0; i < 3; ++i) stage.frame(1440, 900);
    CHECK(futures(stage).empty());
    CHECK(stage.app().scenario_text() == before);
  }
}

TEST_CASE("a step left out: the other future is followed, the old one is kept, listed and returned to") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = 5, .minimal = false});
  stage.frame(1440, 900);
  const std::string before = stage.app().scenario_text();
  CHECK(has(stage.app().state_text(), "step 5 of 17"));
  choose(stage, platform, "Without: B stores 7");
  CHECK(has(futures(stage), "They part at step 6"));
  stage.press(ImGuiKey_2);
  for (int i = 0; i < 3; ++i) stage.frame(1440, 900);
  CHECK(has(stage.app().state_text(), "step 5 of 16"));
  CHECK_FALSE(has(stage.app().scenario_text(), "\nwrite B 0x00403A2C 7 4"));
  choose(stage, platform, "From step 6: B stores 7");
  CHECK(has(futures(stage), "They part at step 6"));
  stage.press(ImGuiKey_2);
  for (int i = 0; i < 3; ++i) stage.frame(1440, 900);
  CHECK(has(stage.app().state_text(), "step 5 of 17"));
  CHECK(stage.app().scenario_text() == before);
}

TEST_CASE("a future left by a step of one's own is listed, too, and outlives another machine") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = 7, .minimal = false});
  stage.frame(1440, 900);
  stage.press(ImGuiKey_P);
  stage.press(ImGuiKey_X);
  for (int i = 0; i < 3; ++i) stage.frame(1440, 900);
  CHECK(has(stage.app().state_text(), "step 8 of 8"));
  stage.press(ImGuiKey_M);
  stage.press(ImGuiKey_DownArrow);
  stage.press(ImGuiKey_RightArrow);
  stage.press(ImGuiKey_Escape);
  CHECK(has(stage.app().scenario_text(), "frames=33"));
  choose(stage, platform, "From step 8: B reads 4 bytes at 0x00403A2C, and 9 more");
  stage.press(ImGuiKey_2);
  for (int i = 0; i < 3; ++i) stage.frame(1440, 900);
  CHECK(has(stage.app().state_text(), "step 7 of 17"));
}

TEST_CASE("the set-up window leads to the full comparison with the machine before all changes") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "swap", .step = 20, .minimal = false});
  stage.frame(1440, 900);
  stage.press(ImGuiKey_M);
  stage.press(ImGuiKey_DownArrow);
  stage.press(ImGuiKey_Home);
  for (int i = 0; i < 10; ++i) stage.press(ImGuiKey_RightArrow);
  for (int i = 0; i < 3; ++i) stage.frame(1440, 900);
  // Along the foot of the window, until the button is met.
  for (float x = 440; x > 200 && futures(stage).empty(); x -= 20) stage.click(x, 862);
  CHECK(has(futures(stage), "16 frames"));
  const std::string changed = stage.app().scenario_text();
  stage.press(ImGuiKey_1);
  for (int i = 0; i < 3; ++i) stage.frame(1440, 900);
  CHECK(stage.app().scenario_text() != changed);
  CHECK(has(stage.app().scenario_text(), " frames=16 "));
}

TEST_CASE("both windows are drawn at every size, and the buttons are where a finger finds them") {
  for (const auto& [width, height] : {std::pair{1440.0F, 900.0F}, {1024.0F, 768.0F}, {390.0F, 844.0F}}) {
    const float wide = width;
    const float tall = height;
    CAPTURE(wide);
    QuietPlatform platform;
    Stage stage(platform, {.scenario = "swap", .step = 12, .minimal = false, .window = "compare"});
    for (int i = 0; i < 3; ++i) stage.frame(wide, tall);
    REQUIRE_FALSE(futures(stage).empty());
    const std::string before = stage.app().scenario_text();
    // Up from the foot of the window, below the other future.
    const float x = wide > 1100 ? 700 : wide > 700 ? 480 : wide * 0.75F;
    const float foot = wide > 700 ? (tall + std::min(660.0F, tall - 40)) / 2 : tall - 10;
    for (float y = foot - 6; y > tall * 0.5F && !futures(stage).empty(); y -= 10)
      stage.click(x, y, wide, tall);
    CHECK(stage.app().scenario_text() != before);
  }
}

}  // namespace vmp
