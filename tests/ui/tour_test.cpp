// The guided tour: on a first visit, once, and out of the way at once when it is not wanted.
#include "shell/present/tour.h"

#include <doctest/doctest.h>

#include "tests/ui/stage.h"

namespace vmp {
namespace {

using test::QuietPlatform;
using test::Stage;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}
bool touring(Stage& stage) {
  return has(stage.app().state_text(), "; tour: ");
}
void settle(Stage& stage, float width = 1440, float height = 900) {
  for (int i = 0; i < 4; ++i) stage.frame(width, height);
}

}  // namespace

TEST_CASE("a first visit is shown around, told aloud, and never again unasked") {
  QuietPlatform platform;
  platform.settings.erase("tour");
  {
    Stage stage(platform, AppOptions());
    settle(stage);
    CHECK(touring(stage));
    CHECK(has(platform.said, "Two programs, each alone. Each program"));
  }
  CHECK(platform.setting("tour"));
  Stage stage(platform, AppOptions());
  settle(stage);
  CHECK_FALSE(touring(stage));
}

TEST_CASE("Enter, space and the arrow go through all its stops, the arrow back, and then it is over") {
  for (const auto& [width, height] : {std::pair{1440.0F, 900.0F}, {1024.0F, 768.0F}, {390.0F, 844.0F}}) {
    const float wide = width;
    const float tall = height;
    CAPTURE(wide);
    QuietPlatform platform;
    platform.settings.erase("tour");
    Stage stage(platform, AppOptions());
    settle(stage, wide, tall);
    const auto press = [&](ImGuiKey key) {
      ImGui::GetIO().AddKeyEvent(key, true);
      stage.frame(wide, tall);
      ImGui::GetIO().AddKeyEvent(key, false);
      settle(stage, wide, tall);
    };
    press(ImGuiKey_Enter);
    press(ImGuiKey_LeftArrow);
    CHECK(has(stage.app().state_text(), tour_stops()[0].title));
    for (std::size_t stop = 0; stop < kTourStops; ++stop) {
      CAPTURE(stop);
      CHECK(has(stage.app().state_text(), tour_stops()[stop].title));
      CHECK(stage.vertices > 100);
      press(stop % 3 == 0 ? ImGuiKey_RightArrow : stop % 3 == 1 ? ImGuiKey_Enter : ImGuiKey_Space);
    }
    CHECK_FALSE(touring(stage));
    // Nothing was stepped or played meanwhile.
    CHECK(has(stage.app().state_text(), "step 0 of"));
    press(ImGuiKey_RightArrow);
    CHECK(has(stage.app().state_text(), "step 1 of"));
  }
}

TEST_CASE("Escape and a click outside end it") {
  for (const bool click : {false, true}) {
    QuietPlatform platform;
    platform.settings.erase("tour");
    Stage stage(platform, AppOptions());
    settle(stage);
    REQUIRE(touring(stage));
    if (click) {
      stage.click(20, 880);
    } else {
      stage.press(ImGuiKey_Escape);
    }
    settle(stage);
    CHECK_FALSE(touring(stage));
    CHECK(has(stage.app().state_text(), "step 0 of"));
  }
}

TEST_CASE("it does not come where something else was asked for") {
  for (const AppOptions& options :
       {AppOptions{.scenario = "swap", .step = {}}, AppOptions{.scenario = {}, .step = 3},
        AppOptions{.scenario = {}, .step = {}, .minimal = true}}) {
    QuietPlatform platform;
    platform.settings.erase("tour");
    Stage stage(platform, options);
    settle(stage);
    CHECK_FALSE(touring(stage));
    CHECK_FALSE(platform.setting("tour"));
  }
  QuietPlatform platform;
  platform.settings.erase("tour");
  platform.work = "vms 1\ntitle Mine\n";
  Stage stage(platform, AppOptions());
  settle(stage);
  CHECK_FALSE(touring(stage));
}

TEST_CASE("help opens it again") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "swap", .step = 3});
  settle(stage);
  stage.press(ImGuiKey_Slash);
  settle(stage);
  // Along the head of the window, in its middle's height, until the button is met; the cross is further
  // right.
  for (float y = 130; y < 220 && !touring(stage); y += 12) {
    stage.click(1000, y);
    if (!touring(stage)) stage.press(ImGuiKey_Escape);
    if (!touring(stage)) stage.press(ImGuiKey_Slash);
    settle(stage);
  }
  CHECK(touring(stage));
}

}  // namespace vmp
