#include "shell/run_desktop.h"

#include <chrono>
#include <cstdio>
#include <filesystem>

#include "shell/desktop_platform.h"
#include "shell/platform_sdl.h"
#include "shell/screenshot_sdl.h"

namespace vmp {
namespace {

constexpr std::size_t kLongestFile = std::size_t{256} << 20;  // bytes; the page refuses the same
// Dear ImGui needs a second frame for what an input changes in the layout, and a third for what that changes.
constexpr int kFramesAfterInput = 3;
constexpr std::chrono::seconds kLongestSleep{60};

int complain(const std::string& sentence) {
  std::fprintf(stderr, "playground: %s\n", sentence.c_str());
  return 1;
}

bool open_path(App& app, const std::string& path) {
  std::optional<std::string> bytes = read_file(path, kLongestFile);
  if (!bytes) return false;
  app.open_file(std::filesystem::path(path).filename().string(), std::move(*bytes));
  return true;
}

int write_screenshot(SdlWindow& window, App& app, const DesktopOptions& options) {
  const Result<Picture, std::string> picture =
      take_picture(window, app, {options.width, options.height, options.pixel_ratio});
  if (!picture) return complain(picture.error());
  const bool ppm = std::filesystem::path(options.screenshot).extension() == ".ppm";
  if (!write_file(options.screenshot, ppm ? to_ppm(*picture) : to_png(*picture)))
    return complain("cannot write " + options.screenshot);
  return 0;
}

void run_until_closed(SdlWindow& window, App& app, DesktopPlatform& platform) {
  const auto open_or_explain = [&app](const std::string& path) {
    if (!open_path(app, path))
      SdlWindow::show_message("Open a file", path + " cannot be read, or is longer than 256 MiB.");
  };
  int frames_to_draw = kFramesAfterInput;
  while (!window.closed()) {
    if (frames_to_draw == 0 && !app.wants_frame()) window.wait_for_event(kLongestSleep);
    if (window.take_events()) frames_to_draw = kFramesAfterInput;
    for (const std::string& path : window.take_dropped_files()) open_or_explain(path);
    if (frames_to_draw == 0 && !app.wants_frame()) continue;
    window.draw(app, window.pixel_ratio());
    if (frames_to_draw > 0) --frames_to_draw;
    if (SdlWindow::input_waits()) frames_to_draw = kFramesAfterInput;
    if (const std::string path = platform.take_chosen_file(); !path.empty()) {
      open_or_explain(path);
      frames_to_draw = kFramesAfterInput;
    }
  }
}

}  // namespace

int run_desktop(const DesktopOptions& options) {
  const bool picture_only = !options.screenshot.empty();
  WindowOptions window_options;
  window_options.title = "Virtual Memory Playground";
  window_options.width = options.width;
  window_options.height = options.height;
  window_options.hidden = picture_only;
  Result<std::unique_ptr<SdlWindow>, std::string> window = SdlWindow::open(window_options);
  if (!window) return complain(window.error());

  DesktopPlatform platform(picture_only ? KeepWork::No : KeepWork::Yes);
  App app(platform, options.app);
  if (!options.file.empty() && !open_path(app, options.file))
    return complain(options.file + " cannot be read, or is longer than 256 MiB");
  if (picture_only) return write_screenshot(**window, app, options);
  run_until_closed(**window, app, platform);
  return 0;
}

}  // namespace vmp
