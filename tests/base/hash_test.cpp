#include "core/base/hash.h"

#include <doctest/doctest.h>
#include <set>
#include <vector>

using namespace vmp;

namespace {

template <class... Values>
std::uint64_t hash_of(const Values&... values) {
  Hasher hasher;
  (hasher.add(values), ...);
  return hasher.value();
}

constexpr std::uint64_t word(std::uint64_t value) {
  return value;
}

}  // namespace

TEST_CASE("the mixing step is MurmurHash3's finaliser") {
  // fmix64 of 0 and 1, as the reference code gives them.
  CHECK(mix(0) == 0);
  CHECK(mix(1) == 0xB456BCFC34C2CB2Cu);
}

TEST_CASE("order, number and value of the words all matter") {
  const std::set<std::uint64_t> hashes{hash_of(),
                                       hash_of(word(0)),
                                       hash_of(word(0), word(0)),
                                       hash_of(word(1), word(2)),
                                       hash_of(word(2), word(1)),
                                       hash_of(word(1))};
  CHECK(hashes.size() == 6);
}

TEST_CASE("an absent value is different from every present one") {
  CHECK(hash_of(std::optional<FrameNumber>()) != hash_of(std::optional(FrameNumber(0))));
  CHECK(hash_of(std::optional(FrameNumber(0))) != hash_of(std::optional(FrameNumber(1))));
}

TEST_CASE("texts that run together hash differently") {
  CHECK(hash_of(std::string_view("ab"), std::string_view("c")) !=
        hash_of(std::string_view("a"), std::string_view("bc")));
}

TEST_CASE("bytes are read as little-endian words on every platform") {
  const std::vector<std::uint8_t> bytes{0x08, 0x07, 0x06, 0x05, 0x04, 0x03, 0x02, 0x01};
  CHECK(hash_words(bytes) == hash_of(word(0x0102030405060708)));
}
