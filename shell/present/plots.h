// Plots as series of whole numbers: what the meters showed after every step, the working sets, and miss-ratio
// curves. Axes begin at 0 and are linear. Values that are not known are kNoValue.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shell/present/miss_ratio.h"

namespace vmp {

enum class PlotId : std::uint8_t { Resident, Faults, Swap, AccessTime, Tables, WorkingSet, MissRatio };
inline constexpr std::size_t kPlots = static_cast<std::size_t>(PlotId::MissRatio) + 1;

enum class PlotUnit : std::uint8_t {
  Pages,
  Faults,
  TenthsOfCycles,  // an access
  Bytes,
  Hundredths,  // of a percent
};

enum class PlotShape : std::uint8_t {
  Steps,  // a value holds until the next step
  Bars,   // what one step did; the series stand on each other
  Lines,  // points joined by lines
};

inline constexpr std::uint64_t kNoValue = ~std::uint64_t{0};

struct PlotSeries {
  std::string name;                // "A", "minor"
  std::optional<std::size_t> hue;  // of a process
  std::vector<std::uint64_t> values;
};

struct Plot {
  PlotId id = PlotId::Resident;
  std::string title;  // "Resident set"
  std::string axis;   // "pages in RAM, by process"
  std::string empty;  // why there is nothing to see; else empty
  PlotUnit unit = PlotUnit::Pages;
  PlotShape shape = PlotShape::Steps;
  bool by_step = true;            // else by numbers of frames
  std::vector<std::uint64_t> xs;  // of the values, ascending
  std::uint64_t last_x = 0;       // where the axis ends
  std::vector<PlotSeries> series;

  std::uint64_t highest() const;  // value, or stack of bars
};

enum class PlotSum : std::uint8_t { EachStep, Total };
// One of the plots over the steps. `run`: for working sets; may be null while nothing was read.
Plot plot_of(PlotId id, const Timeline& timeline, PlotSum sum, const ReferenceRun* run);
Plot miss_ratio_plot(const MissRatios* ratios);
std::string_view short_name(PlotId id);
std::string_view title_of(PlotId id);

// Where the lines of a scale stand: 0, step, 2 step, ... up to the top.
struct PlotScale {
  std::uint64_t top = 1;
  std::uint64_t step = 1;
};
// A scale for values up to `highest`, with at most `most_lines` lines above 0.
PlotScale scale_for(std::uint64_t highest, PlotUnit unit, std::uint64_t most_lines);

std::string value_text(std::uint64_t value, PlotUnit unit);
// "7 pages".
std::string value_with_unit(std::uint64_t value, PlotUnit unit);

// The lowest and the highest known value of [from, to), for a column of pixels.
struct PlotRange {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
};
std::optional<PlotRange> range_of(const PlotSeries& series, std::size_t from, std::size_t to);
// The place of the value that holds at `x`: the last one not beyond it.
std::optional<std::size_t> place_at(const Plot& plot, std::uint64_t x);

// What the plot shows at `x`: "step 14: A 7 pages, B 2 pages".
std::string readout(const Plot& plot, std::uint64_t x);

// The plot as text: a line a value of x, a column a series. An unknown value is an empty field.
std::string csv_of(const Plot& plot);

}  // namespace vmp
