#include <cmath>

#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

// Icons are drawn, not typed, so that they are the same on every machine.
struct Pen {
  Painter& paint;
  Point c;
  Color color;

  void triangle(float x, float y, float w, float h) {
    paint.triangle({c.x + x, c.y + y - h}, {c.x + x + w, c.y + y}, {c.x + x, c.y + y + h}, color);
  }
  void line(float x1, float y1, float x2, float y2, float thickness = 1.6F) {
    paint.line({c.x + x1, c.y + y1}, {c.x + x2, c.y + y2}, color, thickness, Layer::Text);
  }
  void bar(float x, float y, float w, float h) {
    paint.fill({c.x + x, c.y + y, w, h}, color, 1, Layer::Text);
  }
  void box(float x, float y, float w, float h) {
    paint.stroke({c.x + x, c.y + y, w, h}, color, 1.5F, 2, Layer::Text);
  }
  void dot(float x, float y, float r) { paint.dot({c.x + x, c.y + y}, r, color, Layer::Text); }
};

void moon(Pen& pen, Color background) {
  pen.dot(0, 0, 7.5F);
  pen.paint.dot({pen.c.x + 3.5F, pen.c.y - 2.5F}, 6, background, Layer::Text);
}

void sun(Pen& pen) {
  pen.dot(0, 0, 4);
  for (int i = 0; i < 8; ++i) {
    const float angle = static_cast<float>(i) * 0.7853982F;
    const float x = std::cos(angle);
    const float y = std::sin(angle);
    pen.line(x * 6, y * 6, x * 8.5F, y * 8.5F);
  }
}

}  // namespace

void draw_icon(Painter& paint, Rect rect, Icon icon, Color color) {
  Pen pen{paint, {std::round(rect.center().x), std::round(rect.center().y)}, color};
  switch (icon) {
    case Icon::Start:
      pen.bar(-5, -6, 2, 12);
      pen.line(5, -5, -1, 0);
      pen.line(-1, 0, 5, 5);
      break;
    case Icon::Back:
      pen.line(3, -5, -3, 0);
      pen.line(-3, 0, 3, 5);
      break;
    case Icon::Play:
      pen.triangle(-5, 0, 11, 7);
      break;
    case Icon::Pause:
      pen.bar(-5, -6, 4, 12);
      pen.bar(2, -6, 4, 12);
      break;
    case Icon::Forward:
      pen.line(-3, -5, 3, 0);
      pen.line(3, 0, -3, 5);
      break;
    case Icon::End:
      pen.bar(3, -6, 2, 12);
      pen.line(-5, -5, 1, 0);
      pen.line(1, 0, -5, 5);
      break;
    case Icon::Moon:
      moon(pen, paint.theme().panel);
      break;
    case Icon::Sun:
      sun(pen);
      break;
    case Icon::More:
      for (const float x : {-6.0F, 0.0F, 6.0F}) pen.dot(x, 0, 1.8F);
      break;
    case Icon::Close:
      pen.line(-4.5F, -4.5F, 4.5F, 4.5F);
      pen.line(4.5F, -4.5F, -4.5F, 4.5F);
      break;
    case Icon::Down:
      pen.line(-5, -2.5F, 0, 3);
      pen.line(0, 3, 5, -2.5F);
      break;
    case Icon::Open:
      pen.box(-7, -3, 14, 9);
      pen.line(-7, -4, -2, -4, 2.5F);
      break;
    case Icon::Copy:
      pen.box(-6, -3, 9, 9);
      pen.box(-2, -7, 9, 9);
      break;
    case Icon::Help:
      paint.write(rect, "?", {paint.type().strong, color}, Align::Center);
      break;
  }
}

}  // namespace vmp::ui
