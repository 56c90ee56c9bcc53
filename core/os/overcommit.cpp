// How much memory the kernel promises (mm/util.c, __vm_enough_memory();
// Documentation/mm/overcommit-accounting, 6.18). What is promised is not what is used: a private writable
// page is promised when it is set aside, and used when it is touched.
#include <algorithm>

#include "core/os/kernel.h"

namespace vmp {
namespace {

// vm.overcommit_ratio: the part of RAM, in percent, that mode 2 promises besides swap.
constexpr std::uint64_t kOvercommitRatio = 50;

// Pages that could one day need a frame or a slot of their own (mm/mmap.c, accountable_mapping()).
std::uint64_t accountable_pages(const AddressSpace& space) {
  std::uint64_t pages = 0;
  for (const Segment& segment : space.segments()) pages += segment.accountable() ? segment.page_count() : 0;
  return pages;
}

}  // namespace

std::uint64_t Kernel::committed_pages() const {
  std::uint64_t pages = 0;
  for (const Process& process : m_processes) pages += accountable_pages(process.space);
  for (const File& each : m_files) pages += each.is_shared_memory() ? each.page_count() : 0;
  return pages;
}

std::uint64_t Kernel::commit_limit() const {
  const std::uint64_t ram = m_config.frames - m_config.kernel_frames;
  return ram * kOvercommitRatio / 100 + m_config.swap_slots;
}

bool Kernel::may_commit(std::uint64_t pages) const {
  switch (m_config.overcommit) {
    case Overcommit::Heuristic:
      return pages <= m_config.frames - m_config.kernel_frames + m_config.swap_slots;
    case Overcommit::Always:
      break;
    case Overcommit::Strict:
      return committed_pages() + pages <= commit_limit();
  }
  return true;
}

// A call that replaces mappings is charged only for what it adds.
bool Kernel::may_commit_in_place_of(const Process& process, AddressRange range, std::uint64_t pages) const {
  std::uint64_t replaced = 0;
  for (const Segment& segment : process.space.segments()) {
    if (segment.accountable() && segment.range.overlaps(range)) replaced += segment.slice(range).page_count();
  }
  return pages <= replaced || may_commit(pages - replaced);
}

// Each segment is asked for by itself, as dup_mmap() does: only mode 2 looks at the sum.
bool Kernel::may_commit_copy_of(const AddressSpace& space) const {
  if (m_config.overcommit == Overcommit::Strict) return may_commit(accountable_pages(space));
  const std::vector<Segment>& segments = space.segments();
  return std::all_of(segments.begin(), segments.end(), [&](const Segment& segment) {
    return !segment.accountable() || may_commit(segment.page_count());
  });
}

// A private range that becomes writable is charged, as far as it was not before (mm/mprotect.c,
// mprotect_fixup()).
bool Kernel::may_commit_writable(const Process& process, AddressRange range) const {
  std::uint64_t pages = 0;
  for (const Segment& segment : process.space.segments()) {
    if (segment.shared || segment.accountable() || !segment.range.overlaps(range)) continue;
    pages += segment.slice(range).page_count();
  }
  return pages == 0 || may_commit(pages);
}

}  // namespace vmp
