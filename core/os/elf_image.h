// What an executable file says about itself: the part of the Executable and Linkable Format (System V gABI
// 4.1, chapters 4 and 5; psABIs of i386, x86-64 and RISC-V) that a kernel looks at when it starts a program.
//
//   +------------------+ 0
//   | ELF header       |  which processor, where the tables are, where to start
//   | program headers  |  what to map where, with which permissions: all that exec needs
//   | .text .rodata .. |
//   | section headers  |  names for ranges, for linkers, debuggers and people; exec never reads them
//   +------------------+
//
// Files are read as Linux 6.1 reads them (fs/binfmt_elf.c): what it refuses is refused here, with a reason
// and the offset of the field that is to blame, and fields it does not look at are not looked at. Beyond that
// this reader refuses big-endian files, a class that is not the processor's, and segments that reach beyond
// the end of the file, which Linux would map and end with SIGBUS on the first touch.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/os/segment.h"

namespace vmp {

// A processor and its word size; a file's class and machine fields together.
enum class ElfMachine : std::uint8_t { X86_32, X86_64, RiscV32, RiscV64 };
std::string_view name_of(ElfMachine machine);  // "x86-32", "x86-64", "riscv32", "riscv64"
constexpr bool is_64_bit(ElfMachine machine) {
  return machine == ElfMachine::X86_64 || machine == ElfMachine::RiscV64;
}

enum class ElfType : std::uint8_t {
  Fixed,        // ET_EXEC: linked to its addresses
  Relocatable,  // ET_DYN without an interpreter: a static PIE, which may lie anywhere
};

// The bytes of an executable file.
using FileBytes = std::shared_ptr<const std::vector<std::uint8_t>>;

// One PT_LOAD program header. Sizes and addresses in bytes, as in the file.
struct ElfLoad {
  std::uint64_t header_offset = 0;  // of the program header itself
  std::uint64_t file_offset = 0;
  VirtualAddress address;
  std::uint64_t file_size = 0;
  std::uint64_t memory_size = 0;
  std::uint64_t alignment = 0;
  Permissions permissions;

  bool operator==(const ElfLoad&) const = default;
};

// A section that takes part in the memory image (SHF_ALLOC).
struct ElfSection {
  std::string name;
  VirtualAddress address;
  std::uint64_t size = 0;
  bool in_file = true;  // false: SHT_NOBITS, as .bss

  bool operator==(const ElfSection&) const = default;
};

enum class ElfProblem : std::uint8_t {
  NotElf,                    // the magic number is missing
  HeaderCut,                 // the file ends inside its header
  BadClass,                  // neither 32 nor 64 bits
  BadByteOrder,              // not little-endian
  UnsupportedMachine,        // another processor
  ClassOfOtherMachine,       // 32 and 64 bits mixed up: no Linux starts it on this processor
  NotExecutable,             // an object file, a core dump, ...
  BadProgramHeaderSize,      // program headers of another size than this class has
  NoProgramHeaders,          // none at all
  TooManyProgramHeaders,     // more than a page of them
  ProgramHeadersBeyondFile,  // the table does not lie in the file
  NeedsInterpreter,          // PT_INTERP: dynamically linked
  NothingToLoad,             // no PT_LOAD
  FileSizeAboveMemorySize,   // more bytes in the file than in memory
  SegmentBeyondFile,         // the bytes do not lie in the file
  SegmentBeyondAddresses,    // the addresses wrap round
  MisalignedSegment,         // address and file offset differ within the page
  // Sections: the file loads all the same, without names.
  BadSectionHeaderSize,
  SectionHeadersBeyondFile,
  BadSectionNames,  // the string table is not there
  // Found only when the file is to be loaded on a machine.
  OtherPageTableFormat,    // the machine's page tables are another processor's
  SegmentOutsideUserHalf,  // a segment, or the entry point, where no program may be
  NoRoomForImage,          // no gap of the image's size
  ZeroFillNotWritable,     // the rest of a page must be zeroed, and may not be written: Linux's EFAULT
  NoRoomForStack,          // the image lies where the stack must be
  ArgumentsTooLong,        // arguments and environment do not fit the stack
};
std::string_view name_of(ElfProblem problem);  // "not-elf", "needs-interpreter", ...

struct ElfError {
  ElfProblem problem = ElfProblem::NotElf;
  std::uint64_t offset = 0;  // in the file, of the field to blame

  bool operator==(const ElfError&) const = default;
};

struct ElfImage {
  ElfMachine machine = ElfMachine::RiscV64;
  ElfType type = ElfType::Fixed;
  VirtualAddress entry;  // without the load bias, as all addresses here
  std::uint32_t program_headers = 0;
  std::uint32_t program_header_size = 0;                  // bytes
  std::optional<VirtualAddress> program_headers_address;  // where a segment brings them into memory
  std::vector<ElfLoad> loads;                             // in the file's order
  std::optional<bool> executable_stack;                   // as PT_GNU_STACK says, if it is there
  std::vector<ElfSection> sections;
  std::optional<ElfError> section_problem;  // why there are no names
  FileBytes file;
};

// The sections of `image`, moved by `load_bias`, that overlap `range`; separated by blanks, in the file's
// order: ".rodata .eh_frame".
std::string section_names(const ElfImage& image, std::uint64_t load_bias, AddressRange range);

}  // namespace vmp
