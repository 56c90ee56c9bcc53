// Pictures as files, in the two formats that need no library: PPM, and PNG with its rows stored as they are.
// A PNG written here is as long as its pixels; any tool that reads it can pack it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vmp {

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;  // rows of 8-bit red, green, blue, from the top left
};

// The bytes of a binary PPM file (P6).
std::string to_ppm(const Picture& picture);
// The bytes of a PNG file: one image data chunk, its zlib stream made of stored blocks (RFC 1950, RFC
// 1951 3.2.4).
std::string to_png(const Picture& picture);

}  // namespace vmp
