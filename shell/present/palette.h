// Colours. Hue says who: one hue per process, chosen to stay apart for the common kinds of colour blindness
// (blue and orange first, and neighbours in the list differ in lightness too); after eight they repeat and
// the name tells. What a thing is, is said by fill and pattern, never by hue alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace vmp {

struct Color {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;
  constexpr bool operator==(const Color&) const = default;
  constexpr Color alpha(float opacity) const {
    return {r, g, b, static_cast<std::uint8_t>(static_cast<float>(a) * opacity + 0.5F)};
  }
};

constexpr Color rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8),
          static_cast<std::uint8_t>(hex), 255};
}

// `t` = 0 gives `from`, 1 gives `to`.
Color mix(Color from, Color to, float t);
// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
float contrast(Color a, Color b);

inline constexpr std::size_t kProcessHues = 8;
inline constexpr std::size_t kLevelHues = 4;

// The colours of one process.
struct ProcessHue {
  Color fill;          // its pages; text on it is Theme::ink
  Color text;          // its name and output on a panel
  Color lattice;       // its page-table nodes: ground ...
  Color lattice_line;  // ... and lines
};

struct Theme {
  Color background;
  Color panel;
  Color raised;  // cards and buttons on a panel
  Color line;
  Color dim;  // secondary text
  Color text;
  Color ink;  // text on a process's fill
  Color kernel;
  Color kernel_text;  // on `kernel`
  Color accent;
  Color accent_text;
  Color ok;
  Color error;
  Color hot;  // the ring round what the step touched
  Color offset;
  bool outlined = false;                // panels do not differ from what lies behind them, and wear an edge
  std::array<Color, kLevelHues> level;  // of table nodes and index bits: level 0 first
  std::array<ProcessHue, kProcessHues> process;

  const ProcessHue& hue(std::size_t index) const { return process[index % kProcessHues]; }
};

enum class ThemeId : std::uint8_t { Dark, Light, DarkContrast, LightContrast };
inline constexpr std::size_t kThemes = 4;
const Theme& theme_of(ThemeId id);

}  // namespace vmp
