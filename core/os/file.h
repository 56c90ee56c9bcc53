// A file as the kernel knows it (Linux: struct inode with its struct address_space): its bytes on the device,
// and where each of its pages is now. A page in a frame is in the page cache, and every process that maps the
// page finds it there: processes that run the same program share its code. Memory shared without a name is a
// file of its own that lives on no device (Linux: mm/shmem.c): its pages start as zeros and go to swap.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/base/page_store.h"
#include "core/os/frame_table.h"
#include "core/os/program.h"

namespace vmp {

inline constexpr std::uint64_t kMostBytesOfFile = std::uint64_t{16} << 20;  // of a file with a name

class File {
 public:
  struct Page {
    std::optional<FrameNumber> frame;  // in the page cache
    std::optional<SwapSlot> slot;      // of shared memory: on the swap device
  };

  enum class Kind : std::uint8_t { Regular, Executable, SharedMemory };

  // A regular file of `bytes` bytes, each of them `fill`.
  File(FileId id, std::string name, std::uint64_t bytes, std::uint8_t fill);
  // The executable file of `program`. Nobody can write to it (Linux: ETXTBSY).
  File(FileId id, std::shared_ptr<const Program> program, const FileBytes& bytes);
  // Shared memory of `bytes` bytes.
  File(FileId id, std::uint64_t bytes);

  FileId id() const { return m_id; }
  const std::string& name() const { return m_name; }
  Kind kind() const { return m_kind; }
  bool is_shared_memory() const { return m_kind == Kind::SharedMemory; }
  // Of an executable file; null otherwise.
  const Program* program() const { return m_program.get(); }
  std::uint64_t bytes() const { return m_bytes; }
  std::uint64_t page_count() const { return round_up_to_page(m_bytes) / kPageSize; }

  // Where the page is besides the device; nothing in it if it is nowhere else.
  Page page(std::uint64_t index) const;
  void set_frame(std::uint64_t index, std::optional<FrameNumber> frame);
  void set_slot(std::uint64_t index, std::optional<SwapSlot> slot);
  // The pages that are in a frame or a slot, lowest first.
  const std::map<std::uint64_t, Page>& pages() const { return m_pages; }

  // The bytes on the device. Shared memory has none: it reads as zeros, and must not be written.
  const PageBytes& on_device(std::uint64_t index) const;
  void write_to_device(std::uint64_t index, const PageBytes& bytes) { m_device.write(index, bytes); }
  // Changes the size. Bytes cut off are gone from the device: growing again brings zeros.
  void resize(std::uint64_t bytes);

  void hash_into(Hasher& hasher) const;

 private:
  FileId m_id;
  Kind m_kind;
  std::string m_name;  // none: shared memory
  std::shared_ptr<const Program> m_program;
  std::uint64_t m_bytes = 0;
  PageStore m_device;
  std::map<std::uint64_t, Page> m_pages;
};

}  // namespace vmp
