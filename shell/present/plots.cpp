#include "shell/present/plots.h"

#include <algorithm>
#include <array>

#include "shell/present/format.h"
#include "shell/present/memory_view.h"
#include "shell/present/policy_model.h"

namespace vmp {
namespace {

struct PlotWords {
  std::string_view name;
  std::string_view title;
  std::string_view axis;
  PlotUnit unit;
  PlotShape shape;
};

// In the order of PlotId.
constexpr std::array<PlotWords, kPlots> kWords{{
    {"RAM", "Resident set", "pages in RAM", PlotUnit::Pages, PlotShape::Steps},
    {"Faults", "Page faults", "faults", PlotUnit::Faults, PlotShape::Bars},
    {"Swap", "Swap traffic", "pages to and from the swap device", PlotUnit::Pages, PlotShape::Bars},
    {"Time", "Effective access time", "cycles an access", PlotUnit::TenthsOfCycles, PlotShape::Steps},
    {"Tables", "Page tables", "bytes of page-table nodes", PlotUnit::Bytes, PlotShape::Steps},
    {"Set", "Working set", "pages among the last references", PlotUnit::Pages, PlotShape::Steps},
    {"Misses", "Miss ratio", "of the references fault, by frames", PlotUnit::Hundredths, PlotShape::Lines},
}};

constexpr std::uint64_t kMillionCycles = 10'000'000;  // in tenths

constexpr std::string_view kNoProcess = "No process has run yet: step forward.";
constexpr std::string_view kNoSwap = "This machine has no swap device.";
constexpr std::string_view kNoReference = "No step of this timeline reads, writes or executes.";

const PlotWords& words_of(PlotId id) {
  return kWords[static_cast<std::size_t>(id)];
}

Plot empty_plot(PlotId id) {
  const PlotWords& words = words_of(id);
  Plot plot;
  plot.id = id;
  plot.title = std::string(words.title);
  plot.axis = std::string(words.axis);
  plot.unit = words.unit;
  plot.shape = words.shape;
  return plot;
}

// A series a process: `value` of its reading.
template <class Value>
void add_processes(Plot& plot, const Timeline& timeline, Value value) {
  const std::vector<Process>& processes = timeline.machine().kernel().processes();
  std::size_t most = 0;
  for (std::size_t p = 0; p < plot.xs.size(); ++p)
    most = std::max(most, timeline.reading(p).processes.size());
  for (std::size_t i = 0; i < most; ++i) {
    PlotSeries series;
    for (std::size_t p = 0; p < plot.xs.size(); ++p) {
      const std::vector<ProcessReading>& readings = timeline.reading(p).processes;
      series.values.push_back(i < readings.size() ? value(readings[i]) : kNoValue);
      if (i >= readings.size()) continue;
      series.hue = hue_of(readings[i].process);
    }
    // A process of the future has no name in the present kernel.
    series.name = i < processes.size() ? processes[i].name : "process " + std::to_string(i + 1);
    plot.series.push_back(std::move(series));
  }
  if (most == 0) plot.empty = std::string(kNoProcess);
}

template <class Value>
void add_totals(Plot& plot, const Timeline& timeline, std::string_view name, PlotSum sum, Value value) {
  PlotSeries series{.name = std::string(name), .hue = {}, .values = {}};
  std::uint64_t before = 0;
  for (std::size_t p = 0; p < plot.xs.size(); ++p) {
    const std::uint64_t now = value(timeline.reading(p).totals);
    series.values.push_back(sum == PlotSum::Total ? now : now - before);
    before = now;
  }
  plot.series.push_back(std::move(series));
}

void add_access_times(Plot& plot, const Timeline& timeline) {
  const CostModel& costs = timeline.machine().kernel().costs();
  PlotSeries so_far{.name = "since the start", .hue = {}, .values = {}};
  PlotSeries each{.name = "this step", .hue = {}, .values = {}};
  std::uint64_t cycles_before = 0;
  std::uint64_t accesses_before = 0;
  for (std::size_t p = 0; p < plot.xs.size(); ++p) {
    const Counters& totals = timeline.reading(p).totals;
    const std::uint64_t cycles = cost_of(totals, costs).total();
    const std::uint64_t accesses = totals.accesses() - accesses_before;
    so_far.values.push_back(access_time_in_tenths(totals, costs).value_or(kNoValue));
    each.values.push_back(accesses == 0 ? kNoValue : (cycles - cycles_before) * 10 / accesses);
    cycles_before = cycles;
    accesses_before = totals.accesses();
  }
  plot.series = {std::move(so_far), std::move(each)};
  if (accesses_before == 0) plot.empty = std::string(kNoReference);
}

void add_working_sets(Plot& plot, const Timeline& timeline, const ReferenceRun* run) {
  plot.axis = "pages among the last " + format_count(timeline.config().window, "reference");
  if (run == nullptr) return;
  if (run->total() == 0) plot.empty = std::string(kNoReference);
  plot.xs.clear();
  for (std::size_t p = 0; p <= timeline.size(); ++p) plot.xs.push_back(p);
  for (const ReferenceRun::WorkingSets& sets : run->working_sets()) {
    PlotSeries series{.name = sets.process, .hue = {}, .values = sets.sizes};
    const Process* process = timeline.machine().kernel().find_process(sets.process);
    series.hue = process != nullptr ? hue_of(process->id) : plot.series.size() % 8;
    static_assert(ReferenceRun::kNotRead == kNoValue);
    plot.series.push_back(std::move(series));
  }
}

std::string quoted(const std::string& field) {
  if (field.find_first_of(",\"\n") == std::string::npos) return field;
  std::string text = "\"";
  for (const char c : field) text += c == '"' ? "\"\"" : std::string(1, c);
  return text + "\"";
}

std::string plain_number(std::uint64_t value, PlotUnit unit) {
  const auto decimals = [&](std::uint64_t whole, std::size_t digits) {
    std::string rest = std::to_string(value % whole);
    rest.insert(0, digits - rest.size(), '0');
    return std::to_string(value / whole) + "." + rest;
  };
  if (unit == PlotUnit::TenthsOfCycles) return decimals(10, 1);
  if (unit == PlotUnit::Hundredths) return decimals(100, 2);
  return std::to_string(value);
}

}  // namespace

std::string_view short_name(PlotId id) {
  return words_of(id).name;
}
std::string_view title_of(PlotId id) {
  return words_of(id).title;
}

std::uint64_t Plot::highest() const {
  std::uint64_t most = 0;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    std::uint64_t stack = 0;
    for (const PlotSeries& line : series) {
      if (i >= line.values.size() || line.values[i] == kNoValue) continue;
      most = std::max(most, line.values[i]);
      stack += line.values[i];
    }
    if (shape == PlotShape::Bars) most = std::max(most, stack);
  }
  return most;
}

