// doctest's own main, with one argument more: `--seed=N` (decimal) for the random tests.
#define DOCTEST_CONFIG_IMPLEMENT
#include <charconv>
#include <cstdint>
#include <doctest/doctest.h>
#include <iostream>
#include <string_view>
#include <system_error>

#include "tests/support/seed.h"

namespace {

constexpr std::string_view kSeedFlag = "--seed=";

bool parse_seed(std::string_view digits, std::uint64_t& seed) {
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, seed);
  return error == std::errc{} && stop == end;
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (!argument.starts_with(kSeedFlag)) continue;
    std::uint64_t seed = 0;
    if (!parse_seed(argument.substr(kSeedFlag.size()), seed)) {
      std::cerr << "--seed needs a decimal number, not '" << argument.substr(kSeedFlag.size()) << "'\n";
      return 2;
    }
    test_support::set_seed(seed);
  }
  std::cout << "seed " << test_support::seed() << std::endl;
  doctest::Context context(argc, argv);
  return context.run();
}
