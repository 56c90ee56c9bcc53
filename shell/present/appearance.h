// How the playground looks: what the person chose here, on top of what they told their system once for all
// programs.
#pragma once

#include <string>
#include <string_view>

#include "shell/present/palette.h"

namespace vmp {

// What the system (the browser, the desktop) knows of its person.
struct SystemLook {
  bool light = false;           // light colours
  bool more_contrast = false;   // stronger ones
  bool reduced_motion = false;  // nothing moves by itself
  bool operator==(const SystemLook&) const = default;
};

enum class ThemeChoice : std::uint8_t { System, Dark, Light, HighContrast, Projector };
inline constexpr std::size_t kThemeChoices = 5;

struct Appearance {
  ThemeChoice theme = ThemeChoice::System;
  unsigned text_percent = 100;  // of the usual size of everything: kLeastTextPercent to kMostTextPercent
  bool still = false;           // nothing moves by itself, whatever the system says
  bool operator==(const Appearance&) const = default;
};

inline constexpr unsigned kLeastTextPercent = 80;
inline constexpr unsigned kMostTextPercent = 200;

// The colours for that choice. High contrast is dark or light as the system is.
ThemeId theme_for(ThemeChoice choice, const SystemLook& system);
// How many logical pixels one pixel of the layout takes: a projector's people sit far away.
float zoom_of(const Appearance& appearance);
// The next size up or down of 80, 90, 100, 110, 125, 150, 175, 200; the same at the end.
unsigned next_text_percent(unsigned percent, bool larger);

// "high-contrast"; the names used in addresses, on the command line and in the settings.
std::string_view name_of(ThemeChoice choice);
// "theme=projector text=125 still"
std::string to_setting(const Appearance& appearance);
// What is not understood is left as usual: it may come from another version, or a person's hand.
Appearance appearance_from(std::string_view setting);

}  // namespace vmp
