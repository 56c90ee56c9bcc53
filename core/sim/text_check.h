// Is this a text? A scenario is shown on screen, written to JSON and put into links, so it must be UTF-8 (RFC
// 3629, no surrogates, no overlong forms) without control characters other than tab and line end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vmp {

struct OddByte {
  std::uint32_t line = 1;
  std::uint32_t column = 1;  // in bytes
  std::string found;         // "the byte 0x00"
};
std::optional<OddByte> find_odd_byte(std::string_view text);

}  // namespace vmp
