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
  static const Theme dark = make_dark();
  static const Theme light = make_light();
  return id == ThemeId::Dark ? dark : light;
}

}  // namespace vmp
