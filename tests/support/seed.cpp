#include "tests/support/seed.h"

namespace test_support {
namespace {

std::uint64_t g_seed = 1;

}  // namespace

std::uint64_t seed() {
  return g_seed;
}

void set_seed(std::uint64_t seed) {
  g_seed = seed;
}

}  // namespace test_support
