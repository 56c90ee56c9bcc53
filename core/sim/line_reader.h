// One line of scenario text, read word by word. The first thing that is not as expected is remembered with
// its place, and everything asked for afterwards is empty or zero: a caller reads a whole line as if all were
// well and looks at error() once.
#pragma once

#include <optional>
#include <string_view>

#include "core/sim/scenario.h"

namespace vmp {

// Something that could stand at the end of a line that stops too early, or could go on there.
struct Offer {
  enum class Kind : std::uint8_t {
    Word,  // this very word
    Process,
    Program,
    Trace,
    File,
    NewName,
    Address,
    Physical,
    Number,
    Permissions,
  };
  Kind kind = Kind::Word;
  std::string words;      // the word, or what is expected: "a value"
  std::string hint = {};  // what stands behind it: "P ADDRESS [SIZE]"
  bool operator==(const Offer&) const = default;
};

class LineReader {
 public:
  LineReader(std::string_view line, std::uint32_t number) : m_line(line), m_number(number) {}

  bool ok() const { return !m_error; }
  const std::optional<ParseError>& error() const { return m_error; }
  std::uint32_t number_of_line() const { return m_number; }

  // The next word without taking it; empty at the end of the line.
  std::string_view peek() const;
  bool at_end() const { return peek().empty(); }
  bool next_is_number() const;

  // Each takes the next word. `expected` says in the error what should have stood there.
  std::string_view word(std::string_view expected);
  bool take(std::string_view keyword);  // takes it only if it is this very word
  // Of a process, a program, a checkpoint, ...
  std::string name(std::string_view expected, Offer::Kind kind = Offer::Kind::NewName);
  std::uint64_t number(std::string_view expected, std::uint64_t least, std::uint64_t most);
  std::optional<std::uint64_t> optional_number(std::string_view expected, std::uint64_t least,
                                               std::uint64_t most);
  VirtualAddress address(std::string_view expected = "an address");
  std::uint32_t access_size(std::uint32_t otherwise);  // 1, 2, 4 or 8; `otherwise` if no number follows
  Permissions permissions();
  // The word `lookup` understands.
  template <class Lookup>
  auto choice(std::string_view expected, Lookup lookup) {
    const auto found = lookup(word(expected));
    if (!found) fail_at_word(expected);
    return found ? *found : std::decay_t<decltype(*found)>{};
  }

  // What is left of the line, without blanks at its ends; it must not be empty.
  std::string_view text(std::string_view expected);
  // What is left behind one blank, leading blanks kept; may be empty.
  std::string_view raw_text();
  // No line is longer than kLongestLine.
  void check_length();
  // Nothing may follow.
  void end();

  // Notes what is asked for at the end of the line.
  void collect_offers(std::vector<Offer>& offers) { m_offers = &offers; }
  void offer(Offer::Kind kind, std::string_view words, std::string_view hint = {});

  // An error at the word taken last, or at the next one. Only the first error of a line counts.
  void fail_at_word(std::string_view expected);
  void fail_at_next(std::string_view expected);
  void fail(std::size_t at, std::string_view expected, std::string_view found);
  void fail(ParseError error);  // somewhere else, found out only here
  std::size_t word_position() const { return m_word; }

 private:
  std::size_t next_position() const;
  std::uint64_t read_number(std::string_view expected, std::uint64_t least, std::uint64_t most);

  std::string_view m_line;
  std::uint32_t m_number;
  std::size_t m_position = 0;  // behind the last word taken
  std::size_t m_word = 0;      // where the last word taken starts
  std::optional<ParseError> m_error;
  std::vector<Offer>* m_offers = nullptr;
};

inline constexpr std::size_t kLongestName = 32;
// A letter, then letters, digits, '_' and '-'.
bool is_name(std::string_view text);

}  // namespace vmp
