#include "shell/file_swap.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vmp {

// The open file; closed with the last machine that uses it.
class FileSwap::Descriptor {
 public:
  explicit Descriptor(int number) : m_number(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { ::close(m_number); }

  // Both move a whole page or give the error number; a file that ends too early is an I/O error.
  int write_page(SwapSlot slot, const PageBytes& bytes) const {
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t count = ::pwrite(m_number, bytes.data() + done, bytes.size() - done, place(slot, done));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return count < 0 ? errno : EIO;
      done += static_cast<std::size_t>(count);
    }
    return 0;
  }
  int read_page(SwapSlot slot, PageBytes& bytes) const {
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t count = ::pread(m_number, bytes.data() + done, bytes.size() - done, place(slot, done));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return count < 0 ? errno : EIO;
      done += static_cast<std::size_t>(count);
    }
    return 0;
  }

 private:
  static off_t place(SwapSlot slot, std::size_t done) {
    return static_cast<off_t>(slot.value() * kPageSize + done);
  }

  int m_number;
};

Result<std::unique_ptr<SwapBackend>, std::string> FileSwap::open(const std::string& path,
                                                                 std::uint32_t slots) {
  const auto fail = [&] { return Failure{"cannot use " + path + " for swap: " + std::strerror(errno)}; };
  constexpr mode_t kOnlyTheUser = 0600;  // pages of programs are nobody else's business
  const int number = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOnlyTheUser);
  if (number < 0) return fail();
  auto file = std::make_shared<Descriptor>(number);
  struct stat status {};
  if (::fstat(number, &status) != 0) return fail();
  const bool is_file = S_ISREG(status.st_mode);
  if (is_file && ::ftruncate(number, static_cast<off_t>(slots * kPageSize)) != 0) return fail();
  return std::unique_ptr<SwapBackend>(new FileSwap(std::move(file), slots));
}

std::unique_ptr<SwapBackend> FileSwap::clone() const {
  return std::make_unique<FileSwap>(*this);
}

std::optional<DeviceError> FileSwap::write(SwapSlot slot, const PageBytes& bytes) {
  const int error = m_file->write_page(slot, bytes);
  if (error != 0) {
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    return DeviceError{full ? DeviceError::Kind::Full : DeviceError::Kind::Output, slot};
  }
  m_slots.write(slot.value(), bytes);
  return std::nullopt;
}

// A machine that has gone back in time finds pages of its future in the file. Its own contents are what
// counts; the file follows.
std::optional<DeviceError> FileSwap::read(SwapSlot slot, PageBytes& bytes) {
  const PageBytes& kept = m_slots.read(slot.value());
  PageBytes found;
  const bool fine = m_file->read_page(slot, found) == 0;
  if (!fine || (found != kept && m_file->write_page(slot, kept) != 0))
    return DeviceError{DeviceError::Kind::Input, slot};
  bytes = kept;
  return std::nullopt;
}

}  // namespace vmp
