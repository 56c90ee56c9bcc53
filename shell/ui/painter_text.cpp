#include <algorithm>
#include <cmath>

#include "shell/ui/painter.h"

namespace vmp::ui {
namespace {

float scale_of(const ImFont* font) {
  return font->FontSize * ImGui::GetIO().FontGlobalScale;
}

float measure(const ImFont* font, std::string_view text) {
  return font->CalcTextSizeA(scale_of(font), 1e6F, 0, text.data(), text.data() + text.size()).x;
}

// The beginning of `text` that fits `width` together with an ellipsis, cut between characters.
std::size_t fitting(const ImFont* font, std::string_view text, float width) {
  std::size_t end = text.size();
  while (end > 0 && measure(font, text.substr(0, end)) > width) {
    do {
      --end;
    } while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80);
  }
  return end;
}

// How much of the paragraph goes on one line: as many whole words as fit; of a word longer than the line,
// what fits.
std::size_t line_length(const ImFont* font, std::string_view paragraph, float width) {
  std::size_t length = 0;
  float taken = 0;
  for (std::size_t start = 0; start < paragraph.size();) {
    const std::size_t end = std::min(paragraph.find(' ', start + 1), paragraph.size());
    taken += measure(font, paragraph.substr(start, end - start));
    if (taken > width) break;
    length = start = end;
  }
  if (length > 0) return length;
  return std::max<std::size_t>(1, fitting(font, paragraph.substr(0, paragraph.find(' ')), width));
}

}  // namespace

float Painter::width(std::string_view text, ImFont* font) const {
  return measure(font, text);
}

float Painter::height(ImFont* font) const {
  return scale_of(font);
}

float Painter::write(Rect rect, std::string_view text, Ink ink, Align align, Layer layer) {
  if (text.empty() || rect.w <= 0) return 0;
  std::string cut;
  float taken = measure(ink.font, text);
  if (taken > rect.w + 0.5F) {
    const float dots = measure(ink.font, "…");
    if (dots > rect.w) return 0;
    cut = std::string(text.substr(0, fitting(ink.font, text, rect.w - dots)));
    while (!cut.empty() && cut.back() == ' ') cut.pop_back();
    cut += "…";
    text = cut;
    taken = measure(ink.font, text);
  }
  const float free = rect.w - taken;
  const float x = rect.x + (align == Align::Left ? 0 : align == Align::Center ? free / 2 : free);
  const float y = rect.y + (rect.h - scale_of(ink.font)) / 2;
  to(layer);
  m_list->AddText(ink.font, scale_of(ink.font), {std::round(x), std::round(y)}, packed(ink.color),
                  text.data(), text.data() + text.size());
  return taken;
}

template <class Visit>
void Painter::for_each_line(float width, std::string_view text, ImFont* font, Visit visit) const {
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    std::string_view paragraph = text.substr(0, newline);
    if (paragraph.empty()) visit(paragraph);
    while (!paragraph.empty()) {
      const std::size_t length = line_length(font, paragraph, width);
      visit(paragraph.substr(0, length));
      paragraph.remove_prefix(length);
      while (!paragraph.empty() && paragraph.front() == ' ') paragraph.remove_prefix(1);
    }
    text = newline == std::string_view::npos ? std::string_view() : text.substr(newline + 1);
  }
}

float Painter::write_wrapped(Rect rect, std::string_view text, Ink ink, float line_height) {
  float y = 0;
  for_each_line(rect.w, text, ink.font, [&](std::string_view part) {
    const float step = part.empty() ? line_height * 0.5F : line_height;
    if (y + step <= rect.h + 0.5F) write({rect.x, rect.y + y, rect.w + 2, line_height}, part, ink);
    y += step;
  });
  return y;
}

float Painter::wrapped_height(float width, std::string_view text, ImFont* font, float line_height) const {
  float y = 0;
  for_each_line(width, text, font,
                [&](std::string_view part) { y += part.empty() ? line_height * 0.5F : line_height; });
  return y;
}

}  // namespace vmp::ui