Plot plot_of(PlotId id, const Timeline& timeline, PlotSum sum, const ReferenceRun* run) {
  Plot plot = empty_plot(id);
  plot.last_x = timeline.size();
  for (std::size_t p = 0; p <= timeline.records(); ++p) plot.xs.push_back(p);
  switch (id) {
    case PlotId::Resident:
      add_processes(plot, timeline, [](const ProcessReading& process) { return process.resident_pages; });
      break;
    case PlotId::Faults:
      add_totals(plot, timeline, "minor", sum, [](const Counters& totals) { return totals.minor_faults; });
      add_totals(plot, timeline, "major", sum, [](const Counters& totals) { return totals.major_faults; });
      break;
    case PlotId::Swap:
      add_totals(plot, timeline, "in", sum, [](const Counters& totals) { return totals.pages_read_in; });
      add_totals(plot, timeline, "out", sum, [](const Counters& totals) { return totals.pages_written_out; });
      if (timeline.config().swap_slots == 0) plot.empty = std::string(kNoSwap);
      break;
    case PlotId::AccessTime:
      add_access_times(plot, timeline);
      break;
    case PlotId::Tables:
      add_processes(plot, timeline,
                    [](const ProcessReading& process) { return process.table_frames * kPageSize; });
      break;
    case PlotId::WorkingSet:
      add_working_sets(plot, timeline, run);
      break;
    case PlotId::MissRatio:
      break;
  }
  if (plot.shape == PlotShape::Bars && sum == PlotSum::Total) plot.shape = PlotShape::Steps;
  return plot;
}

