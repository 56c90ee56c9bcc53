#include "core/os/elf_reader.h"

#include <doctest/doctest.h>

#include "tests/support/elf_builder.h"

namespace vmp {
namespace {

using test_support::ElfBuilder;
using test_support::kGnuStack;

// What the reader says of these bytes.
ElfError refusal(std::vector<std::uint8_t> bytes) {
  const auto image = read_elf(std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes)));
  REQUIRE_FALSE(image.ok());
  return image.error();
}
ElfError refusal_with(std::size_t offset, std::uint8_t byte) {
  std::vector<std::uint8_t> bytes = ElfBuilder{}.bytes();
  bytes[offset] = byte;
  return refusal(std::move(bytes));
}
ElfError refusal_of(const ElfBuilder::Header& header) {
  ElfBuilder builder;
  builder.headers = {header};
  return refusal(builder.bytes());
}

constexpr std::uint64_t kFirstHeader = 64;  // of a 64-bit file

}  // namespace

TEST_CASE("a file of each processor is read with its class") {
  const auto machine_of = [](std::uint16_t machine, bool wide) {
    ElfBuilder builder;
    builder.machine = machine;
    builder.wide = wide;
    const auto image = builder.read();
    REQUIRE(image.ok());
    return image->machine;
  };
  CHECK(machine_of(3, false) == ElfMachine::X86_32);
  CHECK(machine_of(62, true) == ElfMachine::X86_64);
  CHECK(machine_of(243, false) == ElfMachine::RiscV32);
  CHECK(machine_of(243, true) == ElfMachine::RiscV64);
}

TEST_CASE("segments, entry point and stack permission are read as they stand, in both classes") {
  for (const bool wide : {false, true}) {
    ElfBuilder builder;
    builder.wide = wide;
    builder.headers = {
        {.flags = 4, .offset = 0, .file_size = 0x400, .memory_size = 0x400},
        {.flags = 6, .offset = 0x1080, .address = 0x402080, .file_size = 5, .memory_size = 0x2000},
        {.type = kGnuStack, .flags = 6}};
    const auto image = builder.read();
    REQUIRE(image.ok());
    CHECK(image->entry == VirtualAddress(0x400010));
    CHECK(image->type == ElfType::Fixed);
    REQUIRE(image->loads.size() == 2);
    CHECK(to_string(image->loads[0].permissions) == "r--");
    CHECK(to_string(image->loads[1].permissions) == "rw-");
    CHECK(image->loads[1].address == VirtualAddress(0x402080));
    CHECK(image->loads[1].file_offset == 0x1080);
    CHECK(image->loads[1].file_size == 5);
    CHECK(image->loads[1].memory_size == 0x2000);
    CHECK(image->executable_stack == false);
    CHECK(image->program_headers == 3);
    CHECK(image->program_headers_address == VirtualAddress(0x400000 + (wide ? 64 : 52)));
  }
}

TEST_CASE("a file without the magic number, or cut inside its header, is told apart") {
  CHECK(refusal({}) == ElfError{ElfProblem::NotElf, 0});
  CHECK(refusal({0x7F, 'E', 'L', 'G'}) == ElfError{ElfProblem::NotElf, 0});
  CHECK(refusal({0x7F, 'E', 'L', 'F'}) == ElfError{ElfProblem::HeaderCut, 4});
  std::vector<std::uint8_t> bytes = ElfBuilder{}.bytes();
  bytes.resize(63);
  CHECK(refusal(bytes) == ElfError{ElfProblem::HeaderCut, 63});
}

TEST_CASE("class, byte order, machine and type are refused where they stand") {
  CHECK(refusal_with(4, 3) == ElfError{ElfProblem::BadClass, 4});
  CHECK(refusal_with(5, 2) == ElfError{ElfProblem::BadByteOrder, 5});
  CHECK(refusal_with(18, 40) == ElfError{ElfProblem::UnsupportedMachine, 18});
  CHECK(refusal_with(18, 3) == ElfError{ElfProblem::ClassOfOtherMachine, 4});  // i386 with 64 bits
  CHECK(refusal_with(16, 1) == ElfError{ElfProblem::NotExecutable, 16});       // an object file
  ElfBuilder x32;
  x32.wide = false;
  x32.machine = 62;
  CHECK(refusal(x32.bytes()) == ElfError{ElfProblem::ClassOfOtherMachine, 4});
}

TEST_CASE("a table of program headers that cannot be right is refused") {
  CHECK(refusal_with(54, 55) == ElfError{ElfProblem::BadProgramHeaderSize, 54});
  CHECK(refusal_with(56, 0) == ElfError{ElfProblem::NoProgramHeaders, 56});
  CHECK(refusal_with(56, 74) == ElfError{ElfProblem::TooManyProgramHeaders, 56});  // 73 are a page
  CHECK(refusal_with(37, 0xFF) == ElfError{ElfProblem::ProgramHeadersBeyondFile, 32});
  ElfBuilder builder;
  builder.headers[0].type = 4;  // PT_NOTE
  CHECK(refusal(builder.bytes()) == ElfError{ElfProblem::NothingToLoad, 56});
}

TEST_CASE("a dynamically linked file is refused as such") {
  ElfBuilder builder;
  builder.headers.insert(builder.headers.begin(), ElfBuilder::Header{.type = 3});
  CHECK(refusal(builder.bytes()) == ElfError{ElfProblem::NeedsInterpreter, kFirstHeader});
}

