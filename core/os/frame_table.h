// The frame table: for every frame of RAM, what the kernel uses it for and, for a page, everyone who maps it
// (Linux's struct page and its reverse map). The page tables say where a page is; this table answers the
// opposite question.
#pragma once

#include <optional>
#include <vector>

#include "core/base/cow_array.h"
#include "core/base/page.h"
#include "core/base/rng.h"
#include "core/os/file_page.h"
#include "core/os/machine_config.h"

namespace vmp {

// One mapping of a page: whose, and at which virtual page.
struct PageUser {
  ProcessId process;
  PageNumber page;
  constexpr auto operator<=>(const PageUser&) const = default;
};

bool is_listed(const std::vector<PageUser>& users, PageUser user);

// A page of a file in the same terms, for policies that remember pages by name: a mapping of nobody.
constexpr PageUser name_of_file_page(const FilePageRef& page) {
  return {ProcessId(0), PageNumber(std::uint64_t{page.file.value()} << 40 | page.index)};
}

enum class FrameUse : std::uint8_t {
  Free,
  Kernel,
  ZeroPage,  // the kernel's one page of zeros, which every read of an untouched page shows (empty_zero_page)
  TableNode,
  Page,
};

// Where the bytes of a clean page can be had again without writing them out first.
enum class PageSource : std::uint8_t {
  None,      // nowhere: the frame holds the only copy
  ZeroFill,  // never written since it was zeroed
  File,      // the file whose page it is
};

struct FrameInfo {
  FrameUse use = FrameUse::Free;
  // TableNode: whose, at which level, and the first page that the entries in this frame cover.
  ProcessId node_owner;
  std::uint32_t node_level = 0;
  PageNumber node_first_page;
  // Page
  std::vector<PageUser> users;  // none: only the kernel keeps it (the page cache, the swap cache)
  PageSource source = PageSource::None;
  std::optional<SwapSlot> slot;  // a slot kept since swap-in or write-out (Linux: the swap cache)
  std::optional<FilePageRef> file_page = {};  // the page of a file this frame holds (Linux: the page cache)
  bool dirty = false;       // written through an entry that no longer tells (Linux: PG_dirty)
  bool read_ahead = false;  // brought in beside another page and not used yet (Linux: PG_readahead)

  bool operator==(const FrameInfo&) const = default;
  bool used_by(ProcessId process) const;
  void hash_into(Hasher& hasher) const;
};

class FrameTable {
 public:
  FrameTable() = default;
  FrameTable(std::uint64_t frames, std::uint64_t kernel_frames, FrameNumber first = {});

  std::uint64_t size() const { return m_frames.size(); }
  // The frames of RAM in order, the first being nth(0).
  FrameNumber nth(std::uint64_t index) const { return m_first + index; }
  std::uint64_t free_count() const { return m_free_count; }
  const FrameInfo& operator[](FrameNumber frame) const { return m_frames[frame - m_first]; }
  // For changing anything but `use`, which allocate() and release() own.
  FrameInfo& mutate(FrameNumber frame) { return m_frames.mutate(frame - m_first); }

  // The last of the kernel's frames; a kernel without a frame of its own has no page of zeros.
  std::optional<FrameNumber> zero_page() const { return m_zero_page; }

  // Takes a free frame for `use`; there must be one.
  FrameNumber allocate(FrameUse use, FramePlacement placement, Rng& rng);
  // Where the lowest `count` frames in a row begin that are free now, or would be if every page left.
  enum class Runs : std::uint8_t { OfFree, OfFreeAndPages };
  std::optional<FrameNumber> lowest_run(std::uint64_t count, Runs runs) const;
  // Takes the lowest run of free frames for `use`; there must be one.
  FrameNumber allocate_run(FrameUse use, std::uint64_t count);
  void release(FrameNumber frame);

  std::uint64_t hash() const { return m_frames.hash(); }

 private:
  FrameNumber nth_free(std::uint64_t n) const;
  void take(std::uint64_t index, FrameUse use);

  FrameNumber m_first;
  std::optional<FrameNumber> m_zero_page;
  CowArray<FrameInfo> m_frames;
  std::vector<std::uint64_t> m_free_bits;  // bit i of word w: frame 64 * w + i is free
  std::uint64_t m_free_count = 0;
};

}  // namespace vmp
