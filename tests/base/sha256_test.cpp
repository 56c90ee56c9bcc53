#include "core/base/sha256.h"

#include <doctest/doctest.h>
#include <vector>

namespace vmp {
namespace {

std::string digest_of(std::string_view text) {
  return to_hex(sha256(std::vector<std::uint8_t>(text.begin(), text.end())));
}

}  // namespace

TEST_CASE("SHA-256 gives the digests NIST publishes with the standard") {
  CHECK(digest_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(digest_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(digest_of(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("lengths around the border of a block are padded right") {
  // As coreutils' sha256sum gives them.
  CHECK(digest_of(std::string(55, 'x')) ==
        "d5e285683cd4efc02d021a5c62014694958901005d6f71e89e0989fac77e4072");
  CHECK(digest_of(std::string(56, 'x')) ==
        "04c26261370ee7541549d16dee320c723e3fd14671e66a099afe0a377c16888e");
  CHECK(digest_of(std::string(64, 'x')) ==
        "7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd6219506b5393c");
}

TEST_CASE("a digest as text is 64 hexadecimal digits and nothing else") {
  const Sha256 digest = sha256({});
  CHECK(sha256_from_hex(to_hex(digest)) == digest);
  CHECK_FALSE(sha256_from_hex("e3b0").has_value());
  CHECK_FALSE(sha256_from_hex(std::string(64, 'g')).has_value());
  CHECK(sha256_from_hex(std::string(64, 'A')).has_value());
}

}  // namespace vmp
