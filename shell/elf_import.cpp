#include "shell/elf_import.h"

#include <algorithm>

#include "core/os/elf_loader.h"
#include "core/os/elf_reader.h"
#include "core/sim/narrate.h"
#include "core/sim/text_number.h"

namespace vmp {
namespace {

constexpr std::size_t kLongestWord = 64;

Failure<std::string> refuse(const std::string& name, const ElfError& error) {
  return Failure{name + ": " + render(narrate_elf_error(error), format_of(FormatId::X86_32), english())};
}

// Where the program starts on a machine that places nothing at random.
Result<VirtualAddress, ElfError> entry_of(const ElfImage& image, FormatId format) {
  Program program;
  program.elf = ElfFile{.file_name = "", .digest = {}, .image = std::make_shared<const ElfImage>(image)};
  program.heap_limit_pages = kUsualElfHeapPages;
  program.stack_limit_pages = kUsualElfStackPages;
  Rng rng(1);
  const auto loaded = load_elf(format_of(format), program, FileId(1), Aslr::Off, rng);
  if (!loaded) return Failure{loaded.error()};
  return loaded->entry;
}

}  // namespace

std::string word_for_file(std::string_view name) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  };
  std::string word(name.substr(0, kLongestWord));
  std::replace_if(
      word.begin(), word.end(), [&](char c) { return !is_plain(c); }, '_');
  return word.empty() ? "program" : word;
}

Result<Scenario, std::string> scenario_of_elf(const std::string& name, const FileBytes& bytes) {
  const auto image = read_elf(bytes);
  if (!image) return refuse(name, image.error());
  const FormatId format = usual_format(image->machine);
  const auto entry = entry_of(*image, format);
  if (!entry) return refuse(name, entry.error());

  const std::string word = word_for_file(name);
  const std::string text = "vms 1\ntitle " + word +
                           "\nmachine format=" + std::string(format_of(format).name) +
                           " frames=128 swap=64\n\nprogram main\n  elf " + word +
                           "\nend\n\ntext The program's segments are set aside, and its arguments lie on the "
                           "stack. Its pages come from "
                           "the file when they are first touched.\nspawn A main\nexecute A " +
                           to_hex(entry->value(), 8) + "\n";
  auto scenario =
      parse_scenario(text, {}, [&](std::string_view wanted) { return wanted == word ? bytes : nullptr; });
  if (!scenario) return Failure{to_string(scenario.error(), name)};
  return std::move(scenario.value());
}

}  // namespace vmp
