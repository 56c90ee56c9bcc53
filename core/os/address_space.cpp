#include "core/os/address_space.h"

#include <algorithm>

#include "core/base/check.h"

namespace vmp {

namespace {

// Where Linux 6.1 ends the program's part of the address space (TASK_SIZE). x86-32: 3 GiB for the program, 1
// GiB for the kernel (arch/x86, CONFIG_VMSPLIT_3G). x86-64: the lower half less one page, so that no
// instruction ends at the first non-canonical address (arch/x86/include/asm/page_64_types.h). RISC-V: the
// lower half; Sv32: the figure in arch/riscv/include/asm/pgtable.h.
VirtualAddress user_end_of(const PageTableFormat& format) {
  const VirtualAddress half(std::uint64_t{1} << (format.virtual_address_bits - 1));
  switch (format.id) {
    case FormatId::X86_32:
    case FormatId::Linear:
      return VirtualAddress(0xC0000000);
    case FormatId::Sv32:
      return VirtualAddress(0x9FC00000);
    case FormatId::X86_64:
    case FormatId::X86_64_5:
      return half - kPageSize;
    case FormatId::Sv39:
    case FormatId::Sv48:
    case FormatId::Sv57:
      break;
  }
  return half;
}

}  // namespace

// The mmap base leaves 128 MiB for the stack (mm/util.c, MIN_GAP). The program base is the playground's own
// choice, low enough to be read by eye.
AddressLayout layout_of(const PageTableFormat& format) {
  const VirtualAddress user_end = user_end_of(format);
  return {.lowest_mappable = VirtualAddress(0x10000),
          .program_base = VirtualAddress(0x00400000),
          .mmap_base = user_end - std::uint64_t{128} * 1024 * 1024,
          .user_end = user_end};
}

const Segment* AddressSpace::find(VirtualAddress va) const {
  const Segment* candidate = find_at_or_above(va);
  return candidate != nullptr && candidate->range.contains(va) ? candidate : nullptr;
}

const Segment* AddressSpace::find_at_or_above(VirtualAddress va) const {
  const auto it =
      std::upper_bound(m_segments.begin(), m_segments.end(), va,
                       [](VirtualAddress value, const Segment& s) { return value < s.range.end; });
  return it == m_segments.end() ? nullptr : &*it;
}

bool AddressSpace::is_free(AddressRange range) const {
  const Segment* next = find_at_or_above(range.start);
  return next == nullptr || next->range.start >= range.end;
}

std::uint64_t AddressSpace::mapped_pages() const {
  std::uint64_t pages = 0;
  for (const Segment& segment : m_segments) pages += segment.page_count();
  return pages;
}

std::uint64_t AddressSpace::mapped_pages(AddressRange range) const {
  std::uint64_t pages = 0;
  for (const Segment& segment : m_segments) {
    if (segment.range.overlaps(range)) pages += segment.slice(range).page_count();
  }
  return pages;
}

std::uint64_t AddressSpace::data_pages() const {
  std::uint64_t pages = 0;
  for (const Segment& segment : m_segments) pages += segment.is_data() ? segment.page_count() : 0;
  return pages;
}

void AddressSpace::insert(Segment segment) {
  check(is_free(segment.range), "a segment may only be inserted where nothing is mapped");
  const auto it =
      std::upper_bound(m_segments.begin(), m_segments.end(), segment.range.start,
                       [](VirtualAddress value, const Segment& s) { return value < s.range.start; });
  m_segments.insert(it, std::move(segment));
  merge_neighbours();
}

std::vector<Segment> AddressSpace::remove(AddressRange range) {
  split_at(range.start);
  split_at(range.end);
  std::vector<Segment> removed;
  std::erase_if(m_segments, [&](const Segment& segment) {
    if (!segment.range.overlaps(range)) return false;
    removed.push_back(segment);
    return true;
  });
  return removed;
}

VirtualAddress AddressSpace::end_of_mapped(AddressRange range) const {
  VirtualAddress end = range.start;
  for (const Segment& segment : m_segments) {
    if (segment.range.end <= end) continue;
    if (segment.range.start > end || end >= range.end) break;
    end = segment.range.end;
  }
  return std::min(end, range.end);
}

template <class Change>
bool AddressSpace::change(AddressRange range, Change change) {
  const AddressRange covered{range.start, end_of_mapped(range)};
  if (!covered.empty()) {
    split_at(covered.start);
    split_at(covered.end);
    for (Segment& segment : m_segments) {
      if (segment.range.overlaps(covered)) change(segment);
    }
    merge_neighbours();
  }
  return covered.end == range.end;
}

bool AddressSpace::protect(AddressRange range, Permissions permissions) {
  return change(range, [&](Segment& segment) {
    segment.was_writable = segment.accountable() && !permissions.write;
    segment.permissions = permissions;
  });
}

bool AddressSpace::set_locked(AddressRange range, bool locked) {
  return change(range, [&](Segment& segment) { segment.locked = locked; });
}

void AddressSpace::unlock_all() {
  for (Segment& segment : m_segments) segment.locked = false;
  merge_neighbours();
}

void AddressSpace::grow_stack(VirtualAddress start) {
  const auto it =
      std::upper_bound(m_segments.begin(), m_segments.end(), start,
                       [](VirtualAddress value, const Segment& s) { return value < s.range.end; });
  check(it != m_segments.end() && it->grows_down(), "growing a stack that is not there");
  it->range.start = std::min(it->range.start, start);
}

std::optional<VirtualAddress> AddressSpace::place(std::uint64_t bytes) const {
  VirtualAddress ceiling = m_layout.mmap_base;
  for (auto it = m_segments.rbegin(); it != m_segments.rend(); ++it) {
    if (it->range.start >= ceiling) continue;
    if (it->range.end < ceiling && ceiling - it->range.end >= bytes) break;
    ceiling = it->lowest_neighbour();
  }
  if (ceiling.value() < bytes || ceiling - bytes < m_layout.lowest_mappable) return std::nullopt;
  return ceiling - bytes;
}

void AddressSpace::split_at(VirtualAddress va) {
  for (std::size_t i = 0; i < m_segments.size(); ++i) {
    const Segment whole = m_segments[i];
    if (va <= whole.range.start || va >= whole.range.end) continue;
    m_segments[i] = whole.slice({whole.range.start, va});
    m_segments.insert(m_segments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                      whole.slice({va, whole.range.end}));
    return;
  }
}

void AddressSpace::merge_neighbours() {
  for (std::size_t i = 1; i < m_segments.size();) {
    Segment& low = m_segments[i - 1];
    const Segment& high = m_segments[i];
    if (low.range.end == high.range.start && low.continues_in(high)) {
      low.range.end = high.range.end;
      low.was_writable = low.was_writable || high.was_writable;
      m_segments.erase(m_segments.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
}

void AddressSpace::hash_into(Hasher& hasher) const {
  hasher.add(static_cast<std::uint64_t>(m_segments.size()));
  for (const Segment& segment : m_segments) {
    hasher.add(static_cast<std::uint64_t>(segment.kind));
    hasher.add(segment.range.start);
    hasher.add(segment.range.end);
    hasher.add(static_cast<std::uint64_t>(segment.permissions.read) |
               static_cast<std::uint64_t>(segment.permissions.write) << 1 |
               static_cast<std::uint64_t>(segment.permissions.execute) << 2 |
               static_cast<std::uint64_t>(segment.shared) << 3 |
               static_cast<std::uint64_t>(segment.locked) << 4 |
               static_cast<std::uint64_t>(segment.backing.has_value()) << 5 |
               static_cast<std::uint64_t>(segment.was_writable) << 6);
    hasher.add(segment.file_offset);
    if (segment.backing) hasher.add(*segment.backing);
  }
  hasher.add(heap_start);
  hasher.add(program_break);
  hasher.add(heap_limit);
  hasher.add(data_bytes);
  hasher.add(stack_top);
  hasher.add(stack_limit);
}

}  // namespace vmp
