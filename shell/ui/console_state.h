// The console of the picture, where the page has none of its own (shell/platform.h, show_console).
#pragma once

#include <array>
#include <string>

#include "shell/present/completion.h"

namespace vmp::ui {

struct ConsoleState {
  std::array<char, kLongestLine> text{};  // as Dear ImGui edits it
  std::size_t cursor = 0;                 // in bytes
  Completion completion;                  // of that text, at that cursor
  std::string error;                      // why the line given last was not accepted
  ConsoleHistory history;
  bool focus = false;  // the cursor goes there in the next frame

  std::string_view line() const { return text.data(); }
  void set_line(std::string_view line) {
    const std::size_t size = line.copy(text.data(), text.size() - 1);
    text[size] = '\0';
    cursor = size;
  }
};

// The line with the word at the cursor replaced by `word` and a blank.
std::string completed(const ConsoleState& console, std::string_view word);

}  // namespace vmp::ui
