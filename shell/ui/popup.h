// A small window above the page, laid out by its view like everything else. Opened by name; a click outside
// or Escape closes it.
#pragma once

#include "shell/ui/context.h"

namespace vmp::ui {

class Popup {
 public:
  // Open if `context.state.popup` names it or it was open already. `wanted` is moved and cut so that it fits
  // the screen.
  Popup(Context& context, const char* name, Rect wanted);
  ~Popup();
  Popup(const Popup&) = delete;
  Popup& operator=(const Popup&) = delete;

  explicit operator bool() const { return m_open; }
  Rect area() const { return m_area; }
  // The context to draw its content with.
  Context& inside() { return *m_inside; }
  static void close() { ImGui::CloseCurrentPopup(); }

 private:
  Rect m_area;
  bool m_open = false;
  std::optional<Painter> m_painter;
  std::optional<Context> m_inside;
};

}  // namespace vmp::ui
