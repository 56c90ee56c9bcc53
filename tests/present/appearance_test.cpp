#include "shell/present/appearance.h"

#include <doctest/doctest.h>

namespace vmp {

TEST_CASE("without a choice the colours are those the system asks for") {
  CHECK(theme_for(ThemeChoice::System, {}) == ThemeId::Dark);
  CHECK(theme_for(ThemeChoice::System, {.light = true}) == ThemeId::Light);
  CHECK(theme_for(ThemeChoice::System, {.more_contrast = true}) == ThemeId::DarkContrast);
  CHECK(theme_for(ThemeChoice::System, {.light = true, .more_contrast = true}) == ThemeId::LightContrast);
}

TEST_CASE("a choice goes before the system") {
  CHECK(theme_for(ThemeChoice::Dark, {.light = true, .more_contrast = true}) == ThemeId::Dark);
  CHECK(theme_for(ThemeChoice::Light, {}) == ThemeId::Light);
  CHECK(theme_for(ThemeChoice::HighContrast, {}) == ThemeId::DarkContrast);
  CHECK(theme_for(ThemeChoice::HighContrast, {.light = true}) == ThemeId::LightContrast);
  CHECK(theme_for(ThemeChoice::Projector, {}) == ThemeId::LightContrast);
}

TEST_CASE("everything is drawn larger for a projector, on top of the size that was chosen") {
  CHECK(zoom_of({}) == doctest::Approx(1));
  CHECK(zoom_of({.text_percent = 150}) == doctest::Approx(1.5));
  CHECK(zoom_of({.theme = ThemeChoice::Projector, .text_percent = 80}) == doctest::Approx(1));
}

TEST_CASE("sizes go up and down in steps and stop at their ends") {
  CHECK(next_text_percent(100, true) == 110);
  CHECK(next_text_percent(100, false) == 90);
  CHECK(next_text_percent(115, true) == 125);
  CHECK(next_text_percent(115, false) == 110);
  CHECK(next_text_percent(kMostTextPercent, true) == kMostTextPercent);
  CHECK(next_text_percent(kLeastTextPercent, false) == kLeastTextPercent);
}

TEST_CASE("a setting says the appearance, and is read back as it was") {
  for (std::size_t i = 0; i < kThemeChoices; ++i) {
    const Appearance appearance{static_cast<ThemeChoice>(i), 80 + static_cast<unsigned>(i) * 30, i % 2 == 0};
    CAPTURE(to_setting(appearance));
    CHECK(appearance_from(to_setting(appearance)) == appearance);
  }
  CHECK(to_setting({.theme = ThemeChoice::Projector, .text_percent = 125}) == "theme=projector text=125");
}

TEST_CASE("what is not understood in a setting is left as usual") {
  CHECK(appearance_from("") == Appearance{});
  CHECK(appearance_from("theme=purple text=big still=no  ") == Appearance{});
  CHECK(appearance_from("text=999").text_percent == kMostTextPercent);
  CHECK(appearance_from("text=1 theme=dark") == Appearance{ThemeChoice::Dark, kLeastTextPercent, false});
  CHECK(appearance_from("text=100x").text_percent == 100);
}

}  // namespace vmp
