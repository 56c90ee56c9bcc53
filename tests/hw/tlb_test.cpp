#include "core/hw/tlb.h"

#include <doctest/doctest.h>

using namespace vmp;

namespace {

TlbEntry entry_for(std::uint64_t page, std::uint64_t frame, Asid asid = Asid(1)) {
  return TlbEntry{.valid = true,
                  .global = false,
                  .dirty = false,
                  .asid = asid,
                  .page = PageNumber(page),
                  .frame = FrameNumber(frame),
                  .permissions = {.read = true, .write = true, .execute = false},
                  .last_used = 0};
}

bool holds(const Tlb& tlb, std::uint64_t page, Asid asid = Asid(1)) {
  return tlb.probe(asid, PageNumber(page)).has_value();
}

std::uint64_t hash_of(const Tlb& tlb) {
  Hasher hasher;
  tlb.hash_into(hasher);
  return hasher.value();
}

}  // namespace

TEST_CASE("a page's set is its number modulo the number of sets") {
  const Tlb tlb({.sets = 4, .ways = 2});
  CHECK(tlb.set_of(PageNumber(0x400)) == 0);
  CHECK(tlb.set_of(PageNumber(0x403)) == 3);
  CHECK(tlb.config().entries() == 8);
  CHECK(Tlb({.sets = 0, .ways = 0}).set_of(PageNumber(5)) == 0);
}

TEST_CASE("a stored walk is found again, for its page and its address space only") {
  Tlb tlb({.sets = 4, .ways = 2});
  const auto placement = tlb.fill(entry_for(0x403, 0x1B));
  CHECK(placement.set == 3);
  CHECK(placement.way == 0);
  CHECK_FALSE(placement.displaced.has_value());
  REQUIRE(holds(tlb, 0x403));
  CHECK(tlb.entry(3, 0).frame == FrameNumber(0x1B));
  CHECK_FALSE(holds(tlb, 0x407));
  CHECK_FALSE(holds(tlb, 0x403, Asid(2)));
}

TEST_CASE("two address spaces can keep the same page side by side") {
  Tlb tlb({.sets = 1, .ways = 2});
  tlb.fill(entry_for(0x403, 0x1B, Asid(1)));
  const auto placement = tlb.fill(entry_for(0x403, 0x0C, Asid(2)));
  CHECK(placement.way == 1);
  CHECK_FALSE(placement.displaced.has_value());
  CHECK(tlb.entry(0, *tlb.probe(Asid(1), PageNumber(0x403))).frame == FrameNumber(0x1B));
  CHECK(tlb.entry(0, *tlb.probe(Asid(2), PageNumber(0x403))).frame == FrameNumber(0x0C));
}

TEST_CASE("a global entry matches every address space") {
  Tlb tlb({.sets = 1, .ways = 2});
  TlbEntry global = entry_for(0x403, 0x1B);
  global.global = true;
  tlb.fill(global);
  CHECK(holds(tlb, 0x403, Asid(1)));
  CHECK(holds(tlb, 0x403, Asid(99)));
}

TEST_CASE("a full set gives up its least recently used entry") {
  Tlb tlb({.sets = 1, .ways = 3});
  for (std::uint64_t page = 0; page < 3; ++page) tlb.fill(entry_for(page, page));
  tlb.count_hit(0, 0);  // page 0 is the newest now, page 1 the oldest
  const auto placement = tlb.fill(entry_for(7, 7));
  CHECK(placement.displaced == PageNumber(1));
  CHECK(placement.way == 1);
  CHECK(holds(tlb, 0));
  CHECK_FALSE(holds(tlb, 1));
  CHECK(tlb.fill(entry_for(8, 8)).displaced == PageNumber(2));
}

TEST_CASE("other sets are not disturbed by a full one") {
  Tlb tlb({.sets = 2, .ways = 1});
  tlb.fill(entry_for(1, 1));
  tlb.fill(entry_for(2, 2));
  CHECK(tlb.fill(entry_for(4, 4)).displaced == PageNumber(2));
  CHECK(holds(tlb, 1));
}

