// exec for a real program: the segments an ELF file becomes, as Linux 6.1's load_elf_binary()
// (fs/binfmt_elf.c) sets them up, and the stack a program finds (create_elf_tables()).
//
// A file is mapped by whole pages: the address and the file offset of a segment are both rounded down, so the
// first page may also show bytes that lie before the segment in the file, and the last one bytes behind it:
//
//   file        ......|headers|.text        |.data   |.symtab .....
//   PT_LOAD 1         [offset 0, filesz    )
//   PT_LOAD 2                 [page of .data         )            memsz > filesz:
//   memory            | r-x: headers .text  |  | rw-: .text's end, .data, 0000 | rw- bss: 0000 |
//                                                             ^ the kernel zeroes the rest of the page
//
// The kernel zeroes that rest by writing to it, so such a page is in RAM from the start, as a private copy of
// the page cache's; all others come from the file, or are zeros, at their first touch. Not modelled: the
// vDSO, and the core dump's needs.
#pragma once

#include <array>

#include "core/base/rng.h"
#include "core/os/address_space.h"
#include "core/os/elf_image.h"
#include "core/os/program.h"

namespace vmp {

// Address-space layout randomisation, as with kernel.randomize_va_space = 2.
enum class Aslr : std::uint8_t { Off, On };

// Where the processor's Linux starts a program, and within which bounds it draws at random.
struct ElfPlatform {
  std::string_view name;                // AT_PLATFORM; empty: none
  std::uint32_t mmap_random_bits;       // of the page number (CONFIG_ARCH_MMAP_RND_BITS' default)
  std::uint64_t stack_random_pages;     // STACK_RND_MASK
  std::uint64_t stack_random_bytes;     // arch_align_stack(): below this, moved down within the stack
  std::uint64_t heap_random_bytes;      // arch_randomize_brk()
  bool missing_stack_header_means_all;  // no PT_GNU_STACK: all that may be read may be executed
};
const ElfPlatform& platform_of(ElfMachine machine);
// ELF_ET_DYN_BASE: where the heap of a randomised static PIE goes, away from the mappings.
VirtualAddress position_independent_base(ElfMachine machine, const AddressLayout& layout);

// True if a machine with page tables of this format runs files for `machine`.
bool suits(const PageTableFormat& format, ElfMachine machine);
// A format for files of that machine: the smallest one there is; nothing if there is none yet.
FormatId usual_format(ElfMachine machine);

// Bytes the kernel writes to a page before the program starts.
struct InitialWrite {
  VirtualAddress address;
  std::vector<std::uint8_t> bytes;  // within one page
};

struct LoadedElf {
  AddressSpace space;
  std::uint64_t load_bias = 0;  // added to every address in the file
  VirtualAddress entry;
  ArgumentBlock stack;
  std::vector<InitialWrite> zeroed;  // rests of pages, to be written with zeros
};

// `program` must have an ELF file, whose bytes are those of `executable`. Draws from `rng` as Linux draws:
// the bytes of AT_RANDOM always, places only with Aslr::On.
Result<LoadedElf, ElfError> load_elf(const PageTableFormat& format, const Program& program, FileId executable,
                                     Aslr aslr, Rng& rng);

// What the stack of a new program holds, from the stack pointer up: argument count, argument and environment
// pointers, auxiliary vector, then the strings they point to.
struct StackContents {
  const ElfImage& image;
  const Program& program;
  std::uint64_t load_bias = 0;
  VirtualAddress top;                     // page-aligned end of the stack
  std::uint64_t moved_down = 0;           // arch_align_stack()
  std::array<std::uint8_t, 16> random{};  // AT_RANDOM
};
ArgumentBlock make_elf_stack(const StackContents& contents);

}  // namespace vmp
