// The only source of randomness: SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
// generators", OOPSLA 2014). Its state is one word, so it lies in the machine's state and in the state hash;
// std:: distributions are avoided because they differ between standard libraries.
#pragma once

#include <cstdint>

namespace vmp {

class Rng {
 public:
  constexpr explicit Rng(std::uint64_t seed = 0) : m_state(seed) {}

  constexpr std::uint64_t next() {
    m_state += 0x9E3779B97F4A7C15u;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  // A draw in [0, bound), unbiased: draws below 2^64 mod bound are thrown away.
  constexpr std::uint64_t below(std::uint64_t bound) {
    if (bound < 2) return 0;
    const std::uint64_t rejected = (0 - bound) % bound;
    std::uint64_t draw = next();
    while (draw < rejected) draw = next();
    return draw % bound;
  }

  constexpr std::uint64_t state() const { return m_state; }

 private:
  std::uint64_t m_state;
};

}  // namespace vmp
