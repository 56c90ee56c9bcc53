#include "shell/present/appearance.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace vmp {
namespace {

constexpr std::array<std::string_view, kThemeChoices> kNames = {"system", "dark", "light", "high-contrast",
                                                                "projector"};
constexpr std::array<unsigned, 8> kTextPercents = {kLeastTextPercent, 90, 100, 110, 125, 150, 175,
                                                   kMostTextPercent};
constexpr float kProjectorZoom = 1.25F;

ThemeId contrasting(bool light) {
  return light ? ThemeId::LightContrast : ThemeId::DarkContrast;
}

void read_word(std::string_view word, Appearance& appearance) {
  constexpr std::string_view kTheme = "theme=";
  constexpr std::string_view kText = "text=";
  if (word == "still") appearance.still = true;
  if (word.substr(0, kTheme.size()) == kTheme) {
    const auto* const found = std::find(kNames.begin(), kNames.end(), word.substr(kTheme.size()));
    if (found != kNames.end()) appearance.theme = static_cast<ThemeChoice>(found - kNames.begin());
  }
  if (word.substr(0, kText.size()) == kText) {
    unsigned percent = 0;
    const std::string_view digits = word.substr(kText.size());
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), percent);
    if (error == std::errc() && end == digits.data() + digits.size())
      appearance.text_percent = std::clamp(percent, kLeastTextPercent, kMostTextPercent);
  }
}

}  // namespace

ThemeId theme_for(ThemeChoice choice, const SystemLook& system) {
  switch (choice) {
    case ThemeChoice::System:
      if (system.more_contrast) return contrasting(system.light);
      return system.light ? ThemeId::Light : ThemeId::Dark;
    case ThemeChoice::Dark:
      return ThemeId::Dark;
    case ThemeChoice::Light:
      return ThemeId::Light;
    case ThemeChoice::HighContrast:
      return contrasting(system.light);
    case ThemeChoice::Projector:
      break;
  }
  return ThemeId::LightContrast;
}

float zoom_of(const Appearance& appearance) {
  const float chosen = static_cast<float>(appearance.text_percent) / 100.0F;
  return appearance.theme == ThemeChoice::Projector ? chosen * kProjectorZoom : chosen;
}

unsigned next_text_percent(unsigned percent, bool larger) {
  if (larger) {
    const auto* const next = std::upper_bound(kTextPercents.begin(), kTextPercents.end(), percent);
    return next == kTextPercents.end() ? kMostTextPercent : *next;
  }
  const auto* const next = std::lower_bound(kTextPercents.begin(), kTextPercents.end(), percent);
  return next == kTextPercents.begin() ? kLeastTextPercent : *(next - 1);
}

std::string_view name_of(ThemeChoice choice) {
  return kNames[static_cast<std::size_t>(choice)];
}

std::string to_setting(const Appearance& appearance) {
  std::string text =
      "theme=" + std::string(name_of(appearance.theme)) + " text=" + std::to_string(appearance.text_percent);
  if (appearance.still) text += " still";
  return text;
}

Appearance appearance_from(std::string_view setting) {
  Appearance appearance;
  while (!setting.empty()) {
    const std::size_t end = std::min(setting.find(' '), setting.size());
    read_word(setting.substr(0, end), appearance);
    setting.remove_prefix(std::min(end + 1, setting.size()));
  }
  return appearance;
}

}  // namespace vmp
