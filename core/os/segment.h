// A segment: one range of an address space that the kernel has set aside, with what may be done there and
// where the bytes of an untouched page come from. Linux calls it a virtual memory area (struct
// vm_area_struct). Page-table entries say what is mapped now; segments say what is allowed at all.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/page.h"
#include "core/hw/access.h"
#include "core/hw/pte.h"
#include "core/os/file_page.h"

namespace vmp {

enum class SegmentKind : std::uint8_t { Code, ReadOnlyData, Data, Bss, Heap, Stack, Mapped };

std::string_view name_of(
    SegmentKind kind);  // "code", "read-only data", "data", "bss", "heap", "stack", "mapped"

struct AddressRange {
  VirtualAddress start;
  VirtualAddress end;  // one past the last byte

  constexpr bool operator==(const AddressRange&) const = default;
  constexpr std::uint64_t size() const { return end - start; }
  constexpr bool empty() const { return end <= start; }
  constexpr bool contains(VirtualAddress va) const { return start <= va && va < end; }
  constexpr bool overlaps(AddressRange other) const { return start < other.end && other.start < end; }
};

// Linux keeps this much room free below a growing stack (stack_guard_gap, 256 pages).
inline constexpr std::uint64_t kStackGuardGap = 256 * kPageSize;

struct Segment {
  SegmentKind kind = SegmentKind::Mapped;
  AddressRange range;
  Permissions permissions;
  // A file, or shared memory, whose pages come by way of the page cache. Nothing: anonymous, an untouched
  // page reads as zeros.
  std::optional<FileId> backing = {};
  std::uint64_t file_offset = 0;  // bytes, of range.start within the backing
  bool shared = false;            // MAP_SHARED: writes go to the backing; otherwise they go to a private copy
  bool locked = false;            // mlock: its pages stay in RAM
  bool was_writable = false;      // and stays charged for it, as a whole (Linux: VM_ACCOUNT)

  bool operator==(const Segment&) const = default;
  std::uint64_t page_count() const { return range.size() / kPageSize; }
  std::uint64_t end_offset() const { return file_offset + range.size(); }
  // True if its pages count among those the kernel has promised: private ones that may be, or were, written.
  bool accountable() const { return !shared && (permissions.write || was_writable); }
  // True if its pages count against RLIMIT_DATA (mm/internal.h, is_data_mapping()).
  bool is_data() const { return permissions.write && !shared && !grows_down(); }
  bool grows_down() const { return kind == SegmentKind::Stack; }
  // The page of the backing that `page` of this segment shows.
  FilePageRef backing_page(PageNumber page) const;
  // True if `next`, which begins where this segment ends, differs from it in nothing but its place.
  bool continues_in(const Segment& next) const;
  // How high a mapping below may reach: up to this segment, or to the guard gap of one that grows down.
  VirtualAddress lowest_neighbour() const;
  // The part of this segment inside `part`, with the file offset moved along.
  Segment slice(AddressRange part) const;
};

// What the hardware of `format` will in fact allow when the program asked for `wanted`; both Linux ports
// behave so. x86-32 has no read and no execute flag: anything accessible can be read and executed. RISC-V:
// write implies read.
Permissions effective_permissions(const PageTableFormat& format, Permissions wanted);

constexpr bool allows(Permissions permissions, AccessKind access) {
  return access == AccessKind::Read    ? permissions.read
         : access == AccessKind::Write ? permissions.write
                                       : permissions.execute;
}

}  // namespace vmp
