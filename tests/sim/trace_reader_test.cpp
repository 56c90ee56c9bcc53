#include "core/sim/trace_reader.h"

#include <doctest/doctest.h>

#include "core/base/page.h"
#include "core/base/rng.h"
#include "tests/support/files.h"
#include "tests/support/seed.h"

namespace vmp {
namespace {

using Kind = TraceError::Kind;

struct WhatWasRead {
  std::vector<TraceReference> references;
  std::optional<TraceError> error;
};

// Reads `text` in pieces of at most `piece` bytes.
WhatWasRead read(TraceFormat format, std::string_view text, std::size_t piece = 1000,
                 VirtualAddress highest = VirtualAddress(kHighestTraceAddress)) {
  WhatWasRead reading;
  TraceReader reader(format, highest,
                     [&](TraceReference reference) { reading.references.push_back(reference); });
  while (!text.empty() && !reading.error) {
    reading.error = reader.feed(text.substr(0, piece));
    text.remove_prefix(std::min(piece, text.size()));
  }
  if (!reading.error) reading.error = reader.finish();
  return reading;
}

TraceReference reference(AccessKind kind, std::uint64_t address) {
  return {kind, VirtualAddress(address)};
}

constexpr std::string_view kLackey =
    "==12== Lackey, an example Valgrind tool\n"
    "==12== \n"
    "I  0401ab70,3\n"
    " L 1ffefffe38,8\n"
    "\n"
    " S 0403c000,4\n"
    " M 0403cffe,4\n"
    "--12-- a remark\n"
    "==12== Exit code:       0\n";

}  // namespace

TEST_CASE("a lackey line is one reference, and M is one write") {
  const WhatWasRead reading = read(TraceFormat::Lackey, kLackey);
  CHECK_FALSE(reading.error);
  CHECK(reading.references ==
        std::vector{reference(AccessKind::Execute, 0x0401AB70), reference(AccessKind::Read, 0x1FFEFFFE38),
                    reference(AccessKind::Write, 0x0403C000), reference(AccessKind::Write, 0x0403CFFE)});
}

TEST_CASE("a pages line is a read of that page, decimal or hex") {
  const WhatWasRead reading = read(TraceFormat::Pages, "7\r\n0x1F\n\n 12 \n3");
  CHECK_FALSE(reading.error);
  CHECK(reading.references ==
        std::vector{reference(AccessKind::Read, 7 * kPageSize), reference(AccessKind::Read, 0x1F * kPageSize),
                    reference(AccessKind::Read, 12 * kPageSize), reference(AccessKind::Read, 3 * kPageSize)});
}

TEST_CASE("where the pieces are cut makes no difference") {
  const std::string text = test_support::read_file("assets/traces/matrix.lackey").substr(0, 4000);
  const std::string whole = text.substr(0, text.rfind('\n') + 1);
  const WhatWasRead expected = read(TraceFormat::Lackey, whole, whole.size());
  REQUIRE_FALSE(expected.error);
  Rng rng(test_support::seed());
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{2}, std::size_t{7}, 1 + std::size_t(rng.below(300))}) {
    CAPTURE(piece);
    const WhatWasRead reading = read(TraceFormat::Lackey, whole, piece);
    CHECK_FALSE(reading.error);
    CHECK(reading.references == expected.references);
  }
}

TEST_CASE("the recording shipped with the program is the matrix its source describes") {
  const std::shared_ptr<const Trace> trace = test_support::shipped_trace("matrix");
  REQUIRE(trace != nullptr);
  CHECK(trace->references.size() == 6492);
  std::size_t reads = 0;
  std::size_t writes = 0;
  for (const TraceReference& each : trace->references) {
    if (each.kind() == AccessKind::Read) ++reads;
    if (each.kind() == AccessKind::Write) ++writes;
  }
  CHECK(reads == 2 * 16 * 32);  // every 32nd of 1,024 columns, by rows and by columns
  CHECK(writes == 16);
}

TEST_CASE("a digest depends on every reference and on their order") {
  const std::vector references{reference(AccessKind::Read, 0x1000), reference(AccessKind::Write, 0x2000)};
  const std::uint64_t digest = Trace::digest_of(references);
  CHECK(Trace::digest_of(references) == digest);
  CHECK(Trace::digest_of({references[1], references[0]}) != digest);
  CHECK(Trace::digest_of({references[0]}) != digest);
  CHECK(Trace::digest_of({reference(AccessKind::Write, 0x1000), references[1]}) != digest);
}

