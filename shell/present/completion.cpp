#include "shell/present/completion.h"

#include <algorithm>
#include <array>

#include "core/sim/narrate.h"
#include "core/sim/next_words.h"
#include "shell/present/fill.h"
#include "shell/present/memory_view.h"

namespace vmp {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kError = "Column {0}: expected {1}, found {2}.";
constexpr std::string_view kComplete = "Enter gives it. It could go on with: {0}";
constexpr std::string_view kDone = "Enter gives it.";
constexpr std::string_view kNewName = "a name that is free";
constexpr std::string_view kTouched = "touched last";
constexpr std::string_view kEntryRead = "entry {0} of the node in frame {1}";
constexpr std::size_t kMostLines = 200;

struct Fixed {
  std::string_view expected;
  std::string_view text;
  std::string_view hint;
};
constexpr auto kPermissions = std::to_array<Fixed>({{"", "rw-", "read and write"},
                                                    {"", "r--", "read"},
                                                    {"", "r-x", "read and execute"},
                                                    {"", "rwx", "everything"},
                                                    {"", "---", "nothing"}});
// Numbers that are often wanted.
constexpr auto kNumbers = std::to_array<Fixed>({{"a length in bytes", "4096", "one page"},
                                                {"a length in bytes", "8192", "two pages"},
                                                {"a length in bytes", "16384", "four pages"},
                                                {"an exit status", "0", "success"}});

class Items {
 public:
  Items(const Model& model, const Scenario& programs, const CompletionNames& names, std::string_view line)
      : m_model(model), m_programs(programs), m_names(names), m_line(line) {}

  void add(const Offer& offer) {
    switch (offer.kind) {
      case Offer::Kind::Word:
        add(offer.words, offer.hint);
        break;
      case Offer::Kind::Process:
        add_processes();
        break;
      case Offer::Kind::Program:
        for (const ScenarioLine& line : m_programs.lines) {
          if (const auto* program = std::get_if<ProgramLine>(&line.content)) add(program->program->name, "");
        }
        break;
      case Offer::Kind::Trace:
        for (const std::string& trace : m_names.traces) add(trace, "");
        break;
      case Offer::Kind::File:
        for (const File& file : m_model.kernel().files()) {
          if (file.kind() == File::Kind::Regular) add(file.name(), "");
        }
        break;
      case Offer::Kind::NewName:
        add_new_name();
        break;
      case Offer::Kind::Address:
        add_addresses();
        break;
      case Offer::Kind::Physical:
        add_entries();
        break;
      case Offer::Kind::Number:
        for (const Fixed& number : kNumbers) {
          if (number.expected == offer.words) add(std::string(number.text), std::string(number.hint));
        }
        break;
      case Offer::Kind::Permissions:
        for (const Fixed& each : kPermissions) add(std::string(each.text), std::string(each.hint));
        break;
    }
  }

  // Those that begin with `start`.
  std::vector<CompletionItem> beginning_with(std::string_view start) const {
    std::vector<CompletionItem> found;
    for (const CompletionItem& item : m_items) {
      if (found.size() < kMostItems && item.text.starts_with(start)) found.push_back(item);
    }
    return found;
  }

 private:
  void add(std::string text, std::string hint) {
    const bool known = std::any_of(m_items.begin(), m_items.end(),
                                   [&](const CompletionItem& item) { return item.text == text; });
    if (!known && !text.empty()) m_items.push_back({std::move(text), std::move(hint)});
  }

  void add_processes() {
    for (const ColumnModel& column : m_model.columns) {
      if (column.running) add(column.name, column.program);
    }
  }

  void add_new_name() {
    for (char letter = 'A'; letter <= 'Z'; ++letter) {
      const std::string name(1, letter);
      if (m_model.kernel().find_process(name) != nullptr) continue;
      add(name, std::string(kNewName));
      return;
    }
  }

