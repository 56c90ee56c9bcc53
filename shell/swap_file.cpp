#include "shell/swap_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <span>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/hash.h"

namespace vmp {
namespace {

constexpr std::size_t kSumBytes = 8;  // of one checksum in its file, the lowest first

// Both move all bytes or give the error number; a file that ends too early is an I/O error.
int write_all(int file, std::span<const std::uint8_t> bytes, off_t place) {
  while (!bytes.empty()) {
    const ssize_t count = ::pwrite(file, bytes.data(), bytes.size(), place);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count < 0 ? errno : EIO;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    place += count;
  }
  return 0;
}

int read_all(int file, std::span<std::uint8_t> bytes, off_t place) {
  while (!bytes.empty()) {
    const ssize_t count = ::pread(file, bytes.data(), bytes.size(), place);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count < 0 ? errno : EIO;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    place += count;
  }
  return 0;
}

off_t place_of(SwapSlot slot, std::size_t bytes_each) {
  return static_cast<off_t>(slot.value()) * static_cast<off_t>(bytes_each);
}

// The open file, `bytes` long if it is a regular one; -1 and errno if it cannot be had.
int open_sized(const std::string& path, std::uint64_t bytes) {
  constexpr mode_t kOnlyTheUser = 0600;  // pages of programs are nobody else's business
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOnlyTheUser);
  if (file < 0) return -1;
  struct stat status {};
  const bool sized = ::fstat(file, &status) == 0 &&
                     (!S_ISREG(status.st_mode) || status.st_size == static_cast<off_t>(bytes) ||
                      ::ftruncate(file, static_cast<off_t>(bytes)) == 0);
  if (sized) return file;
  const int error = errno;
  ::close(file);
  errno = error;
  return -1;
}

}  // namespace

std::uint64_t checksum_of(const PageBytes& bytes) {
  const std::uint64_t sum = hash_words(bytes);
  return sum == 0 ? 1 : sum;
}

Result<std::shared_ptr<SwapFile>, std::string> SwapFile::open(const std::string& path, std::uint32_t slots,
                                                              const std::string& sums_path) {
  const auto fail = [](const std::string& which) {
    return Failure{"cannot use " + which + " for swap: " + std::strerror(errno)};
  };
  const int file = open_sized(path, slots * kPageSize);
  if (file < 0) return fail(path);
  std::shared_ptr<SwapFile> opened(new SwapFile(file, -1));
  if (sums_path.empty()) return opened;
  opened->m_sums_file = open_sized(sums_path, slots * kSumBytes);
  if (opened->m_sums_file < 0) return fail(sums_path);
  std::vector<std::uint8_t> bytes(slots * kSumBytes);
  if (read_all(opened->m_sums_file, bytes, 0) != 0) return fail(sums_path);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i % kSumBytes == 0) opened->m_sums.push_back(0);
    opened->m_sums.back() |= std::uint64_t{bytes[i]} << (8 * (i % kSumBytes));
  }
  return opened;
}

SwapFile::~SwapFile() {
  ::close(m_file);
  if (m_sums_file >= 0) ::close(m_sums_file);
}

int SwapFile::write_page(SwapSlot slot, const PageBytes& bytes) {
  const int error = write_all(m_file, bytes, place_of(slot, kPageSize));
  if (error != 0 || m_sums.empty()) return error;
  const std::uint64_t sum = checksum_of(bytes);
  std::uint8_t noted[kSumBytes];
  for (std::size_t i = 0; i < kSumBytes; ++i) noted[i] = static_cast<std::uint8_t>(sum >> (8 * i));
  m_sums[slot.value()] = sum;
  return write_all(m_sums_file, noted, place_of(slot, kSumBytes));
}

int SwapFile::read_page(SwapSlot slot, PageBytes& bytes) const {
  const int error = read_all(m_file, bytes, place_of(slot, kPageSize));
  if (error != 0 || sum(slot) == 0) return error;
  return checksum_of(bytes) == sum(slot) ? 0 : EIO;
}

}  // namespace vmp
