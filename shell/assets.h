// The lessons and recordings shipped inside the program itself: the same bytes on the page, in the window and
// in every embedded copy, with nothing to fetch. The table is generated from assets/ at build time by
// shell/embed_assets.cmake.
#pragma once

#include <span>
#include <string_view>

namespace vmp {

struct EmbeddedFile {
  std::string_view name;  // below its folder, without extension: "isolation", "faults/not-present", "matrix"
  std::string_view text;  // the whole file, ending in a zero byte that is not counted
};

// assets/scenarios, folders in it included, and assets/traces.
std::span<const EmbeddedFile> embedded_scenarios();
std::span<const EmbeddedFile> embedded_traces();

}  // namespace vmp
