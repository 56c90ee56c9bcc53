#include "shell/swap_keeper.h"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>

#include "core/os/memory_swap.h"

namespace vmp {
namespace {

constexpr std::string_view kSwapFile = "swapfile";
constexpr std::string_view kChecksums = "checksums";
constexpr std::string_view kSession = "session";
constexpr std::string_view kFirstLine = "kept session 1";

// The rest of a line that begins with `key` and a blank; takes the line from the text.
std::optional<std::string_view> take_line(std::string_view& text, std::string_view key) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view line = text.substr(0, end);
  if (!line.starts_with(key)) return std::nullopt;
  text.remove_prefix(end + 1);
  line.remove_prefix(key.size());
  if (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  return line;
}

template <class Number>
std::optional<Number> number_of(std::optional<std::string_view> digits, int base) {
  Number number = 0;
  if (!digits || digits->empty()) return std::nullopt;
  const char* const end = digits->data() + digits->size();
  const auto parsed = std::from_chars(digits->data(), end, number, base);
  return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(number) : std::nullopt;
}

std::optional<std::string> read_whole(const std::string& path) {
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return std::nullopt;
  std::string text;
  char part[4096];
  for (std::size_t count = 0; (count = std::fread(part, 1, sizeof part, file)) > 0;) text.append(part, count);
  std::fclose(file);
  return text;
}

bool write_whole(const std::string& path, std::string_view text) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && written;
}

// The page in the slot is one that some address space or file has there.
bool holds_a_page(const Kernel& kernel, SwapSlot slot) {
  return !kernel.swap()[slot].free() && !kernel.is_damaged(slot);
}

}  // namespace

std::string print_kept_session(const KeptSession& session) {
  char hash[17];
  std::snprintf(hash, sizeof hash, "%016llx", static_cast<unsigned long long>(session.hash));
  return std::string(kFirstLine) + "\nname " + session.name + "\nstep " + std::to_string(session.position) +
         "\nhash " + hash + "\n" + session.text;
}

std::optional<KeptSession> parse_kept_session(std::string_view text) {
  if (!take_line(text, kFirstLine)) return std::nullopt;
  const auto name = take_line(text, "name");
  const auto position = number_of<std::size_t>(take_line(text, "step"), 10);
  const auto hash = number_of<std::uint64_t>(take_line(text, "hash"), 16);
  if (!name || !position || !hash) return std::nullopt;
  return KeptSession{std::string(*name), *position, *hash, std::string(text)};
}

std::optional<KeptSession> SwapKeeper::kept_session() const {
  const auto text = read_whole(path(kSession));
  return text ? parse_kept_session(*text) : std::nullopt;
}

Result<std::unique_ptr<SwapBackend>, std::string> SwapKeeper::make_device(std::uint32_t slots) {
  m_file.reset();
  if (slots > kMostSlots) return std::unique_ptr<SwapBackend>(std::make_unique<MemorySwap>(slots));
  auto file = SwapFile::open(path(kSwapFile), slots, path(kChecksums));
  if (!file) return Failure{file.error()};
  m_file = std::move(file.value());
  m_file->hold();
  return std::unique_ptr<SwapBackend>(std::make_unique<FileSwap>(m_file, slots));
}

std::vector<SlotRange> SwapKeeper::lost_slots(const Kernel& kernel) const {
  std::vector<SlotRange> lost;
  if (m_file == nullptr) return lost;
  for (std::uint32_t i = 0; i < kernel.swap().size(); ++i) {
    const SwapSlot slot(i);
    if (!holds_a_page(kernel, slot)) continue;
    PageBytes found;
    const bool same = m_file->read_page(slot, found) == 0 && m_file->sum(slot) != 0 &&
                      found == kernel.swap_device().peek(slot);
    if (same) continue;
    if (!lost.empty() && lost.back().first.value() + lost.back().count == i) {
      ++lost.back().count;
    } else {
      lost.push_back({slot, 1});
    }
  }
  return lost;
}

std::optional<std::string> SwapKeeper::settle(const Session& session, bool can_be_kept) {
  if (m_file == nullptr) {
    forget();
    return std::nullopt;
  }
  m_file->release();
  const Kernel& kernel = session.timeline().machine().kernel();
  const auto fail = [](int error) {
    return "The swap file cannot be written: " + std::string(std::strerror(error)) + ".";
  };
  for (std::uint32_t i = 0; i < kernel.swap().size(); ++i) {
    const SwapSlot slot(i);
    if (!holds_a_page(kernel, slot)) continue;
    const PageBytes& bytes = kernel.swap_device().peek(slot);
    if (m_file->sum(slot) == checksum_of(bytes)) continue;
    if (const int error = m_file->write_page(slot, bytes); error != 0) return fail(error);
  }
  if (!can_be_kept) {
    std::remove(path(kSession).c_str());
    return std::nullopt;
  }
  const KeptSession kept{session.name(), session.timeline().position(), session.timeline().machine().hash(),
                         session.text()};
  errno = 0;
  if (!write_whole(path(kSession), print_kept_session(kept))) return fail(errno);
  return std::nullopt;
}

SwapKeeper::Hold::Hold(std::shared_ptr<SwapFile> file) {
  if (file == nullptr || file->held()) return;
  m_file = std::move(file);
  m_file->hold();
}

SwapKeeper::Hold::~Hold() {
  if (m_file != nullptr) m_file->release();
}

void SwapKeeper::forget() {
  for (const std::string_view name : {kSession, kSwapFile, kChecksums}) std::remove(path(name).c_str());
}

}  // namespace vmp
