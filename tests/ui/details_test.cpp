// The tabs of the details, opened by key, by click and on a narrow screen.
#include <doctest/doctest.h>

#include "tests/ui/stage.h"

namespace vmp {
namespace {

using test::QuietPlatform;
using test::Stage;

}  // namespace

TEST_CASE("5 opens the policy and says who would go next, in every size") {
  for (const auto& size : {ImVec2(1440, 900), ImVec2(1024, 768), ImVec2(390, 844)}) {
    CAPTURE(size.x);
    QuietPlatform platform;
    Stage stage(platform, {.scenario = "swap", .step = 14, .minimal = false});
    for (int i = 0; i < 3; ++i) stage.frame(size.x, size.y);
    ImGui::GetIO().AddKeyEvent(ImGuiKey_5, true);
    stage.frame(size.x, size.y);
    ImGui::GetIO().AddKeyEvent(ImGuiKey_5, false);
    stage.frame(size.x, size.y);
    CHECK(platform.said.find("Next to go: page 0x406 of A, in frame 04 (Clock: ") == 0);
    const int policy = stage.vertices;
    stage.press(ImGuiKey_2);
    stage.frame(size.x, size.y);
    CHECK(stage.vertices != policy);
  }
}

TEST_CASE("the policy's tab is opened by a click, and stays in step with the timeline") {
  QuietPlatform platform;
  platform.look.reduced_motion = true;
  Stage stage(platform, {.scenario = "swap", .step = 14, .minimal = false});
  for (int i = 0; i < 3; ++i) stage.frame(1440, 900);
  const int tree = stage.vertices;
  stage.click(1313, 680);  // the fifth of the tabs
  const int policy = stage.vertices;
  CHECK(policy != tree);
  stage.press(ImGuiKey_Home);
  stage.press(ImGuiKey_End);
  for (int i = 0; i < 200; ++i) stage.press(ImGuiKey_LeftArrow);
  CHECK(stage.app().state_text().find("step 0 of") != std::string::npos);
  CHECK_FALSE(stage.app().wants_frame());
}

TEST_CASE("6 opens the plots, up and down choose one, and its values at the present step are said") {
  QuietPlatform platform;
  platform.look.reduced_motion = true;
  Stage stage(platform, {.scenario = "swap", .step = 14, .minimal = false});
  for (int i = 0; i < 3; ++i) stage.frame(1440, 900);
  stage.press(ImGuiKey_6);
  CHECK(platform.said == "Resident set, step 14: A 7 pages, B 0 pages");
  stage.press(ImGuiKey_DownArrow);
  CHECK(platform.said == "Page faults, step 14: minor 0 faults, major 1 fault");
  stage.press(ImGuiKey_UpArrow);
  stage.press(ImGuiKey_UpArrow);
  for (int i = 0; i < 300 && stage.app().wants_frame(); ++i) stage.frame(1440, 900);
  CHECK_FALSE(stage.app().wants_frame());  // every reference has been replayed
  stage.press(ImGuiKey_Period);
  CHECK(platform.said.find("Miss ratio, ") == 0);
  CHECK(platform.said.find("LRU ") != std::string::npos);
}

TEST_CASE("a click on a plot over the steps goes to that step") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "swap", .step = 14, .minimal = false, .window = "plot-RAM"});
  for (int i = 0; i < 4; ++i) stage.frame(1440, 900);
  stage.click(1120, 820);
  const std::string text = stage.app().state_text();
  CHECK(text.find("step 14 of") == std::string::npos);
  stage.click(1380, 820);
  CHECK(stage.app().state_text() != text);
}

TEST_CASE("a plot is saved as CSV, and a picture is taken once what asked for it is gone") {
  QuietPlatform platform;
  platform.look.reduced_motion = true;
  Stage stage(platform, {.scenario = "swap", .step = 14, .minimal = false, .window = "plot-RAM"});
  for (int i = 0; i < 4; ++i) stage.frame(1440, 900);
  for (float x = 1400; x > 1250 && platform.copied.empty(); x -= 8) stage.click(x, 730);
  CHECK(platform.copied.find("step,A pages,B pages\n0,,\n1,1,\n") == 0);
  CHECK_FALSE(stage.app().picture_due(1440, 900).has_value());
  ImGui::GetIO().AddKeyEvent(ImGuiKey_G, true);
  stage.frame(1440, 900);
  ImGui::GetIO().AddKeyEvent(ImGuiKey_G, false);
  std::optional<Rect> area = stage.app().picture_due(1440, 900);
  for (int i = 0; i < 5 && !area; ++i) {
    CHECK(stage.app().wants_frame());
    stage.frame(1440, 900);
    area = stage.app().picture_due(1440, 900);
  }
  REQUIRE(area.has_value());
  CHECK(*area == Rect{0, 0, 1440, 900});
  stage.app().picture_taken({.width = 1, .height = 1, .rgb = {1, 2, 3}});
  CHECK(platform.copied.find("PNG") == 1);
  CHECK_FALSE(stage.app().picture_due(1440, 900).has_value());
  stage.frame(1440, 900);
  CHECK_FALSE(stage.app().wants_frame());
}

}  // namespace vmp
