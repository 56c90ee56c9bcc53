#include "core/os/elf_reader.h"

#include <algorithm>
#include <array>

namespace vmp {
namespace {

// Where the fields lie, for each of the two classes: gABI figures 4-3, 4-8 and 5-1 (elf.h: Elf32_Ehdr, ...).
struct Shape {
  std::uint32_t word;  // bytes of an address, an offset or a size
  std::uint64_t header_size;
  std::uint64_t entry, phoff, shoff, phentsize, phnum, shentsize, shnum, shstrndx;  // in the ELF header
  std::uint64_t phdr_size;
  std::uint64_t p_flags, p_offset, p_vaddr, p_filesz, p_memsz, p_align;  // in a program header
  std::uint64_t shdr_size;
  std::uint64_t sh_flags, sh_addr, sh_offset, sh_size, sh_link;  // in a section header
};
constexpr Shape k32Bit{.word = 4,
                       .header_size = 52,
                       .entry = 24,
                       .phoff = 28,
                       .shoff = 32,
                       .phentsize = 42,
                       .phnum = 44,
                       .shentsize = 46,
                       .shnum = 48,
                       .shstrndx = 50,
                       .phdr_size = 32,
                       .p_flags = 24,
                       .p_offset = 4,
                       .p_vaddr = 8,
                       .p_filesz = 16,
                       .p_memsz = 20,
                       .p_align = 28,
                       .shdr_size = 40,
                       .sh_flags = 8,
                       .sh_addr = 12,
                       .sh_offset = 16,
                       .sh_size = 20,
                       .sh_link = 24};
constexpr Shape k64Bit{.word = 8,
                       .header_size = 64,
                       .entry = 24,
                       .phoff = 32,
                       .shoff = 40,
                       .phentsize = 54,
                       .phnum = 56,
                       .shentsize = 58,
                       .shnum = 60,
                       .shstrndx = 62,
                       .phdr_size = 56,
                       .p_flags = 4,
                       .p_offset = 8,
                       .p_vaddr = 16,
                       .p_filesz = 32,
                       .p_memsz = 40,
                       .p_align = 48,
                       .shdr_size = 64,
                       .sh_flags = 8,
                       .sh_addr = 16,
                       .sh_offset = 24,
                       .sh_size = 32,
                       .sh_link = 40};

// Fields that lie at the same place in both classes.
constexpr std::uint64_t kIdentClass = 4;
constexpr std::uint64_t kIdentData = 5;
constexpr std::uint64_t kIdentSize = 16;
constexpr std::uint64_t kType = 16;
constexpr std::uint64_t kMachine = 18;
constexpr std::uint64_t kSectionType = 4;

constexpr std::uint64_t kLittleEndian = 1;        // ELFDATA2LSB
constexpr std::uint64_t kExecutable = 2;          // ET_EXEC
constexpr std::uint64_t kShared = 3;              // ET_DYN
constexpr std::uint64_t kLoad = 1;                // PT_LOAD
constexpr std::uint64_t kInterpreter = 3;         // PT_INTERP
constexpr std::uint64_t kGnuStack = 0x6474E551;   // PT_GNU_STACK
constexpr std::uint64_t kNoBits = 8;              // SHT_NOBITS
constexpr std::uint64_t kAllocated = 2;           // SHF_ALLOC
constexpr std::uint64_t kThreadLocal = 0x400;     // SHF_TLS
constexpr std::uint64_t kExtendedIndex = 0xFFFF;  // SHN_XINDEX
constexpr std::size_t kLongestSectionName = 64;

class Reader {
 public:
  explicit Reader(FileBytes file) : m_file(std::move(file)), m_bytes(*m_file) { m_image.file = m_file; }

  Result<ElfImage, ElfError> run() {
    if (const auto error = read_header()) return Failure{*error};
    if (const auto error = read_program_headers()) return Failure{*error};
    m_image.section_problem = read_sections();
    if (m_image.section_problem) m_image.sections.clear();
    return std::move(m_image);
  }

 private:
  using Outcome = std::optional<ElfError>;

  static Outcome fail(ElfProblem problem, std::uint64_t offset) { return ElfError{problem, offset}; }

  // True if [offset, offset + size) lies in the file.
  bool holds(std::uint64_t offset, std::uint64_t size) const {
    return offset <= m_bytes.size() && size <= m_bytes.size() - offset;
  }
  // A little-endian number; the place must have been checked.
  std::uint64_t number(std::uint64_t offset, std::uint32_t size) const {
    check(holds(offset, size), "an ELF field is read only where the file is");
    std::uint64_t value = 0;
    for (std::uint32_t i = 0; i < size; ++i) {
      value |= std::uint64_t{m_bytes[static_cast<std::size_t>(offset + i)]} << (8 * i);
    }
    return value;
  }
  std::uint64_t half(std::uint64_t offset) const { return number(offset, 2); }
  std::uint64_t word(std::uint64_t offset) const { return number(offset, 4); }
  std::uint64_t native(std::uint64_t offset) const { return number(offset, m_shape->word); }
  std::uint64_t highest_address() const { return m_shape->word == 4 ? 0xFFFFFFFFu : ~std::uint64_t{0}; }

