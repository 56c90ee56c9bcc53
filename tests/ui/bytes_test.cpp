#include <doctest/doctest.h>

#include "tests/ui/stage.h"

namespace vmp::test {
namespace {

constexpr float kFirstByteX = 1080;  // of the rows of bytes, in the panel at the right
constexpr float kSecondRowY = 756;

// The edits by hand among the steps, the present one last: the steps that followed are dropped.
std::string last_poke(Stage& stage) {
  const std::string text = stage.app().scenario_text();
  const std::size_t at = text.rfind("\npoke ");
  if (at == std::string::npos) return {};
  return text.substr(at + 1, text.find('\n', at + 1) - at - 1);
}

}  // namespace

TEST_CASE("a byte is clicked and changed by two digits: a step like any other, and going back undoes it") {
  QuietPlatform platform;
  platform.look.reduced_motion = true;
  Stage stage(platform, {.scenario = "isolation", .step = 8, .window = "bytes"});
  for (int i = 0; i < 4; ++i) stage.frame(1440, 900);
  const std::string before = last_poke(stage);
  stage.click(kFirstByteX, kSecondRowY);
  stage.press(ImGuiKey_A);
  CHECK(last_poke(stage) == before);
  stage.press(ImGuiKey_5);
  CHECK(last_poke(stage) == "poke 0x0000EA28 0xA5 1");
  CHECK(stage.app().state_text().find("step 9 of") != std::string::npos);
  stage.press(ImGuiKey_Escape);
  stage.press(ImGuiKey_LeftArrow);
  CHECK(stage.app().state_text().find("step 8 of") != std::string::npos);
}

TEST_CASE("while the cursor is on a byte the keys edit, and turn no page and choose no colours") {
  QuietPlatform platform;
  platform.look.reduced_motion = true;
  Stage stage(platform, {.scenario = "isolation", .step = 8, .window = "bytes"});
  for (int i = 0; i < 4; ++i) stage.frame(1440, 900);
  stage.click(kFirstByteX, kSecondRowY);
  stage.press(ImGuiKey_RightArrow);
  CHECK(stage.app().state_text().find("step 8 of") != std::string::npos);
  stage.press(ImGuiKey_Enter);
  stage.press(ImGuiKey_RightArrow);
  CHECK(stage.app().state_text().find("step 9 of") != std::string::npos);
}

}  // namespace vmp::test
