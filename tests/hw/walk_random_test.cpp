#include <array>
#include <doctest/doctest.h>

#include "core/base/rng.h"
#include "core/hw/walk.h"
#include "tests/support/hand_made_table.h"
#include "tests/support/seed.h"

using namespace vmp;
using namespace test_support;

namespace {

constexpr std::uint64_t kFrames = 16;

// RAM full of entries that are mostly near the truth: any frame, in and a little out of RAM, and any flags.
PhysicalMemory random_tables(const PageTableFormat& format, Rng& rng) {
  PhysicalMemory memory(kFrames);
  for (std::uint64_t frame = 1; frame < kFrames; ++frame) {
    for (std::uint64_t index = 0; index < format.entries_per_frame(); ++index) {
      Pte pte = make_frame_bits(format, FrameNumber(rng.below(kFrames + 1)));
      pte.bits |= rng.next() & 0xFF;
      if (rng.below(8) != 0) pte = pte.with(format.present | format.user);
      // Half the entries are pointers.
      if (rng.below(2) == 0)
        pte = pte.without(format.reserved_non_leaf | format.read | format.write | format.execute |
                          format.page_size);
      if (rng.below(50) == 0) pte.bits |= rng.next() & format.reserved;
      memory.write_word(address_of(FrameNumber(frame)) + index * format.entry_bytes, format.entry_bytes,
                        pte.bits);
    }
  }
  return memory;
}

bool same(const Result<Leaf, Fault>& a, const Result<Leaf, Fault>& b) {
  if (a.ok() != b.ok()) return false;
  if (!a.ok()) return a.error() == b.error();
  return a->frame == b->frame && a->level == b->level && a->entry_address == b->entry_address &&
         a->pte == b->pte && a->permissions == b->permissions && a->global == b->global;
}

}  // namespace

TEST_CASE("with and without a tracer the walk gives the same result and leaves the same RAM") {
  INFO("seed " << seed());
  Rng rng(seed());
  for (const PageTableFormat& format : all_formats()) {
    CAPTURE(format.name);
    PhysicalMemory fast = random_tables(format, rng);
    PhysicalMemory slow = fast;
    std::array<int, 15> kinds{};
    int successes = 0;
    for (int i = 0; i < 4000; ++i) {
      const VirtualAddress va(rng.next() & ((std::uint64_t{1} << (format.virtual_address_bits - 1)) - 1));
      const auto access = static_cast<AccessKind>(rng.below(3));
      const TranslationContext context{&format, FrameNumber(1), Asid(0)};
      NullTracer null_tracer;
      HardwareTrace trace;
      const auto quick = walk(fast, context, va, access, null_tracer);
      const auto recorded = walk(slow, context, va, access, trace);
      CHECK(same(quick, recorded));
      if (quick.ok()) {
        ++successes;
      } else {
        ++kinds[static_cast<std::size_t>(quick.error().kind)];
        REQUIRE_FALSE(trace.events.empty());
        const auto* raised = std::get_if<FaultRaised>(&trace.events.back());
        REQUIRE(raised != nullptr);
        CHECK(raised->fault == quick.error());
      }
    }
    CHECK(fast.hash() == slow.hash());
    // The tables were worth walking: accesses succeeded, and failed for several reasons.
    CHECK(successes > 0);
    CHECK(kinds[static_cast<std::size_t>(FaultKind::NotPresent)] > 0);
    CHECK(kinds[static_cast<std::size_t>(FaultKind::WriteForbidden)] > 0);
    CHECK(kinds[static_cast<std::size_t>(FaultKind::FrameOutsideMemory)] > 0);
  }
}

TEST_CASE("a look never disagrees with the walk that follows it, and never writes") {
  INFO("seed " << seed());
  Rng rng(seed() + 1);
  for (const PageTableFormat& format : all_formats()) {
    CAPTURE(format.name);
    PhysicalMemory memory = random_tables(format, rng);
    for (int i = 0; i < 2000; ++i) {
      const VirtualAddress va(rng.next() & ((std::uint64_t{1} << (format.virtual_address_bits - 1)) - 1));
      const auto access = static_cast<AccessKind>(rng.below(3));
      const TranslationContext context{&format, FrameNumber(1), Asid(0)};
      NullTracer tracer;
      const std::uint64_t before = memory.hash();
      const auto looked = walk(std::as_const(memory), context, va, access, tracer);
      CHECK(memory.hash() == before);
      const auto walked = walk(memory, context, va, access, tracer);
      REQUIRE(looked.ok() == walked.ok());
      if (looked.ok()) {
        CHECK(looked->frame == walked->frame);
        CHECK(looked->permissions == walked->permissions);
      } else {
        CHECK(looked.error().kind == walked.error().kind);
        CHECK(looked.error().deciding_mask == walked.error().deciding_mask);
      }
    }
  }
}
