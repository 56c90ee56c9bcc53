#include "core/hw/physical_memory.h"

#include <doctest/doctest.h>

using namespace vmp;

TEST_CASE("words lie in RAM with their lowest byte first") {
  PhysicalMemory memory(2);
  memory.write_word(PhysicalAddress(0x1004), 4, 0x0001B067);
  const PageBytes& frame = memory.frame_bytes(FrameNumber(1));
  CHECK(frame[4] == 0x67);
  CHECK(frame[5] == 0xB0);
  CHECK(frame[6] == 0x01);
  CHECK(frame[7] == 0x00);
  CHECK(memory.read_word(PhysicalAddress(0x1004), 4) == 0x0001B067);
  CHECK(memory.read_word(PhysicalAddress(0x1005), 2) == 0x01B0);
}

TEST_CASE("a write touches only its own bytes") {
  PhysicalMemory memory(1);
  memory.write_word(PhysicalAddress(0), 8, 0x1111111111111111);
  memory.write_word(PhysicalAddress(2), 2, 0xABCD);
  CHECK(memory.read_word(PhysicalAddress(0), 8) == 0x11111111ABCD1111);
  memory.write_word(PhysicalAddress(0), 1, 0xFFEE);
  CHECK(memory.read_word(PhysicalAddress(0), 8) == 0x11111111ABCD11EE);
  CHECK(memory.read_word(PhysicalAddress(8), 8) == 0);
}

TEST_CASE("RAM ends where its last frame ends") {
  const PhysicalMemory memory(2);
  CHECK(memory.frame_count() == 2);
  CHECK(memory.contains(FrameNumber(1)));
  CHECK_FALSE(memory.contains(FrameNumber(2)));
  CHECK(memory.contains(PhysicalAddress(0x1FF8), 8));
  CHECK_FALSE(memory.contains(PhysicalAddress(0x1FF9), 8));
  CHECK_FALSE(memory.contains(PhysicalAddress(0x2000), 1));
  CHECK_FALSE(memory.contains(PhysicalAddress(~std::uint64_t{0}), 8));
}

TEST_CASE("bytes and access times are part of the hash, and a copy has a hash of its own") {
  PhysicalMemory memory(4);
  const std::uint64_t fresh = memory.hash();
  PhysicalMemory copy = memory;
  copy.write_word(PhysicalAddress(0x3FFF), 1, 1);
  CHECK(memory.hash() == fresh);
  CHECK(copy.hash() != fresh);
  copy.zero_frame(FrameNumber(3));
  CHECK(copy.hash() == fresh);
  copy.stamp_access(FrameNumber(2), 7);
  CHECK(copy.last_access(FrameNumber(2)) == 7);
  CHECK(memory.last_access(FrameNumber(2)) == 0);
  CHECK(copy.hash() != fresh);
}

TEST_CASE("a whole frame is written and cleared at once") {
  PhysicalMemory memory(2);
  PageBytes bytes;
  bytes.fill(0xC3);
  memory.write_frame(FrameNumber(1), bytes);
  CHECK(memory.read_word(PhysicalAddress(0x1FFF), 1) == 0xC3);
  CHECK(memory.read_word(PhysicalAddress(0x0FFF), 1) == 0);
  memory.zero_frame(FrameNumber(1));
  CHECK(memory.read_word(PhysicalAddress(0x1FFF), 1) == 0);
}

TEST_CASE("RAM may begin elsewhere than at address 0, and then holds nothing below") {
  PhysicalMemory memory(4, FrameNumber(0x80000));
  CHECK(memory.first_frame() == FrameNumber(0x80000));
  CHECK(memory.contains(FrameNumber(0x80003)));
  CHECK_FALSE(memory.contains(FrameNumber(0x80004)));
  CHECK_FALSE(memory.contains(FrameNumber(0)));
  CHECK_FALSE(memory.contains(PhysicalAddress(0x7FFFFFFF), 2));
  CHECK(memory.contains(PhysicalAddress(0x80003FF8), 8));
  CHECK_FALSE(memory.contains(PhysicalAddress(0x80003FFC), 8));
  memory.write_word(PhysicalAddress(0x80001008), 4, 0xCAFE);
  CHECK(memory.read_word(PhysicalAddress(0x80001008), 4) == 0xCAFE);
  CHECK(memory.frame_bytes(FrameNumber(0x80001))[8] == 0xFE);
}
