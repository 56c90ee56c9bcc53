#include "shell/ui/painter.h"

#include <cmath>

namespace vmp::ui {
namespace {

constexpr int kLayers = 5;
constexpr int kCurvePieces = 40;

ImVec2 bezier(Point a, Point b, Point c, Point d, float t) {
  const float u = 1 - t;
  const float ka = u * u * u;
  const float kb = 3 * u * u * t;
  const float kc = 3 * u * t * t;
  const float kd = t * t * t;
  return {ka * a.x + kb * b.x + kc * c.x + kd * d.x, ka * a.y + kb * b.y + kc * c.y + kd * d.y};
}

}  // namespace

Painter::Painter(ImDrawList* list, const Theme& theme, const Type& type, bool layered)
    : m_list(list), m_theme(theme), m_type(type), m_layered(layered) {
  if (m_layered) m_splitter.Split(m_list, kLayers);
}

Painter::~Painter() {
  if (m_layered) m_splitter.Merge(m_list);
}

void Painter::to(Layer layer) {
  if (m_layered) m_splitter.SetCurrentChannel(m_list, static_cast<int>(layer));
}

void Painter::fill(Rect rect, Color color, float rounding, Layer layer) {
  to(layer);
  m_list->AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, packed(color), rounding);
}

void Painter::stroke(Rect rect, Color color, float thickness, float rounding, Layer layer) {
  to(layer);
  m_list->AddRect({rect.x, rect.y}, {rect.right(), rect.bottom()}, packed(color), rounding, 0, thickness);
}

void Painter::dashed(Rect rect, Color color) {
  to(Layer::Fill);
  constexpr float kDash = 2.5F;
  const auto dashes = [&](ImVec2 from, ImVec2 to_point) {
    const float length = std::abs(to_point.x - from.x) + std::abs(to_point.y - from.y);
    const ImVec2 direction{(to_point.x - from.x) / length, (to_point.y - from.y) / length};
    for (float at = 0; at < length; at += 2 * kDash) {
      const float end = std::min(at + kDash, length);
      m_list->AddLine({from.x + direction.x * at, from.y + direction.y * at},
                      {from.x + direction.x * end, from.y + direction.y * end}, packed(color));
    }
  };
  const ImVec2 a{rect.x + 0.5F, rect.y + 0.5F};
  const ImVec2 b{rect.right() - 0.5F, rect.y + 0.5F};
  const ImVec2 c{rect.right() - 0.5F, rect.bottom() - 0.5F};
  const ImVec2 d{rect.x + 0.5F, rect.bottom() - 0.5F};
  if (rect.w < 3 || rect.h < 3) return;
  dashes(a, b);
  dashes(b, c);
  dashes(c, d);
  dashes(d, a);
}

void Painter::lattice(Rect rect, Color ground, Color lines, float rounding) {
  fill(rect, ground, rounding);
  const float step = std::clamp(std::min(rect.w, rect.h) / 4, 3.0F, 7.0F);
  for (float x = rect.x + step; x < rect.right() - 1; x += step) {
    m_list->AddLine({x, rect.y + 1}, {x, rect.bottom() - 1}, packed(lines));
  }
  for (float y = rect.y + step; y < rect.bottom() - 1; y += step) {
    m_list->AddLine({rect.x + 1, y}, {rect.right() - 1, y}, packed(lines));
  }
}

void Painter::stripes(Rect rect, Color a, Color b, float rounding, float spacing) {
  fill(rect, a, rounding);
  m_list->PushClipRect({rect.x, rect.y}, {rect.right(), rect.bottom()}, true);
  for (float x = rect.x - rect.h; x < rect.right(); x += 2 * spacing) {
    m_list->AddQuadFilled({x, rect.bottom()}, {x + rect.h, rect.y}, {x + rect.h + spacing, rect.y},
                          {x + spacing, rect.bottom()}, packed(b));
  }
  m_list->PopClipRect();
}

void Painter::dot(Point center, float radius, Color color, Layer layer) {
  to(layer);
  m_list->AddCircleFilled(vec(center), radius, packed(color), radius < 5 ? 12 : 24);
}

void Painter::line(Point from, Point to_point, Color color, float thickness, Layer layer) {
  to(layer);
  m_list->AddLine(vec(from), vec(to_point), packed(color), thickness);
}

void Painter::torn(Point from, float width, Color color) {
  to(Layer::Fill);
  constexpr float kStep = 3.5F;
  const auto wave = [](float x) { return -3 * std::sin(x * 0.108F); };
  for (float x = 0; x + kStep < width; x += 2 * kStep) {
    m_list->AddLine({from.x + x, from.y + wave(x)}, {from.x + x + kStep, from.y + wave(x + kStep)},
                    packed(color), 1.2F);
  }
}

void Painter::arrow(Point from, Point bend_from, Point bend_to, Point end, Color color, float thickness,
                    float part, Layer layer, float casing) {
  if (part <= 0) return;
  to(layer);
  const float drawn = std::min(part, 1.0F);
  const int pieces = std::max(1, static_cast<int>(static_cast<float>(kCurvePieces) * drawn));
  const auto trace = [&](Color ink, float width) {
    for (int i = 0; i <= pieces; ++i) {
      const float t = drawn * static_cast<float>(i) / static_cast<float>(pieces);
      m_list->PathLineTo(bezier(from, bend_from, bend_to, end, t));
    }
    m_list->PathStroke(packed(ink), 0, width);
  };
  if (casing > 0) trace(m_theme.background.alpha(casing), thickness + 3);
  trace(color, thickness);
  const ImVec2 tip = bezier(from, bend_from, bend_to, end, drawn);
  const ImVec2 before = bezier(from, bend_from, bend_to, end, std::max(0.0F, drawn - 0.06F));
  const float dx = tip.x - before.x;
  const float dy = tip.y - before.y;
  const float length = std::sqrt(dx * dx + dy * dy);
  if (length < 0.01F) return;
  const float size = 4 + thickness * 2.2F;
  const ImVec2 forward{dx / length * size, dy / length * size};
  m_list->AddTriangleFilled(
      {tip.x, tip.y}, {tip.x - forward.x - forward.y * 0.5F, tip.y - forward.y + forward.x * 0.5F},
      {tip.x - forward.x + forward.y * 0.5F, tip.y - forward.y - forward.x * 0.5F}, packed(color));
}

void Painter::triangle(Point a, Point b, Point c, Color color, Layer layer) {
  to(layer);
  m_list->AddTriangleFilled(vec(a), vec(b), vec(c), packed(color));
}

void Painter::clip(Rect rect) {
  // A clip rectangle belongs to the list, not to a layer; each layer takes it up when it is drawn on next.
  m_list->PushClipRect({rect.x, rect.y}, {rect.right(), rect.bottom()}, true);
}

void Painter::unclip() {
  m_list->PopClipRect();
}

}  // namespace vmp::ui
