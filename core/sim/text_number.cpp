#include "core/sim/text_number.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace vmp {
namespace {

constexpr std::string_view kHexPrefix = "0x";

std::optional<std::uint64_t> parse_digits(std::string_view text, int base) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, base);
  if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::uint64_t> parse_decimal_digits(std::string_view text) {
  return parse_digits(text, 10);
}

std::optional<std::uint64_t> parse_hex_digits(std::string_view text) {
  return parse_digits(text, 16);
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  if (text.starts_with(kHexPrefix)) return parse_hex_digits(text.substr(kHexPrefix.size()));
  return parse_decimal_digits(text);
}

bool is_number_like(std::string_view text) {
  const bool hex = text.starts_with(kHexPrefix);
  if (hex) text.remove_prefix(kHexPrefix.size());
  const auto is_digit = [hex](char c) {
    return (c >= '0' && c <= '9') || (hex && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::string to_hex(std::uint64_t value, std::uint32_t digits) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  while (value != 0 || text.size() < digits) {
    text.insert(text.begin(), kDigits[value & 15]);
    value >>= 4;
  }
  return std::string(kHexPrefix) + text;
}

}  // namespace vmp
