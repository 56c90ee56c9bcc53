#include "core/sim/text_check.h"

#include "core/sim/text_number.h"

namespace vmp {
namespace {

// The length of the well-formed character at the start of `text`; 0 if there is none (RFC 3629, section 4).
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto continues = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return i < text.size() && byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool second = continues(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
    return second && continues(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool second = continues(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
    return second && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

bool is_text_character(std::string_view text) {
  const auto c = static_cast<unsigned char>(text[0]);
  if (c == '\r') return text.size() > 1 && text[1] == '\n';
  return (c >= 0x20 && c != 0x7F) || c == '\t' || c == '\n';
}

}  // namespace

std::optional<OddByte> find_odd_byte(std::string_view text) {
  std::uint32_t line = 1;
  std::size_t line_start = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const std::size_t length = character_length(rest);
    if (length == 0 || !is_text_character(rest)) {
      return OddByte{.line = line,
                     .column = static_cast<std::uint32_t>(at - line_start + 1),
                     .found = "the byte " + to_hex(static_cast<unsigned char>(text[at]), 2)};
    }
    at += length;
    if (rest[0] == '\n') {
      ++line;
      line_start = at;
    }
  }
  return std::nullopt;
}

}  // namespace vmp
