// A program, as the loader takes it: how many pages each segment has, what its file holds, and the lines a
// person reads beside the picture. Loading follows exec: segments are set aside at fixed places, nothing is
// read from the file yet, and the argument block is written to the top of the stack.
//
//   user_end   +---------------------+
//              | stack, grows down   |  argument block at its top
//              |        ...          |
//   mmap_base  | mappings, downwards |
//              |        ...          |
//              | heap, grows up      |  moved by brk, at most heap_limit_pages
//              | bss       rw-       |  reads as zeros
//              | data      rw-       |  from the file
//              | rodata    r--       |  from the file
//              | code      r-x       |  from the file
//   0x00400000 +---------------------+
#pragma once

#include <string>
#include <vector>

#include "core/base/sha256.h"
#include "core/os/address_space.h"
#include "core/os/elf_image.h"

namespace vmp {

// A word the program's file holds at a virtual address of its code, read-only data or data.
struct InitialWord {
  VirtualAddress address;
  std::uint64_t value = 0;
  std::uint32_t size = 4;  // bytes: 1, 2, 4 or 8

  constexpr bool operator==(const InitialWord&) const = default;
};

// The executable file of a real program. Two are the same if their names and bytes are.
struct ElfFile {
  std::string file_name;  // as the scenario names it
  Sha256 digest{};
  std::shared_ptr<const ElfImage> image;

  bool operator==(const ElfFile& other) const {
    return file_name == other.file_name && digest == other.digest;
  }
};

struct Program {
  std::string name;
  std::optional<ElfFile>
      elf{};  // the segments and their bytes are the file's (elf_loader.h), not those below
  std::vector<std::string> arguments{};  // of a real program, the first its name
  std::vector<std::string> environment{};
  std::uint64_t code_pages = 1;
  std::uint64_t rodata_pages = 0;
  std::uint64_t data_pages = 1;
  std::uint64_t bss_pages = 0;
  std::uint64_t heap_pages = 0;  // the heap's size when the program starts
  std::uint64_t heap_limit_pages = 16;
  std::uint64_t stack_limit_pages = 8;
  std::vector<InitialWord> words;
  std::vector<std::string> lines;  // what a person reads; line 1 is lines[0]

  bool operator==(const Program&) const = default;
};

inline constexpr std::uint64_t kMostProgramPages = std::uint64_t{1} << 18;  // of one segment: 1 GiB
inline constexpr std::uint64_t kMostFilePages =
    1024;  // code, read-only data and data: these bytes are really held

// A real program's usual limits: an 8 MiB stack (Linux's RLIMIT_STACK), and a heap limited by the room there
// is.
inline constexpr std::uint64_t kUsualElfStackPages = 2048;
inline constexpr std::uint64_t kUsualElfHeapPages = kMostProgramPages;

enum class ProgramProblem : std::uint8_t { NoCode, TooLarge, WordOutsideFile, WordCrossesPage, BadWordSize };
// What is wrong with a program whatever the machine; nothing if it can be loaded.
std::optional<ProgramProblem> check_program(const Program& program);

// The bytes of the program's executable file.
FileBytes executable_bytes(const PageTableFormat& format, const Program& program);
// True if both start from the same file, so that their pages of it are the same in the page cache.
bool same_executable(const Program& a, const Program& b);

// Where the segments of a program lie on a machine of this format; what they hold comes from `executable`. An
// address space whose layout cannot hold the program is refused.
std::optional<AddressSpace> load_program(const PageTableFormat& format, const Program& program,
                                         FileId executable);

// The argument block Linux puts on a new stack: argument count, pointers, strings. Addresses are the block's
// own.
struct ArgumentBlock {
  VirtualAddress stack_pointer;
  std::vector<std::uint8_t> bytes;  // from stack_pointer up to the end of the stack; at most a page
};
ArgumentBlock make_argument_block(const PageTableFormat& format, VirtualAddress stack_top,
                                  std::string_view program_name);

}  // namespace vmp
