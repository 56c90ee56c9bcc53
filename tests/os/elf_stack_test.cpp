// The stack of a new program, read back as its start-up code would read it.
#include <doctest/doctest.h>
#include <map>

#include "core/os/elf_loader.h"
#include "tests/support/elf_builder.h"

namespace vmp::test {
namespace {

using test_support::ElfBuilder;
using test_support::program_of;

class Stack {
 public:
  Stack(const LoadedElf& loaded, std::uint32_t word) : m_block(loaded.stack), m_word(word) {
    const std::uint64_t count = number(0);
    std::uint64_t slot = 1;
    for (std::uint64_t i = 0; i < count; ++i) arguments.push_back(string(number(slot++)));
    CHECK(number(slot++) == 0);
    while (number(slot) != 0) environment.push_back(string(number(slot++)));
    ++slot;
    for (; number(slot) != 0; slot += 2) {
      order.push_back(number(slot));
      auxiliary[number(slot)] = number(slot + 1);
    }
    CHECK(number(slot + 1) == 0);
  }

  std::uint64_t number(std::uint64_t slot) const {
    std::uint64_t value = 0;
    for (std::uint32_t i = 0; i < m_word; ++i)
      value |= std::uint64_t{m_block.bytes[static_cast<std::size_t>(slot * m_word + i)]} << (8 * i);
    return value;
  }
  std::string string(std::uint64_t address) const {
    return reinterpret_cast<const char*>(m_block.bytes.data() + (address - m_block.stack_pointer.value()));
  }

  std::vector<std::string> arguments;
  std::vector<std::string> environment;
  std::vector<std::uint64_t> order;  // of the auxiliary types
  std::map<std::uint64_t, std::uint64_t> auxiliary;

 private:
  const ArgumentBlock& m_block;
  std::uint32_t m_word;
};

LoadedElf load(const ElfBuilder& builder, Aslr aslr = Aslr::Off) {
  Program program = program_of(builder.file());
  program.arguments = {"prog", "-v", ""};
  program.environment = {"PATH=/bin", "HOME=/"};
  Rng rng(3);
  auto loaded = load_elf(format_of(usual_format(program.elf->image->machine)), program, FileId(1), aslr, rng);
  REQUIRE(loaded.ok());
  return std::move(loaded.value());
}

}  // namespace

TEST_CASE("arguments, environment and auxiliary vector lie as Linux lays them, in both word sizes") {
  struct Case {
    std::uint16_t machine;
    bool wide;
    std::vector<std::uint64_t> order;
  };
  // The order of create_elf_tables(), which no program may rely on and debuggers show; as LD_SHOW_AUXV=1
  // lists it, without the words of the vDSO, its signal frame and the caches.
  const std::vector<std::uint64_t> risc_v{16, 6, 17, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 23, 25, 31};
  const std::vector<std::uint64_t> x86{16, 6, 17, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 23, 25, 26, 31, 15};
  for (const Case& each :
       {Case{243, true, risc_v}, Case{243, false, risc_v}, Case{62, true, x86}, Case{3, false, x86}}) {
    ElfBuilder builder;
    builder.machine = each.machine;
    builder.wide = each.wide;
    builder.headers = {{.offset = 0, .address = 0x400000, .file_size = 0x1100, .memory_size = 0x1100}};
    for (const Aslr aslr : {Aslr::Off, Aslr::On}) {
      const LoadedElf loaded = load(builder, aslr);
      const Stack stack(loaded, each.wide ? 8 : 4);
      CHECK(loaded.stack.stack_pointer.value() % 16 == 0);
      CHECK(stack.arguments == std::vector<std::string>{"prog", "-v", ""});
      CHECK(stack.environment == std::vector<std::string>{"PATH=/bin", "HOME=/"});
      CHECK(stack.order == each.order);
      CHECK(stack.auxiliary.at(3) == 0x400000 + (each.wide ? 64 : 52));  // AT_PHDR
      CHECK(stack.auxiliary.at(4) == (each.wide ? 56 : 32));             // AT_PHENT
      CHECK(stack.auxiliary.at(5) == 1);                                 // AT_PHNUM
      CHECK(stack.auxiliary.at(6) == 4096);                              // AT_PAGESZ
      CHECK(stack.auxiliary.at(9) == 0x400010);                          // AT_ENTRY
      CHECK(stack.string(stack.auxiliary.at(31)) == "real.elf");         // AT_EXECFN
      if (each.machine == 62) CHECK(stack.string(stack.auxiliary.at(15)) == "x86_64");
      if (each.machine == 3) CHECK(stack.string(stack.auxiliary.at(15)) == "i686");
    }
  }
}

TEST_CASE("the addresses on the stack of a static PIE are those where it lies") {
  ElfBuilder builder;
  builder.type = 3;
  builder.entry = 0x10;
  builder.headers = {{.offset = 0, .address = 0, .file_size = 0x1100, .memory_size = 0x1100}};
  const LoadedElf loaded = load(builder, Aslr::On);
  const Stack stack(loaded, 8);
  CHECK(stack.auxiliary.at(3) == loaded.load_bias + 64);
  CHECK(stack.auxiliary.at(9) == loaded.load_bias + 0x10);
  CHECK(stack.auxiliary.at(7) == 0);  // AT_BASE: there is no interpreter
}

TEST_CASE("AT_RANDOM points to 16 bytes that the seed decides") {
  const LoadedElf loaded = load(ElfBuilder{});
  const Stack stack(loaded, 8);
  const std::uint64_t at = stack.auxiliary.at(25);
  CHECK(at + 16 <= loaded.space.stack_top.value());
  CHECK(loaded.stack.bytes == load(ElfBuilder{}).stack.bytes);
}

}  // namespace vmp::test
