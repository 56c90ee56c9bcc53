#include "shell/file_swap.h"

#include <cerrno>

namespace vmp {

Result<std::unique_ptr<SwapBackend>, std::string> FileSwap::open(const std::string& path,
                                                                 std::uint32_t slots) {
  Result<std::shared_ptr<SwapFile>, std::string> file = SwapFile::open(path, slots);
  if (!file) return Failure{file.error()};
  return std::unique_ptr<SwapBackend>(std::make_unique<FileSwap>(std::move(file.value()), slots));
}

std::unique_ptr<SwapBackend> FileSwap::clone() const {
  return std::make_unique<FileSwap>(*this);
}

std::optional<DeviceError> FileSwap::write(SwapSlot slot, const PageBytes& bytes) {
  const int error = m_file->held() ? 0 : m_file->write_page(slot, bytes);
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
  if (!m_file->held()) {
    PageBytes found;
    const bool fine = m_file->read_page(slot, found) == 0;
    if (!fine || (found != kept && m_file->write_page(slot, kept) != 0))
      return DeviceError{DeviceError::Kind::Input, slot};
  }
  bytes = kept;
  return std::nullopt;
}

}  // namespace vmp