TEST_CASE("storing a page again replaces its entry and displaces nothing") {
  Tlb tlb({.sets = 1, .ways = 2});
  tlb.fill(entry_for(1, 0x1B));
  const auto placement = tlb.fill(entry_for(1, 0x0C));
  CHECK(placement.way == 0);
  CHECK_FALSE(placement.displaced.has_value());
  CHECK(tlb.entry(0, 0).frame == FrameNumber(0x0C));
  CHECK_FALSE(tlb.entry(0, 1).valid);
}

TEST_CASE("the same page of another address space can be displaced, and is named then") {
  Tlb tlb({.sets = 1, .ways = 1});
  tlb.fill(entry_for(3, 0x1B, Asid(1)));
  CHECK(tlb.fill(entry_for(3, 0x0C, Asid(2))).displaced == PageNumber(3));
  CHECK_FALSE(holds(tlb, 3, Asid(1)));
}

TEST_CASE("an emptied way is filled before anything is displaced") {
  Tlb tlb({.sets = 1, .ways = 3});
  for (std::uint64_t page = 0; page < 3; ++page) tlb.fill(entry_for(page, page));
  CHECK(tlb.invalidate(Asid(1), PageNumber(1)) == 1);
  const auto placement = tlb.fill(entry_for(9, 9));
  CHECK(placement.way == 1);
  CHECK_FALSE(placement.displaced.has_value());
}

TEST_CASE("invalidating a page leaves the page of other address spaces, and says how many went") {
  Tlb tlb({.sets = 2, .ways = 2});
  tlb.fill(entry_for(3, 3, Asid(1)));
  tlb.fill(entry_for(3, 4, Asid(2)));
  CHECK(tlb.invalidate(Asid(1), PageNumber(3)) == 1);
  CHECK(tlb.invalidate(Asid(1), PageNumber(3)) == 0);
  CHECK_FALSE(holds(tlb, 3, Asid(1)));
  CHECK(holds(tlb, 3, Asid(2)));
}

TEST_CASE("invalidating a page takes its global entry too, invalidating an address space does not") {
  Tlb tlb({.sets = 1, .ways = 4});
  TlbEntry global = entry_for(3, 3);
  global.global = true;
  tlb.fill(global);
  tlb.fill(entry_for(4, 4));
  tlb.fill(entry_for(5, 5, Asid(2)));
  CHECK(tlb.invalidate_asid(Asid(1)) == 1);
  CHECK(holds(tlb, 3));
  CHECK(holds(tlb, 5, Asid(2)));
  CHECK(tlb.invalidate(Asid(2), PageNumber(3)) == 1);
  CHECK_FALSE(holds(tlb, 3));
}

TEST_CASE("a flush empties everything, global entries too") {
  Tlb tlb({.sets = 2, .ways = 2});
  TlbEntry global = entry_for(3, 3);
  global.global = true;
  tlb.fill(global);
  tlb.fill(entry_for(4, 4));
  CHECK(tlb.flush() == 2);
  CHECK(tlb.flush() == 0);
  CHECK_FALSE(holds(tlb, 3));
  CHECK_FALSE(holds(tlb, 4));
}

TEST_CASE("hits and misses are counted, and are part of the hash") {
  Tlb tlb({.sets = 1, .ways = 1});
  tlb.fill(entry_for(1, 1));
  const std::uint64_t before = hash_of(tlb);
  tlb.count_miss();
  CHECK(tlb.misses() == 1);
  CHECK(hash_of(tlb) != before);
  const std::uint64_t missed = hash_of(tlb);
  tlb.count_hit(0, 0);
  CHECK(tlb.hits() == 1);
  CHECK(hash_of(tlb) != missed);
}

TEST_CASE("every field of an entry is part of the hash") {
  const TlbEntry plain = entry_for(5, 6);
  Tlb reference({.sets = 2, .ways = 1});
  reference.fill(plain);
  const auto differs = [&](TlbEntry changed) {
    Tlb other({.sets = 2, .ways = 1});
    other.fill(changed);
    const bool hash_differs = hash_of(other) != hash_of(reference);
    CHECK(hash_differs != (changed == plain));
    return hash_differs;
  };
  CHECK_FALSE(differs(plain));
  TlbEntry changed = plain;
  changed.global = true;
  CHECK(differs(changed));
  changed = plain;
  changed.dirty = true;
  CHECK(differs(changed));
  changed = plain;
  changed.asid = Asid(2);
  CHECK(differs(changed));
  changed = plain;
  changed.page = PageNumber(7);
  CHECK(differs(changed));
  changed = plain;
  changed.frame = FrameNumber(7);
  CHECK(differs(changed));
  changed = plain;
  changed.permissions.execute = true;
  CHECK(differs(changed));
  changed = plain;
  changed.user = !changed.user;
  CHECK(differs(changed));
  changed = plain;
  changed.span = 512;
  CHECK(differs(changed));
}