  Outcome read_header() {
    constexpr std::array<std::uint8_t, 4> kMagic{0x7F, 'E', 'L', 'F'};
    if (!holds(0, kMagic.size()) || !std::equal(kMagic.begin(), kMagic.end(), m_bytes.begin()))
      return fail(ElfProblem::NotElf, 0);
    if (!holds(0, kIdentSize)) return fail(ElfProblem::HeaderCut, m_bytes.size());
    const std::uint64_t file_class = number(kIdentClass, 1);
    if (file_class != 1 && file_class != 2) return fail(ElfProblem::BadClass, kIdentClass);
    m_shape = file_class == 1 ? &k32Bit : &k64Bit;
    if (number(kIdentData, 1) != kLittleEndian) return fail(ElfProblem::BadByteOrder, kIdentData);
    if (!holds(0, m_shape->header_size)) return fail(ElfProblem::HeaderCut, m_bytes.size());
    if (const Outcome error = read_machine()) return error;

    const std::uint64_t type = half(kType);
    if (type != kExecutable && type != kShared) return fail(ElfProblem::NotExecutable, kType);
    m_image.type = type == kExecutable ? ElfType::Fixed : ElfType::Relocatable;
    m_image.entry = VirtualAddress(native(m_shape->entry));
    return std::nullopt;
  }

  Outcome read_machine() {
    struct Row {
      std::uint64_t number;
      ElfMachine narrow;  // as a file of 32 bits
      ElfMachine wide;    // as one of 64
    };
    // EM_386 is 32 bits wide and EM_X86_64 64 (the x32 ABI is not supported); EM_RISCV is either.
    constexpr std::array<Row, 3> kRows{{{3, ElfMachine::X86_32, ElfMachine::X86_32},
                                        {62, ElfMachine::X86_64, ElfMachine::X86_64},
                                        {243, ElfMachine::RiscV32, ElfMachine::RiscV64}}};
    for (const Row& row : kRows) {
      if (row.number != half(kMachine)) continue;
      const bool wide = m_shape->word == 8;
      m_image.machine = wide ? row.wide : row.narrow;
      if (is_64_bit(m_image.machine) != wide) return fail(ElfProblem::ClassOfOtherMachine, kIdentClass);
      return std::nullopt;
    }
    return fail(ElfProblem::UnsupportedMachine, kMachine);
  }

  // load_elf_phdrs(): headers of the right size, at least one, at most a page of them.
  Outcome read_program_headers() {
    if (half(m_shape->phentsize) != m_shape->phdr_size)
      return fail(ElfProblem::BadProgramHeaderSize, m_shape->phentsize);
    const std::uint64_t count = half(m_shape->phnum);
    if (count == 0) return fail(ElfProblem::NoProgramHeaders, m_shape->phnum);
    if (count * m_shape->phdr_size > kPageSize)
      return fail(ElfProblem::TooManyProgramHeaders, m_shape->phnum);
    const std::uint64_t table = native(m_shape->phoff);
    if (!holds(table, count * m_shape->phdr_size))
      return fail(ElfProblem::ProgramHeadersBeyondFile, m_shape->phoff);
    m_image.program_headers = static_cast<std::uint32_t>(count);
    m_image.program_header_size = static_cast<std::uint32_t>(m_shape->phdr_size);

    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t at = table + i * m_shape->phdr_size;
      const std::uint64_t type = word(at);
      const std::uint64_t flags = word(at + m_shape->p_flags);
      if (type == kInterpreter) return fail(ElfProblem::NeedsInterpreter, at);
      if (type == kGnuStack) m_image.executable_stack = (flags & 1) != 0;
      if (type != kLoad) continue;
      if (const Outcome error = read_load(at, flags, table)) return error;
    }
    if (m_image.loads.empty()) return fail(ElfProblem::NothingToLoad, m_shape->phnum);
    return std::nullopt;
  }

