#include "core/os/policies/arc_target.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "core/base/rng.h"
#include "tests/support/seed.h"

namespace vmp::test {
namespace {

double value_of(ArcTarget target) {
  return static_cast<double>(target.whole()) + static_cast<double>(target.fraction()) / 4503599627370496.0;
}

}  // namespace

TEST_CASE("three thirds more than one add up as binary64 adds them") {
  ArcTarget target;
  for (int i = 0; i < 3; ++i) target = target.plus(ArcTarget::ratio(4, 3));
  CHECK(target == ArcTarget(4));
  CHECK(ArcTarget::ratio(1, 3) == ArcTarget(1));
  CHECK(ArcTarget(1).minus(ArcTarget(2)) == ArcTarget());
}

TEST_CASE("a target that moves at random is bit for bit the number binary64 gives") {
  Rng rng(test_support::seed());
  for (const std::uint64_t frames : {3U, 8U, 100U, 5000U, 1U << 20}) {
    ArcTarget target;
    double expected = 0;
    for (int i = 0; i < 20'000; ++i) {
      const std::uint64_t a = 1 + rng.below(frames);
      const std::uint64_t b = 1 + rng.below(1 + rng.below(frames));
      const double ratio = std::max(static_cast<double>(a) / static_cast<double>(b), 1.0);
      REQUIRE(value_of(ArcTarget::ratio(a, b)) == ratio);
      if (rng.below(2) == 0) {
        target = std::min(ArcTarget(frames), target.plus(ArcTarget::ratio(a, b)));
        expected = std::min(static_cast<double>(frames), expected + ratio);
      } else {
        target = target.minus(ArcTarget::ratio(a, b));
        expected = std::max(0.0, expected - ratio);
      }
      REQUIRE(value_of(target) == expected);
    }
  }
}

}  // namespace vmp::test
