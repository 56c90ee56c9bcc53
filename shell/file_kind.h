// What a file is that someone opened or dropped: told from its beginning, with the name as a hint, because
// people rename files and browsers hand them over without a type.
#pragma once

#include <cstdint>
#include <string_view>

namespace vmp {

enum class FileKind : std::uint8_t {
  Scenario,  // the first line is "vms 1", or the name ends in .vms
  Lackey,    // a recording of memory references by valgrind
  Pages,     // one page number a line
  Elf,       // an executable program
  Empty,
  Unknown,
};

FileKind file_kind(std::string_view name, std::string_view bytes);

}  // namespace vmp
