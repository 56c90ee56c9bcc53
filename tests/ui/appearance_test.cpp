#include <doctest/doctest.h>

#include "tests/ui/stage.h"

namespace vmp::test {
namespace {

void open_look(Stage& stage) {
  stage.frame(1440, 900);
  stage.press(ImGuiKey_A);
  stage.frame(1440, 900);
}

}  // namespace

TEST_CASE("what is chosen with the keys of the window is kept for the next visit") {
  QuietPlatform platform;
  {
    Stage stage(platform, {});
    open_look(stage);
    stage.press(ImGuiKey_5);
    CHECK(platform.settings["appearance"] == "theme=projector text=100");
    CHECK(stage.app().zoom() == doctest::Approx(1.25));
    stage.press(ImGuiKey_2);
    stage.press(ImGuiKey_Equal);
    stage.press(ImGuiKey_6);
    CHECK(platform.settings["appearance"] == "theme=dark text=110 still");
    stage.press(ImGuiKey_Minus);
    stage.press(ImGuiKey_Minus);
  }
  CHECK(platform.settings["appearance"] == "theme=dark text=90 still");
  Stage next(platform, {});
  CHECK(next.app().zoom() == doctest::Approx(0.9));
}

TEST_CASE("a look named at the start goes before the one kept, and is not kept itself") {
  QuietPlatform platform;
  platform.settings["appearance"] = "theme=light text=80";
  Stage stage(platform, {.scenario = "isolation", .step = 3, .appearance = "text=200"});
  stage.frame(1440, 900);
  CHECK(stage.app().zoom() == doctest::Approx(2));
  CHECK(platform.settings["appearance"] == "theme=light text=80");
}

TEST_CASE("T turns the colours that are shown, whoever chose them") {
  QuietPlatform platform;
  platform.look.light = true;
  Stage stage(platform, {});
  stage.frame(1440, 900);
  stage.press(ImGuiKey_T);
  CHECK(platform.settings["appearance"] == "theme=dark text=100");
  stage.press(ImGuiKey_T);
  CHECK(platform.settings["appearance"] == "theme=light text=100");
}

TEST_CASE("a person who wants no motion sees a step at its end at once") {
  QuietPlatform platform;
  platform.settings["appearance"] = "still";
  Stage stage(platform, {});
  for (int i = 0; i < 4; ++i) stage.frame(1440, 900);
  stage.press(ImGuiKey_RightArrow);
  stage.frame(1440, 900);
  CHECK_FALSE(stage.app().wants_frame());
}

}  // namespace vmp::test
