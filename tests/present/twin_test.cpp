#include "shell/present/twin.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <set>

#include "core/sim/explain.h"
#include "core/sim/narrate.h"
#include "shell/present/policy_model.h"
#include "shell/present/twin_json.h"
#include "shell/present/twin_text.h"
#include "tests/present/fixture.h"

namespace vmp {
namespace {

using test::load;
using test::Loaded;

constexpr std::string_view kSwapping = R"(vms 1
title Too small
machine format=x86-32 frames=12 kernel-frames=1 swap=8
program p
  code 1
  data 1
  heap 8 limit 8
end
spawn A p
write A 0x00402000 1
write A 0x00403000 2
write A 0x00404000 3
write A 0x00405000 4
write A 0x00406000 5
write A 0x00407000 6
write A 0x00408000 7
write A 0x00409000 8
read A 0x00402000
)";

Twin twin_of(const Loaded& loaded, TwinState state = {}) {
  Model model = build_model(loaded.timeline, loaded.lesson);
  model.scenario = "test";
  state.wanted = loaded.scenario.config();
  return build_twin(model, state);
}

const TwinSection* find_section(const std::vector<TwinSection>& sections, std::string_view id) {
  for (const TwinSection& section : sections) {
    if (section.id == id) return &section;
    if (const TwinSection* found = find_section(section.sections, id)) return found;
  }
  return nullptr;
}

template <class Content>
Content block(const Twin& twin, std::string_view section_id, std::string_view id) {
  const TwinSection* section = find_section(twin.sections, section_id);
  REQUIRE(section != nullptr);
  for (const TwinBlock& each : section->blocks) {
    if (each.id == id) return std::get<Content>(each.content);
  }
  FAIL("there is no block " << id);
  return {};
}

const TwinRow* find_row(const TwinTable& table, std::string_view name) {
  for (const TwinRow& row : table.rows) {
    if (row.cells.front() == name) return &row;
  }
  return nullptr;
}

// Every id of a block, a section or a control, in the order of the page.
void collect_ids(const std::vector<TwinSection>& sections, std::vector<std::string>& ids) {
  const auto controls = [&](const std::vector<TwinControl>& all) {
    for (const TwinControl& control : all) ids.push_back(control.id);
  };
  for (const TwinSection& section : sections) {
    ids.push_back("section " + section.id);
    for (const TwinBlock& each : section.blocks) {
      ids.push_back("block " + each.id);
      if (const auto* group = std::get_if<TwinControls>(&each.content)) controls(group->controls);
      const auto* table = std::get_if<TwinTable>(&each.content);
      if (table == nullptr) continue;
      controls(table->pager);
      for (const TwinRow& row : table->rows) {
        CHECK(row.cells.size() == table->columns.size());
        if (row.control) ids.push_back(row.control->id);
      }
    }
    collect_ids(section.sections, ids);
  }
}

}  // namespace

TEST_CASE("the frames table says who owns a frame, which page it is, and who points at it") {
  const Loaded loaded = load(test::kTwoPrograms, 5);
  const Twin twin = twin_of(loaded);
  const auto& frames = block<TwinTable>(twin, "memory", "frames");
  const Process& a = loaded.process("A");
  const std::optional<FrameNumber> frame = explain_page(loaded.kernel(), a, PageNumber(0x403)).frame;
  REQUIRE(frame);
  const TwinRow* row = find_row(frames, hex_frame(*frame));
  REQUIRE(row != nullptr);
  CHECK(row->cells[1] == "A");
  CHECK(row->cells[2] == "data = 42");
  CHECK(row->cells[3] == "0x403");
  CHECK(row->cells[4] == "accessed, dirty");
  CHECK(row->cells[5] == "1");
  CHECK(row->cells[6].starts_with("A, node in frame "));
  CHECK(row->now);
  CHECK(find_row(frames, "00")->cells[1] == "kernel");
}

TEST_CASE("free frames in a row are one row, and every frame is in exactly one") {
  const Loaded loaded = load(test::kTwoPrograms, 5);
  const auto& frames = block<TwinTable>(twin_of(loaded), "memory", "frames");
  CHECK(frames.rows.size() < 32);
  CHECK(frames.rows.back().cells[0].ends_with(" to 1F"));
  CHECK(frames.rows.back().cells[1] == "free");
}

