// The whole front end without a window: Dear ImGui gets sizes and input events, nothing draws its lists.
#pragma once

#include <imgui.h>
#include <map>
#include <optional>
#include <string>

#include "shell/app.h"

namespace vmp::test {

class QuietPlatform : public Platform {
 public:
  void open_file_dialog() override { ++dialogs; }
  void copy_text(std::string_view text) override { copied = std::string(text); }
  void save_file(std::string_view, std::string_view bytes) override { copied = std::string(bytes); }
  void announce(std::string_view sentence) override { said = std::string(sentence); }
  void save_work(std::string_view text) override { work = std::string(text); }
  std::optional<std::string> load_work() override { return work; }
  void forget_work() override { work.reset(); }
  SwapFolder swap_folder() override { return folder; }
  bool save_swap_folder() override {
    ++folder_saves;
    return true;
  }
  bool keep_setting(std::string_view name, std::string_view value) override {
    settings[std::string(name)] = std::string(value);
    return true;
  }
  std::optional<std::string> setting(std::string_view name) override {
    const auto found = settings.find(std::string(name));
    return found == settings.end() ? std::nullopt : std::optional(found->second);
  }
  SystemLook system_look() const override { return look; }

  SwapFolder folder;
  int folder_saves = 0;

  int dialogs = 0;
  SystemLook look;
  std::map<std::string, std::string> settings = {{"tour", "seen"}};
  std::string copied;
  std::string said;
  std::optional<std::string> work;
};

// An ImGui context and an app in it.
class Stage {
 public:
  Stage(QuietPlatform& platform, AppOptions options) {
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    m_app.emplace(platform, std::move(options));
    m_app->set_pixel_ratio(1);
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
  }
  ~Stage() {
    m_app.reset();
    ImGui::DestroyContext();
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  App& app() { return *m_app; }
  void frame(float width, float height, float seconds = 1.0F / 60) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {width, height};
    io.DeltaTime = seconds;
    ImGui::NewFrame();
    m_app->frame(width, height);
    ImGui::Render();
    vertices = ImGui::GetDrawData()->TotalVtxCount;
  }
  void press(ImGuiKey key) {
    ImGui::GetIO().AddKeyEvent(key, true);
    frame(1440, 900);
    ImGui::GetIO().AddKeyEvent(key, false);
    frame(1440, 900);
  }
  void click(float x, float y, float width = 1440, float height = 900) {
    ImGui::GetIO().AddMousePosEvent(x, y);
    frame(width, height);
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    frame(width, height);
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    frame(width, height);
    frame(width, height);
  }

  int vertices = 0;

 private:
  std::optional<App> m_app;
};

}  // namespace vmp::test
