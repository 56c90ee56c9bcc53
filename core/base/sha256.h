// SHA-256 (FIPS 180-4, section 6.2), the name under which a scenario knows a file it does not contain.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vmp {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(std::span<const std::uint8_t> bytes);

std::string to_hex(const Sha256& digest);  // 64 lower-case digits
// The digest of 64 hexadecimal digits; nothing if it is not that.
std::optional<Sha256> sha256_from_hex(std::string_view text);

}  // namespace vmp