TEST_CASE("first in, first out: a use does not save an entry") {
  Tlb tlb({.sets = 1, .ways = 3, .replacement = TlbReplacement::Fifo});
  for (std::uint64_t page = 0; page < 3; ++page) tlb.fill(entry_for(page, page));
  tlb.count_hit(0, 0);
  CHECK(tlb.fill(entry_for(7, 7)).displaced == PageNumber(0));
  CHECK(tlb.fill(entry_for(8, 8)).displaced == PageNumber(1));
}

TEST_CASE("tree-PLRU turns every fork away from the way just used") {
  Tlb tlb({.sets = 1, .ways = 4, .replacement = TlbReplacement::TreePlru});
  for (std::uint64_t page = 0; page < 4; ++page) tlb.fill(entry_for(page, page));
  // Used in the order 0 1 2 3: the root points to the lower half, whose fork points to way 0.
  CHECK(tlb.fill(entry_for(4, 4)).way == 0);
  // Now the root points to the upper half, whose fork was turned by way 3.
  CHECK(tlb.fill(entry_for(5, 5)).way == 2);
  tlb.count_hit(0, 1);
  CHECK(tlb.fill(entry_for(6, 6)).way == 3);
}

TEST_CASE("tree-PLRU never displaces the entry used last, and with two ways is LRU") {
  Rng rng(7);
  Tlb tree({.sets = 1, .ways = 8, .replacement = TlbReplacement::TreePlru});
  Tlb two({.sets = 1, .ways = 2, .replacement = TlbReplacement::TreePlru});
  Tlb exact({.sets = 1, .ways = 2});
  std::optional<std::uint64_t> last;
  for (int i = 0; i < 2000; ++i) {
    const std::uint64_t page = rng.below(12);
    if (const auto way = tree.probe(Asid(1), PageNumber(page))) {
      tree.count_hit(0, *way);
    } else {
      const auto displaced = tree.fill(entry_for(page, page)).displaced;
      if (displaced && last) CHECK(*displaced != PageNumber(*last));
    }
    last = page;
    for (Tlb* tlb : {&two, &exact}) {
      if (const auto way = tlb->probe(Asid(1), PageNumber(page))) {
        tlb->count_hit(0, *way);
      } else {
        tlb->fill(entry_for(page, page));
      }
    }
    CHECK(two.hits() == exact.hits());
  }
}

TEST_CASE("random replacement displaces every way sooner or later, the same ways for the same seed") {
  const TlbConfig config{.sets = 1, .ways = 4, .replacement = TlbReplacement::Random};
  Tlb first(config, 5);
  Tlb second(config, 5);
  std::uint32_t ways_seen = 0;
  for (std::uint64_t page = 0; page < 60; ++page) {
    const auto placement = first.fill(entry_for(page, page));
    CHECK(second.fill(entry_for(page, page)).way == placement.way);
    if (placement.displaced) ways_seen |= 1U << placement.way;
  }
  CHECK(ways_seen == 0xF);
  CHECK(hash_of(first) == hash_of(second));
}

TEST_CASE("invalidating one address of a superpage drops every piece of it, and no other") {
  Tlb tlb({.sets = 1, .ways = 4});
  for (const std::uint64_t page : {0x200u, 0x3FFu, 0x400u}) {
    TlbEntry piece = entry_for(page, page);
    piece.span = 0x200;
    tlb.fill(piece);
  }
  CHECK(tlb.invalidate(Asid(1), PageNumber(0x250)) == 2);
  CHECK(holds(tlb, 0x400));
}

TEST_CASE("every replacement is found by its name") {
  for (const TlbReplacement each :
       {TlbReplacement::Lru, TlbReplacement::TreePlru, TlbReplacement::Fifo, TlbReplacement::Random}) {
    CHECK(tlb_replacement_named(name_of(each)) == each);
  }
  CHECK_FALSE(tlb_replacement_named("mru"));
}
