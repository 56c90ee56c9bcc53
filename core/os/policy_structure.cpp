#include "core/os/policy_structure.h"

#include <algorithm>

namespace vmp {

std::vector<std::uint64_t> shown_places(std::uint64_t size, const std::vector<std::uint64_t>& around,
                                        std::uint64_t most) {
  std::vector<std::uint64_t> places;
  if (size <= most) {
    for (std::uint64_t place = 0; place < size; ++place) places.push_back(place);
    return places;
  }
  // Every one of these parts gets an equal share: the front, the back, and the surroundings of each place.
  const std::uint64_t share = std::max<std::uint64_t>(1, most / (around.size() + 2));
  const auto add = [&](std::uint64_t from) {
    const std::uint64_t first = std::min(from, size - std::min(size, share));
    for (std::uint64_t place = first; place < std::min(size, first + share); ++place) places.push_back(place);
  };
  add(0);
  add(size);
  for (const std::uint64_t place : around) add(place - std::min(place, share / 2));
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

}  // namespace vmp
