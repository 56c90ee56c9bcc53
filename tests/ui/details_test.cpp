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

}  // namespace vmp
