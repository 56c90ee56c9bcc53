// Reading a recording of memory references from text, as it streams in. Two formats:
//
//   lackey   what `valgrind --tool=lackey --trace-mem=yes` writes: a kind, an address in hex, a size in
//   decimal
//                I  0401ab70,3        an instruction was fetched
//                 L 1ffefffe38,8      a load          S a store          M a load and a store to the same
//                 place
//            Lines `==PID==`, `--PID--` and `**PID**` are valgrind's own messages.
//   pages    one page number a line, decimal or 0x hex; each is a read
//
// One line is one reference: the page of its first byte counts, M counts once, as a write. Blank lines are
// skipped. The bytes may come in pieces of any size; nothing is kept but the line at hand, so a recording may
// be longer than memory. The first error ends the reading: a recording is right as a whole or not used at
// all.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/sim/trace.h"

namespace vmp {

enum class TraceFormat : std::uint8_t { Lackey, Pages };
std::string_view name_of(TraceFormat format);  // "lackey", "pages"
std::optional<TraceFormat> trace_format_named(std::string_view name);

struct TraceError {
  enum class Kind : std::uint8_t {
    Malformed,       // the line is no reference in this format
    NotText,         // a byte that no text has
    LineTooLong,     // longer than kLongestTraceLine
    AddressTooHigh,  // beyond the highest address this reader accepts
    Truncated,       // the last line of a lackey recording has no line end: the recording was cut off
    NoReferences,    // the whole input holds no reference
    TooLong,         // more references than fit in a Trace
  };
  Kind kind = Kind::Malformed;
  std::uint64_t line = 0;   // from 1
  std::string found;        // the beginning of the line, or the byte
  std::uint64_t limit = 0;  // the highest address, the longest line, or the most references
  bool operator==(const TraceError&) const = default;
};
// "ls.lackey:7: expected ..., found ..."
std::string to_string(const TraceError& error, TraceFormat format, std::string_view file_name);

inline constexpr std::size_t kLongestTraceLine =
    4000;  // bytes; valgrind repeats the command line it was given

class TraceReader {
 public:
  using Sink = std::function<void(TraceReference)>;

  // References above `highest` are refused. Each reference goes to `sink` as soon as its line is complete.
  TraceReader(TraceFormat format, VirtualAddress highest, Sink sink);

  // Takes the next bytes. After an error nothing more is taken and the same error is returned again.
  std::optional<TraceError> feed(std::string_view bytes);
  // Says that there are no more bytes.
  std::optional<TraceError> finish();

  std::uint64_t bytes() const { return m_bytes; }
  std::uint64_t references() const { return m_references; }

 private:
  void take_line(std::string_view line);
  void take_lackey_line(std::string_view line);
  void take_pages_line(std::string_view line);
  void deliver(AccessKind kind, std::uint64_t address, std::string_view line);
  void fail(TraceError::Kind kind, std::string_view found, std::uint64_t limit = 0);

  TraceFormat m_format;
  VirtualAddress m_highest;
  Sink m_sink;
  std::string m_partial;  // the beginning of a line whose end has not come yet
  std::uint64_t m_bytes = 0;
  std::uint64_t m_lines = 0;
  std::uint64_t m_references = 0;
  std::optional<TraceError> m_error;
};

inline constexpr std::size_t kLongestTrace = std::size_t{1} << 24;  // references in a Trace: 128 MiB

// A whole recording at once.
Result<Trace, TraceError> read_trace(std::string name, TraceFormat format, std::string_view text);

}  // namespace vmp
