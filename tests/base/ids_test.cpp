#include "core/base/ids.h"

#include <doctest/doctest.h>
#include <type_traits>

#include "core/base/page.h"

using namespace vmp;

static_assert(!std::is_convertible_v<std::uint64_t, VirtualAddress>, "an address is made on purpose");
static_assert(!std::is_constructible_v<PhysicalAddress, VirtualAddress>,
              "a virtual address is no physical one");
static_assert(!std::is_constructible_v<PageNumber, FrameNumber>, "a frame is no page");

TEST_CASE("the difference of two ids is a count, and an id plus a count is an id") {
  const VirtualAddress low(0x1000);
  CHECK(low + 0x234 == VirtualAddress(0x1234));
  CHECK(VirtualAddress(0x1234) - low == 0x234);
  CHECK(VirtualAddress(0x1234) - std::uint64_t{0x34} == VirtualAddress(0x1200));
  CHECK(low < low + 1);
  PageNumber page(7);
  CHECK(++page == PageNumber(8));
}

TEST_CASE("a narrow id wraps within its own width") {
  CHECK((Asid(0xFFFF) + 1) == Asid(0));
  CHECK(SwapSlot(0) - SwapSlot(1) == 0xFFFFFFFFu);
}

TEST_CASE("an address is its page number and an offset of 12 bits, and the offset passes through") {
  const VirtualAddress va(0x00403A2C);
  CHECK(page_of(va) == PageNumber(0x403));
  CHECK(offset_of(va) == 0xA2C);
  CHECK(address_of(page_of(va)) + offset_of(va) == va);
  CHECK(frame_of(PhysicalAddress(0x1BA2C)) == FrameNumber(0x1B));
  CHECK(address_of(FrameNumber(0x1B)) + offset_of(va) == PhysicalAddress(0x1BA2C));
  CHECK(kPageSize == 4096);
}

TEST_CASE("byte counts round up to whole pages") {
  CHECK(pages_in(0) == 0);
  CHECK(pages_in(1) == 1);
  CHECK(pages_in(4096) == 1);
  CHECK(pages_in(4097) == 2);
  CHECK(round_up_to_page(4095) == 4096);
  CHECK(is_page_aligned(VirtualAddress(0x2000)));
  CHECK_FALSE(is_page_aligned(VirtualAddress(0x2001)));
}
