#include "shell/present/tlb_models.h"

#include <doctest/doctest.h>

#include "shell/present/walk_diagram.h"
#include "tests/present/fixture.h"

namespace vmp {
namespace {

constexpr std::string_view kStrider = R"(vms 1
title Back and forth
machine format=sv39 frames=64 tlb=1x1 itlb=2x2 walk-cache=4

program strider
  code 1
  heap 0 limit 16
  stack limit 8
  line p = mmap(8192)
end

text Two pages by turns.
spawn A strider
mmap A 0x10000000 8192 rw-
write A 0x10000000 1
write A 0x10001000 2
read A 0x10000000
execute A 0x00400000
)";

std::size_t valid(const TlbModel& model) {
  std::size_t count = 0;
  for (const TlbRow& row : model.rows) count += row.valid ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("a machine with one TLB has one to draw, without a name") {
  const test::Loaded loaded = test::load(test::kTwoPrograms, 5);
  const std::vector<TlbModel> tlbs = tlb_models(loaded.kernel());
  REQUIRE(tlbs.size() == 1);
  CHECK(tlbs.front().summary.starts_with("4 sets of 4 · "));
  CHECK(tlbs.front().rows.size() == 16);
  CHECK(walk_cache_model(loaded.kernel()).rows.empty());
}

TEST_CASE("with a TLB for instructions there are two to draw, each with its own rows and counts") {
  const test::Loaded loaded = test::load(kStrider, 6);
  const std::vector<TlbModel> tlbs = tlb_models(loaded.kernel());
  REQUIRE(tlbs.size() == 2);
  CHECK(tlbs[0].unit == TlbUnit::Data);
  CHECK(tlbs[0].summary.starts_with("data: 1 set of 1 · "));
  CHECK(tlbs[1].unit == TlbUnit::Instructions);
  CHECK(tlbs[1].rows.size() == 4);
  CHECK(valid(tlbs[1]) == 1);
  CHECK(walk_model(loaded.timeline).tlb_entry->entry.unit == TlbUnit::Instructions);
}

TEST_CASE("an entry of the TLB for instructions lights up its page, and the page the entry") {
  const test::Loaded loaded = test::load(kStrider, 6);
  const TlbBox box = *walk_model(loaded.timeline).tlb_entry;
  const PageTarget page{loaded.process("A").id, box.page};
  CHECK(highlight_of(loaded.kernel(), box.entry).has(page));
  CHECK(highlight_of(loaded.kernel(), page).has(box.entry));
}

TEST_CASE("the walk cache's pointers say whose they are, which addresses they lead to, and the node") {
  const test::Loaded loaded = test::load(kStrider, 5);
  const WalkCacheModel cache = walk_cache_model(loaded.kernel());
  REQUIRE(cache.rows.size() == 4);
  CHECK(cache.summary.starts_with("walk cache of 4 pointers · "));
  bool leads_there = false;
  for (const PointerRow& row : cache.rows) {
    if (row.valid && row.level == "level 1" && row.range == "0x0010000000, 2 MiB") {
      leads_there = row.owner == "A";
      CHECK(loaded.kernel().frames()[row.node].node_level == 0);
    }
  }
  CHECK(leads_there);
}

TEST_CASE("a walk that the walk cache shortened shows what it knew and only the nodes it read") {
  const test::Loaded loaded = test::load(kStrider, 5);
  const WalkModel walk = walk_model(loaded.timeline);
  REQUIRE(walk.walk_cache.has_value());
  CHECK(walk.walk_cache->level == 1);
  REQUIRE(walk.nodes.size() == 1);
  CHECK(walk.nodes.front().level == 0);
  CHECK(walk.nodes.front().frame == walk.walk_cache->node);
}

}  // namespace vmp