  Outcome read_load(std::uint64_t at, std::uint64_t flags, std::uint64_t table) {
    const ElfLoad load{
        .header_offset = at,
        .file_offset = native(at + m_shape->p_offset),
        .address = VirtualAddress(native(at + m_shape->p_vaddr)),
        .file_size = native(at + m_shape->p_filesz),
        .memory_size = native(at + m_shape->p_memsz),
        .alignment = native(at + m_shape->p_align),
        .permissions = {.read = (flags & 4) != 0, .write = (flags & 2) != 0, .execute = (flags & 1) != 0}};
    if (load.file_size > load.memory_size)
      return fail(ElfProblem::FileSizeAboveMemorySize, at + m_shape->p_filesz);
    // Room for rounding up to a page must be left, too.
    const std::uint64_t highest = highest_address() - kPageSize;
    if (load.address.value() > highest || load.memory_size > highest - load.address.value())
      return fail(ElfProblem::SegmentBeyondAddresses, at + m_shape->p_vaddr);
    // Bytes are mapped, not copied, so those before the segment in its first page come along; with neither
    // bytes nor such a beginning nothing of the file is mapped (elf_map()).
    const std::uint64_t head = offset_of(load.address);
    if (head + load.file_size > 0) {
      if ((load.file_offset & kOffsetMask) != head)
        return fail(ElfProblem::MisalignedSegment, at + m_shape->p_offset);
      if (!holds(load.file_offset, load.file_size))
        return fail(ElfProblem::SegmentBeyondFile, at + m_shape->p_filesz);
    }
    // As load_elf_binary() finds AT_PHDR: the last segment that holds the table wins.
    if (load.file_offset <= table && table - load.file_offset < load.file_size) {
      m_image.program_headers_address = load.address + (table - load.file_offset);
    }
    m_image.loads.push_back(load);
    return std::nullopt;
  }

  Outcome read_sections() {
    const std::uint64_t table = native(m_shape->shoff);
    if (table == 0) return std::nullopt;
    if (half(m_shape->shentsize) != m_shape->shdr_size)
      return fail(ElfProblem::BadSectionHeaderSize, m_shape->shentsize);
    if (!holds(table, m_shape->shdr_size)) return fail(ElfProblem::SectionHeadersBeyondFile, m_shape->shoff);
    // With too many sections for 16 bits, the number and the index stand in the first header.
    std::uint64_t count = half(m_shape->shnum);
    if (count == 0) count = native(table + m_shape->sh_size);
    if (count > (m_bytes.size() - table) / m_shape->shdr_size)
      return fail(ElfProblem::SectionHeadersBeyondFile, m_shape->shnum);
    std::uint64_t names = half(m_shape->shstrndx);
    if (names == kExtendedIndex) names = word(table + m_shape->sh_link);
    if (names >= count) return fail(ElfProblem::BadSectionNames, m_shape->shstrndx);

    const std::uint64_t names_header = table + names * m_shape->shdr_size;
    const std::uint64_t names_at = native(names_header + m_shape->sh_offset);
    const std::uint64_t names_size = native(names_header + m_shape->sh_size);
    if (!holds(names_at, names_size))
      return fail(ElfProblem::BadSectionNames, names_header + m_shape->sh_offset);
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t at = table + i * m_shape->shdr_size;
      const std::uint64_t flags = native(at + m_shape->sh_flags);
      const bool in_file = word(at + kSectionType) != kNoBits;
      // .tbss takes no memory of its own: each thread gets a copy elsewhere.
      if ((flags & kAllocated) == 0 || ((flags & kThreadLocal) != 0 && !in_file)) continue;
      const std::uint64_t name = word(at);
      if (name >= names_size) return fail(ElfProblem::BadSectionNames, at);
      ElfSection section{.name = text(names_at + name, names_size - name),
                         .address = VirtualAddress(native(at + m_shape->sh_addr)),
                         .size = native(at + m_shape->sh_size),
                         .in_file = in_file};
      if (section.size > highest_address() - section.address.value())
        return fail(ElfProblem::BadSectionHeaderSize, at + m_shape->sh_size);
      if (section.size > 0) m_image.sections.push_back(std::move(section));
    }
    return std::nullopt;
  }

  // A name of at most kLongestSectionName bytes; what is not printable is shown as '?'.
  std::string text(std::uint64_t offset, std::uint64_t most) const {
    std::string result;
    for (std::uint64_t i = 0; i < most && result.size() < kLongestSectionName; ++i) {
      const std::uint64_t byte = number(offset + i, 1);
      if (byte == 0) break;
      result += byte > ' ' && byte < 0x7F ? static_cast<char>(byte) : '?';
    }
    return result;
  }

  FileBytes m_file;
  const std::vector<std::uint8_t>& m_bytes;
  const Shape* m_shape = nullptr;
  ElfImage m_image;
};

}  // namespace

Result<ElfImage, ElfError> read_elf(FileBytes file) {
  return Reader(std::move(file)).run();
}

}  // namespace vmp
