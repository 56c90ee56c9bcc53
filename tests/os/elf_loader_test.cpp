#include "core/os/elf_loader.h"

#include <doctest/doctest.h>

#include "tests/support/elf_builder.h"
#include "tests/support/world.h"

namespace vmp::test {
namespace {

using test_support::ElfBuilder;
using test_support::kGnuStack;
using test_support::program_of;

LoadedElf load(const ElfBuilder& builder, Aslr aslr = Aslr::Off, std::uint64_t seed = 1) {
  const Program program = program_of(builder.file());
  Rng rng(seed);
  auto loaded = load_elf(format_of(usual_format(program.elf->image->machine)), program, FileId(1), aslr, rng);
  REQUIRE(loaded.ok());
  return std::move(loaded.value());
}
ElfProblem refusal(const ElfBuilder& builder) {
  const Program program = program_of(builder.file());
  Rng rng(1);
  const auto loaded =
      load_elf(format_of(usual_format(program.elf->image->machine)), program, FileId(1), Aslr::Off, rng);
  REQUIRE_FALSE(loaded.ok());
  return loaded.error().problem;
}

// "0x400000-0x401000 r-x code 0x1000", one segment a line, without the stack.
std::string listing(const LoadedElf& loaded) {
  std::string text;
  const auto hex = [](std::uint64_t number) {
    std::string digits;
    do digits.insert(digits.begin(), "0123456789abcdef"[number % 16]);
    while ((number /= 16) != 0);
    return "0x" + digits;
  };
  for (const Segment& segment : loaded.space.segments()) {
    if (segment.kind == SegmentKind::Stack) continue;
    text += hex(segment.range.start.value()) + "-" + hex(segment.range.end.value()) + " " +
            to_string(segment.permissions) + " " + std::string(name_of(segment.kind)) +
            (segment.backing ? " " + hex(segment.file_offset) : "") + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("a segment is mapped by whole pages, from the page of its first byte") {
  ElfBuilder builder;
  builder.headers = {
      {.flags = 5, .offset = 0x1FF0, .address = 0x400FF0, .file_size = 0x20, .memory_size = 0x20}};
  CHECK(listing(load(builder)) == "0x400000-0x402000 r-x code 0x1000\n");
}

TEST_CASE("memory beyond the file's bytes is zeros: the rest of the page now, whole pages on demand") {
  ElfBuilder builder;
  builder.headers = {
      {.flags = 6, .offset = 0x1000, .address = 0x400000, .file_size = 0x123, .memory_size = 0x3000}};
  const LoadedElf loaded = load(builder);
  CHECK(listing(loaded) == "0x400000-0x401000 rw- data 0x1000\n0x401000-0x403000 rw- bss\n");
  REQUIRE(loaded.zeroed.size() == 1);
  CHECK(loaded.zeroed[0].address == VirtualAddress(0x400123));
  CHECK(loaded.zeroed[0].bytes == std::vector<std::uint8_t>(0xEDD));
  CHECK(loaded.space.heap_start == VirtualAddress(0x403000));
}

TEST_CASE("without memory beyond the file's bytes the rest of the page shows the file") {
  ElfBuilder builder;
  builder.headers = {{.flags = 6, .file_size = 0x123, .memory_size = 0x123}};
  CHECK(load(builder).zeroed.empty());
}

TEST_CASE("pages of zeros are writable whatever the segment allows, and executable if it is") {
  ElfBuilder builder;
  builder.headers = {{.flags = 5, .file_size = 0x1000, .memory_size = 0x2000}};
  CHECK(listing(load(builder)) == "0x400000-0x401000 r-x code 0x1000\n0x401000-0x402000 rwx bss\n");
}

TEST_CASE(
    "a rest of a page that may not be written cannot be zeroed: behind the last segment, Linux gives up") {
  ElfBuilder builder;
  builder.headers = {{.flags = 4, .file_size = 0x123, .memory_size = 0x2000}};
  CHECK(refusal(builder) == ElfProblem::ZeroFillNotWritable);
  // Behind an earlier one it is left as it is.
  builder.headers.push_back({.flags = 6, .address = 0x410000});
  const LoadedElf loaded = load(builder);
  CHECK(loaded.zeroed.empty());
}

TEST_CASE("a segment takes the place of what an earlier one left in its pages") {
  ElfBuilder builder;
  builder.headers = {{.flags = 6, .file_size = 0x100, .memory_size = 0x3000},
                     {.flags = 6, .offset = 0x1200, .address = 0x401200}};
  const LoadedElf loaded = load(builder);
  CHECK(listing(loaded) ==
        "0x400000-0x401000 rw- data 0x1000\n0x401000-0x402000 rw- data 0x1000\n"
        "0x402000-0x403000 rw- bss\n");
  REQUIRE(loaded.zeroed.size() == 2);
  CHECK(loaded.zeroed[1].address == VirtualAddress(0x401300));
}

TEST_CASE("PT_GNU_STACK decides whether the stack may be executed") {
  const auto stack_of = [](std::uint16_t machine, bool wide, std::optional<std::uint32_t> flags) {
    ElfBuilder builder;
    builder.machine = machine;
    builder.wide = wide;
    if (flags) builder.headers.push_back({.type = kGnuStack, .flags = *flags});
    return to_string(load(builder).space.segments().back().permissions);
  };
  CHECK(stack_of(243, true, 6) == "rw-");
  CHECK(stack_of(243, true, 7) == "rwx");
  CHECK(stack_of(243, true, std::nullopt) == "rw-");
  CHECK(stack_of(62, true, std::nullopt) == "rw-");
  CHECK(stack_of(3, false, std::nullopt) == "rwx");
}

TEST_CASE("an i386 file without PT_GNU_STACK may execute whatever it may read") {
  ElfBuilder builder;
  builder.machine = 3;
  builder.wide = false;
  builder.headers = {{.flags = 4}};
  CHECK(to_string(load(builder).space.segments().front().permissions) == "r-x");
  builder.headers.push_back({.type = kGnuStack, .flags = 6});
  CHECK(to_string(load(builder).space.segments().front().permissions) == "r--");
}

TEST_CASE("a static PIE is placed below the mappings' base, as mmap would place it") {
  ElfBuilder builder;
  builder.type = 3;
  builder.entry = 0x10;
  builder.headers = {{.offset = 0, .address = 0}, {.flags = 6, .address = 0x3000, .memory_size = 0x1800}};
  const LoadedElf loaded = load(builder);
  const std::uint64_t base = layout_of(format_of(FormatId::Sv39)).mmap_base.value() - 0x5000;
  CHECK(loaded.load_bias == base);
  CHECK(loaded.entry == VirtualAddress(base + 0x10));
  CHECK(loaded.space.heap_start == VirtualAddress(base + 0x5000));
}

TEST_CASE("address-space layout randomisation draws places from the seed, within Linux's bounds") {
  ElfBuilder builder;
  builder.type = 3;
  builder.headers = {{.offset = 0, .address = 0}};
  const AddressLayout plain = layout_of(format_of(FormatId::Sv39));
  const LoadedElf first = load(builder, Aslr::On, 7);
  const LoadedElf again = load(builder, Aslr::On, 7);
  const LoadedElf other = load(builder, Aslr::On, 8);
  CHECK(first.space.segments().size() == again.space.segments().size());
  CHECK(first.load_bias == again.load_bias);
  CHECK(first.stack.bytes == again.stack.bytes);
  CHECK(first.load_bias != other.load_bias);
  CHECK(first.space.stack_top != other.space.stack_top);
  CHECK(first.space.heap_start != other.space.heap_start);
  for (const LoadedElf* loaded : {&first, &other}) {
    CHECK(plain.user_end - loaded->space.stack_top <= std::uint64_t{0x3FFFF} * kPageSize);
    CHECK(loaded->space.layout().mmap_base <
          VirtualAddress(plain.user_end.value() - std::uint64_t{0x3FFFF} * kPageSize));
    // The heap of a static PIE leaves the mappings.
    const VirtualAddress base = position_independent_base(ElfMachine::RiscV64, plain);
    CHECK(loaded->space.heap_start >= base);
    CHECK(loaded->space.heap_start - base <= std::uint64_t{1} << 30);
  }
}

TEST_CASE("a file goes on the machines of its processor and on no others") {
  const auto suited = [](ElfMachine machine) {
    std::string names;
    for (const PageTableFormat& format : all_formats()) {
      if (suits(format, machine)) names += std::string(format.name) + " ";
    }
    return names;
  };
  CHECK(suited(ElfMachine::X86_32) == "x86-32 linear ");
  CHECK(suited(ElfMachine::X86_64) == "x86-64 x86-64-5 ");
  CHECK(suited(ElfMachine::RiscV32) == "sv32 ");
  CHECK(suited(ElfMachine::RiscV64) == "sv39 sv48 sv57 ");
  World world;  // x86-32
  const auto program = std::make_shared<Program>(program_of(ElfBuilder{}.file()));
  const Outcome outcome = world.kernel.spawn("A", program, nullptr);
  REQUIRE(std::holds_alternative<Rejected>(outcome));
  CHECK(std::get<Rejected>(outcome).reason == RejectReason::WrongMachine);
}

TEST_CASE("segments outside the user half, in the stack's way, or without a gap for them are refused") {
  ElfBuilder builder;
  builder.headers = {{.address = 0x1000}};
  CHECK(refusal(builder) == ElfProblem::SegmentOutsideUserHalf);
  builder.headers = {{.address = std::uint64_t{1} << 40}};
  CHECK(refusal(builder) == ElfProblem::SegmentOutsideUserHalf);
  builder.headers = {{}};
  builder.entry = std::uint64_t{1} << 40;
  CHECK(refusal(builder) == ElfProblem::SegmentOutsideUserHalf);
  builder.entry = 0;
  builder.headers = {{.address = layout_of(format_of(FormatId::Sv39)).user_end.value() - 0x1000}};
  CHECK(refusal(builder) == ElfProblem::NoRoomForStack);
  builder.type = 3;
  builder.headers = {{.flags = 6, .address = 0, .memory_size = std::uint64_t{1} << 38}};
  CHECK(refusal(builder) == ElfProblem::NoRoomForImage);
}

TEST_CASE("arguments that do not fit the stack are refused") {
  Program program = program_of(ElfBuilder{}.file());
  program.stack_limit_pages = 1;
  program.environment = {std::string(5000, 'x')};
  Rng rng(1);
  const auto loaded = load_elf(format_of(FormatId::Sv39), program, FileId(1), Aslr::Off, rng);
  REQUIRE_FALSE(loaded.ok());
  CHECK(loaded.error().problem == ElfProblem::ArgumentsTooLong);
}

TEST_CASE("a process is not started whose arguments do not fit its stack") {
  MachineConfig config;
  config.format = FormatId::Sv39;
  World world(config);
  Program program = program_of(ElfBuilder{}.file());
  program.stack_limit_pages = 1;
  program.arguments = {std::string(5000, 'x')};
  const Outcome outcome = world.kernel.spawn("A", std::make_shared<Program>(program), nullptr);
  REQUIRE(std::holds_alternative<Rejected>(outcome));
  CHECK(std::get<Rejected>(outcome).reason == RejectReason::ArgumentsTooLong);
  CHECK(world.kernel.processes().empty());
}

TEST_CASE("a program reads its file's bytes on demand, and zeros where they end") {
  ElfBuilder builder;
  builder.headers = {
      {.flags = 5, .offset = 0x2000, .address = 0x400000},
      {.flags = 6, .offset = 0x1000, .address = 0x402000, .file_size = 0x123, .memory_size = 0x2000}};
  MachineConfig config;
  config.format = FormatId::Sv39;
  World world(config);
  const ProcessId a = world.spawn("A", program_of(builder.file()));
  CHECK(world.entry(a, 0x400000).bits == 0);  // not touched yet
  CHECK(world.entry(a, 0x402000).bits != 0);  // the kernel wrote zeros to it
  CHECK(world.read(a, 0x402120) == 0xCCCCCC);
  CHECK(world.read(a, 0x402FFC) == 0);
  CHECK(world.read(a, 0x403000) == 0);
  CHECK(world.read(a, 0x400FFC) == 0xCCCCCCCC);
  world.write(a, 0x402000, 7);
  CHECK(world.read(a, 0x402000) == 7);
  CHECK(std::holds_alternative<Signalled>(world.access(a, AccessKind::Write, 0x400000, 1)));
  world.check_invariants();
}

}  // namespace vmp::test
