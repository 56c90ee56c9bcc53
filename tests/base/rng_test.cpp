#include "core/base/rng.h"

#include <array>
#include <doctest/doctest.h>
#include <vector>

#include "tests/support/seed.h"

using namespace vmp;

TEST_CASE("SplitMix64 gives its published values") {
  // The first draws for seed 1234567, as listed beside reference implementations of Steele, Lea and Flood's
  // generator.
  Rng rng(1234567);
  CHECK(rng.next() == 6457827717110365317u);
  CHECK(rng.next() == 3203168211198807973u);
  CHECK(rng.next() == 9817491932198370423u);
  CHECK(rng.next() == 4593380528125082431u);
  CHECK(rng.next() == 16408922859458223821u);
}

TEST_CASE("two generators in the same state draw the same numbers") {
  Rng first(test_support::seed());
  for (int i = 0; i < 10; ++i) first.next();
  Rng second(first.state());
  for (int i = 0; i < 10; ++i) CHECK(first.next() == second.next());
}

TEST_CASE("a bounded draw stays below its bound") {
  INFO("seed " << test_support::seed());
  Rng rng(test_support::seed());
  for (const std::uint64_t bound : {std::uint64_t{2}, std::uint64_t{3}, std::uint64_t{7}, std::uint64_t{1000},
                                    (std::uint64_t{1} << 63) + 1, ~std::uint64_t{0}}) {
    for (int i = 0; i < 1000; ++i) CHECK(rng.below(bound) < bound);
  }
  CHECK(rng.below(0) == 0);
  CHECK(rng.below(1) == 0);
}

TEST_CASE("a bounded draw throws away exactly the draws that would favour small numbers") {
  // 2^64 mod (2^63 + 1) = 2^63 - 1: draws below that are thrown away, all others are kept.
  constexpr std::uint64_t kBound = (std::uint64_t{1} << 63) + 1;
  constexpr std::uint64_t kRejected = (std::uint64_t{1} << 63) - 1;
  INFO("seed " << test_support::seed());
  Rng raw(test_support::seed());
  Rng bounded(test_support::seed());
  for (int i = 0; i < 200; ++i) {
    std::uint64_t draw = raw.next();
    while (draw < kRejected) draw = raw.next();
    CHECK(bounded.below(kBound) == draw % kBound);
  }
}

TEST_CASE("bounded draws are spread evenly") {
  INFO("seed " << test_support::seed());
  Rng rng(test_support::seed());
  std::array<int, 6> counts{};
  constexpr int kDraws = 60000;
  for (int i = 0; i < kDraws; ++i) ++counts[static_cast<std::size_t>(rng.below(6))];
  // A fair die's face comes up 10000 times with a deviation of 91; six deviations are 550.
  for (const int count : counts) CHECK(count == doctest::Approx(10000).epsilon(0.055));
}
