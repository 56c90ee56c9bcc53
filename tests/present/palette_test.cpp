#include "shell/present/palette.h"

#include <array>
#include <doctest/doctest.h>

namespace vmp {
namespace {

constexpr std::array kEveryTheme = {ThemeId::Dark, ThemeId::Light, ThemeId::DarkContrast,
                                    ThemeId::LightContrast};

}  // namespace

TEST_CASE("high contrast is 7 for all text, and 3 for lines that mean something") {
  for (const ThemeId id : {ThemeId::DarkContrast, ThemeId::LightContrast}) {
    const Theme& theme = theme_of(id);
    CAPTURE(static_cast<int>(id));
    for (const Color ground : {theme.background, theme.panel, theme.raised}) {
      CHECK(contrast(theme.text, ground) >= 15);
      CHECK(contrast(theme.dim, ground) >= 7);
      CHECK(contrast(theme.ok, ground) >= 7);
      CHECK(contrast(theme.error, ground) >= 7);
      CHECK(contrast(theme.line, ground) >= 3);
    }
    CHECK(contrast(theme.kernel_text, theme.kernel) >= 7);
    for (std::size_t i = 0; i < kProcessHues; ++i) {
      CAPTURE(i);
      CHECK(contrast(theme.ink, theme.hue(i).fill) >= 7);
      CHECK(contrast(theme.hue(i).text, theme.panel) >= 7);
    }
    for (const Color level : theme.level) CHECK(contrast(level, theme.panel) >= 7);
  }
}

TEST_CASE("text keeps a contrast of 4.5 to what it stands on, in every theme") {
  for (const ThemeId id : kEveryTheme) {
    const Theme& theme = theme_of(id);
    CAPTURE(static_cast<int>(id));
    for (const Color ground : {theme.background, theme.panel, theme.raised}) {
      CHECK(contrast(theme.text, ground) >= 7);
      CHECK(contrast(theme.dim, ground) >= 4.5F);
      CHECK(contrast(theme.ok, ground) >= 4.5F);
      CHECK(contrast(theme.error, ground) >= 4.5F);
    }
    CHECK(contrast(theme.accent_text, theme.accent) >= 4.5F);
    CHECK(contrast(theme.kernel_text, theme.kernel) >= 4.5F);
    for (std::size_t i = 0; i < kProcessHues; ++i) {
      CAPTURE(i);
      CHECK(contrast(theme.ink, theme.hue(i).fill) >= 4.5F);
      CHECK(contrast(theme.hue(i).text, theme.panel) >= 4.5F);
      CHECK(contrast(theme.text, theme.hue(i).lattice) >= 4.5F);
    }
  }
}

TEST_CASE("the hues of processes differ, and repeat after eight") {
  const Theme& theme = theme_of(ThemeId::Dark);
  for (std::size_t i = 0; i < kProcessHues; ++i) {
    for (std::size_t j = 0; j < i; ++j) CHECK_FALSE(theme.hue(i).fill == theme.hue(j).fill);
  }
  CHECK(theme.hue(kProcessHues).fill == theme.hue(0).fill);
}

TEST_CASE("contrast is that of WCAG: black on white is 21, a colour on itself 1") {
  CHECK(contrast(rgb(0x000000), rgb(0xffffff)) == doctest::Approx(21));
  CHECK(contrast(rgb(0x5aa9ff), rgb(0x5aa9ff)) == doctest::Approx(1));
  CHECK(contrast(rgb(0x777777), rgb(0xffffff)) == doctest::Approx(4.48).epsilon(0.01));
}

TEST_CASE("a mix goes from one colour to the other") {
  CHECK(mix(rgb(0x000000), rgb(0xffffff), 0) == rgb(0x000000));
  CHECK(mix(rgb(0x000000), rgb(0xffffff), 1) == rgb(0xffffff));
  CHECK(mix(rgb(0x000000), rgb(0x646464), 0.5F) == rgb(0x323232));
}

}  // namespace vmp
