// How single lines of a scenario are read; scenario_parse.cpp puts them together.
#pragma once

#include "core/sim/line_reader.h"

namespace vmp {

// What the names in a command may stand for.
struct KnownNames {
  std::function<std::shared_ptr<const Program>(std::string_view)> program;  // null if there is none
  TraceLookup trace;
};

// A command from its first word to the end of the line. Errors are in the reader; the result then means
// nothing.
Step read_step(LineReader& line, const KnownNames& names);

// What stands behind the word `expect`.
Expectation read_expectation(LineReader& line);
// True for an expectation about what the command before it did, and not about the state it left.
bool is_about_command(const Expectation& expectation);

// What stands behind the word `machine`.
MachineConfig read_machine(LineReader& line);

// A program block, line by line from behind `program` to `end`.
class ProgramBlock {
 public:
  ProgramBlock(LineReader& first_line, FileLookup files);

  // Takes a line of the block; true if it was `end`, and then program() is complete unless the line has an
  // error.
  bool take(LineReader& line);
  std::shared_ptr<const Program> program() const { return std::make_shared<const Program>(m_program); }
  const std::string& name() const { return m_program.name; }

 private:
  void take_pages(LineReader& line, std::string_view keyword);
  void take_of_real_program(LineReader& line, std::string_view keyword);
  void take_elf(LineReader& line);
  void take_word(LineReader& line);
  void finish(LineReader& line);

  FileLookup m_files;
  Program m_program;
  std::vector<std::string> m_keywords;    // segments seen so far
  std::vector<ParseError> m_word_places;  // where each word's address stands, for errors found at the end
};

}  // namespace vmp
