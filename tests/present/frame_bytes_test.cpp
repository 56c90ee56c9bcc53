#include "shell/present/frame_bytes.h"

#include "tests/present/fixture.h"

namespace vmp::test {
TEST_CASE("bytes are written in hex in groups of four, and as text where they can be") {
  PageBytes bytes{};
  bytes[0] = 'V';
  bytes[1] = 'M';
  bytes[5] = 0xFF;
  CHECK(hex_bytes(bytes, 0, 8) == "56 4D 00 00  00 FF 00 00");
  CHECK(text_bytes(bytes, 0, 8) == "VM......");
}

TEST_CASE("the entry of a byte in a node is told with its flags, and a page has none") {
  const Loaded loaded = load(kTwoPrograms, 3);
  const Kernel& kernel = loaded.kernel();
  const Process& process = loaded.process("A");
  // Address 0x00403A2C was written: entry 1 of the root leads there.
  const std::optional<EntryView> entry = entry_at(kernel, process.root, 1 * 4 + 2);
  REQUIRE(entry);
  CHECK(entry->index == 1);
  CHECK(entry->address == address_of(process.root) + 4);
  CHECK(entry->pte.has(kernel.format().present));
  CHECK(entry->meaning.find("node in frame ") != std::string::npos);
  REQUIRE(entry->bits.size() >= 5);
  CHECK(entry->bits[0].name == "P");
  CHECK(entry->bits[0].position == 0);
  CHECK(entry->bits[0].set);
  CHECK(entry->bits[1].name == "R/W");
  const std::optional<EntryView> empty = entry_at(kernel, process.root, 5 * 4);
  REQUIRE(empty);
  CHECK(empty->meaning == "entry 5 = 0x00000000: nothing here");
  CHECK_FALSE(entry_at(kernel, kernel.frames().nth(0), 0));
}

TEST_CASE("a bit turned over is a command, and turned over again the entry is as it was") {
  Loaded loaded = load(kTwoPrograms, 3);
  const FrameNumber root = loaded.process("A").root;
  const EntryView before = *entry_at(loaded.kernel(), root, 4);
  loaded.timeline.execute(Step{.command = edit_of_bit(before, 0), .program_line = 0, .prints = false});
  const EntryView after = *entry_at(loaded.kernel(), root, 4);
  CHECK(after.pte.bits == (before.pte.bits ^ 1));
  CHECK_FALSE(after.bits[0].set);
  CHECK(edit_of_bit(after, 0).value == before.pte.bits);
}

TEST_CASE("a byte is changed alone") {
  Loaded loaded = load(kTwoPrograms, 3);
  const FrameNumber frame = loaded.kernel().frames().nth(20);
  loaded.timeline.execute(Step{.command = edit_of_byte(frame, 7, 0xAB), .program_line = 0, .prints = false});
  const PageBytes& bytes = loaded.kernel().memory().frame_bytes(frame);
  CHECK(hex_bytes(bytes, 4, 8) == "00 00 00 AB  00 00 00 00");
}

}  // namespace vmp::test
