// Ten thousand damaged copies of programs that clang and lld made: each loads or is refused with a reason,
// and the machine stays whole. Under the sanitizers of the dev preset that means: no crash, no overflow.
#include <doctest/doctest.h>

#include "core/os/elf_loader.h"
#include "core/os/elf_reader.h"
#include "core/sim/narrate.h"
#include "tests/support/files.h"
#include "tests/support/seed.h"
#include "tests/support/world.h"

namespace vmp::test {
namespace {

constexpr int kCopies = 10'000;

using Bytes = std::vector<std::uint8_t>;

void damage(Bytes& bytes, Rng& rng) {
  const auto at = [&](std::uint64_t below) { return static_cast<std::size_t>(rng.below(below)); };
  const auto head = [&] { return at(std::min<std::size_t>(bytes.size(), 0x240)); };  // the headers
  switch (rng.below(5)) {
    case 0:  // random bytes anywhere
      for (std::uint64_t i = 0; i <= rng.below(16); ++i)
        bytes[at(bytes.size())] = static_cast<std::uint8_t>(rng.next());
      break;
    case 1:  // random bytes in the ELF header and the program headers
      for (std::uint64_t i = 0; i <= rng.below(8); ++i) bytes[head()] = static_cast<std::uint8_t>(rng.next());
      break;
    case 2:  // cut off
      bytes.resize(at(bytes.size() + 1));
      break;
    case 3: {  // a field set to a value that is odd in some way
      constexpr std::array<std::uint64_t, 8> kOdd{
          0, 1, 0xFFF, 0x1000, 0x7FFFFFFF, 0xFFFFFFFF, 0x7FFFFFFFFFFFFFFF, ~std::uint64_t{0}};
      const std::size_t place = head() & ~std::size_t{3};
      const std::uint64_t value = kOdd[at(kOdd.size())];
      for (std::size_t i = 0; i < 8 && place + i < bytes.size(); ++i)
        bytes[place + i] = static_cast<std::uint8_t>(value >> (8 * i));
      break;
    }
    default: {  // a piece of the headers, or of the section headers at the end, copied to another place
      const std::size_t from = rng.below(2) == 0 ? head() : bytes.size() - 1 - at(bytes.size() / 8);
      const std::size_t to = rng.below(2) == 0 ? head() : bytes.size() - 1 - at(bytes.size() / 8);
      for (std::size_t i = 0; i < 8 && from + i < bytes.size() && to + i < bytes.size(); ++i)
        bytes[to + i] = bytes[from + i];
      break;
    }
  }
}

struct Tally {
  int loaded = 0;
  int refused = 0;
  int without_names = 0;
};

// Loads the copy as `spawn` would, touches the ends of each segment, and looks whether all books still agree.
void try_copy(const Bytes& bytes, Rng& rng, Tally& tally) {
  const auto file = std::make_shared<const Bytes>(bytes);
  auto image = read_elf(file);
  if (!image) {
    CHECK(image.error().offset <= std::max<std::uint64_t>(bytes.size(), 64));
    CHECK_FALSE(render(narrate_elf_error(image.error()), format_of(FormatId::Sv39), english()).empty());
    ++tally.refused;
    return;
  }
  Program program;
  program.name = "damaged";
  if (image->section_problem) ++tally.without_names;
  MachineConfig config;
  config.format = usual_format(image->machine);
  config.frames = 64;
  config.aslr = rng.below(2) == 0;
  config.seed = rng.next();
  program.elf =
      ElfFile{.file_name = "damaged", .digest = {}, .image = std::make_shared<const ElfImage>(*image)};
  program.heap_limit_pages = kUsualElfHeapPages;
  program.stack_limit_pages = kUsualElfStackPages;
  Kernel kernel(config);
  const Outcome outcome = kernel.spawn("A", std::make_shared<const Program>(program), nullptr);
  if (std::holds_alternative<Rejected>(outcome)) {
    ++tally.refused;
    return;
  }
  ++tally.loaded;
  const Process& process = kernel.processes().front();
  const std::vector<Segment> segments = process.space.segments();
  for (const Segment& segment : segments) {
    section_names_of(process, segment);
    for (const VirtualAddress at : {segment.range.start, segment.range.end - 1})
      kernel.access(process.id, Access{AccessKind::Read, at, 1, 0}, nullptr);
  }
  const std::vector<std::string> broken = broken_invariants(kernel);
  CHECK_MESSAGE(broken.empty(), (broken.empty() ? std::string() : broken.front()));
}

}  // namespace

TEST_CASE("ten thousand damaged ELF files load or are refused, and nothing breaks") {
  const std::vector<std::string> names = test_support::files_in("tests/data/elf", ".bin");
  REQUIRE(names.size() == 4);
  std::vector<Bytes> originals;
  for (const std::string& name : names) {
    const std::string text = test_support::read_file("tests/data/elf/" + name + ".bin");
    originals.emplace_back(text.begin(), text.end());
  }
  Tally tally;
  for (int i = 0; i < kCopies; ++i) {
    Rng rng(test_support::seed() * 1'000'003 + static_cast<std::uint64_t>(i));
    INFO("seed ", test_support::seed(), ", copy ", i);
    Bytes copy = originals[static_cast<std::size_t>(i) % originals.size()];
    damage(copy, rng);
    try_copy(copy, rng, tally);
  }
  // The damage must be of a kind that tells: some of each.
  CHECK(tally.loaded > kCopies / 20);
  CHECK(tally.refused > kCopies / 20);
  CHECK(tally.without_names > 0);
  CHECK(tally.loaded + tally.refused == kCopies);
}

}  // namespace vmp::test
