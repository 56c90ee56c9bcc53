#include "core/sim/string_search.h"

#include <algorithm>
#include <doctest/doctest.h>

namespace vmp::test {
namespace {

PagingSettings run(PolicyKind policy, std::uint64_t frames) {
  return {.policy = policy, .frames = frames};
}

// Every string of that length, canonical or not: slow and simple.
bool any_parts(const PagingSettings& first, const PagingSettings& second, Parting parting,
               std::uint32_t length, std::uint32_t pages) {
  std::vector<std::uint32_t> string(length, 0);
  while (true) {
    const std::uint64_t a = faults_on(first, string);
    const std::uint64_t b = faults_on(second, string);
    if (parting == Parting::FaultCountsDiffer ? a != b : b > a) return true;
    std::size_t i = 0;
    while (i < length && ++string[i] == pages) string[i++] = 0;
    if (i == length) return false;
  }
}

}  // namespace

TEST_CASE("FIFO and LRU first differ where a page is used again before it would go") {
  const auto found = shortest_parting_string(run(PolicyKind::Fifo, 2), run(PolicyKind::Lru, 2),
                                             Parting::FaultCountsDiffer, {});
  REQUIRE(found.has_value());
  CHECK(found->pages == std::vector<std::uint32_t>{0, 1, 0, 2, 0});
  CHECK(found->first_faults == 4);
  CHECK(found->second_faults == 3);
}

TEST_CASE("the string found is the shortest: no shorter one parts the two") {
  const std::vector<std::pair<PagingSettings, PagingSettings>> pairs{
      {run(PolicyKind::Fifo, 3), run(PolicyKind::Clock, 3)},
      {run(PolicyKind::Lru, 2), run(PolicyKind::Lfu, 2)},
      {run(PolicyKind::Lru, 2), run(PolicyKind::Optimal, 2)},
      {run(PolicyKind::Arc, 2), run(PolicyKind::Sieve, 2)},
      {run(PolicyKind::Mru, 3), run(PolicyKind::Random, 3)},
  };
  for (const auto& [first, second] : pairs) {
    const auto found = shortest_parting_string(first, second, Parting::FaultCountsDiffer, {});
    REQUIRE(found.has_value());
    CHECK(found->first_faults != found->second_faults);
    const auto length = static_cast<std::uint32_t>(found->pages.size());
    const std::uint32_t pages = *std::max_element(found->pages.begin(), found->pages.end()) + 2;
    if (length > 1 && length < 8) {
      CHECK_FALSE(any_parts(first, second, Parting::FaultCountsDiffer, length - 1, pages));
    }
  }
}

TEST_CASE("Belady's anomaly of FIFO with 3 and 4 frames needs 12 references to 5 pages") {
  const auto found = shortest_parting_string(run(PolicyKind::Fifo, 3), run(PolicyKind::Fifo, 4),
                                             Parting::SecondFaultsMore, {.longest = 12, .pages = 5});
  REQUIRE(found.has_value());
  CHECK(found->pages.size() <= 12);
  CHECK(found->second_faults > found->first_faults);
  // The string of Belady, Nelson and Shedler (1969) is one of them.
  CHECK(faults_on(run(PolicyKind::Fifo, 3), {0, 1, 2, 3, 0, 1, 4, 0, 1, 2, 3, 4}) == 9);
  CHECK(faults_on(run(PolicyKind::Fifo, 4), {0, 1, 2, 3, 0, 1, 4, 0, 1, 2, 3, 4}) == 10);
}

TEST_CASE("LRU and Optimal have no anomaly, and no policy parts from itself") {
  CHECK_FALSE(shortest_parting_string(run(PolicyKind::Lru, 2), run(PolicyKind::Lru, 3),
                                      Parting::SecondFaultsMore, {.longest = 9, .pages = 5})
                  .has_value());
  CHECK_FALSE(shortest_parting_string(run(PolicyKind::Optimal, 2), run(PolicyKind::Optimal, 3),
                                      Parting::SecondFaultsMore, {.longest = 7, .pages = 4})
                  .has_value());
  CHECK_FALSE(shortest_parting_string(run(PolicyKind::Clock, 3), run(PolicyKind::Clock, 3),
                                      Parting::FaultCountsDiffer, {.longest = 8, .pages = 8})
                  .has_value());
}

}  // namespace vmp::test
