// State hashing. Two machines with equal state have equal hashes on every platform; it is a check for
// equality, not a defence against someone who looks for collisions. Words are mixed with the finaliser of
// MurmurHash3 (Appleby 2011).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/ids.h"

namespace vmp {

constexpr std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xFF51AFD7ED558CCDu;
  x ^= x >> 33;
  x *= 0xC4CEB9FE1A85EC53u;
  x ^= x >> 33;
  return x;
}

class Hasher {
 public:
  constexpr void add(std::uint64_t word) { m_state = mix(m_state * 0x9E3779B97F4A7C15u + word + 1); }

  template <class Tag, class Rep>
  constexpr void add(Id<Tag, Rep> id) {
    add(static_cast<std::uint64_t>(id.value()));
  }

  template <class T>
  constexpr void add(const std::optional<T>& value) {
    add(static_cast<std::uint64_t>(value.has_value()));
    if (value) add(*value);
  }

  constexpr void add(std::string_view text) {
    add(static_cast<std::uint64_t>(text.size()));
    for (const char c : text) add(static_cast<std::uint64_t>(static_cast<unsigned char>(c)));
  }

  constexpr std::uint64_t value() const { return m_state; }

 private:
  std::uint64_t m_state = 0x243F6A8885A308D3u;
};

// Hash of a block of bytes whose length is a multiple of 8, read as little-endian words on every platform.
inline std::uint64_t hash_words(std::span<const std::uint8_t> bytes) {
  Hasher hasher;
  for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t word = 0;
    for (std::size_t b = 0; b < 8; ++b) word |= std::uint64_t{bytes[i + b]} << (8 * b);
    hasher.add(word);
  }
  return hasher.value();
}

}  // namespace vmp
