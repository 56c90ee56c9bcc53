// The file behind a swap device: one page a slot, slot 0 at its start. Where the file is to outlive the
// program it has a second one beside it, a checksum for every slot: storage that gives back other bytes than
// it was given is then a read error, as on a disk whose sectors have checksums, and not a page gone wrong in
// silence.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/page_store.h"
#include "core/base/result.h"

namespace vmp {

class SwapFile {
 public:
  // Opens or makes the file and gives it room for the slots. `sums_path`: the file of checksums; empty: none.
  // The failure is a sentence for people.
  static Result<std::shared_ptr<SwapFile>, std::string> open(const std::string& path, std::uint32_t slots,
                                                             const std::string& sums_path = {});
  SwapFile(const SwapFile&) = delete;
  SwapFile& operator=(const SwapFile&) = delete;
  ~SwapFile();

  // Both move a whole page or give the error number (errno.h); EIO if the bytes do not fit their checksum, or
  // the file ends too early.
  int write_page(SwapSlot slot, const PageBytes& bytes);
  int read_page(SwapSlot slot, PageBytes& bytes) const;

  // The checksum noted when the slot was written; 0: never written, or the file keeps none.
  std::uint64_t sum(SwapSlot slot) const { return m_sums.empty() ? 0 : m_sums[slot.value()]; }

  // A file that is held is left as it is: a machine is being rebuilt by its commands, whose pages lie here
  // already.
  bool held() const { return m_held; }
  void hold() { m_held = true; }
  void release() { m_held = false; }

 private:
  SwapFile(int file, int sums) : m_file(file), m_sums_file(sums) {}

  int m_file;
  int m_sums_file;                    // -1: no checksums
  std::vector<std::uint64_t> m_sums;  // by slot; empty without checksums
  bool m_held = false;
};

// What is noted for a page of these bytes; never 0.
std::uint64_t checksum_of(const PageBytes& bytes);

}  // namespace vmp
