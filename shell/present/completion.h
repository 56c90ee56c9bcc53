// The console's line: what may come next, what is wrong, and what was typed before. What is expected is asked
// of the parser; names, addresses and the like are those of the machine as it is now.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shell/present/model.h"

namespace vmp {

struct CompletionItem {
  std::string text;
  std::string hint;  // "P ADDRESS [SIZE]", "heap ↑"
};

// Places are in bytes.
struct Completion {
  std::size_t start = 0;  // the word at the cursor, which an item would replace
  std::size_t end = 0;
  std::vector<CompletionItem> items;
  std::string hint;          // "an address, or any"; what a line that is complete could still have
  bool complete = false;     // the line could be given as it is
  std::string error;         // of the words before the cursor's
  std::size_t error_at = 0;  // where it is
};

struct CompletionNames {
  std::vector<std::string> traces;
};

inline constexpr std::size_t kMostItems = 12;

Completion complete(std::string_view text, std::size_t cursor, const Model& model, const Scenario& programs,
                    const TraceLookup& traces, const CompletionNames& names);

// "Column 9: expected an address, found "x"."
std::string error_words(const ParseError& error);

// The lines given before, as up and down bring them back.
class ConsoleHistory {
 public:
  void add(std::string line);
  // The line before or after the one shown; `typed`, what was being typed, comes back after the newest.
  std::string older(std::string_view typed);
  std::string newer(std::string_view typed);

 private:
  std::vector<std::string> m_lines;
  std::size_t m_at = 0;  // the line shown; their number: the one being typed
  std::string m_typed;
};

}  // namespace vmp
