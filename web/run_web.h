// The playground in a page: the same window class and front end as on the desktop, but the browser calls us.
// Between events nothing runs at all: a frame is asked for only after an event, or while something moves.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "shell/app.h"
#include "shell/platform_sdl.h"
#include "web/web_platform.h"

namespace vmp {

class WebApp {
 public:
  // Null if it could not start; the page then already shows why.
  static std::unique_ptr<WebApp> start(AppOptions options);

  App& app() { return m_app; }
  SdlWindow& window() { return *m_window; }

  // Something happened: draw the next few frames.
  void wake();
  // Takes what has happened and draws at once, for when waiting would show an empty canvas.
  void draw_now();
  // Lets the page know if what it says in words may no longer be so.
  void tell_changes();
  // Whether anybody can see the canvas. Nothing is drawn while nobody can.
  void set_on_screen(bool on_screen);
  // The graphics context is gone (nothing is drawn), or is back (everything in it is made again).
  void lose_context();
  void restore_context();

 private:
  WebApp(std::unique_ptr<SdlWindow> window, AppOptions options);
  static int on_animation_frame(double time, void* self);
  void ask_for_frame();
  void draw();
  bool visible() const;

  WebPlatform m_platform;
  std::unique_ptr<SdlWindow> m_window;  // before the app: Dear ImGui's context lives in it
  App m_app;
  std::uint64_t m_told = 0;  // the twin's version the page knows
  float m_pixel_ratio = 0;   // at the last frame
  int m_frames_to_draw = 0;
  bool m_frame_asked_for = false;
  bool m_on_screen = true;
  bool m_has_context = true;
};

// The one playground of this module; null if it did not start. The functions of exports.cpp have no other way
// to it.
WebApp* running_app();

}  // namespace vmp
