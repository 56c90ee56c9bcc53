#include "core/sim/trace_reader.h"

#include <algorithm>
#include <array>

#include "core/base/page.h"
#include "core/sim/text_number.h"

namespace vmp {
namespace {

constexpr std::array<std::string_view, 2> kFormatNames{"lackey", "pages"};
constexpr std::size_t kShownOfALine = 40;

// True for `==123== ...` and the like. A message may be cut anywhere behind its first mark by the line limit.
bool is_valgrind_message(std::string_view line) {
  if (line.size() < 2 || line[0] != line[1]) return false;
  if (line[0] != '=' && line[0] != '-' && line[0] != '*') return false;
  std::size_t digits = 2;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  return digits > 2 && line.substr(digits).starts_with(line.substr(0, 2));
}

std::optional<AccessKind> lackey_kind(std::string_view prefix) {
  if (prefix == "I  ") return AccessKind::Execute;
  if (prefix == " L ") return AccessKind::Read;
  if (prefix == " S " || prefix == " M ") return AccessKind::Write;
  return std::nullopt;
}

bool is_text_byte(char c) {
  return static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\r';
}

}  // namespace

std::string_view name_of(TraceFormat format) {
  return kFormatNames[static_cast<std::size_t>(format)];
}

std::optional<TraceFormat> trace_format_named(std::string_view name) {
  for (std::size_t i = 0; i < kFormatNames.size(); ++i) {
    if (kFormatNames[i] == name) return static_cast<TraceFormat>(i);
  }
  return std::nullopt;
}

TraceReader::TraceReader(TraceFormat format, VirtualAddress highest, Sink sink)
    : m_format(format),
      m_highest(std::min(highest, VirtualAddress(kHighestTraceAddress))),
      m_sink(std::move(sink)) {}

std::optional<TraceError> TraceReader::feed(std::string_view bytes) {
  while (!m_error && !bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, end);
    if (m_partial.size() + piece.size() > kLongestTraceLine) {
      // The error is found without waiting for a line end that may be hundreds of megabytes away.
      ++m_lines;
      m_partial.append(piece.substr(0, kLongestTraceLine - std::min(kLongestTraceLine, m_partial.size())));
      const auto odd = std::find_if_not(m_partial.begin(), m_partial.end(), is_text_byte);
      if (odd != m_partial.end()) {
        fail(TraceError::Kind::NotText, to_hex(static_cast<unsigned char>(*odd), 2));
      } else {
        fail(TraceError::Kind::LineTooLong, m_partial, kLongestTraceLine);
      }
      break;
    }
    if (end == std::string_view::npos) {
      m_partial.append(piece);
      m_bytes += piece.size();
      break;
    }
    if (m_partial.empty()) {
      take_line(piece);
    } else {
      m_partial.append(piece);
      take_line(m_partial);
      m_partial.clear();
    }
    m_bytes += end + 1;
    bytes.remove_prefix(end + 1);
  }
  return m_error;
}

std::optional<TraceError> TraceReader::finish() {
  if (!m_error && !m_partial.empty()) {
    if (m_format == TraceFormat::Lackey) {
      ++m_lines;
      fail(TraceError::Kind::Truncated, m_partial);
    } else {
      take_line(m_partial);
      m_partial.clear();
    }
  }
  if (!m_error && m_references == 0) fail(TraceError::Kind::NoReferences, {});
  return m_error;
}

void TraceReader::take_line(std::string_view line) {
  ++m_lines;
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.find_first_not_of(" \t") == std::string_view::npos) return;
  if (m_format == TraceFormat::Lackey) {
    take_lackey_line(line);
  } else {
    take_pages_line(line);
  }
}

