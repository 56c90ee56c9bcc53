// One process's column: its name and state, the lines of its program with its output, and its address space
// from high addresses to low. What is said comes from the kernel; how dense it is drawn is chosen so that all
// columns fit the height they have, the same density for all, because columns are there to be compared.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shell/present/page_grid.h"
#include "shell/present/watch.h"

namespace vmp {

struct SegmentBlock {
  Segment segment;
  std::string name;         // "stack ↓"
  std::string start;        // "0xBFFF8000"
  std::string range;        // "0xBFFF8000 to 0xC0000000"
  std::string permissions;  // "rw-"
  // The word in it that was touched last: "0x00403A2C" and "42".
  std::string watch_address;
  std::string watch_value;
  PageNumber watch_page;
};

// What lies above a segment: nothing (a neighbour), or so many bytes of unmapped addresses.
struct ColumnItem {
  std::optional<SegmentBlock> segment;
  std::string gap;  // "3.0 GiB unmapped"; set if there is no segment
};

struct ProgramText {
  std::vector<std::string> lines;
  std::uint32_t current = 0;  // counted from 1; 0: none
  std::vector<std::string> output;
};

struct ColumnModel {
  ProcessId process;
  std::size_t hue = 0;
  std::string name;
  std::string program;  // its file's name
  bool running = true;
  bool active = false;  // the step was about it
  std::string state;    // "running", "exited (0)", "killed by SIGSEGV"
  ProgramText text;
  std::string space_size;         // "4 GiB"
  std::string residency;          // "5 pages in RAM"
  std::vector<ColumnItem> items;  // from high addresses to low
  std::string table;              // "page table 12 KiB"
  std::string cost;               // "612.9 cycles an access" or "7.4 ms an access"; empty before the first
  std::string flat_table;         // "; flat array 4 MiB"
};

std::vector<ColumnModel> column_models(const Timeline& timeline, const std::vector<Watch>& watches);

// How tightly a column is drawn.
struct ColumnDensity {
  float cell = 20;          // side of a page cell
  float pitch = 24;         // from cell to cell
  float header = 46;        // of a segment, above its cells
  float gap = 34;           // a torn gap
  float line = 22;          // a line of the program
  std::size_t lines = 6;    // of the program, at most
  std::uint64_t rows = 4;   // of cells in a segment, at most
  bool range_below = true;  // the range has a line of its own
  bool declares = true;     // what is not drawn is said: the kernel half above, page 0 below
};

// Rows and clustering of a segment of that many pages in a column of that inner width.
struct CellRows {
  std::uint64_t per_row = 1;
  std::uint64_t rows = 1;
  std::uint64_t pages_per_cell = 1;
};
CellRows cell_rows(std::uint64_t pages, float inner_width, const ColumnDensity& density);

inline constexpr float kColumnHeader = 34;
inline constexpr float kSegmentMargin = 10;   // left and right of a segment's card
inline constexpr float kSegmentPadding = 14;  // inside it

float segment_height(std::uint64_t pages, float column_width, const ColumnDensity& density);
float program_height(const ProgramText& text, const ColumnDensity& density);
// Of everything below the header.
float column_height(const ColumnModel& column, float column_width, const ColumnDensity& density, bool tables);
// Of the tallest program: all address spaces start below it, so that equal addresses stand side by side.
float programs_height(const std::vector<ColumnModel>& columns, const ColumnDensity& density);

// The most comfortable density at which every column fits `height`; the tightest if none does.
ColumnDensity choose_density(const std::vector<ColumnModel>& columns, float column_width, float height,
                             bool tables);

}  // namespace vmp
