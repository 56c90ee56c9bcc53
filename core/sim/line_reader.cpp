#include "core/sim/line_reader.h"

#include <algorithm>

#include "core/sim/text_number.h"

namespace vmp {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::size_t kLongestQuote = 40;

constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string quoted(std::string_view text) {
  if (text.empty()) return "the end of the line";
  // A character of several bytes is not cut in two.
  std::size_t end = std::min(text.size(), kLongestQuote);
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  std::string quote(1, '"');
  quote.append(text.substr(0, end));
  quote.append(end < text.size() ? "...\"" : "\"");
  return quote;
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName && is_letter(text[0]) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

std::size_t LineReader::next_position() const {
  return std::min(m_line.find_first_not_of(kBlanks, m_position), m_line.size());
}

std::string_view LineReader::peek() const {
  if (m_error) return {};
  const std::size_t start = next_position();
  return m_line.substr(start, std::min(m_line.find_first_of(kBlanks, start), m_line.size()) - start);
}

bool LineReader::next_is_number() const {
  const std::string_view next = peek();
  return !next.empty() && next[0] >= '0' && next[0] <= '9';
}

std::string_view LineReader::word(std::string_view expected) {
  const std::string_view next = peek();
  if (next.empty()) {
    fail_at_next(expected);
    return {};
  }
  m_word = next_position();
  m_position = m_word + next.size();
  return next;
}

void LineReader::offer(Offer::Kind kind, std::string_view words, std::string_view hint) {
  if (m_offers == nullptr || !ok() || !at_end()) return;
  Offer found{.kind = kind, .words = std::string(words), .hint = std::string(hint)};
  if (std::find(m_offers->begin(), m_offers->end(), found) == m_offers->end())
    m_offers->push_back(std::move(found));
}

bool LineReader::take(std::string_view keyword) {
  offer(Offer::Kind::Word, keyword);
  if (peek() != keyword) return false;
  word(keyword);
  return true;
}

std::string LineReader::name(std::string_view expected, Offer::Kind kind) {
  offer(kind, expected);
  const std::string_view text = word(expected);
  if (ok() && !is_name(text)) {
    fail_at_word(std::string(expected) + " (a letter, then letters, digits, _ and -; at most 32)");
  }
  return std::string(text);
}

std::uint64_t LineReader::number(std::string_view expected, std::uint64_t least, std::uint64_t most) {
  offer(Offer::Kind::Number, expected);
  return read_number(expected, least, most);
}

std::optional<std::uint64_t> LineReader::optional_number(std::string_view expected, std::uint64_t least,
                                                         std::uint64_t most) {
  offer(Offer::Kind::Number, expected);
  if (!next_is_number()) return std::nullopt;
  return read_number(expected, least, most);
}

std::uint64_t LineReader::read_number(std::string_view expected, std::uint64_t least, std::uint64_t most) {
  const std::string_view text = word(expected);
  const std::optional<std::uint64_t> value = parse_number(text);
  if (value && *value >= least && *value <= most) return *value;
  if (!is_number_like(text)) {
    fail_at_word(expected);
  } else {
    const bool hex = text.starts_with("0x");
    fail_at_word(std::string(expected) + " from " + std::to_string(least) + " to " +
                 (hex ? to_hex(most, 1) : std::to_string(most)));
  }
  return 0;
}

VirtualAddress LineReader::address(std::string_view expected) {
  offer(Offer::Kind::Address, expected);
  return VirtualAddress(read_number(expected, 0, ~std::uint64_t{0}));
}

std::uint32_t LineReader::access_size(std::uint32_t otherwise) {
  constexpr std::string_view kExpected = "a size in bytes: 1, 2, 4 or 8";
  const std::optional<std::uint64_t> size = optional_number(kExpected, 1, 8);
  if (!size) return otherwise;
  if (ok() && (*size & (*size - 1)) != 0) fail_at_word(kExpected);
  return static_cast<std::uint32_t>(*size);
}

Permissions LineReader::permissions() {
  constexpr std::string_view kExpected = "permissions such as rw- or r-x";
  offer(Offer::Kind::Permissions, kExpected);
  const std::string_view text = word(kExpected);
  const auto is = [&](std::size_t at, char letter) { return text[at] == letter || text[at] == '-'; };
  if (text.size() != 3 || !is(0, 'r') || !is(1, 'w') || !is(2, 'x')) {
    fail_at_word(kExpected);
    return {};
  }
  return {.read = text[0] == 'r', .write = text[1] == 'w', .execute = text[2] == 'x'};
}

std::string_view LineReader::text(std::string_view expected) {
  if (at_end()) {
    fail_at_next(expected);
    return {};
  }
  m_word = next_position();
  m_position = m_line.size();
  const std::string_view rest = m_line.substr(m_word);
  return rest.substr(0, rest.find_last_not_of(kBlanks) + 1);
}

std::string_view LineReader::raw_text() {
  std::string_view rest = m_line.substr(std::min(m_position + 1, m_line.size()));
  m_position = m_line.size();
  return rest.substr(0, rest.find_last_not_of(kBlanks) + 1);
}

void LineReader::check_length() {
  if (m_line.size() <= kLongestLine) return;
  fail(kLongestLine, "a line of at most " + std::to_string(kLongestLine) + " bytes",
       std::to_string(m_line.size()) + " bytes");
}

void LineReader::end() {
  if (!at_end()) fail_at_next("the end of the line");
}

void LineReader::fail_at_word(std::string_view expected) {
  fail(m_word, expected, quoted(m_line.substr(m_word, m_position - m_word)));
}

void LineReader::fail_at_next(std::string_view expected) {
  fail(next_position(), expected, quoted(peek()));
}

void LineReader::fail(std::size_t at, std::string_view expected, std::string_view found) {
  fail({.line = m_number,
        .column = static_cast<std::uint32_t>(at + 1),
        .expected = std::string(expected),
        .found = std::string(found)});
}

void LineReader::fail(ParseError error) {
  if (!m_error) m_error = std::move(error);
}

}  // namespace vmp
