#include "shell/vmctl/trace_input.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <unistd.h>
#include <vector>

#include "shell/vmctl/input.h"

namespace vmctl {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 18;  // bytes read at a time

class Input {
 public:
  explicit Input(const std::string& file)
      : m_name(file == "-" ? "standard input" : file),
        m_file(file == "-" ? stdin : std::fopen(file.c_str(), "rb")),
        m_piece(kPiece) {}
  ~Input() {
    if (m_file != nullptr && m_file != stdin) std::fclose(m_file);
  }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  const std::string& name() const { return m_name; }
  // Empty at the end and after an error.
  std::string_view next() {
    if (m_file == nullptr) return {};
    return {m_piece.data(), std::fread(m_piece.data(), 1, m_piece.size(), m_file)};
  }
  bool failed() const { return m_file == nullptr || std::ferror(m_file) != 0; }

 private:
  std::string m_name;
  std::FILE* m_file;
  std::vector<char> m_piece;
};

// One line that is written over and over, and wiped away at the end; only where a person looks at it.
class Progress {
 public:
  void show(const vmp::TraceReader& reader) {
    if (!m_wanted) return;
    std::cerr << "\r" << reader.references() << " references, " << (reader.bytes() >> 20) << " MiB read"
              << std::flush;
    m_shown = true;
  }
  ~Progress() {
    if (m_shown) std::cerr << "\r\x1B[K" << std::flush;
  }
  Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  bool m_wanted = isatty(STDERR_FILENO) != 0;
  bool m_shown = false;
};

}  // namespace

std::optional<std::uint64_t> read_references(const std::string& file, vmp::TraceFormat format,
                                             vmp::VirtualAddress highest, const vmp::TraceReader::Sink& sink,
                                             const std::function<std::optional<std::string>()>& obstacle) {
  Input input(file);
  vmp::TraceReader reader(format, highest, sink);
  std::optional<vmp::TraceError> error;
  std::optional<std::string> stopped;
  {
    Progress progress;
    for (std::string_view piece = input.next(); !piece.empty() && !error && !stopped; piece = input.next()) {
      error = reader.feed(piece);
      if (!error) stopped = obstacle();
      progress.show(reader);
    }
  }
  if (input.failed()) {
    complain("cannot read " + input.name() + ": " + std::strerror(errno));
    return std::nullopt;
  }
  if (!error && !stopped) error = reader.finish();
  if (!error && !stopped) stopped = obstacle();  // the last line may have had no line end
  if (error) complain(vmp::to_string(*error, format, input.name()));
  if (!error && stopped) complain(input.name() + ": " + *stopped);
  return error || stopped ? std::nullopt : std::optional(reader.references());
}

}  // namespace vmctl
