// One thing a process does, told the same way to a real Linux process and to the playground's kernel, and
// what came of it in terms both sides have. Addresses lie in an arena at fixed addresses, or are relative to
// the start of the heap.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace linux_oracle {

inline constexpr std::uint64_t kPage = 4096;
// 64 pages around 1 GiB, so that they need several table nodes at every level of every format.
inline constexpr std::uint64_t kArenaPages = 64;
inline constexpr std::uint64_t kArena = 0x40000000 - kArenaPages / 2 * kPage;
inline constexpr std::uint64_t kArenaEnd = kArena + kArenaPages * kPage;
inline constexpr std::uint64_t kHeapPages = 16;
inline constexpr int kProcesses = 4;
inline constexpr int kFiles = 2;
inline constexpr std::uint64_t kMostFilePages = 12;

enum class Kind : std::uint8_t {
  Map,
  Unmap,
  Protect,
  Remap,
  DontNeed,
  Break,
  Fork,
  Exit,
  Truncate,
  Read,
  Write,
  Limit,
};

// Bits of Operation::flags.
inline constexpr std::uint32_t kShared = 1;
inline constexpr std::uint32_t kNoReplace = 2;
inline constexpr std::uint32_t kMayMove = 4;  // Remap: to `target`
inline constexpr std::uint32_t kDontUnmap = 8;
inline constexpr std::uint32_t kInHeap = 16;  // `address` counts from the start of the heap
inline constexpr std::uint32_t kOfData = 32;  // Limit: RLIMIT_DATA instead of RLIMIT_AS
inline constexpr std::uint32_t kLift = 64;    // Limit: there is none any more

struct Operation {
  Kind kind = Kind::Read;
  int process = 0;
  int child = 0;  // Fork
  int file = -1;  // Map: -1 is anonymous; Truncate
  std::uint32_t flags = 0;
  std::uint32_t permissions = 0;  // bits: 1 read, 2 write, 4 execute
  std::uint32_t size = 0;         // Read, Write: 1, 2, 4 or 8
  std::uint64_t address = 0;
  std::uint64_t length = 0;      // Limit: bytes beyond what there is
  std::uint64_t new_length = 0;  // Remap
  std::uint64_t target = 0;      // Remap
  std::uint64_t value = 0;       // Write; Map of a file: the offset
};

struct Answer {
  std::int64_t result = 0;  // of a call: what it returned, or -errno; Read: the value
  int signal = 0;           // 0, SIGSEGV or SIGBUS
  int code = 0;             // si_code
  std::uint64_t address = 0;
  bool skipped = false;  // the real side would not try: see docs/linux-differences.md

  bool operator==(const Answer&) const = default;
};

// A range of the arena or the heap that is mapped; heap addresses count from the heap's start.
struct Area {
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  std::string permissions;  // "rw-p", "r--s", as in /proc/PID/maps

  bool operator==(const Area&) const = default;
};
// By rising address; adjacent areas that differ in nothing become one.
std::vector<Area> joined(std::vector<Area> areas);

std::string to_string(const Operation& operation);
std::string to_string(const Answer& answer);
std::string to_string(const std::vector<Area>& areas);

}  // namespace linux_oracle
