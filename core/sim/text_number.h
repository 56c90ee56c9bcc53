// Numbers in text, read strictly: all of the text must be the number, and it must fit in 64 bits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vmp {

std::optional<std::uint64_t> parse_decimal_digits(std::string_view text);
std::optional<std::uint64_t> parse_hex_digits(std::string_view text);  // without 0x
// Decimal, or hex behind 0x.
std::optional<std::uint64_t> parse_number(std::string_view text);
// Text that is meant as a number: digits only, even if they are too many to fit.
bool is_number_like(std::string_view text);

// "0x" and at least `digits` upper-case hex digits.
std::string to_hex(std::uint64_t value, std::uint32_t digits);

}  // namespace vmp
