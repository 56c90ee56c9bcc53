#include "shell/file_kind.h"

#include <algorithm>

namespace vmp {
namespace {

constexpr std::size_t kBeginning = 65536;  // bytes looked at

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_page_number(std::string_view line) {
  if (line.starts_with("0x")) line.remove_prefix(2);
  return !line.empty() && std::all_of(line.begin(), line.end(), is_hex);
}

// " L 1ffefffe38,8" or "I  0401ab70,3", or one of valgrind's own messages.
bool is_lackey(std::string_view line) {
  if (line.starts_with("==") || line.starts_with("--") || line.starts_with("**")) return true;
  if (line.size() < 6) return false;
  const std::string_view head = line.substr(0, 3);
  return (head == "I  " || head == " L " || head == " S " || head == " M ") && is_hex(line[3]);
}

}  // namespace

FileKind file_kind(std::string_view name, std::string_view bytes) {
  if (bytes.empty()) return FileKind::Empty;
  if (bytes.starts_with("\x7F"
                        "ELF"))
    return FileKind::Elf;
  if (name.ends_with(".vms")) return FileKind::Scenario;
  std::string_view text = bytes.substr(0, kBeginning);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (line.starts_with("vms ")) return FileKind::Scenario;
    if (is_lackey(line)) return FileKind::Lackey;
    return is_page_number(line) ? FileKind::Pages : FileKind::Unknown;
  }
  return FileKind::Unknown;
}

}  // namespace vmp
