#include "core/base/cow_array.h"

#include <doctest/doctest.h>
#include <map>

#include "core/base/rng.h"
#include "tests/support/seed.h"

using namespace vmp;

namespace {

// Counts its copies, to show what a copy of the array costs.
struct Cell {
  int value = 0;
  static inline int copies = 0;

  Cell() = default;
  Cell(const Cell& other) : value(other.value) { ++copies; }
  Cell& operator=(const Cell& other) {
    value = other.value;
    ++copies;
    return *this;
  }
  void hash_into(Hasher& hasher) const { hasher.add(static_cast<std::uint64_t>(value)); }
};

using Cells = CowArray<Cell, 4>;

}  // namespace

TEST_CASE("an element that was never written reads as the untouched value") {
  const Cells cells(10);
  CHECK(cells.size() == 10);
  CHECK(cells[0].value == 0);
  CHECK(cells[9].value == 0);
}

TEST_CASE("writing a copy leaves the original as it was, and the other way round") {
  Cells original(10);
  original.mutate(3).value = 7;
  Cells copy = original;
  copy.mutate(3).value = 8;
  copy.mutate(9).value = 9;
  CHECK(original[3].value == 7);
  CHECK(original[9].value == 0);
  original.mutate(2).value = 5;
  CHECK(copy[2].value == 0);
  CHECK(copy[3].value == 8);
  CHECK(copy[9].value == 9);
}

TEST_CASE("copying the array copies no element, and a write copies one chunk once") {
  Cells original(100);
  for (std::uint64_t i = 0; i < 100; ++i) original.mutate(i).value = 1;
  Cell::copies = 0;
  Cells copy = original;
  CHECK(Cell::copies == 0);
  copy.mutate(50).value = 2;
  CHECK(Cell::copies == 4);
  copy.mutate(51).value = 2;
  CHECK(Cell::copies == 4);
}

TEST_CASE("equal contents have equal hashes, whether or not a chunk was ever materialised") {
  const Cells never(10);
  Cells touched(10);
  touched.mutate(5).value = 0;
  CHECK(never.hash() == touched.hash());
  touched.mutate(5).value = 1;
  CHECK(never.hash() != touched.hash());
  touched.mutate(5).value = 0;
  CHECK(never.hash() == touched.hash());
}

TEST_CASE("the hash tells places and lengths apart") {
  Cells first(10);
  Cells second(10);
  first.mutate(1).value = 1;
  second.mutate(2).value = 1;
  CHECK(first.hash() != second.hash());
  second.mutate(2).value = 0;
  second.mutate(6).value = 1;
  CHECK(first.hash() != second.hash());
  CHECK(Cells(8).hash() != Cells(9).hash());
  CHECK(Cells(0).hash() == Cells().hash());
}

TEST_CASE("a write after the hash was taken changes the hash, in the written copy only") {
  Cells original(10);
  original.mutate(1).value = 1;
  const std::uint64_t before = original.hash();
  Cells copy = original;
  copy.mutate(2).value = 2;
  CHECK(original.hash() == before);
  CHECK(copy.hash() != before);
}

TEST_CASE("seeded random writes to many copies agree with plain maps") {
  INFO("seed " << test_support::seed());
  Rng rng(test_support::seed());
  std::vector<Cells> arrays{Cells(37)};
  std::vector<std::map<std::uint64_t, int>> models(1);
  for (int step = 0; step < 2000; ++step) {
    const auto which = static_cast<std::size_t>(rng.below(arrays.size()));
    if (rng.below(20) == 0 && arrays.size() < 8) {
      arrays.push_back(arrays[which]);
      models.push_back(models[which]);
    }
    const std::uint64_t index = rng.below(37);
    const int value = static_cast<int>(rng.below(3));
    arrays[which].mutate(index).value = value;
    models[which][index] = value;
  }
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    Cells rebuilt(37);
    for (std::uint64_t index = 0; index < 37; ++index) {
      CHECK(arrays[i][index].value == models[i][index]);
      rebuilt.mutate(index).value = models[i][index];
    }
    CHECK(arrays[i].hash() == rebuilt.hash());
  }
}
