// Where the panels stand, for any size of page or window. There are four shapes: wide (everything at once),
// medium (the lesson becomes a strip, the details become tabs of the walk), narrow (one column, one panel at
// a time) and minimal (embedded: the spaces and the memory, one row of controls). A panel that a shape does
// not show is an empty rectangle.
#pragma once

#include <cstdint>

#include "shell/present/geometry.h"

namespace vmp {

enum class Shape : std::uint8_t { Wide, Medium, Narrow, Minimal };

// What a narrow screen shows, one at a time.
enum class NarrowTab : std::uint8_t { Lesson, Spaces, Memory, Swap, Walk, Details };

// "Program sees" hides what only the machine knows: frames, slots, tables.
enum class Viewpoint : std::uint8_t { Program, Machine };

struct LayoutRequest {
  float width = 0;
  float height = 0;
  bool minimal = false;
  Viewpoint viewpoint = Viewpoint::Machine;
  bool has_swap = false;
  bool has_banner = false;
  std::uint64_t processes = 2;
  NarrowTab tab = NarrowTab::Spaces;
  bool has_question = false;  // one is asked, or its answer shown
  bool has_callout = false;   // of the tour
};

struct Layout {
  Shape shape = Shape::Wide;
  Rect toolbar;
  Rect banner;
  Rect headline;  // narrow and minimal: one line saying what just happened
  Rect tabs;      // narrow: the switch between panels
  Rect lesson;
  Rect question;  // narrow: under the panel shown; in the other shapes it stands in the lesson
  Rect spaces;
  Rect memory;
  Rect swap;
  Rect walk;
  Rect details;  // log, tree, TLB and bytes; in the medium shape they share the walk's panel
};

inline constexpr float kGap = 12;           // between panels
inline constexpr float kColumnWidth = 250;  // of one address space, where there is room
inline constexpr float kLeastColumn = 180;  // below that the columns scroll sideways

Layout lay_out(const LayoutRequest& request);

}  // namespace vmp