Plot miss_ratio_plot(const MissRatios* ratios) {
  Plot plot = empty_plot(PlotId::MissRatio);
  plot.by_step = false;
  if (ratios == nullptr) return plot;
  if (ratios->references() == 0) plot.empty = std::string(kNoReference);
  plot.xs = ratios->sizes();
  plot.last_x = plot.xs.empty() ? 1 : plot.xs.back();
  for (const MissRatios::Curve& curve : ratios->curves()) {
    PlotSeries series{.name = std::string(title_of(curve.policy)), .hue = {}, .values = {}};
    for (const auto& faults : curve.faults) {
      series.values.push_back(faults ? *faults * 10'000 / ratios->references() : kNoValue);
    }
    plot.series.push_back(std::move(series));
  }
  return plot;
}

PlotScale scale_for(std::uint64_t highest, PlotUnit unit, std::uint64_t most_lines) {
  // Steps people count in: 1, 2, 5, 10, ...; of bytes 4 KiB, 8 KiB, 16 KiB, ...
  std::uint64_t step = unit == PlotUnit::Bytes ? kPageSize : 1;
  const std::uint64_t lines = std::max<std::uint64_t>(1, most_lines);
  constexpr std::array<std::uint64_t, 3> kFactors{2, 5, 10};
  std::uint64_t decade = 1;
  for (std::size_t i = 0; step * lines < highest; ++i) {
    if (unit == PlotUnit::Bytes) {
      step *= 2;
      continue;
    }
    step = decade * kFactors[i % 3];
    if (i % 3 == 2) decade *= 10;
  }
  const std::uint64_t used = std::max<std::uint64_t>(1, (highest + step - 1) / step);
  return {.top = used * step, .step = step};
}

std::string value_text(std::uint64_t value, PlotUnit unit) {
  if (value == kNoValue) return "–";
  switch (unit) {
    case PlotUnit::Pages:
    case PlotUnit::Faults:
      return group_digits(value);
    case PlotUnit::TenthsOfCycles:
      if (value >= kMillionCycles) {
        const std::uint64_t tenths = value / (kMillionCycles / 10);
        return (tenths % 10 == 0 ? group_digits(tenths / 10) : format_tenths(tenths)) + " M";
      }
      return value % 10 == 0 || value >= 100'000 ? group_digits(value / 10) : format_tenths(value);
    case PlotUnit::Bytes:
      return format_bytes(value);
    case PlotUnit::Hundredths:
      return value % 100 == 0 ? std::to_string(value / 100) + " %" : format_tenths(value / 10) + " %";
  }
  return {};
}

std::string value_with_unit(std::uint64_t value, PlotUnit unit) {
  if (value == kNoValue) return value_text(value, unit);
  if (unit == PlotUnit::Pages) return format_count(value, "page");
  if (unit == PlotUnit::Faults) return format_count(value, "fault");
  if (unit == PlotUnit::TenthsOfCycles) return value_text(value, unit) + " cycles";
  return value_text(value, unit);
}

std::optional<PlotRange> range_of(const PlotSeries& series, std::size_t from, std::size_t to) {
  std::optional<PlotRange> range;
  for (std::size_t i = from; i < std::min(to, series.values.size()); ++i) {
    const std::uint64_t value = series.values[i];
    if (value == kNoValue) continue;
    if (!range) range = PlotRange{value, value};
    range->low = std::min(range->low, value);
    range->high = std::max(range->high, value);
  }
  return range;
}

std::optional<std::size_t> place_at(const Plot& plot, std::uint64_t x) {
  const auto after = std::upper_bound(plot.xs.begin(), plot.xs.end(), x);
  if (after == plot.xs.begin()) return std::nullopt;
  return static_cast<std::size_t>(after - plot.xs.begin()) - 1;
}

std::string readout(const Plot& plot, std::uint64_t x) {
  std::string text = plot.by_step ? "step " + group_digits(x) : format_count(x, "frame");
  const std::optional<std::size_t> place = place_at(plot, x);
  for (std::size_t i = 0; place && i < plot.series.size(); ++i) {
    const PlotSeries& series = plot.series[i];
    const std::uint64_t value = *place < series.values.size() ? series.values[*place] : kNoValue;
    if (value == kNoValue) continue;
    text += (text.find(':') == std::string::npos ? ": " : ", ") + series.name + " " +
            value_with_unit(value, plot.unit);
  }
  return text;
}

std::string csv_of(const Plot& plot) {
  std::string text = plot.by_step ? "step" : "frames";
  for (const PlotSeries& series : plot.series) {
    const std::string_view unit = plot.unit == PlotUnit::TenthsOfCycles ? " cycles an access"
                                  : plot.unit == PlotUnit::Hundredths   ? " percent"
                                  : plot.unit == PlotUnit::Bytes        ? " bytes"
                                  : plot.unit == PlotUnit::Faults       ? " faults"
                                                                        : " pages";
    text += "," + quoted(series.name + std::string(unit));
  }
  text += "\n";
  for (std::size_t i = 0; i < plot.xs.size(); ++i) {
    text += std::to_string(plot.xs[i]);
    for (const PlotSeries& series : plot.series) {
      const std::uint64_t value = i < series.values.size() ? series.values[i] : kNoValue;
      text += "," + (value == kNoValue ? std::string() : plain_number(value, plot.unit));
    }
    text += "\n";
  }
  return text;
}

}  // namespace vmp