  // Of the process named in the line: what it touched last, and where its segments begin.
  void add_addresses() {
    const std::size_t start = std::min(m_line.find_first_of(kBlanks), m_line.size());
    const std::size_t word = std::min(m_line.find_first_not_of(kBlanks, start), m_line.size());
    const std::string_view name =
        m_line.substr(word, std::min(m_line.find_first_of(kBlanks, word), m_line.size()) - word);
    const Process* process = m_model.kernel().find_process(name);
    if (process == nullptr) return;
    constexpr std::size_t kMostTouched = 4;
    std::size_t touched = 0;
    for (const Watch& watch : m_model.watches) {
      if (watch.process != process->id || touched++ >= kMostTouched) continue;
      add(hex_address(watch.address, m_model.kernel().format()), std::string(kTouched));
    }
    for (const ColumnModel& column : m_model.columns) {
      if (column.process != process->id) continue;
      for (const ColumnItem& item : column.items) {
        if (item.segment) add(item.segment->start, item.segment->name);
      }
    }
  }

  // The entries that the walk on screen has read.
  void add_entries() {
    for (const NodeBox& node : m_model.walk.nodes) {
      for (const NodeRow& row : node.rows) {
        if (row.read)
          add(hex_address(row.entry), fill(kEntryRead, {std::to_string(row.index), hex_frame(node.frame)}));
      }
    }
  }

  const Model& m_model;
  const Scenario& m_programs;
  const CompletionNames& m_names;
  std::string_view m_line;
  std::vector<CompletionItem> m_items;
};

// What is expected, in words. Commands are many: they are not told one by one.
std::string hint_of(const NextWords& next, bool first_word) {
  std::string expected;
  for (const Offer& offer : next.offers) {
    if (first_word) break;
    if (!expected.empty()) expected += ", ";
    expected += offer.words;
  }
  if (first_word) return "a command";
  if (!next.complete) return expected;
  return expected.empty() ? std::string(kDone) : fill(kComplete, {expected});
}

}  // namespace

std::string error_words(const ParseError& error) {
  return fill(kError, {std::to_string(error.column), error.expected, error.found});
}

Completion complete(std::string_view text, std::size_t cursor, const Model& model, const Scenario& programs,
                    const TraceLookup& traces, const CompletionNames& names) {
  Completion completion;
  cursor = std::min(cursor, text.size());
  const std::size_t blank = text.find_last_of(kBlanks, cursor == 0 ? 0 : cursor - 1);
  completion.start = blank == std::string_view::npos || cursor == 0 ? 0 : blank + 1;
  completion.end = std::min(text.find_first_of(kBlanks, cursor), text.size());
  const std::string_view before = text.substr(0, completion.start);
  const NextWords next = next_words(before, programs, traces);
  if (next.error) {
    completion.error = error_words(*next.error);
    completion.error_at = next.error->column - 1;
    return completion;
  }
  Items items(model, programs, names, before);
  for (const Offer& offer : next.offers) items.add(offer);
  completion.items = items.beginning_with(text.substr(completion.start, cursor - completion.start));
  completion.complete = next_words(text, programs, traces).complete;
  completion.hint = hint_of(next, before.find_first_not_of(kBlanks) == std::string_view::npos);
  return completion;
}

void ConsoleHistory::add(std::string line) {
  if (m_lines.empty() || m_lines.back() != line) m_lines.push_back(std::move(line));
  if (m_lines.size() > kMostLines) m_lines.erase(m_lines.begin());
  m_at = m_lines.size();
  m_typed.clear();
}

std::string ConsoleHistory::older(std::string_view typed) {
  if (m_at == m_lines.size()) m_typed = typed;
  if (m_at > 0) --m_at;
  return m_lines.empty() ? std::string(typed) : m_lines[m_at];
}

std::string ConsoleHistory::newer(std::string_view typed) {
  if (m_at == m_lines.size()) return std::string(typed);
  ++m_at;
  return m_at == m_lines.size() ? m_typed : m_lines[m_at];
}

}  // namespace vmp
