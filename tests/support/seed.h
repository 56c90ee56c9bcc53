#pragma once

#include <cstdint>

// The seed of every random test in this program: 1 unless `--seed=N` is on the command line, and printed in
// either case, so that any failing run can be had again.
namespace test_support {

std::uint64_t seed();
void set_seed(std::uint64_t seed);

}  // namespace test_support
