// What the page's controls and the console ask for, without a page: by name, as web/page/twin.mjs does.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "shell/app.h"
#include "tests/ui/stage.h"

namespace vmp {
namespace {

using nlohmann::json;
using test::QuietPlatform;
using test::Stage;

AppOptions lesson(std::string_view name) {
  return {.scenario = std::string(name), .step = std::nullopt, .minimal = false};
}

bool stands_at(const App& app, std::size_t step) {
  return app.state_text().find(", step " + std::to_string(step) + " of ") != std::string::npos;
}

const json* find_control(const json& node, std::string_view id) {
  if (node.is_object() && node.contains("command") && node.at("id") == id) return &node;
  if (!node.is_structured()) return nullptr;
  for (const json& child : node) {
    if (const json* found = find_control(child, id)) return found;
  }
  return nullptr;
}

void type(Stage& stage, std::string_view text) {
  for (const char c : text) {
    ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(c));
    stage.frame(1440, 900);
  }
}

}  // namespace

TEST_CASE("every control of the text view asks for a command there is, at the start and in the middle") {
  for (const std::string_view name : {"isolation", "swap"}) {
    QuietPlatform platform;
    Stage stage(platform, lesson(name));
    App& app = stage.app();
    app.command("setup", "");
    app.command("help", "");
    for (const std::string_view position : {"0", "5"}) {
      app.command("seek", position);
      const json twin = json::parse(app.twin_json());
      std::vector<json> controls;
      const auto collect = [&](const auto& self, const json& node) -> void {
        if (node.is_object() && node.contains("command")) controls.push_back(node);
        if (!node.is_structured()) return;
        for (const json& child : node) self(self, child);
      };
      collect(collect, twin);
      CHECK(controls.size() > 30);
      for (const json& control : controls) {
        // Questions and forks are gone once another control was used.
        if (control.at("command") == "answer" || control.at("command") == "fork") continue;
        CAPTURE(control.dump());
        std::string argument = control.value("argument", "");
        if (control.at("kind") == "choice")
          argument += (argument.empty() ? "" : " ") + control.value("value", "");
        if (control.at("kind") == "range")
          argument += (argument.empty() ? "" : " ") + std::to_string(control.value("at", 0));
        const auto answer = app.command(control.at("command").get<std::string>(), argument);
        CHECK_MESSAGE(!answer, answer.value_or(""));
      }
    }
  }
}

TEST_CASE("commands do what the views do, and the twin's version tells that it changed") {
  QuietPlatform platform;
  Stage stage(platform, lesson("isolation"));
  App& app = stage.app();
  const std::uint64_t before = app.twin_version();
  CHECK_FALSE(app.command("forward", ""));
  CHECK(stands_at(app, 1));
  CHECK(app.twin_version() != before);
  CHECK_FALSE(app.command("seek", "8"));
  CHECK(platform.said == "Same address, two frames.");
  CHECK_FALSE(app.command("back", ""));
  CHECK(stands_at(app, 7));
  CHECK(app.command("seek", "soon") == "\"soon\" is no position.");
  CHECK(app.command("fly", "") == "There is no command \"fly\".");
  CHECK_FALSE(app.command("copy-text", ""));
  CHECK(platform.copied.find("Physical memory\n---------------\n") != std::string::npos);
  app.command("theme", "light");
  CHECK(json::parse(app.twin_json()).at("theme") == "light");
}

TEST_CASE("a machine that cannot be is refused at its setting, and the setting shows what was wanted") {
  QuietPlatform platform;
  Stage stage(platform, lesson("isolation"));
  App& app = stage.app();
  app.command("setup", "");
  const auto answer = app.command("setting", "0 0");
  REQUIRE(answer);
  const json twin = json::parse(app.twin_json());
  const json* ram = find_control(twin, "setting-0");
  REQUIRE(ram != nullptr);
  CHECK(ram->at("error") == *answer);
  CHECK(ram->at("at") == 0);
  CHECK(app.scenario_text().find("frames=32") != std::string::npos);
}

TEST_CASE("a fork is chosen by name, both futures are told in a table, and one is gone on with") {
  QuietPlatform platform;
  Stage stage(platform, lesson("swap"));
  App& app = stage.app();
  app.command("seek", "14");
  app.command("branch", "");
  const json choices = json::parse(app.twin_json());
  const json* fork = find_control(choices, "branch-0");
  REQUIRE(fork != nullptr);
  CHECK_FALSE(app.command("fork", fork->at("argument").get<std::string>()));
  const json both = json::parse(app.twin_json());
  CHECK(both.dump().find("What each future costs") != std::string::npos);
  const json* keep = find_control(both, "take-right");
  REQUIRE(keep != nullptr);
  const std::string before = app.scenario_text();
  CHECK_FALSE(app.command("take", "right"));
  CHECK(app.scenario_text() != before);
  CHECK(find_control(json::parse(app.twin_json()), "take-right") == nullptr);
  CHECK(app.command("fork", "9999") == "There is no such fork.");
}

TEST_CASE("playing goes on where no frame is drawn") {
  QuietPlatform platform;
  Stage stage(platform, lesson("isolation"));
  App& app = stage.app();
  app.command("play", "");
  CHECK(app.work(0.1F));
  CHECK(stands_at(app, 1));
  app.work(2);
  CHECK(stands_at(app, 2));
  app.command("play", "");
  CHECK_FALSE(app.work(2));
  CHECK(stands_at(app, 2));
}

TEST_CASE(
    "a line given in the console is a step; one that is not understood says where and changes nothing") {
  QuietPlatform platform;
  Stage stage(platform, lesson("isolation"));
  App& app = stage.app();
  app.command("seek", "2");
  CHECK_FALSE(app.command("console", "write A 0x00403A2C 5"));
  CHECK(stands_at(app, 3));
  CHECK(app.scenario_text().find("\nwrite A 0x00403A2C 5") != std::string::npos);
  CHECK(app.command("console", "write A here 5") == "Column 9: expected an address, found \"here\".");
  CHECK(stands_at(app, 3));
  app.command("back", "");
  CHECK(stands_at(app, 2));
  CHECK(app.console_history(true, "") == "write A 0x00403A2C 5");
  CHECK(app.console_history(false, "") == "");
  const json completion = json::parse(app.completion_json("fo", 2));
  CHECK(completion.at("items")[0].at("text") == "fork");
}

TEST_CASE("the picture's own console opens by a colon, completes by Tab, and is given by Enter") {
  QuietPlatform platform;
  Stage stage(platform, lesson("isolation"));
  stage.app().command("seek", "2");
  stage.frame(1440, 900);
  type(stage, ":");
  for (int i = 0; i < 3; ++i) stage.frame(1440, 900);
  type(stage, "for");
  stage.press(ImGuiKey_Tab);
  type(stage, "A Z");
  stage.press(ImGuiKey_Enter);
  CHECK(stands_at(stage.app(), 3));
  CHECK(stage.app().scenario_text().find("\nfork A Z") != std::string::npos);
  for (int i = 0; i < 3; ++i) stage.frame(1440, 900);
  type(stage, "nonsense");
  stage.press(ImGuiKey_Enter);
  CHECK(platform.said.starts_with("Column 1: expected a command"));
  CHECK(stands_at(stage.app(), 3));
  stage.press(ImGuiKey_Escape);
  stage.press(ImGuiKey_Escape);
  stage.press(ImGuiKey_LeftArrow);
  CHECK(stands_at(stage.app(), 2));
}

}  // namespace vmp
