#include "shell/present/format.h"

#include <algorithm>
#include <array>

#include "core/os/cost_model.h"

namespace vmp {

std::string format_bytes(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 7> kUnits = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  std::size_t unit = 0;
  while (unit + 1 < kUnits.size() && (bytes >> (10 * (unit + 1))) != 0) ++unit;
  const std::uint64_t size = std::uint64_t{1} << (10 * unit);
  std::string text = group_digits(bytes / size);
  if (bytes % size != 0) text += "." + std::to_string((bytes % size) * 10 / size);
  return text + " " + std::string(unit == 0 && bytes == 1 ? "byte" : kUnits[unit]);
}

std::string format_count(std::uint64_t count, std::string_view noun) {
  return group_digits(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string format_duration(std::uint64_t cycles) {
  constexpr std::array<std::string_view, 4> kUnits = {" ns", " us", " ms", " s"};
  const std::uint64_t nanoseconds =
      cycles / kCyclesPerMicrosecond * 1'000 + cycles % kCyclesPerMicrosecond * 1'000 / kCyclesPerMicrosecond;
  std::uint64_t size = 1;
  std::size_t unit = 0;
  for (; unit + 1 < kUnits.size() && nanoseconds / size >= 1'000; ++unit) size *= 1'000;
  if (unit == 0) return group_digits(nanoseconds).append(kUnits[unit]);
  return format_tenths((nanoseconds + size / 20) / (size / 10)).append(kUnits[unit]);
}

std::string format_tenths(std::uint64_t tenths) {
  return group_digits(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string group_digits(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t place = text.size(); place > 3;) {
    place -= 3;
    text.insert(place, ",");
  }
  return text;
}

std::string format_bits(std::uint64_t value, std::uint32_t bits) {
  std::string text;
  for (std::uint32_t bit = bits; bit-- > 0;) {
    text += ((value >> bit) & 1) != 0 ? '1' : '0';
    if (bit != 0 && bit % 4 == 0) text += ' ';
  }
  return text;
}

std::string format_hex(std::uint64_t value, std::uint32_t digits) {
  std::string text;
  for (; value != 0 || text.size() < digits || text.empty(); value >>= 4)
    text += "0123456789ABCDEF"[value & 0xF];
  std::reverse(text.begin(), text.end());
  return text;
}

std::string format_value(std::uint64_t value) {
  return value < 1'000'000 ? std::to_string(value) : "0x" + format_hex(value, 0);
}

}  // namespace vmp
