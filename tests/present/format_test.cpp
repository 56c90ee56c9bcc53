#include "shell/present/format.h"

#include <doctest/doctest.h>

namespace vmp {

TEST_CASE("sizes are exact where they are whole and have one decimal where they are not") {
  CHECK(format_bytes(0) == "0 bytes");
  CHECK(format_bytes(1) == "1 byte");
  CHECK(format_bytes(1023) == "1,023 bytes");
  CHECK(format_bytes(4096) == "4 KiB");
  CHECK(format_bytes(std::uint64_t{4} << 30) == "4 GiB");
  CHECK(format_bytes((std::uint64_t{3} << 30) + 1) == "3.0 GiB");
  CHECK(format_bytes(1536) == "1.5 KiB");
  CHECK(format_bytes(2047) == "1.9 KiB");
  CHECK(format_bytes(~std::uint64_t{0}) == "15.9 EiB");
}

TEST_CASE("a count agrees with its noun and has its digits grouped") {
  CHECK(format_count(1, "page") == "1 page");
  CHECK(format_count(0, "page") == "0 pages");
  CHECK(format_count(1025, "node") == "1,025 nodes");
  CHECK(group_digits(999) == "999");
  CHECK(group_digits(1234567) == "1,234,567");
}

TEST_CASE("cycles of a clock of 3 GHz are shown as a time with one decimal") {
  CHECK(format_duration(0) == "0 ns");
  CHECK(format_duration(1) == "0 ns");
  CHECK(format_duration(300) == "100 ns");
  CHECK(format_duration(2'999) == "999 ns");
  CHECK(format_duration(3'000) == "1.0 us");
  CHECK(format_duration(38'038'500) == "12.7 ms");
  CHECK(format_duration(10'200'000'000) == "3.4 s");
  CHECK(format_duration(~std::uint64_t{0}) == "6,148,914,691.2 s");
}

TEST_CASE("tenths are a decimal") {
  CHECK(format_tenths(0) == "0.0");
  CHECK(format_tenths(6'129) == "612.9");
  CHECK(format_tenths(12'345'678) == "1,234,567.8");
}

TEST_CASE("bits are grouped in fours from the right") {
  CHECK(format_bits(1, 10) == "00 0000 0001");
  CHECK(format_bits(0xA2C, 12) == "1010 0010 1100");
  CHECK(format_bits(0, 9) == "0 0000 0000");
}

TEST_CASE("hexadecimal is as wide as asked, or wider if it must be") {
  CHECK(format_hex(0x1B, 5) == "0001B");
  CHECK(format_hex(0x12345, 2) == "12345");
  CHECK(format_hex(0, 0) == "0");
}

TEST_CASE("a program's value is decimal until it is too long to read") {
  CHECK(format_value(42) == "42");
  CHECK(format_value(999'999) == "999999");
  CHECK(format_value(0xDEADBEEF) == "0xDEADBEEF");
}

}  // namespace vmp
