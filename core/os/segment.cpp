#include "core/os/segment.h"

#include <algorithm>

#include "core/base/enum_names.h"

namespace vmp {
namespace {

constexpr EnumNames<7> kKindNames{"code", "read-only data", "data", "bss", "heap", "stack", "mapped"};

}  // namespace

std::string_view name_of(SegmentKind kind) {
  return name_in(kKindNames, kind);
}

FilePageRef Segment::backing_page(PageNumber page) const {
  return {*backing, (file_offset + (address_of(page) - range.start)) / kPageSize};
}

bool Segment::continues_in(const Segment& next) const {
  return kind == next.kind && permissions == next.permissions && shared == next.shared &&
         locked == next.locked && backing == next.backing && (!backing || end_offset() == next.file_offset);
}

VirtualAddress Segment::lowest_neighbour() const {
  if (!grows_down()) return range.start;
  return VirtualAddress(range.start.value() > kStackGuardGap ? range.start.value() - kStackGuardGap : 0);
}

Segment Segment::slice(AddressRange part) const {
  Segment result = *this;
  result.range = {std::max(range.start, part.start), std::min(range.end, part.end)};
  if (backing) result.file_offset += result.range.start - range.start;
  return result;
}

Permissions effective_permissions(const PageTableFormat& format, Permissions wanted) {
  if (wanted.none()) return wanted;
  return {.read = format.read == 0 || wanted.read || wanted.write,
          .write = wanted.write,
          .execute = (format.execute == 0 && format.no_execute == 0) || wanted.execute};
}

}  // namespace vmp
