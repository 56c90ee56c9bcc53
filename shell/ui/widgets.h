// The few controls there are, drawn flat: buttons, chips, and areas that scroll.
#pragma once

#include <string_view>

#include "shell/ui/context.h"

namespace vmp::ui {

enum class Look : std::uint8_t { Plain, Chosen, Quiet, Disabled };
enum class Icon : std::uint8_t {
  Start,
  Back,
  Play,
  Pause,
  Forward,
  End,
  Moon,
  Sun,
  More,
  Close,
  Down,
  Open,
  Copy,
  Help
};

// True when clicked.
bool button(Context& context, Rect rect, std::string_view label, Look look = Look::Plain);
bool icon_button(Context& context, Rect rect, Icon icon, Look look = Look::Plain, std::string_view hint = {});
void draw_icon(Painter& paint, Rect rect, Icon icon, Color color);
// A rounded badge; returns its width.
float badge(Context& context, Point left_middle, std::string_view text, Color color);

// The width a button needs for its label.
float button_width(const Painter& paint, std::string_view label);

// A small sentence beside the pointer.
void tip(Context& context, std::string_view text);

// A region whose content may be taller (wider) than it: the wheel or a drag moves it, a thin mark shows where
// it stands.
class ScrollArea {
 public:
  enum class Axis : std::uint8_t { Vertical, Horizontal };
  // `content`: its length along the axis. Clips to `rect` until destroyed.
  ScrollArea(Context& context, std::string_view id, Rect rect, float content, Axis axis = Axis::Vertical);
  ~ScrollArea();
  ScrollArea(const ScrollArea&) = delete;
  ScrollArea& operator=(const ScrollArea&) = delete;

  // How far the content is moved up (left).
  float offset() const { return m_offset; }
  // Brings [from, to) of the content into view.
  static void reveal(UiState& state, std::string_view id, float from, float to, float length);

 private:
  Context& m_context;
  float m_offset = 0;
};

}  // namespace vmp::ui
