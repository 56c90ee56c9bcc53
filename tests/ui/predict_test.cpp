// Predict, then reveal, by keyboard, mouse and finger.
#include <doctest/doctest.h>

#include "shell/assets.h"
#include "tests/ui/stage.h"

namespace vmp {
namespace {

using test::QuietPlatform;
using test::Stage;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}
std::string question(Stage& stage) {
  const std::string text = stage.app().state_text();
  const std::size_t at = text.find("; question: ");
  return at == std::string::npos ? "" : text.substr(at + 12);
}
ImGuiKey digit(int number) {
  return static_cast<ImGuiKey>(ImGuiKey_0 + number);
}

}  // namespace

TEST_CASE("Q asks before each step; a digit answers, and only then the step is made and told") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = 7, .minimal = false});
  stage.frame(1440, 900);
  stage.press(ImGuiKey_Q);
  CHECK(has(question(stage), "B reads 4 bytes at 0x00403A2C. Which frame will answer?"));
  CHECK(has(platform.said, "Which frame will answer?"));
  CHECK(has(stage.app().state_text(), "step 7 of"));
  stage.press(digit(1));
  CHECK(has(stage.app().state_text(), "step 8 of"));
  CHECK(has(stage.app().state_text(), "1 of 1 right"));
  CHECK(has(stage.app().state_text(), "answer: Yes."));
  CHECK(has(platform.said, "Yes."));
}

TEST_CASE("a wrong answer makes the step too, and is told why it was tempting") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = 7, .minimal = false});
  stage.press(ImGuiKey_Q);
  stage.press(digit(2));
  CHECK(has(stage.app().state_text(), "0 of 1 right"));
  CHECK(has(platform.said, "No: 0E. 0D is the frame that A's table names"));
  // Stepped back and answered again, it does not count twice.
  stage.press(ImGuiKey_LeftArrow);
  stage.press(digit(1));
  CHECK(has(stage.app().state_text(), "step 8 of"));
  CHECK(has(stage.app().state_text(), "0 of 1 right"));
}

TEST_CASE("the arrow shows the answer without counting it, and goes on to the next question") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = 4, .minimal = false});
  stage.press(ImGuiKey_Q);
  const std::string first = question(stage);
  CHECK_FALSE(first.empty());
  stage.press(ImGuiKey_RightArrow);
  CHECK(has(stage.app().state_text(), "step 5 of"));
  CHECK(has(stage.app().state_text(), "0 of 0 right; answer: It is: "));
  CHECK(question(stage).empty());
  stage.press(ImGuiKey_RightArrow);
  CHECK(has(stage.app().state_text(), "step 5 of"));
  CHECK_FALSE(question(stage).empty());
  CHECK(question(stage) != first);
  stage.press(ImGuiKey_Q);
  CHECK(question(stage).empty());
  stage.press(ImGuiKey_RightArrow);
  CHECK(has(stage.app().state_text(), "step 6 of"));
}

TEST_CASE("a number beyond the options changes nothing; the tabs keep their keys while nothing is asked") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = 7, .minimal = false});
  stage.press(ImGuiKey_Q);
  stage.press(digit(5));
  CHECK(has(stage.app().state_text(), "step 7 of"));
  CHECK_FALSE(question(stage).empty());
  stage.press(digit(1));
  const std::string answered = stage.app().state_text();
  stage.press(digit(1));
  CHECK(stage.app().state_text() == answered);
}

TEST_CASE("playing waits at each question, draws no frames meanwhile, and goes on after the answer") {
  QuietPlatform platform;
  Stage stage(platform, {.scenario = "isolation", .step = 4, .minimal = false});
  stage.press(ImGuiKey_Q);
  stage.press(ImGuiKey_Space);
  for (int i = 0; i < 20; ++i) stage.frame(1440, 900, 2);
  CHECK(has(stage.app().state_text(), "step 4 of"));
  CHECK_FALSE(stage.app().wants_frame());
  stage.press(digit(1));
  CHECK(has(stage.app().state_text(), "step 5 of"));
  CHECK(stage.app().wants_frame());
  for (int i = 0; i < 5; ++i) stage.frame(1440, 900, 2);
  CHECK(has(stage.app().state_text(), "step 5 of"));
  CHECK_FALSE(question(stage).empty());
  CHECK_FALSE(stage.app().wants_frame());
}

TEST_CASE("an option is chosen by a click at each size of the screen") {
  for (const auto& [width, height] : {std::pair{1440.0F, 900.0F}, {1024.0F, 768.0F}, {390.0F, 844.0F}}) {
    const float wide = width;
    CAPTURE(wide);
    QuietPlatform platform;
    Stage stage(platform, {.scenario = "isolation", .step = 7, .minimal = false, .window = "predict"});
    for (int i = 0; i < 3; ++i) stage.frame(width, height);
    bool answered = false;
    // Over where the card stands, until an option is met; steps and pages beside it are not.
    const float left = width > 1100 ? 50 : width > 700 ? 440 : 24;
    const float top = width > 700 ? 80 : 560;
    for (float y = top; y < top + 280 && !answered; y += 14) {
      stage.click(left, y, width, height);
      answered = has(stage.app().state_text(), "; answer: ");
      ImGui::GetIO().AddKeyEvent(ImGuiKey_Escape, true);
      stage.frame(width, height);
      ImGui::GetIO().AddKeyEvent(ImGuiKey_Escape, false);
      stage.frame(width, height);
    }
    CHECK(answered);
    CHECK(has(stage.app().state_text(), "1 of 1 right"));
  }
}

TEST_CASE("every lesson can be gone through by answering, and is then where it always ends") {
  for (const std::string name : {"isolation", "swap", "cow"}) {
    CAPTURE(name);
    QuietPlatform platform;
    Stage stage(platform, {.scenario = name, .step = std::nullopt, .minimal = false});
    stage.press(ImGuiKey_Q);
    const auto position = [&] {
      const std::string text = stage.app().state_text();
      return text.substr(0, text.find(';'));
    };
    for (int i = 0; i < 80; ++i)
      stage.press(question(stage).empty() ? ImGuiKey_RightArrow : digit(1 + i % 3));
    const std::string end = position();
    stage.press(ImGuiKey_End);
    CHECK(position() == end);
    CHECK(stage.vertices > 100);
  }
}

}  // namespace vmp
