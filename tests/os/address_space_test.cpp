#include "core/os/address_space.h"

#include <doctest/doctest.h>
#include <set>

using namespace vmp;

namespace {

constexpr Permissions kReadWrite{.read = true, .write = true, .execute = false};

Segment segment(std::uint64_t first_page, std::uint64_t pages, SegmentKind kind = SegmentKind::Mapped) {
  return {.kind = kind,
          .range = {VirtualAddress(first_page * kPageSize), VirtualAddress((first_page + pages) * kPageSize)},
          .permissions = kReadWrite};
}

AddressSpace space_of(const std::vector<Segment>& segments) {
  AddressSpace space(layout_of(format_of(FormatId::X86_32)));
  for (const Segment& each : segments) space.insert(each);
  return space;
}

}  // namespace

TEST_CASE("what is mapped is counted in pages, over all segments") {
  CHECK(space_of({}).mapped_pages() == 0);
  CHECK(space_of({segment(0x500, 3), segment(0x600, 2)}).mapped_pages() == 5);
}

TEST_CASE("anonymous neighbours that differ in nothing become one segment") {
  CHECK(space_of({segment(0x500, 3), segment(0x503, 2)}).segments().size() == 1);
  CHECK(space_of({segment(0x503, 2), segment(0x500, 3)}).segments().size() == 1);
  CHECK(space_of({segment(0x500, 3), segment(0x504, 2)}).segments().size() == 2);
  CHECK(space_of({segment(0x500, 3), segment(0x503, 2, SegmentKind::Heap)}).segments().size() == 2);
}

TEST_CASE("two segments that became one are the segment mapped at once") {
  const AddressSpace joined = space_of({segment(0x500, 3), segment(0x503, 2)});
  CHECK(joined.segments() == space_of({segment(0x500, 5)}).segments());
  CHECK_FALSE(joined.segments() == space_of({segment(0x500, 4)}).segments());
}

TEST_CASE("pages of files are in order by their file, and then by their place") {
  CHECK(FilePageRef{FileId(1), 7} < FilePageRef{FileId(2), 0});
  CHECK(FilePageRef{FileId(1), 0} < FilePageRef{FileId(1), 1});
}

TEST_CASE("neighbours that differ in anything stay apart") {
  const std::vector<void (*)(Segment&)> differences{
      [](Segment& s) { s.permissions.write = false; }, [](Segment& s) { s.shared = true; },
      [](Segment& s) { s.locked = true; }, [](Segment& s) { s.backing = FileId(1); }};
  for (std::size_t i = 0; i < differences.size(); ++i) {
    CAPTURE(i);
    Segment next = segment(0x503, 2);
    differences[i](next);
    CHECK_FALSE(next == segment(0x503, 2));
    CHECK(space_of({segment(0x500, 3), next}).segments().size() == 2);
  }
}

TEST_CASE("pieces of a file are one segment only if the file goes on from one to the other") {
  for (const std::uint64_t offset : {3 * kPageSize, 4 * kPageSize}) {
    Segment first = segment(0x500, 3);
    Segment next = segment(0x503, 2);
    first.backing = next.backing = FileId(1);
    next.file_offset = offset;
    CHECK(space_of({first, next}).segments().size() == (offset == 3 * kPageSize ? 1 : 2));
  }
}

TEST_CASE("a mapping finds no place once the room below the mmap base is taken") {
  AddressSpace space = space_of({});
  const std::uint64_t base = space.layout().mmap_base.value();
  const std::uint64_t room = base - space.layout().lowest_mappable.value();
  CHECK(space.place(room) == space.layout().lowest_mappable);
  CHECK_FALSE(space.place(room + kPageSize).has_value());
  CHECK_FALSE(space.place(base + kPageSize).has_value());
}

TEST_CASE("a mapping keeps the guard gap below a stack, and at the bottom there is no room for one") {
  const Segment high = segment(0x1000, 1, SegmentKind::Stack);
  CHECK(high.lowest_neighbour() == high.range.start - kStackGuardGap);
  CHECK(segment(1, 1, SegmentKind::Stack).lowest_neighbour() == VirtualAddress(0));
  CHECK(segment(1, 1).lowest_neighbour() == VirtualAddress(kPageSize));
}

TEST_CASE("every kind of segment has a name of its own") {
  std::set<std::string_view> names;
  for (int kind = 0; kind <= static_cast<int>(SegmentKind::Mapped); ++kind) {
    names.insert(name_of(static_cast<SegmentKind>(kind)));
  }
  CHECK(names.size() == 7);
  CHECK(names.count("read-only data") == 1);
  CHECK(name_of(SegmentKind::Mapped) == "mapped");
}