TEST_CASE("a segment that contradicts itself or the file is refused with the field") {
  CHECK(refusal_of({.file_size = 0x101}) == ElfError{ElfProblem::FileSizeAboveMemorySize, kFirstHeader + 32});
  CHECK(refusal_of({.file_size = 0x3001, .memory_size = 0x3001}) ==
        ElfError{ElfProblem::SegmentBeyondFile, kFirstHeader + 32});
  CHECK(refusal_of({.offset = ~std::uint64_t{0xFFF}}) ==
        ElfError{ElfProblem::SegmentBeyondFile, kFirstHeader + 32});
  CHECK(refusal_of({.memory_size = ~std::uint64_t{0}}) ==
        ElfError{ElfProblem::SegmentBeyondAddresses, kFirstHeader + 16});
  CHECK(refusal_of({.address = ~std::uint64_t{0xFFF}}) ==
        ElfError{ElfProblem::SegmentBeyondAddresses, kFirstHeader + 16});
  CHECK(refusal_of({.offset = 0x1010}) == ElfError{ElfProblem::MisalignedSegment, kFirstHeader + 8});
}

TEST_CASE("a segment without bytes in the file may have any offset, as in Linux") {
  ElfBuilder builder;
  builder.headers.push_back({.flags = 6, .offset = 0x12345, .address = 0x500000, .file_size = 0});
  CHECK(builder.read().ok());
}

TEST_CASE("sections that take part in memory are known by name; the others are left out") {
  for (const bool wide : {false, true}) {
    ElfBuilder builder;
    builder.wide = wide;
    builder.sections = {{.name = ".text", .address = 0x400000, .size = 0x80},
                        {.name = ".rodata", .address = 0x400080, .size = 0x80},
                        {.name = ".comment", .flags = 0, .size = 0x10},
                        {.name = ".tbss", .type = 8, .flags = 0x403, .address = 0x400100, .size = 0x1000},
                        {.name = ".bss", .type = 8, .flags = 3, .address = 0x401000, .size = 0x1000}};
    const auto image = builder.read();
    REQUIRE(image.ok());
    CHECK_FALSE(image->section_problem.has_value());
    const auto names = [&](std::uint64_t bias, std::uint64_t start, std::uint64_t end) {
      return section_names(*image, bias, {VirtualAddress(start), VirtualAddress(end)});
    };
    CHECK(names(0, 0x400000, 0x401000) == ".text .rodata");
    CHECK(names(0, 0x401000, 0x402000) == ".bss");
    CHECK(names(0, 0x402000, 0x403000).empty());
    CHECK(names(0x10000, 0x410000, 0x412000) == ".text .rodata .bss");
  }
}

TEST_CASE("damaged section headers cost the names, not the program") {
  ElfBuilder builder;
  builder.sections = {{.name = ".text", .address = 0x400000, .size = 0x80}};
  const auto with = [&](std::size_t offset, std::uint8_t byte) {
    std::vector<std::uint8_t> bytes = builder.bytes();
    bytes[offset] = byte;
    const auto image = read_elf(std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes)));
    REQUIRE(image.ok());
    CHECK(image->sections.empty());
    REQUIRE(image->section_problem.has_value());
    return *image->section_problem;
  };
  CHECK(with(58, 63) == ElfError{ElfProblem::BadSectionHeaderSize, 58});
  CHECK(with(42, 0xFF) == ElfError{ElfProblem::SectionHeadersBeyondFile, 40});
  CHECK(with(60, 0xFF) == ElfError{ElfProblem::SectionHeadersBeyondFile, 60});
  CHECK(with(62, 7) == ElfError{ElfProblem::BadSectionNames, 62});
}

TEST_CASE("every processor has a name of its own") {
  CHECK(name_of(ElfMachine::X86_32) == "x86-32");
  CHECK(name_of(ElfMachine::X86_64) == "x86-64");
  CHECK(name_of(ElfMachine::RiscV32) == "riscv32");
  CHECK(name_of(ElfMachine::RiscV64) == "riscv64");
}

TEST_CASE("a section that reaches past the highest address costs the names, not the program") {
  ElfBuilder builder;
  builder.sections = {{.name = ".text", .address = 0x400000, .size = ~std::uint64_t{0} - 0x1000}};
  const auto image = builder.read();
  REQUIRE(image.ok());
  CHECK(image->sections.empty());
  REQUIRE(image->section_problem.has_value());
  CHECK(image->section_problem->problem == ElfProblem::BadSectionHeaderSize);
}

TEST_CASE(
    "a section without a byte is left out, and a long or unprintable name is cut and shown with marks") {
  ElfBuilder builder;
  builder.sections = {{.name = ".empty", .address = 0x400000, .size = 0},
                      {.name = "a b\x01", .address = 0x400000, .size = 1},
                      {.name = std::string(1000, 'x'), .address = 0x400001, .size = 1}};
  const auto image = builder.read();
  REQUIRE(image.ok());
  REQUIRE(image->sections.size() == 2);
  CHECK(image->sections[0].name == "a?b?");
  CHECK(image->sections[1].name.size() < 1000);
  CHECK(image->sections[1].name.find_first_not_of('x') == std::string::npos);
}

TEST_CASE("every problem has a name of its own") {
  for (int i = 0; i <= static_cast<int>(ElfProblem::ArgumentsTooLong); ++i) {
    CHECK_FALSE(name_of(static_cast<ElfProblem>(i)).empty());
    for (int j = 0; j < i; ++j)
      CHECK(name_of(static_cast<ElfProblem>(i)) != name_of(static_cast<ElfProblem>(j)));
  }
}

}  // namespace vmp
