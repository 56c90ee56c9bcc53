// The numbers drawn in the essay of core/os/page_table.h.
#include <doctest/doctest.h>

#include "core/os/page_table.h"

using namespace vmp;

namespace {

SwapSlot slot_in(const PageTableFormat& format, Pte pte) {
  return std::get<SwappedEntry>(decode_leaf(format, pte)).slot;
}

}  // namespace

TEST_CASE("an entry of zero means that nothing is here") {
  for (const PageTableFormat& format : all_formats()) {
    CHECK(std::holds_alternative<EmptyEntry>(decode_leaf(format, Pte{})));
  }
}

TEST_CASE(
    "on x86-32 a swapped page's entry holds slot + 1 in bits 31 to 9, and the hardware sees no present "
    "flag") {
  const PageTableFormat& f = format_of(FormatId::X86_32);
  CHECK(make_swap_entry(f, SwapSlot(0)).bits == 0x200);
  CHECK(make_swap_entry(f, SwapSlot(2)).bits == 0x600);
  const SwapSlot last((1u << 20) - 1);
  const Pte pte = make_swap_entry(f, last);
  CHECK((pte.bits >> 32) == 0);
  CHECK((pte.bits & 0x1FF) == 0);
  CHECK(slot_in(f, pte) == last);
}

TEST_CASE("on RISC-V a swapped page's entry holds slot + 1 in bits 63 to 12, and all below is clear") {
  for (const FormatId id : {FormatId::Sv39, FormatId::Sv48}) {
    const PageTableFormat& f = format_of(id);
    CHECK(make_swap_entry(f, SwapSlot(0)).bits == 0x1000);
    CHECK(make_swap_entry(f, SwapSlot(2)).bits == 0x3000);
    const Pte pte = make_swap_entry(f, SwapSlot((1u << 20) - 1));
    CHECK((pte.bits & 0xFFF) == 0);
    CHECK(slot_in(f, pte) == SwapSlot((1u << 20) - 1));
  }
}

TEST_CASE(
    "a page without any permission keeps its frame, with the present flag clear and the global flag set") {
  for (const PageTableFormat& f : all_formats()) {
    const Pte pte = make_page_entry(f, FrameNumber(0x1B), Permissions{});
    CHECK_FALSE(pte.has(f.present));
    CHECK(pte.has(f.global));
    const EntryState state = decode_leaf(f, pte);
    REQUIRE(std::holds_alternative<ProtNoneEntry>(state));
    CHECK(std::get<ProtNoneEntry>(state).frame == FrameNumber(0x1B));
  }
  CHECK(make_page_entry(format_of(FormatId::X86_32), FrameNumber(0x1B), {}).bits == 0x0001B100);
  CHECK(make_page_entry(format_of(FormatId::Sv39), FrameNumber(0x1B), {}).bits == 0x6C20);
}

TEST_CASE("a present entry is the frame's, whatever its other flags") {
  for (const PageTableFormat& f : all_formats()) {
    const EntryState state =
        decode_leaf(f, make_page_entry(f, FrameNumber(0x1B), {true, false, false}).with(f.global));
    REQUIRE(std::holds_alternative<PresentEntry>(state));
    CHECK(std::get<PresentEntry>(state).frame == FrameNumber(0x1B));
  }
}
