// Drawing in logical pixels on one ImGui draw list, in layers: panels, then fills, then the curves that run
// from pages through their tables to frames, then text. The curves can therefore be drawn last and still lie
// behind the text.
#pragma once

#include <string>
#include <string_view>

#include "shell/present/geometry.h"
#include "shell/present/palette.h"
#include "shell/ui/type.h"

namespace vmp::ui {

enum class Layer : std::uint8_t { Panel, Fill, Curve, Text, Top };
enum class Align : std::uint8_t { Left, Center, Right };

constexpr ImU32 packed(Color c) {
  return IM_COL32(c.r, c.g, c.b, c.a);
}
constexpr ImVec2 vec(Point p) {
  return {p.x, p.y};
}

struct Ink {
  ImFont* font = nullptr;
  Color color;
};

class Painter {
 public:
  // `layered`: text drawn early still lies above fills drawn late.
  Painter(ImDrawList* list, const Theme& theme, const Type& type, bool layered);
  ~Painter();
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;

  const Theme& theme() const { return m_theme; }
  const Type& type() const { return m_type; }
  ImDrawList* list() { return m_list; }

  Ink text() const { return {m_type.text, m_theme.text}; }
  Ink strong() const { return {m_type.strong, m_theme.text}; }
  Ink dim() const { return {m_type.text, m_theme.dim}; }
  Ink label() const { return {m_type.label, m_theme.dim}; }
  Ink label_strong() const { return {m_type.label_strong, m_theme.text}; }
  Ink title() const { return {m_type.title, m_theme.text}; }
  Ink mono() const { return {m_type.mono, m_theme.text}; }
  Ink mono_dim() const { return {m_type.mono, m_theme.dim}; }

  void fill(Rect rect, Color color, float rounding = 6, Layer layer = Layer::Fill);
  void panel(Rect rect, Color color, float rounding = 6) {
    fill(rect, color, rounding, Layer::Panel);
    if (m_theme.outlined) stroke(rect, m_theme.line, 1, rounding, Layer::Panel);
  }
  void stroke(Rect rect, Color color, float thickness = 1, float rounding = 6, Layer layer = Layer::Fill);
  void dashed(Rect rect, Color color);
  // The pattern of page-table nodes.
  void lattice(Rect rect, Color ground, Color lines, float rounding = 6);
  // Diagonal stripes: a page of two processes. `spacing` is the width of a stripe.
  void stripes(Rect rect, Color a, Color b, float rounding = 6, float spacing = 7);
  void dot(Point center, float radius, Color color, Layer layer = Layer::Fill);
  void line(Point from, Point to, Color color, float thickness = 1, Layer layer = Layer::Fill);
  // The edge of torn paper: a wavy, dashed line.
  void torn(Point from, float width, Color color);

  // A curve with an arrow head, drawn up to the fraction `part` of its length. `casing`: how opaque the dark
  // edge is that keeps it visible on a fill of its own hue.
  void arrow(Point from, Point bend_from, Point bend_to, Point to, Color color, float thickness,
             float part = 1, Layer layer = Layer::Curve, float casing = 0);
  void triangle(Point a, Point b, Point c, Color color, Layer layer = Layer::Text);

  float width(std::string_view text, ImFont* font) const;
  float height(ImFont* font) const;
  // Text on one line, its vertical centre that of the rectangle; cut with an ellipsis where it does not fit.
  // Returns the width it took.
  float write(Rect rect, std::string_view text, Ink ink, Align align = Align::Left,
              Layer layer = Layer::Text);
  // Wrapped text from the top of the rectangle; returns the height it took. What lies below the rectangle is
  // cut.
  float write_wrapped(Rect rect, std::string_view text, Ink ink, float line_height);
  float wrapped_height(float width, std::string_view text, ImFont* font, float line_height) const;

  void clip(Rect rect);
  void unclip();

 private:
  void to(Layer layer);
  template <class Visit>
  void for_each_line(float width, std::string_view text, ImFont* font, Visit visit) const;

  ImDrawList* m_list;
  const Theme& m_theme;
  const Type& m_type;
  ImDrawListSplitter m_splitter;
  bool m_layered;
};

}  // namespace vmp::ui
