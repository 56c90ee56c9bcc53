#include "core/os/program.h"

#include <algorithm>
#include <array>

namespace vmp {
namespace {

struct FileRange {
  std::uint64_t first_page = 0;
  std::uint64_t pages = 0;
};

std::uint64_t file_pages(const Program& program) {
  return program.code_pages + program.rodata_pages + program.data_pages;
}

// The instruction that does nothing, so that a look at an untouched code page shows real machine code.
constexpr std::uint8_t kX86Nop = 0x90;
constexpr std::array<std::uint8_t, 4> kRiscvNop{0x13, 0x00, 0x00, 0x00};

FileBytes make_file(const PageTableFormat& format, const Program& program) {
  const VirtualAddress base = layout_of(format).program_base;
  auto file =
      std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(file_pages(program) * kPageSize));
  for (std::size_t i = 0; i < program.code_pages * kPageSize; ++i) {
    (*file)[i] = is_x86(format) ? kX86Nop : kRiscvNop[i % 4];
  }
  for (const InitialWord& word : program.words) {
    const std::uint64_t at = word.address - base;
    for (std::uint32_t i = 0; i < word.size; ++i) {
      (*file)[static_cast<std::size_t>(at + i)] = static_cast<std::uint8_t>(word.value >> (8 * i));
    }
  }
  return file;
}

}  // namespace

std::optional<ProgramProblem> check_program(const Program& program) {
  if (program.code_pages == 0) return ProgramProblem::NoCode;
  for (const std::uint64_t pages :
       {program.code_pages, program.rodata_pages, program.data_pages, program.bss_pages, program.heap_pages,
        program.heap_limit_pages, program.stack_limit_pages}) {
    if (pages > kMostProgramPages) return ProgramProblem::TooLarge;
  }
  if (file_pages(program) > kMostFilePages) return ProgramProblem::TooLarge;
  if (program.stack_limit_pages == 0 || program.heap_pages > program.heap_limit_pages)
    return ProgramProblem::TooLarge;
  const VirtualAddress base = layout_of(format_of(FormatId::X86_32)).program_base;
  const VirtualAddress end = base + file_pages(program) * kPageSize;
  for (const InitialWord& word : program.words) {
    if (word.size != 1 && word.size != 2 && word.size != 4 && word.size != 8)
      return ProgramProblem::BadWordSize;
    if (word.address < base || word.address >= end) return ProgramProblem::WordOutsideFile;
    if (offset_of(word.address) + word.size > kPageSize) return ProgramProblem::WordCrossesPage;
  }
  return std::nullopt;
}

FileBytes executable_bytes(const PageTableFormat& format, const Program& program) {
  return program.elf ? program.elf->image->file : make_file(format, program);
}

bool same_executable(const Program& a, const Program& b) {
  if (a.elf || b.elf) return a.elf == b.elf;
  return a == b;
}

std::optional<AddressSpace> load_program(const PageTableFormat& format, const Program& program,
                                         FileId executable) {
  if (check_program(program)) return std::nullopt;
  const AddressLayout layout = layout_of(format);
  AddressSpace space(layout);

  VirtualAddress at = layout.program_base;
  const auto add = [&](SegmentKind kind, std::uint64_t pages, Permissions permissions, bool from_file) {
    if (pages == 0) return;
    const VirtualAddress end = at + pages * kPageSize;
    space.insert(Segment{.kind = kind,
                         .range = {at, end},
                         .permissions = permissions,
                         .backing = from_file ? std::optional(executable) : std::nullopt,
                         .file_offset = from_file ? at - layout.program_base : 0});
    at = end;
  };
  const Permissions read_write{.read = true, .write = true, .execute = false};
  add(SegmentKind::Code, program.code_pages, {.read = true, .write = false, .execute = true}, true);
  add(SegmentKind::ReadOnlyData, program.rodata_pages, {.read = true, .write = false, .execute = false},
      true);
  add(SegmentKind::Data, program.data_pages, read_write, true);
  add(SegmentKind::Bss, program.bss_pages, read_write, false);
  space.heap_start = at;
  add(SegmentKind::Heap, program.heap_pages, read_write, false);
  space.program_break = at;
  space.data_bytes = program.data_pages * kPageSize;
  space.heap_limit = program.heap_limit_pages * kPageSize;
  space.stack_top = layout.user_end;
  space.stack_limit = program.stack_limit_pages * kPageSize;

  const VirtualAddress stack_floor = space.stack_top - space.stack_limit;
  if (at >= layout.mmap_base || space.heap_start + space.heap_limit >= stack_floor) return std::nullopt;
  space.insert(Segment{.kind = SegmentKind::Stack,
                       .range = {space.stack_top - kPageSize, space.stack_top},
                       .permissions = read_write});
  return space;
}

// fs/binfmt_elf.c, create_elf_tables(): argc, argv[0], NULL, (no environment) NULL, then the strings; the
// stack pointer is aligned to 16 bytes. The auxiliary vector is left out.
ArgumentBlock make_argument_block(const PageTableFormat& format, VirtualAddress stack_top,
                                  std::string_view program_name) {
  const std::uint32_t word = format.entry_bytes == 4 ? 4 : 8;
  const std::string_view name = program_name.substr(0, 255);
  const VirtualAddress string_at =
      stack_top - word - (name.size() + 1);  // Linux leaves one zero word at the very top
  const VirtualAddress stack_pointer((string_at.value() - std::uint64_t{4} * word) & ~std::uint64_t{15});

  ArgumentBlock block{
      .stack_pointer = stack_pointer,
      .bytes = std::vector<std::uint8_t>(static_cast<std::size_t>(stack_top - stack_pointer))};
  const auto put = [&](std::uint64_t slot, std::uint64_t value) {
    for (std::uint32_t i = 0; i < word; ++i) {
      block.bytes[static_cast<std::size_t>(slot * word + i)] = static_cast<std::uint8_t>(value >> (8 * i));
    }
  };
  put(0, 1);                  // argc
  put(1, string_at.value());  // argv[0]; argv[1] and envp[0] stay NULL
  std::copy(name.begin(), name.end(),
            block.bytes.begin() + static_cast<std::ptrdiff_t>(string_at - stack_pointer));
  return block;
}

}  // namespace vmp