void TraceReader::take_lackey_line(std::string_view line) {
  if (is_valgrind_message(line)) return;
  const std::optional<AccessKind> kind = lackey_kind(line.substr(0, 3));
  const std::size_t comma = line.find(',');
  if (!kind || comma == std::string_view::npos) return fail(TraceError::Kind::Malformed, line);
  const std::optional<std::uint64_t> address = parse_hex_digits(line.substr(3, comma - 3));
  const std::optional<std::uint64_t> size = parse_decimal_digits(line.substr(comma + 1));
  if (!address || !size || *size == 0) return fail(TraceError::Kind::Malformed, line);
  deliver(*kind, *address, line);
}

void TraceReader::take_pages_line(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  const std::size_t last = line.find_last_not_of(" \t");
  const std::optional<std::uint64_t> page = parse_number(line.substr(first, last - first + 1));
  if (!page) return fail(TraceError::Kind::Malformed, line);
  if (*page > m_highest.value() >> kPageShift) {
    return fail(TraceError::Kind::AddressTooHigh, line, m_highest.value());
  }
  deliver(AccessKind::Read, *page << kPageShift, line);
}

void TraceReader::deliver(AccessKind kind, std::uint64_t address, std::string_view line) {
  if (address > m_highest.value()) return fail(TraceError::Kind::AddressTooHigh, line, m_highest.value());
  ++m_references;
  m_sink(TraceReference(kind, VirtualAddress(address)));
}

void TraceReader::fail(TraceError::Kind kind, std::string_view found, std::uint64_t limit) {
  const auto odd = std::find_if_not(found.begin(), found.end(), is_text_byte);
  if (odd != found.end()) {
    m_error = TraceError{TraceError::Kind::NotText, m_lines, to_hex(static_cast<unsigned char>(*odd), 2), 0};
  } else {
    m_error = TraceError{kind, m_lines, std::string(found.substr(0, kShownOfALine)), limit};
  }
}

std::string to_string(const TraceError& error, TraceFormat format, std::string_view file_name) {
  std::string place = std::string(file_name) + ":" + std::to_string(error.line) + ": ";
  const std::string found = ", found \"" + error.found + "\"";
  switch (error.kind) {
    case TraceError::Kind::Malformed:
      return place +
             (format == TraceFormat::Lackey ? "expected a lackey reference such as \" L 1ffefffe38,8\""
                                            : "expected a page number, decimal or 0x hex") +
             found;
    case TraceError::Kind::NotText:
      return place + "expected text, found the byte " + error.found;
    case TraceError::Kind::LineTooLong:
      return place + "expected a line of at most " + std::to_string(error.limit) + " bytes" + found +
             " and more";
    case TraceError::Kind::AddressTooHigh:
      return place + "expected an address of at most " + to_hex(error.limit, 8) + found;
    case TraceError::Kind::Truncated:
      return place + "the recording is cut off: expected a line end after \"" + error.found + "\"";
    case TraceError::Kind::NoReferences:
      return std::string(file_name) + ": expected at least one reference, found none";
    case TraceError::Kind::TooLong:
      return place + "expected at most " + std::to_string(error.limit) + " references, found more";
  }
  return place;
}

Result<Trace, TraceError> read_trace(std::string name, TraceFormat format, std::string_view text) {
  Trace trace{.name = std::move(name), .references = {}, .digest = 0};
  TraceReader reader(format, VirtualAddress(kHighestTraceAddress),
                     [&](TraceReference reference) { trace.references.push_back(reference); });
  constexpr std::size_t kPiece = std::size_t{1} << 16;  // the length is checked after each
  for (std::size_t at = 0; at < text.size(); at += kPiece) {
    if (const auto error = reader.feed(text.substr(at, kPiece))) return Failure{*error};
    if (reader.references() > kLongestTrace) {
      return Failure{TraceError{TraceError::Kind::TooLong, 0, {}, kLongestTrace}};
    }
  }
  if (const auto error = reader.finish()) return Failure{*error};
  trace.digest = Trace::digest_of(trace.references);
  return trace;
}

}  // namespace vmp