TEST_CASE("pages are listed with their state, those never touched in one row") {
  const Loaded loaded = load(test::kTwoPrograms, 5);
  const auto& pages = block<TwinTable>(twin_of(loaded), "process-1", "pages-1");
  const TwinRow* data = find_row(pages, "0x403");
  REQUIRE(data != nullptr);
  CHECK(data->cells[2] == "in RAM");
  CHECK(data->cells[4] == "writable, accessed, dirty");
  const TwinRow* heap = find_row(pages, "0x404 to 0x407");
  REQUIRE(heap != nullptr);
  CHECK(heap->cells[2] == "4 pages never touched");
}

TEST_CASE("the walk is a list in the order of the hardware, up to the physical address") {
  const Loaded loaded = load(test::kTwoPrograms, 3);
  const auto& walk = block<TwinList>(twin_of(loaded), "walk", "walk-list");
  CHECK(walk.ordered);
  CHECK(walk.items.front().text ==
        "The address in bits: index 1 = 00 0000 0001, index 3 = 00 0000 0011, offset A2C = 1010 0010 1100");
  CHECK(walk.items[1].text == "The TLB does not know the page.");
  CHECK(walk.items[2].text.starts_with("root node in frame "));
  CHECK(walk.items[3].text.starts_with("node in frame "));
  CHECK(walk.items[4].text.find("The bytes there: 2A 00 00 00") != std::string::npos);
}

TEST_CASE("a fault is taken apart: the check that decided, what the kernel did, what the program saw") {
  const Loaded loaded = load(test::kTwoPrograms, 3);
  const Twin twin = twin_of(loaded);
  const auto& checks = block<TwinTable>(twin, "fault", "fault-checks");
  REQUIRE_FALSE(checks.rows.empty());
  CHECK(checks.rows.back().now);
  CHECK(checks.rows.back().cells[1] == "present");
  CHECK(checks.rows.back().cells[3] == "0");
  CHECK_FALSE(block<TwinList>(twin, "fault", "fault-kernel").items.empty());
  CHECK(block<TwinText>(twin, "fault", "fault-saw").text.starts_with("What the program saw: "));
}

TEST_CASE("swap slots name the page that lies there; the program's view knows neither slots nor frames") {
  const Loaded loaded = load(kSwapping, 9);
  REQUIRE(loaded.kernel().swap().used_count() > 0);
  TwinState state;
  const auto& slots = block<TwinTable>(twin_of(loaded, state), "swap", "slots");
  const TwinRow* first = find_row(slots, "0");
  REQUIRE(first != nullptr);
  CHECK(first->cells[1] == "A");
  CHECK(first->cells[2].starts_with("0x"));
  state.viewpoint = Viewpoint::Program;
  const Twin seen = twin_of(loaded, state);
  for (const std::string_view id : {"memory", "swap", "tree", "tlb", "walk", "fault"})
    CHECK(find_section(seen.sections, id) == nullptr);
  CHECK(find_section(seen.sections, "process-1") != nullptr);
}

TEST_CASE("the policy's list names who would leave now, as the policy itself does") {
  const Loaded loaded = load(kSwapping, 9);
  const Twin twin = twin_of(loaded);
  const PolicyModel policy = policy_model(loaded.timeline, 24);
  CHECK(block<TwinText>(twin, "policy", "policy-next").text == policy.next);
  const auto& list = block<TwinTable>(twin, "policy", "policy-list-0");
  std::size_t victims = 0;
  for (const TwinRow& row : list.rows) {
    if (!row.now) continue;
    ++victims;
    CHECK(row.cells[1] == "A");
    CHECK(row.cells[4].find("would leave now") != std::string::npos);
  }
  CHECK(victims == 1);
}

TEST_CASE("a large memory is shown in parts, with the way to the others") {
  const Loaded loaded = load("vms 1\nmachine frames=1024\nspawn-empty T\n", 1);
  TwinState state;
  const auto& start = block<TwinTable>(twin_of(loaded, state), "memory", "frames");
  CHECK(start.caption == "Frames 00 to 3F of 1,024");
  REQUIRE(start.pager.size() == 4);
  CHECK_FALSE(start.pager[1].enabled);
  CHECK(start.pager[2].command == "rows");
  CHECK(start.pager[2].argument == "frames 64");
  state.first["frames"] = 960;
  const auto& end = block<TwinTable>(twin_of(loaded, state), "memory", "frames");
  CHECK(end.caption == "Frames 3C0 to 3FF of 1,024");
  CHECK(end.pager[1].enabled);
  CHECK_FALSE(end.pager[2].enabled);
  state.first["frames"] = ~std::uint64_t{0};
  CHECK(block<TwinTable>(twin_of(loaded, state), "memory", "frames").rows.size() == 1);
}