TEST_CASE("what is wrong with a recording is said with its line") {
  struct Wrong {
    TraceFormat format;
    std::string text;
    Kind kind;
    std::uint64_t line;
  };
  const std::vector<Wrong> table{
      {TraceFormat::Lackey, "", Kind::NoReferences, 0},
      {TraceFormat::Lackey, "==1== only messages\n", Kind::NoReferences, 1},
      {TraceFormat::Lackey, "I  0401ab70,3\nhello\n", Kind::Malformed, 2},
      {TraceFormat::Lackey, "I  0401ab70\n", Kind::Malformed, 1},
      {TraceFormat::Lackey, "I  0401ab70,\n", Kind::Malformed, 1},
      {TraceFormat::Lackey, "I  0401ab70,0\n", Kind::Malformed, 1},
      {TraceFormat::Lackey, "I  0x401ab70,3\n", Kind::Malformed, 1},
      {TraceFormat::Lackey, "I 0401ab70,3\n", Kind::Malformed, 1},
      {TraceFormat::Lackey, " X 0401ab70,3\n", Kind::Malformed, 1},
      {TraceFormat::Lackey, "I  11112222333344445,3\n", Kind::Malformed, 1},
      {TraceFormat::Lackey, "==x== no process\n", Kind::Malformed, 1},
      {TraceFormat::Lackey, "I  0401ab70,3\n L 1ffef", Kind::Truncated, 2},
      {TraceFormat::Lackey, "I  0401ab70,3\n L 1ffefffe38,8", Kind::Truncated, 2},
      {TraceFormat::Lackey, "I  ffffffffffffffff,3\n", Kind::AddressTooHigh, 1},
      {TraceFormat::Lackey, std::string("I  0401ab70,3\n\0\0\n", 17), Kind::NotText, 2},
      {TraceFormat::Lackey, std::string(5000, 'a'), Kind::LineTooLong, 1},
      {TraceFormat::Pages, "1\n2\nthree\n", Kind::Malformed, 3},
      {TraceFormat::Pages, "-1\n", Kind::Malformed, 1},
      {TraceFormat::Pages, "1 2\n", Kind::Malformed, 1},
      {TraceFormat::Pages, "0x\n", Kind::Malformed, 1},
      {TraceFormat::Pages, "99999999999999999999\n", Kind::Malformed, 1},
      {TraceFormat::Pages, "0x10000000000000\n", Kind::AddressTooHigh, 1},
      {TraceFormat::Pages, "\n\n", Kind::NoReferences, 2},
  };
  for (const Wrong& wrong : table) {
    CAPTURE(wrong.text.substr(0, 60));
    const WhatWasRead reading = read(wrong.format, wrong.text);
    REQUIRE(reading.error);
    CHECK(reading.error->kind == wrong.kind);
    CHECK(reading.error->line == wrong.line);
    const std::string shown = to_string(*reading.error, wrong.format, "file");
    CHECK(shown.starts_with("file:"));
    CHECK(shown.find("expected") != std::string::npos);
  }
}

TEST_CASE("an address above the highest one the machine has is refused") {
  const VirtualAddress highest(0xBFFFFFFF);
  CHECK_FALSE(read(TraceFormat::Lackey, "I  bfffffff,3\n", 100, highest).error);
  const WhatWasRead reading = read(TraceFormat::Lackey, "I  bfffffff,3\nI  c0000000,3\n", 100, highest);
  REQUIRE(reading.error);
  CHECK(reading.error->kind == Kind::AddressTooHigh);
  CHECK(reading.error->line == 2);
  CHECK(read(TraceFormat::Pages, "0xC0000\n", 100, highest).error->kind == Kind::AddressTooHigh);
}

TEST_CASE("a huge file of zeros is refused after its first bytes") {
  const std::string zeros(1 << 20, '\0');
  for (const TraceFormat format : {TraceFormat::Lackey, TraceFormat::Pages}) {
    TraceReader reader(format, VirtualAddress(kHighestTraceAddress), [](TraceReference) {});
    const auto error = reader.feed(zeros);
    REQUIRE(error);
    CHECK(error->kind == Kind::NotText);
    CHECK(error->line == 1);
    CHECK(reader.feed("1\n") == error);
    CHECK(reader.references() == 0);
  }
}

}  // namespace vmp
