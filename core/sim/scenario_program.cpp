// A program block, read line by line. What is wrong with the program as a whole shows only at its end; the
// error then points at the line that is to blame.
#include <algorithm>

#include "core/sim/scenario_lines.h"

namespace vmp {
namespace {

constexpr std::uint64_t kAnyNumber = ~std::uint64_t{0};
constexpr std::string_view kKeywords = "code, rodata, data, bss, heap, stack, word, line or end";

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

ProgramBlock::ProgramBlock(LineReader& first_line) {
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
  } else if (keyword == "word") {
    take_word(line);
  } else {
    take_pages(line, keyword);
  }
  return false;
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
