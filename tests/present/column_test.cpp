#include "shell/present/column.h"

#include <doctest/doctest.h>

#include "tests/present/fixture.h"
#include "tests/support/elf_builder.h"

namespace vmp {
namespace {

std::vector<ColumnModel> columns_at(const test::Loaded& loaded) {
  return column_models(loaded.timeline, collect_watches(loaded.timeline));
}

}  // namespace

TEST_CASE("a column lists its segments from high addresses to low, with the gaps between") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 5);
  const std::vector<ColumnModel> columns = columns_at(loaded);
  REQUIRE(columns.size() == 2);
  const std::vector<ColumnItem>& items = columns[0].items;
  REQUIRE(items.size() >= 4);
  REQUIRE(items.front().segment.has_value());
  CHECK(items.front().segment->name == "stack ↓");
  CHECK_FALSE(items[1].segment.has_value());
  CHECK(items[1].gap.find("unmapped") != std::string::npos);
  REQUIRE(items.back().segment.has_value());
  CHECK(items.back().segment->name == "code");
  CHECK(items.back().segment->permissions == "r-x");
  std::uint64_t above = ~std::uint64_t{0};
  for (const ColumnItem& item : items) {
    if (!item.segment) continue;
    CHECK(item.segment->segment.range.end.value() <= above);
    above = item.segment->segment.range.start.value();
  }
}

TEST_CASE("the segments of a real program are named by its sections, the first few for all") {
  test_support::ElfBuilder builder;
  builder.machine = 3;
  builder.wide = false;
  builder.headers = {{.file_size = 0x1000, .memory_size = 0x1000},
                     {.flags = 6, .address = 0x401000, .file_size = 0}};
  builder.sections = {{.name = ".init", .address = 0x400000, .size = 0x10},
                      {.name = ".text", .address = 0x400010, .size = 0x80},
                      {.name = ".fini_array", .address = 0x400090, .size = 0x10},
                      {.name = ".bss", .type = 8, .flags = 3, .address = 0x401000, .size = 0x100}};
  auto timeline = Timeline::start(MachineConfig{});
  REQUIRE(timeline.ok());
  const auto program = std::make_shared<const Program>(test_support::program_of(builder.file()));
  REQUIRE(std::holds_alternative<Completed>(
      timeline->execute(Step{SpawnProcess{"A", program}, 0, false}).outcome));
  const std::vector<ColumnModel> columns = column_models(*timeline, collect_watches(*timeline));
  std::string names;
  for (const ColumnItem& item : columns[0].items) {
    if (item.segment) names += item.segment->name + "; ";
  }
  CHECK(names == "stack ↓; .bss; .init .text …; ");
}

TEST_CASE("the program's present line and its output are those of the steps made so far") {
  const std::vector<ColumnModel> columns = columns_at(test::load(test::kTwoPrograms, 5));
  CHECK(columns[0].text.current == 3);
  CHECK(columns[0].text.output == std::vector<std::string>{"42"});
  CHECK(columns[1].text.current == 2);
  CHECK(columns[1].text.output.empty());
  CHECK(columns[0].active);
  CHECK_FALSE(columns[1].active);
}

TEST_CASE("the word written last stands beside its page, read back from RAM") {
  const std::vector<ColumnModel> columns = columns_at(test::load(test::kTwoPrograms, 5));
  for (const ColumnItem& item : columns[1].items) {
    if (!item.segment || item.segment->segment.kind != SegmentKind::Data) continue;
    CHECK(item.segment->watch_address == "0x00403A2C");
    CHECK(item.segment->watch_value == "7");
  }
}

TEST_CASE("a killed process says by what, and shows no space") {
  const std::vector<ColumnModel> columns = columns_at(test::load(test::kTwoPrograms, 6));
  CHECK_FALSE(columns[0].running);
  CHECK(columns[0].state == "killed by SIGSEGV");
  CHECK(columns[0].items.empty());
  CHECK(columns[1].running);
}

TEST_CASE("a page is one cell: resident and dirty once written, untouched before") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 5);
  const Process& process = loaded.process("A");
  const Segment* data = process.space.find(VirtualAddress(0x403A2C));
  REQUIRE(data != nullptr);
  const std::vector<PageCell> cells = page_cells(loaded.kernel(), process, *data, 1);
  REQUIRE(cells.size() == 1);
  CHECK(cells[0].fill == CellFill::Resident);
  CHECK(cells[0].dirty);
  const Segment* heap = process.space.find(process.space.heap_start);
  REQUIRE(heap != nullptr);
  for (const PageCell& cell : page_cells(loaded.kernel(), process, *heap, 1)) {
    CHECK(cell.fill == CellFill::Untouched);
  }
}

TEST_CASE("a large segment becomes clusters that fit the rows there are") {
  CHECK(pages_per_cell_for(4, 8) == 1);
  CHECK(pages_per_cell_for(9, 8) == 2);
  CHECK(pages_per_cell_for(262144, 64) == 4096);
  const ColumnDensity density;
  const CellRows rows = cell_rows(1 << 20, 200, density);
  CHECK(rows.rows <= density.rows);
  CHECK(rows.per_row * rows.rows * rows.pages_per_cell >= (1 << 20));
}

TEST_CASE("columns get denser as the height shrinks, and then scroll") {
  const std::vector<ColumnModel> columns = columns_at(test::load(test::kTwoPrograms, 5));
  const ColumnDensity roomy = choose_density(columns, 250, 900, true);
  const ColumnDensity tight = choose_density(columns, 250, 420, true);
  CHECK(roomy.cell > tight.cell);
  CHECK(column_height(columns[0], 250, roomy, true) <= 900);
  const ColumnDensity least = choose_density(columns, 250, 10, true);
  CHECK(least.cell <= tight.cell);
}

}  // namespace vmp
