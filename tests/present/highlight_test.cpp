#include "shell/present/highlight.h"

#include <doctest/doctest.h>

#include "core/sim/explain.h"
#include "tests/present/fixture.h"

namespace vmp {

TEST_CASE("a page, its frame, its entry and its TLB row light each other up") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 5);
  const Process& process = loaded.process("A");
  const PageExplanation page = explain_page(loaded.kernel(), process, PageNumber(0x403));
  REQUIRE(page.frame.has_value());
  REQUIRE(page.entry_address.has_value());
  const PageTarget target{process.id, PageNumber(0x403)};
  const Highlight from_page = highlight_of(loaded.kernel(), target);
  CHECK(from_page.has(*page.frame));
  CHECK(from_page.has(*page.entry_address));
  REQUIRE(from_page.tlb.size() == 1);
  for (const Target& other : {Target{FrameTarget{*page.frame}}, Target{EntryTarget{*page.entry_address}},
                              Target{from_page.tlb.front()}}) {
    const Highlight highlight = highlight_of(loaded.kernel(), other);
    CHECK(highlight.has(target));
    CHECK(highlight.has(*page.frame));
  }
}

TEST_CASE("the frame of a table node lights up the entry that points at it, and no page") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 5);
  const Process& process = loaded.process("A");
  REQUIRE(process.node_frames.size() >= 2);
  const Highlight highlight = highlight_of(loaded.kernel(), FrameTarget{process.node_frames[1]});
  CHECK(highlight.pages.empty());
  REQUIRE(highlight.entries.size() == 1);
  CHECK(frame_of(highlight.entries.front()) == process.root);
}

TEST_CASE("nothing pointed at is nothing lit, and what does not exist lights only itself") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 5);
  CHECK(highlight_of(loaded.kernel(), {}).empty());
  CHECK(highlight_of(loaded.kernel(), FrameTarget{FrameNumber(9999)}).frames.size() == 1);
  CHECK(highlight_of(loaded.kernel(), SlotTarget{SwapSlot(5)}).slots.size() == 1);
  CHECK(highlight_of(loaded.kernel(), PageTarget{ProcessId(77), PageNumber(1)}).frames.empty());
  CHECK(highlight_of(loaded.kernel(), EntryTarget{PhysicalAddress(~std::uint64_t{0} - 7)}).pages.empty());
}

TEST_CASE("a cell that stands for several pages is lit if one of them is") {
  Highlight highlight;
  highlight.pages.push_back({ProcessId(1), PageNumber(10)});
  CHECK(highlight.has_any(ProcessId(1), PageNumber(8), 4));
  CHECK_FALSE(highlight.has_any(ProcessId(1), PageNumber(11), 4));
  CHECK_FALSE(highlight.has_any(ProcessId(2), PageNumber(8), 4));
}

}  // namespace vmp
