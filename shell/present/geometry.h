// Points and rectangles in logical pixels: what every view is laid out in. A rectangle is cut like paper:
// each cut takes a strip off one side and leaves the rest, so that panels cannot overlap.
#pragma once

#include <algorithm>

namespace vmp {

struct Point {
  float x = 0;
  float y = 0;
  constexpr bool operator==(const Point&) const = default;
};

struct Rect {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;

  constexpr bool operator==(const Rect&) const = default;
  constexpr float right() const { return x + w; }
  constexpr float bottom() const { return y + h; }
  constexpr bool empty() const { return w <= 0 || h <= 0; }
  constexpr Point center() const { return {x + w / 2, y + h / 2}; }
  constexpr bool contains(Point p) const { return x <= p.x && p.x < right() && y <= p.y && p.y < bottom(); }
  constexpr bool overlaps(const Rect& other) const {
    return !empty() && !other.empty() && x < other.right() && other.x < right() && y < other.bottom() &&
           other.y < bottom();
  }
  constexpr bool within(const Rect& outer) const {
    return outer.x <= x && outer.y <= y && right() <= outer.right() && bottom() <= outer.bottom();
  }
  constexpr Rect inset(float dx, float dy) const {
    return {x + dx, y + dy, std::max(0.0F, w - 2 * dx), std::max(0.0F, h - 2 * dy)};
  }
  constexpr Rect inset(float d) const { return inset(d, d); }
  constexpr Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }

  // Each takes a strip of that size (at most what is there) and drops `gap` behind it.
  constexpr Rect cut_left(float size, float gap = 0) {
    const Rect strip{x, y, std::clamp(size, 0.0F, w), h};
    const float taken = std::min(w, strip.w + gap);
    x += taken;
    w -= taken;
    return strip;
  }
  constexpr Rect cut_right(float size, float gap = 0) {
    const float width = std::clamp(size, 0.0F, w);
    const Rect strip{right() - width, y, width, h};
    w -= std::min(w, width + gap);
    return strip;
  }
  constexpr Rect cut_top(float size, float gap = 0) {
    const Rect strip{x, y, w, std::clamp(size, 0.0F, h)};
    const float taken = std::min(h, strip.h + gap);
    y += taken;
    h -= taken;
    return strip;
  }
  constexpr Rect cut_bottom(float size, float gap = 0) {
    const float height = std::clamp(size, 0.0F, h);
    const Rect strip{x, bottom() - height, w, height};
    h -= std::min(h, height + gap);
    return strip;
  }
};

}  // namespace vmp
