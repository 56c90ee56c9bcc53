#include "core/os/file.h"

#include <algorithm>

namespace vmp {

File::File(FileId id, std::string name, std::uint64_t bytes, std::uint8_t fill)
    : m_id(id),
      m_kind(Kind::Regular),
      m_name(std::move(name)),
      m_bytes(bytes),
      m_device(kMostBytesOfFile / kPageSize) {
  if (fill == 0) return;
  for (std::uint64_t index = 0; index < page_count(); ++index) {
    const std::uint64_t count = std::min(kPageSize, m_bytes - index * kPageSize);
    std::fill_n(m_device.writable(index).begin(), count, fill);
  }
}

File::File(FileId id, std::shared_ptr<const Program> program, const FileBytes& bytes)
    : m_id(id),
      m_kind(Kind::Executable),
      m_name(program->elf ? program->elf->file_name : program->name),
      m_program(std::move(program)),
      m_bytes(bytes->size()),
      m_device(page_count()) {
  for (std::uint64_t index = 0; index < page_count(); ++index) {
    const std::uint64_t start = index * kPageSize;
    std::copy_n(bytes->data() + start, std::min(kPageSize, m_bytes - start),
                m_device.writable(index).begin());
  }
}

File::File(FileId id, std::uint64_t bytes)
    : m_id(id), m_kind(Kind::SharedMemory), m_bytes(bytes), m_device(0) {}

File::Page File::page(std::uint64_t index) const {
  const auto it = m_pages.find(index);
  return it == m_pages.end() ? Page{} : it->second;
}

void File::set_frame(std::uint64_t index, std::optional<FrameNumber> frame) {
  Page& page = m_pages[index];
  page.frame = frame;
  if (!page.frame && !page.slot) m_pages.erase(index);
}

void File::set_slot(std::uint64_t index, std::optional<SwapSlot> slot) {
  Page& page = m_pages[index];
  page.slot = slot;
  if (!page.frame && !page.slot) m_pages.erase(index);
}

const PageBytes& File::on_device(std::uint64_t index) const {
  static const PageBytes zeros{};
  return is_shared_memory() ? zeros : m_device.read(index);
}

void File::resize(std::uint64_t bytes) {
  const std::uint64_t old_pages = page_count();
  m_bytes = bytes;
  for (std::uint64_t index = page_count(); index < old_pages && !is_shared_memory(); ++index) {
    m_device.zero(index);
  }
  const std::uint64_t rest = bytes % kPageSize;
  if (rest == 0 || is_shared_memory() || m_device.is_zero(bytes / kPageSize)) return;
  PageBytes& last = m_device.writable(bytes / kPageSize);
  std::fill(last.begin() + static_cast<std::ptrdiff_t>(rest), last.end(), std::uint8_t{0});
}

void File::hash_into(Hasher& hasher) const {
  hasher.add(m_id);
  hasher.add(static_cast<std::uint64_t>(m_kind));
  hasher.add(m_bytes);
  hasher.add(m_device.hash());
  hasher.add(static_cast<std::uint64_t>(m_pages.size()));
  for (const auto& [index, page] : m_pages) {
    hasher.add(index);
    hasher.add(page.frame);
    hasher.add(page.slot);
  }
}

}  // namespace vmp
