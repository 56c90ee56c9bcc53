#include "shell/present/palette.h"

#include <algorithm>
#include <cmath>

namespace vmp {
namespace {

float channel_luminance(std::uint8_t channel) {
  const float c = static_cast<float>(channel) / 255.0F;
  return c <= 0.04045F ? c / 12.92F : std::pow((c + 0.055F) / 1.055F, 2.4F);
}

float luminance(Color color) {
  return 0.2126F * channel_luminance(color.r) + 0.7152F * channel_luminance(color.g) +
         0.0722F * channel_luminance(color.b);
}

constexpr std::array<std::uint32_t, kProcessHues> kHues = {0x5aa9ff, 0xffb454, 0x4cc9a4, 0xe58fd8,
                                                           0xf3e07a, 0xa99bff, 0xff9b85, 0xa9d65a};

void add_processes(Theme& theme, float text_towards_black) {
  for (std::size_t i = 0; i < kProcessHues; ++i) {
    const Color fill = rgb(kHues[i]);
    theme.process[i] = {.fill = fill,
                        .text = mix(fill, rgb(0x000000), text_towards_black),
                        .lattice = mix(theme.panel, fill, 0.22F),
                        .lattice_line = mix(theme.panel, fill, 0.48F)};
  }
}

Theme make_dark() {
  Theme theme{.background = rgb(0x14161b),
              .panel = rgb(0x1b1e25),
              .raised = rgb(0x222630),
              .line = rgb(0x343a47),
              .dim = rgb(0x9aa3b2),
              .text = rgb(0xe6e8ec),
              .ink = rgb(0x10141c),
              .kernel = rgb(0x59606e),
              .kernel_text = rgb(0xffffff),
              .accent = rgb(0x2f6fed),
              .accent_text = rgb(0xffffff),
              .ok = rgb(0x6bd68b),
              .error = rgb(0xff7b72),
              .hot = rgb(0xffffff),
              .offset = rgb(0xf3d26b),
              .level = {rgb(0x7fdbca), rgb(0xc792ea), rgb(0x8fb8ff), rgb(0xf29e9e)},
              .process = {}};
  add_processes(theme, 0);
  return theme;
}

Theme make_light() {
  Theme theme{.background = rgb(0xe9ebf0),
              .panel = rgb(0xfbfbfd),
              .raised = rgb(0xeef0f5),
              .line = rgb(0xcdd2dc),
              .dim = rgb(0x59616f),
              .text = rgb(0x1a1e26),
              .ink = rgb(0x10141c),
              .kernel = rgb(0x6b7280),
              .kernel_text = rgb(0xffffff),
              .accent = rgb(0x2f6fed),
              .accent_text = rgb(0xffffff),
              .ok = rgb(0x1d7a3e),
              .error = rgb(0xb3261e),
              .hot = rgb(0x10141c),
              .offset = rgb(0x8a6d00),
              .level = {rgb(0x0c7d6c), rgb(0x8637b8), rgb(0x2c5fc4), rgb(0xa83c3c)},
              .process = {}};
  add_processes(theme, 0.58F);
  return theme;
}

// For weak eyes and for weak projectors: black or white grounds, no grey that could get lost.
Theme make_dark_contrast() {
  Theme theme = make_dark();
  theme.outlined = true;
  theme.background = theme.panel = rgb(0x000000);
  theme.raised = rgb(0x14171d);
  theme.line = rgb(0x8b94a5);
  theme.dim = rgb(0xd3d9e3);
  theme.text = rgb(0xffffff);
  theme.ink = rgb(0x000000);
  theme.kernel = rgb(0x4a505c);
  theme.accent = rgb(0x1d5fe0);
  theme.error = rgb(0xff9e97);
  add_processes(theme, 0);
  return theme;
}

Theme make_light_contrast() {
  Theme theme = make_light();
  theme.outlined = true;
  theme.background = theme.panel = rgb(0xffffff);
  theme.raised = rgb(0xf1f3f7);
  theme.line = rgb(0x5d6573);
  theme.dim = rgb(0x333a45);
  theme.text = rgb(0x000000);
  theme.ink = rgb(0x000000);
  theme.kernel = rgb(0x4a505c);
  theme.accent = rgb(0x1049b8);
  theme.ok = rgb(0x0b5c28);
  theme.error = rgb(0x8e1610);
  theme.hot = rgb(0x000000);
  theme.offset = rgb(0x5f4b00);
  theme.level = {rgb(0x045648), rgb(0x661f93), rgb(0x17418f), rgb(0x7e2323)};
  add_processes(theme, 0.7F);
  return theme;
}

}  // namespace

Color mix(Color from, Color to, float t) {
  const auto blend = [t](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(
        std::lround(static_cast<float>(a) + (static_cast<float>(b) - static_cast<float>(a)) * t));
  };
  return {blend(from.r, to.r), blend(from.g, to.g), blend(from.b, to.b), blend(from.a, to.a)};
}

float contrast(Color a, Color b) {
  const float la = luminance(a);
  const float lb = luminance(b);
  return (std::max(la, lb) + 0.05F) / (std::min(la, lb) + 0.05F);
}

const Theme& theme_of(ThemeId id) {
  static const std::array<Theme, kThemes> themes = {make_dark(), make_light(), make_dark_contrast(),
                                                    make_light_contrast()};
  return themes[static_cast<std::size_t>(id)];
}

}  // namespace vmp
