// The guided tour of a first visit: a few short callouts, each beside what it explains and never over it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "shell/present/geometry.h"

namespace vmp {

enum class TourPlace : std::uint8_t { Spaces, Address, Memory, Walk, Step, Predict };

struct TourStop {
  TourPlace place = TourPlace::Spaces;
  std::string_view title;
  std::string_view text;
};

inline constexpr std::size_t kTourStops = 6;
const std::array<TourStop, kTourStops>& tour_stops();

// Where a callout of that size stands so that it is on the screen and leaves the target free: below it, above
// it, to its right or left, the first that fits; if none does, where it covers least of it.
Rect place_callout(Rect target, float width, float height, Rect screen);

}  // namespace vmp
