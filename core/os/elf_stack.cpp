// The stack of a new program. From the top down, as fs/exec.c and create_elf_tables() of Linux 6.1 lay it:
//
//   top ->  one zero word
//           the file's name                         AT_EXECFN
//           environment strings, the first lowest
//           argument strings, the first lowest
//           [arch_align_stack(): up to 8 KiB free, then a multiple of 16 on x86]
//           the platform's name, on x86             AT_PLATFORM
//           16 random bytes                         AT_RANDOM
//           auxiliary vector: pairs of words, the last 0 0
//           environment pointers, 0
//           argument pointers, 0
//   sp ->   argument count                          sp is a multiple of 16
//
// Left out, because there is no vDSO and no code runs yet: AT_SYSINFO_EHDR, AT_MINSIGSTKSZ, cache sizes; the
// capability words AT_HWCAP and AT_HWCAP2 are 0.
#include <algorithm>

#include "core/os/elf_loader.h"

namespace vmp {
namespace {

// include/uapi/linux/auxvec.h
constexpr std::uint64_t kPhdr = 3;
constexpr std::uint64_t kPhent = 4;
constexpr std::uint64_t kPhnum = 5;
constexpr std::uint64_t kPagesz = 6;
constexpr std::uint64_t kBase = 7;
constexpr std::uint64_t kFlags = 8;
constexpr std::uint64_t kEntry = 9;
constexpr std::uint64_t kUid = 11;
constexpr std::uint64_t kEuid = 12;
constexpr std::uint64_t kGid = 13;
constexpr std::uint64_t kEgid = 14;
constexpr std::uint64_t kPlatform = 15;
constexpr std::uint64_t kHwcap = 16;
constexpr std::uint64_t kClktck = 17;
constexpr std::uint64_t kSecure = 23;
constexpr std::uint64_t kRandom = 25;
constexpr std::uint64_t kHwcap2 = 26;
constexpr std::uint64_t kExecfn = 31;
constexpr std::uint64_t kClockTicks = 100;  // CLOCKS_PER_SEC in the kernel: USER_HZ
constexpr std::uint64_t kUser = 1000;       // the program runs as an ordinary user
constexpr std::uint64_t kAlignment = 16;

class StackBuilder {
 public:
  explicit StackBuilder(const StackContents& contents)
      : m_contents(contents),
        m_platform(platform_of(contents.image.machine)),
        m_word(is_64_bit(contents.image.machine) ? 8 : 4),
        m_at(contents.top - m_word) {}

  ArgumentBlock build() {
    const VirtualAddress name_at = push_string(m_contents.program.elf->file_name);
    push_strings(m_contents.program.environment, m_environment);
    push_strings(m_contents.program.arguments, m_arguments);
    m_at = m_at - m_contents.moved_down;
    if (m_platform.stack_random_bytes != 0) align();
    VirtualAddress platform_at;
    if (!m_platform.name.empty()) platform_at = push_string(m_platform.name);
    m_at = m_at - m_contents.random.size();
    put(m_at, m_contents.random.data(), m_contents.random.size());
    const VirtualAddress random_at = m_at;
    list_auxiliary(name_at, platform_at, random_at);
    return push_pointers();
  }

 private:
  struct Piece {
    VirtualAddress at;
    std::vector<std::uint8_t> bytes;
  };

  void put(VirtualAddress at, const void* bytes, std::size_t size) {
    const auto* from = static_cast<const std::uint8_t*>(bytes);
    m_pieces.push_back(Piece{.at = at, .bytes = std::vector<std::uint8_t>(from, from + size)});
  }

  VirtualAddress push_string(std::string_view text) {
    m_at = m_at - (text.size() + 1);
    put(m_at, text.data(), text.size());
    return m_at;
  }

  // The last string first, so that the first one lies lowest.
  void push_strings(const std::vector<std::string>& strings, std::vector<VirtualAddress>& places) {
    places.resize(strings.size());
    for (std::size_t i = strings.size(); i-- > 0;) places[i] = push_string(strings[i]);
  }

  void align() { m_at = VirtualAddress(m_at.value() & ~(kAlignment - 1)); }

  void list_auxiliary(VirtualAddress name_at, VirtualAddress platform_at, VirtualAddress random_at) {
    const ElfImage& image = m_contents.image;
    const bool is_x86 = image.machine == ElfMachine::X86_32 || image.machine == ElfMachine::X86_64;
    const auto headers = image.program_headers_address;
    m_auxiliary = {{kHwcap, 0},
                   {kPagesz, kPageSize},
                   {kClktck, kClockTicks},
                   {kPhdr, (headers ? headers->value() : 0) + m_contents.load_bias},
                   {kPhent, image.program_header_size},
                   {kPhnum, image.program_headers},
                   {kBase, 0},
                   {kFlags, 0},
                   {kEntry, image.entry.value() + m_contents.load_bias},
                   {kUid, kUser},
                   {kEuid, kUser},
                   {kGid, kUser},
                   {kEgid, kUser},
                   {kSecure, 0},
                   {kRandom, random_at.value()}};
    if (is_x86) m_auxiliary.push_back({kHwcap2, 0});
    m_auxiliary.push_back({kExecfn, name_at.value()});
    if (!m_platform.name.empty()) m_auxiliary.push_back({kPlatform, platform_at.value()});
    m_auxiliary.push_back({0, 0});
  }

  ArgumentBlock push_pointers() {
    m_at = m_at - m_auxiliary.size() * 2 * m_word;
    const std::uint64_t pointers = m_arguments.size() + 1 + m_environment.size() + 1 + 1;
    m_at = m_at - pointers * m_word;
    align();

    ArgumentBlock block{.stack_pointer = m_at,
                        .bytes = std::vector<std::uint8_t>(static_cast<std::size_t>(m_contents.top - m_at))};
    std::uint64_t slot = 0;
    const auto push = [&](std::uint64_t value) {
      for (std::uint32_t i = 0; i < m_word; ++i) {
        block.bytes[static_cast<std::size_t>(slot * m_word + i)] =
            static_cast<std::uint8_t>(value >> (8 * i));
      }
      ++slot;
    };
    push(m_arguments.size());
    for (const VirtualAddress argument : m_arguments) push(argument.value());
    push(0);
    for (const VirtualAddress variable : m_environment) push(variable.value());
    push(0);
    for (const Auxiliary& entry : m_auxiliary) {
      push(entry.type);
      push(entry.value);
    }
    for (const Piece& piece : m_pieces) {
      std::copy(piece.bytes.begin(), piece.bytes.end(),
                block.bytes.begin() + static_cast<std::ptrdiff_t>(piece.at - m_at));
    }
    return block;
  }

  struct Auxiliary {
    std::uint64_t type = 0;
    std::uint64_t value = 0;
  };

  const StackContents& m_contents;
  const ElfPlatform& m_platform;
  std::uint32_t m_word;
  VirtualAddress m_at;  // the lowest byte used so far
  std::vector<VirtualAddress> m_arguments;
  std::vector<VirtualAddress> m_environment;
  std::vector<Auxiliary> m_auxiliary;
  std::vector<Piece> m_pieces;
};

}  // namespace

ArgumentBlock make_elf_stack(const StackContents& contents) {
  return StackBuilder(contents).build();
}

}  // namespace vmp
