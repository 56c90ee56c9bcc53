// ELF files laid by hand, field by field, for tests that must know every byte. Program headers follow the ELF
// header; `content` follows at byte 0x1000, and section headers, if any, at the end.
#pragma once

#include "core/os/elf_reader.h"
#include "core/os/program.h"

namespace test_support {

struct ElfBuilder {
  struct Header {
    std::uint32_t type = 1;  // PT_LOAD
    std::uint32_t flags = 5;
    std::uint64_t offset = 0x1000;
    std::uint64_t address = 0x400000;
    std::uint64_t file_size = 0x100;
    std::uint64_t memory_size = 0x100;
  };
  struct Section {
    std::string name;
    std::uint32_t type = 1;  // SHT_PROGBITS
    std::uint64_t flags = 2;
    std::uint64_t address = 0;
    std::uint64_t size = 0;
  };

  bool wide = true;
  std::uint16_t type = 2;       // ET_EXEC
  std::uint16_t machine = 243;  // EM_RISCV
  std::uint64_t entry = 0x400010;
  std::vector<Header> headers = {Header{}};
  std::vector<Section> sections;
  std::vector<std::uint8_t> content = std::vector<std::uint8_t>(0x3000, 0xCC);

  std::vector<std::uint8_t> bytes() const;
  vmp::FileBytes file() const { return std::make_shared<const std::vector<std::uint8_t>>(bytes()); }
  vmp::Result<vmp::ElfImage, vmp::ElfError> read() const { return vmp::read_elf(file()); }
};

inline constexpr std::uint32_t kGnuStack = 0x6474E551;

// A program made of such a file, which the reader must accept.
vmp::Program program_of(const vmp::FileBytes& file);

}  // namespace test_support
