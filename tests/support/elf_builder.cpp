#include "tests/support/elf_builder.h"

#include <doctest/doctest.h>

namespace test_support {
namespace {

class Writer {
 public:
  Writer(std::vector<std::uint8_t>& bytes, std::uint32_t word) : m_bytes(bytes), m_word(word) {}
  void number(std::uint64_t value, std::uint32_t size) {
    for (std::uint32_t i = 0; i < size; ++i) m_bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  void half(std::uint64_t value) { number(value, 2); }
  void word(std::uint64_t value) { number(value, 4); }
  void native(std::uint64_t value) { number(value, m_word); }

 private:
  std::vector<std::uint8_t>& m_bytes;
  std::uint32_t m_word;
};

}  // namespace

std::vector<std::uint8_t> ElfBuilder::bytes() const {
  std::vector<std::uint8_t> file{0x7F, 'E', 'L', 'F', static_cast<std::uint8_t>(wide ? 2 : 1), 1, 1};
  file.resize(16);
  Writer out(file, wide ? 8 : 4);
  const std::uint64_t header_size = wide ? 64 : 52;
  const std::uint64_t shoff = 0x1000 + content.size();
  out.half(type);
  out.half(machine);
  out.word(1);
  out.native(entry);
  out.native(header_size);
  out.native(sections.empty() ? 0 : shoff);
  out.word(0);
  out.half(header_size);
  out.half(wide ? 56 : 32);
  out.half(headers.size());
  out.half(wide ? 64 : 40);
  out.half(sections.empty() ? 0 : sections.size() + 1);
  out.half(sections.size());  // the last one holds the names
  for (const Header& header : headers) {
    out.word(header.type);
    if (wide) out.word(header.flags);
    out.native(header.offset);
    out.native(header.address);
    out.native(header.address);
    out.native(header.file_size);
    out.native(header.memory_size);
    if (!wide) out.word(header.flags);
    out.native(0x1000);
  }
  file.resize(0x1000);
  file.insert(file.end(), content.begin(), content.end());
  if (sections.empty()) return file;

  std::string names;
  const auto section = [&](std::uint64_t name, const Section& each, std::uint64_t offset) {
    out.word(name);
    out.word(each.type);
    out.native(each.flags);
    out.native(each.address);
    out.native(offset);
    out.native(each.size);
    for (std::uint32_t field = 0; field < (wide ? 3 : 4); ++field) out.number(0, wide ? 8 : 4);
  };
  for (const Section& each : sections) {
    section(names.size(), each, 0x1000);
    names += each.name;
    names += '\0';
  }
  const std::uint64_t names_at = shoff + (sections.size() + 1) * (wide ? 64 : 40);
  section(0, Section{.name = "", .type = 3, .flags = 0, .address = 0, .size = names.size()}, names_at);
  file.insert(file.end(), names.begin(), names.end());
  return file;
}

vmp::Program program_of(const vmp::FileBytes& file) {
  auto image = vmp::read_elf(file);
  REQUIRE(image.ok());
  vmp::Program program;
  program.name = "real";
  program.elf = vmp::ElfFile{.file_name = "real.elf",
                             .digest = vmp::sha256(*file),
                             .image = std::make_shared<const vmp::ElfImage>(std::move(image.value()))};
  program.arguments = {"real.elf"};
  program.heap_limit_pages = vmp::kUsualElfHeapPages;
  program.stack_limit_pages = vmp::kUsualElfStackPages;
  return program;
}

}  // namespace test_support
