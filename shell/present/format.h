// Numbers as people read them: sizes in binary units, counts with their noun, bits in groups of four.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vmp {

// "4 GiB", "3.0 GiB", "12 KiB", "40 bytes": exact when it is a whole number of units, else one decimal.
std::string format_bytes(std::uint64_t bytes);
// "1 page", "5 pages", "1,025 nodes".
std::string format_count(std::uint64_t count, std::string_view noun);
// Cycles of the simulated processor (core/os/cost_model.h) as time: "100 ns", "12.7 ms", "3.4 s".
std::string format_duration(std::uint64_t cycles);
// Tenths as a decimal: "1,025.4".
std::string format_tenths(std::uint64_t tenths);
// "1,025".
std::string group_digits(std::uint64_t number);
// The lowest `bits` bits, grouped from the right: "00 0000 0011".
std::string format_bits(std::uint64_t value, std::uint32_t bits);
// Upper-case hexadecimal, at least `digits` long, without a prefix.
std::string format_hex(std::uint64_t value, std::uint32_t digits);
// A value as a program prints it: decimal, and hexadecimal once it is too long to read.
std::string format_value(std::uint64_t value);

}  // namespace vmp
