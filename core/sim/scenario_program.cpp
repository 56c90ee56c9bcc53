// A program block, read line by line. What is wrong with the program as a whole shows only at its end; the
// error then points at the line that is to blame.
#include <algorithm>

#include "core/os/elf_reader.h"
#include "core/sim/narrate.h"
#include "core/sim/scenario_lines.h"

namespace vmp {
namespace {

constexpr std::uint64_t kAnyNumber = ~std::uint64_t{0};
constexpr std::string_view kKeywords = "code, rodata, data, bss, heap, stack, word, line or end";
constexpr std::string_view kElfKeywords = "arg, env, heap, stack, line or end";
constexpr std::size_t kLongestFileName = 255;
constexpr std::size_t kMostStrings = 1000;  // of arguments and environment together

std::string_view describe(ProgramProblem problem) {
  switch (problem) {
    case ProgramProblem::NoCode:
      return "a program with at least one page of code";
    case ProgramProblem::TooLarge:
      return "a smaller program: at most 1024 pages of code and data, and a heap within its limit";
    case ProgramProblem::WordOutsideFile:
      return "an address in the program's code, read-only data or data";
    case ProgramProblem::WordCrossesPage:
      return "a word that ends in the page it begins in";
    case ProgramProblem::BadWordSize:
      return "a size in bytes: 1, 2, 4 or 8";
  }
  return "a program that can be loaded";
}

}  // namespace

ProgramBlock::ProgramBlock(LineReader& first_line, FileLookup files) : m_files(std::move(files)) {
  m_program.name = first_line.name("a name for the program");
  first_line.end();
}

bool ProgramBlock::take(LineReader& line) {
  const std::string_view keyword = line.word(kKeywords);
  if (keyword == "end") {
    line.end();
    finish(line);
    return true;
  }
  if (keyword == "line") {
    m_program.lines.emplace_back(line.raw_text());
  } else if (keyword == "elf" || m_program.elf) {
    take_of_real_program(line, keyword);
  } else if (keyword == "word") {
    take_word(line);
  } else {
    take_pages(line, keyword);
  }
  return false;
}

// Lines of a program whose segments come from a file.
void ProgramBlock::take_of_real_program(LineReader& line, std::string_view keyword) {
  const bool is_string = keyword == "arg" || keyword == "env";
  if (keyword == "elf") {
    take_elf(line);
  } else if (is_string) {
    if (m_program.arguments.size() + m_program.environment.size() == kMostStrings)
      return line.fail_at_word("at most 1000 lines of arguments and environment");
    (keyword == "arg" ? m_program.arguments : m_program.environment).emplace_back(line.raw_text());
  } else if (keyword == "heap" || keyword == "stack") {
    take_pages(line, keyword);
  } else {
    line.fail_at_word(kElfKeywords);
  }
}

// `elf hello sha256=...`: the file is beside the scenario, and its digest says that it is the right one.
void ProgramBlock::take_elf(LineReader& line) {
  if (m_program.elf || !m_keywords.empty() || !m_program.words.empty())
    return line.fail_at_word("elf at most once, and before the program's other lines");
  const std::string name(line.word("the name of an ELF file beside the scenario"));
  const bool possible = name.size() <= kLongestFileName && name.find_first_of("/\\") == std::string::npos;
  const FileBytes bytes = line.ok() && possible && m_files ? m_files(name) : nullptr;
  if (bytes == nullptr) return line.fail_at_word("the name of an ELF file that is at hand");
  ElfFile file{.file_name = name, .digest = sha256(*bytes), .image = nullptr};
  auto image = read_elf(bytes);
  if (!image) {
    const Message reason = narrate_elf_error(image.error());
    return line.fail(line.word_position(), "an ELF file that can be loaded",
                     name + ": " + render(reason, format_of(FormatId::X86_32), english()));
  }
  file.image = std::make_shared<const ElfImage>(std::move(image.value()));
  constexpr std::string_view kDigest = "sha256=";
  if (line.peek().starts_with(kDigest)) {
    const auto digest = sha256_from_hex(line.word(kDigest).substr(kDigest.size()));
    if (digest != file.digest)
      return line.fail_at_word("sha256=" + to_hex(file.digest) + ", that of the file at hand");
  }
  line.end();
  m_program.elf = std::move(file);
  m_program.arguments.clear();
  m_program.heap_limit_pages = kUsualElfHeapPages;
  m_program.stack_limit_pages = kUsualElfStackPages;
}

void ProgramBlock::take_pages(LineReader& line, std::string_view keyword) {
  const auto pages = [&] { return line.number("a number of pages", 0, kMostProgramPages); };
  const auto limit = [&](std::uint64_t least) {
    if (!line.take("limit")) line.fail_at_next("limit");
    return line.number("a number of pages", least, kMostProgramPages);
  };
  if (std::find(m_keywords.begin(), m_keywords.end(), keyword) != m_keywords.end()) {
    return line.fail_at_word("each segment at most once");
  }
  m_keywords.emplace_back(keyword);
  if (keyword == "code") {
    m_program.code_pages = pages();
  } else if (keyword == "rodata") {
    m_program.rodata_pages = pages();
  } else if (keyword == "data") {
    m_program.data_pages = pages();
  } else if (keyword == "bss") {
    m_program.bss_pages = pages();
  } else if (keyword == "heap") {
    m_program.heap_pages = pages();
    if (m_program.elf && m_program.heap_pages != 0)
      line.fail_at_word("0, the heap a real program starts with");
    m_program.heap_limit_pages = limit(0);
  } else if (keyword == "stack") {
    m_program.stack_limit_pages = limit(1);
  } else {
    line.fail_at_word(kKeywords);
  }
  line.end();
}

void ProgramBlock::take_word(LineReader& line) {
  InitialWord word;
  word.address = line.address();
  const ParseError place{.line = line.number_of_line(),
                         .column = static_cast<std::uint32_t>(line.word_position() + 1),
                         .expected = {},
                         .found = "this word"};
  word.value = line.number("a value", 0, kAnyNumber);
  const std::size_t value_at = line.word_position();
  word.size = line.access_size(4);
  if (line.ok() && word.size < 8 && word.value >> (8 * word.size) != 0) {
    line.fail(value_at, "a value that fits in " + std::to_string(word.size) + " bytes", "a larger one");
  }
  line.end();
  m_program.words.push_back(word);
  m_word_places.push_back(place);
}

void ProgramBlock::finish(LineReader& line) {
  if (m_program.elf && m_program.arguments.empty()) m_program.arguments.push_back(m_program.elf->file_name);
  Program bare = m_program;
  bare.words.clear();
  if (const auto problem = check_program(bare)) return line.fail(0, describe(*problem), "this one");
  for (std::size_t i = 0; i < m_program.words.size(); ++i) {
    bare.words = {m_program.words[i]};
    if (const auto problem = check_program(bare)) {
      ParseError error = m_word_places[i];
      error.expected = describe(*problem);
      return line.fail(std::move(error));
    }
  }
}

}  // namespace vmp