TEST_CASE("a large segment is shown in clusters, and page by page from where one asks") {
  const Loaded loaded = load(
      "vms 1\nmachine frames=64 overcommit=always\nprogram p\n heap 0 limit 2000\nend\nspawn A p\n"
      "mmap A 0x10000000 4096000 rw- fixed\nwrite A 0x10064000 1\n",
      3);
  TwinState state;
  const auto& clusters = block<TwinTable>(twin_of(loaded, state), "process-1", "pages-1");
  const auto touched = std::find_if(clusters.rows.begin(), clusters.rows.end(),
                                    [](const TwinRow& row) { return row.control.has_value(); });
  REQUIRE(touched != clusters.rows.end());
  CHECK(touched->cells[2] == "64 pages: 1 in RAM, 0 on swap");
  REQUIRE(touched->control->command == "rows");
  const std::string& argument = touched->control->argument;
  const std::size_t blank = argument.find(' ');
  state.first[argument.substr(0, blank)] = std::stoull(argument.substr(blank + 1));
  const auto& pages = block<TwinTable>(twin_of(loaded, state), "process-1", "pages-1");
  const TwinRow* page = find_row(pages, "0x10064");
  REQUIRE(page != nullptr);
  CHECK(page->cells[2] == "in RAM");
  CHECK(pages.pager.back().command == "cluster");
}

TEST_CASE("every part has an id of its own, every row as many cells as columns, at every step") {
  for (const std::string_view text : {test::kTwoPrograms, kSwapping}) {
    const std::size_t size = load(text, 0).timeline.size();
    for (std::size_t position = 0; position <= size; ++position) {
      CAPTURE(position);
      TwinState state;
      state.setup_open = state.help_open = true;
      const Twin twin = twin_of(load(text, position), state);
      std::vector<std::string> ids;
      collect_ids(twin.sections, ids);
      CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
    }
  }
}

TEST_CASE("what did not change is the same from step to step") {
  const Loaded before = load(test::kTwoPrograms, 4);
  const Loaded after = load(test::kTwoPrograms, 5);
  const auto& old_controls = block<TwinControls>(twin_of(before), "controls", "group-work").controls;
  const auto& new_controls = block<TwinControls>(twin_of(after), "controls", "group-work").controls;
  REQUIRE(old_controls.size() == new_controls.size());
  for (std::size_t i = 0; i < old_controls.size(); ++i) CHECK(old_controls[i].id == new_controls[i].id);
}

TEST_CASE("as JSON it is what it was") {
  const Twin twin = twin_of(load(test::kTwoPrograms, 6));
  const nlohmann::json page = nlohmann::json::parse(to_json(twin));
  CHECK(page.at("title") == twin.title);
  REQUIRE(page.at("sections").size() == twin.sections.size());
  const auto memory = std::find_if(twin.sections.begin(), twin.sections.end(),
                                   [](const TwinSection& section) { return section.id == "memory"; });
  const auto index = static_cast<std::size_t>(memory - twin.sections.begin());
  const nlohmann::json& frames = page.at("sections").at(index).at("blocks").at(1);
  const auto& table = block<TwinTable>(twin, "memory", "frames");
  CHECK(frames.at("kind") == "table");
  REQUIRE(frames.at("rows").size() == table.rows.size());
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    CHECK(frames.at("rows")[i].at("cells").get<std::vector<std::string>>() == table.rows[i].cells);
}

TEST_CASE("as text it has headings, columns in line, and a star at what belongs to the step") {
  const std::string text = to_text(twin_of(load(test::kTwoPrograms, 5)));
  CHECK(text.starts_with("Two programs · Virtual Memory Playground\n====="));
  CHECK(text.find("\nPhysical memory\n---------------\n") != std::string::npos);
  const std::size_t header = text.find("\n   Frame ") + 1;
  const std::size_t row = text.find("\n*  0A ") + 1;
  REQUIRE(header != 0);
  REQUIRE(row != 0);
  for (const auto& [column, cell] : {std::pair{"What ", "data = 42 "}, std::pair{"Page ", "0x403 "},
                                     std::pair{"Flags ", "accessed, dirty "}})
    CHECK(text.find(cell, row) - row == text.find(column, header) - header);
  CHECK(text.find("Step 5 of 6\n") != std::string::npos);
  for (const std::string_view control : {"Forward", "Copy the scenario", "Set up the machine"})
    CHECK(text.find(control) == std::string::npos);
}

}  // namespace vmp
