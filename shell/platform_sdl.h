// The window: SDL2 for window, input and OpenGL context, Dear ImGui's backends for the rest. The page and the
// desktop use the same class; nothing else in the project knows SDL. Frames are drawn when somebody asks,
// never by a clock: an idle playground costs nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vmp {

class App;

struct WindowOptions {
  std::string title;
  int width = 1440;
  int height = 900;
  bool hidden = false;  // for screenshots: nothing appears on the screen
  std::string
      keyboard_element;  // page only: selector of the element whose keys are taken, in place of the window's
};

class SdlWindow {
 public:
  // The error is a sentence for the user.
  static Result<std::unique_ptr<SdlWindow>, std::string> open(const WindowOptions& options);
  ~SdlWindow();
  SdlWindow(const SdlWindow&) = delete;
  SdlWindow& operator=(const SdlWindow&) = delete;

  // Called for every event as it arrives, before take_events() sees it. It may only take note.
  void on_event(std::function<void()> wake);
  // Waits until something happens or the time is over; true if something happened.
  bool wait_for_event(std::chrono::milliseconds at_most);
  // Hands what happened to Dear ImGui; true if there was anything.
  bool take_events();
  // Dear ImGui keeps back what would be lost if it happened in one frame (a tap's press and its release):
  // another frame is needed for it.
  static bool input_waits();
  bool closed() const { return m_closed; }
  // Paths of files dropped since the last call.
  std::vector<std::string> take_dropped_files();

  // Pixels of the screen for one logical pixel.
  float pixel_ratio() const;
  // Draws one frame and shows it. Nothing is drawn while the window has no area.
  void draw(App& app, float pixel_ratio);
  // Draws one frame of that many logical pixels into whatever framebuffer is bound, and does not show it.
  void render(App& app, float width, float height, float pixel_ratio);
  std::uint32_t frames_drawn() const { return m_frames_drawn; }

  // The graphics context is lost: let go of what lived in it. Nothing may be drawn until it is back and
  // everything is made again.
  void drop_renderer();
  void rebuild_renderer();
  // A pointer that SDL does not know of (a finger) is there, in logical pixels of the window.
  void point(float x, float y) const;
  // Lets go of every key and modifier, when their release may have gone elsewhere.
  void release_keys();

  static void copy_text(const std::string& text);
  // Where this user's settings are kept, ending in a separator; empty if there is no such folder.
  static std::string settings_folder();
  static void show_message(const std::string& title, const std::string& text);

 private:
  struct Handles;
  explicit SdlWindow(std::unique_ptr<Handles> handles);
  void begin_frame(App& app, float width, float height, float pixel_ratio);
  void end_frame();

  std::unique_ptr<Handles> m_handles;
  std::function<void()> m_wake;
  std::vector<std::string> m_dropped_files;
  float m_built_scale = 0;  // pixels of the screen for one of the layout that the fonts were made for
  float m_zoom = 1;         // of the last frame: what the pointer is on was drawn with it
  std::uint32_t m_frames_drawn = 0;
  bool m_closed = false;
};

}  // namespace vmp
