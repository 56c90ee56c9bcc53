#include "shell/present/twin_text.h"

#include <algorithm>

namespace vmp {
namespace {

constexpr std::string_view kBetween = "  ";  // columns
constexpr std::string_view kNow = "*";       // of this step
constexpr std::size_t kIndent = 3;

// Characters, not bytes: UTF-8's further bytes do not count.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

class TextWriter {
 public:
  std::string write(const Twin& twin) {
    heading(twin.title, '=');
    for (const TwinSection& each : twin.sections) section(each, 0);
    return std::move(m_text);
  }

 private:
  void line(std::string_view text) {
    m_text += text;
    while (m_text.ends_with(' ')) m_text.pop_back();
    m_text += '\n';
  }
  void heading(const std::string& title, char below) {
    line(title);
    line(std::string(width_of(title), below));
    line("");
  }

  // A section that holds nothing but controls has nothing to say here.
  static bool says_something(const TwinSection& section) {
    return !section.sections.empty() ||
           std::any_of(section.blocks.begin(), section.blocks.end(), [](const TwinBlock& block) {
             return !std::holds_alternative<TwinControls>(block.content);
           });
  }

  void section(const TwinSection& section, std::size_t depth) {
    if (depth == 0 && !says_something(section)) return;
    heading(section.title, depth == 0 ? '-' : '.');
    for (const TwinBlock& block : section.blocks)
      std::visit([this](const auto& content) { write_content(content); }, block.content);
    for (const TwinSection& each : section.sections) this->section(each, depth + 1);
  }

  void write_content(const TwinText& words) {
    line(words.text);
    line("");
  }
  void write_content(const TwinControls&) {}
  void write_content(const TwinList& list) {
    line(list.label + ":");
    items(list.items, list.ordered, 1);
    line("");
  }
  void items(const std::vector<TwinItem>& all, bool ordered, std::size_t depth) {
    std::size_t number = 0;
    for (const TwinItem& item : all) {
      const std::string& words = item.control ? item.control->label : item.text;
      std::string row(depth * kIndent, ' ');
      if (item.now) row.replace(row.size() - kIndent, 1, kNow);
      if (ordered) row += std::to_string(++number) + ". ";
      if (!item.who.empty()) row += item.who + ": ";
      line(row + words);
      items(item.items, false, depth + 1);
    }
  }

  void write_content(const TwinTable& table) {
    line(table.caption + ":");
    std::vector<std::size_t> widths;
    for (const std::string& column : table.columns) widths.push_back(width_of(column));
    for (const TwinRow& row : table.rows) {
      for (std::size_t i = 0; i < std::min(row.cells.size(), widths.size()); ++i)
        widths[i] = std::max(widths[i], width_of(row.cells[i]));
    }
    cells(table.columns, widths, false);
    for (const TwinRow& row : table.rows) cells(row.cells, widths, row.now);
    line("");
  }
  void cells(const std::vector<std::string>& all, const std::vector<std::size_t>& widths, bool now) {
    std::string row(now ? kNow : " ");
    for (std::size_t i = 0; i < std::min(all.size(), widths.size()); ++i) {
      row += kBetween;
      row += all[i];
      row.append(widths[i] - width_of(all[i]), ' ');
    }
    line(row);
  }

  std::string m_text;
};

}  // namespace

std::string to_text(const Twin& twin) {
  return TextWriter().write(twin);
}

}  // namespace vmp
