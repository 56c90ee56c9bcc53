#include "shell/image_file.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace vmp {
namespace {

constexpr std::size_t kLongestStoredBlock = 65535;  // its length is a 16-bit number

constexpr std::array<std::uint32_t, 256> make_crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t remainder = byte;
    for (int bit = 0; bit < 8; ++bit)
      remainder = (remainder & 1) != 0 ? 0xEDB88320U ^ (remainder >> 1) : remainder >> 1;
    table[byte] = remainder;
  }
  return table;
}

std::uint32_t crc32(std::string_view bytes) {
  static constexpr std::array<std::uint32_t, 256> kTable = make_crc_table();
  std::uint32_t crc = ~0U;
  for (const char c : bytes) crc = kTable[(crc ^ static_cast<std::uint8_t>(c)) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

std::uint32_t adler32(std::string_view bytes) {
  std::uint32_t sum = 1;
  std::uint32_t sum_of_sums = 0;
  for (const char c : bytes) {
    sum = (sum + static_cast<std::uint8_t>(c)) % 65521;
    sum_of_sums = (sum_of_sums + sum) % 65521;
  }
  return sum_of_sums << 16 | sum;
}

void append_byte(std::string& out, std::uint32_t value) {
  out.push_back(static_cast<char>(static_cast<std::uint8_t>(value)));
}

void append_big_endian(std::string& out, std::uint32_t value) {
  for (const int shift : {24, 16, 8, 0}) append_byte(out, value >> shift);
}

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
  append_big_endian(out, static_cast<std::uint32_t>(data.size()));
  const std::size_t start = out.size();
  out += type;
  out += data;
  append_big_endian(out, crc32(std::string_view(out).substr(start)));
}

std::string zlib_stored(std::string_view bytes) {
  std::string out = "\x78\x01";
  bool last = false;
  while (!last) {
    const auto length = static_cast<std::uint32_t>(std::min(bytes.size(), kLongestStoredBlock));
    last = bytes.size() == length;
    append_byte(out, last ? 1 : 0);
    for (const std::uint32_t number : {length, ~length}) {
      append_byte(out, number);
      append_byte(out, number >> 8);
    }
    out += bytes.substr(0, length);
    bytes.remove_prefix(length);
  }
  return out;
}

std::string_view as_text(const std::vector<std::uint8_t>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::string to_ppm(const Picture& picture) {
  std::string out = "P6\n" + std::to_string(picture.width) + " " + std::to_string(picture.height) + "\n255\n";
  out += as_text(picture.rgb);
  return out;
}

std::string to_png(const Picture& picture) {
  std::string header;
  append_big_endian(header, static_cast<std::uint32_t>(picture.width));
  append_big_endian(header, static_cast<std::uint32_t>(picture.height));
  header += std::string_view("\x08\x02\x00\x00\x00",
                             5);  // 8 bits a channel, RGB, the only compression and filter, no interlace

  const std::string_view pixels = as_text(picture.rgb);
  const std::size_t row = static_cast<std::size_t>(picture.width) * 3;
  std::string rows;
  rows.reserve(pixels.size() + static_cast<std::size_t>(picture.height));
  for (std::size_t start = 0; start < pixels.size(); start += row) {
    rows.push_back('\0');  // this row's filter: none
    rows += pixels.substr(start, row);
  }
  std::string data = zlib_stored(rows);
  append_big_endian(data, adler32(rows));

  std::string out = "\x89PNG\r\n\x1a\n";
  append_chunk(out, "IHDR", header);
  append_chunk(out, "IDAT", data);
  append_chunk(out, "IEND", {});
  return out;
}

}  // namespace vmp
