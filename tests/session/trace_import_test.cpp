#include "shell/trace_import.h"

#include <doctest/doctest.h>

#include "shell/file_kind.h"
#include "shell/session.h"

namespace vmp {
namespace {

std::string lackey_text(std::uint64_t references) {
  std::string text = "==1== a recording\n";
  for (std::uint64_t i = 0; i < references; ++i) {
    char line[64];
    std::snprintf(line, sizeof line, " %c %llx,4\n", i % 3 == 0 ? 'S' : 'L',
                  static_cast<unsigned long long>(0x10000 + i % 100 * 4096));
    text += line;
  }
  return text;
}

constexpr std::chrono::microseconds kLong{1'000'000};

}  // namespace

TEST_CASE("a recording becomes a lesson of slices that together replay every reference once") {
  TraceImport import("t.lackey", TraceFormat::Lackey, lackey_text(1000));
  REQUIRE_FALSE(import.advance(kLong).has_value());
  REQUIRE(import.finished());
  const Scenario scenario = import.take_scenario();
  std::uint64_t next = 0;
  for (const Step& step : scenario.steps()) {
    if (const auto* slice = std::get_if<ReplayTrace>(&step.command)) {
      CHECK(slice->first == next);
      next += slice->count;
    }
  }
  CHECK(next == 1000);
}

TEST_CASE("the machine made for a recording holds it: 100 pages, half of them in RAM at a time") {
  TraceImport import("t.lackey", TraceFormat::Lackey, lackey_text(1000));
  REQUIRE_FALSE(import.advance(kLong).has_value());
  Session session;
  REQUIRE_FALSE(session.load("t", import.take_scenario()).has_value());
  session.seek(session.timeline().size());
  const Kernel& kernel = session.timeline().machine().kernel();
  REQUIRE(kernel.processes().size() == 1);
  CHECK(kernel.processes()[0].running());
  CHECK(kernel.processes()[0].resident_pages == 50);
  CHECK(kernel.time() == 1000);
}

TEST_CASE("a long recording is read in several goes and says how far it is") {
  TraceImport import("t.lackey", TraceFormat::Lackey, lackey_text(60'000));
  REQUIRE_FALSE(import.advance(std::chrono::microseconds(0)).has_value());
  CHECK_FALSE(import.finished());
  CHECK(import.progress() > 0);
  CHECK(import.progress() < 1);
  while (!import.finished()) REQUIRE_FALSE(import.advance(std::chrono::microseconds(100)).has_value());
  CHECK(import.progress() == 1);
}

TEST_CASE("a recording cut off in the middle of a line is refused with its name and line") {
  std::string text = lackey_text(10);
  text.resize(text.size() - 3);
  TraceImport import("cut.lackey", TraceFormat::Lackey, text);
  const auto error = import.advance(kLong);
  REQUIRE(error.has_value());
  CHECK(error->find("cut.lackey") != std::string::npos);
}

TEST_CASE("files are told apart by their beginning, with the name as a hint") {
  CHECK(file_kind("x.txt", "vms 1\n") == FileKind::Scenario);
  CHECK(file_kind("x.vms", "garbage") == FileKind::Scenario);
  CHECK(file_kind("x", "==12== Lackey\n L 10,4\n") == FileKind::Lackey);
  CHECK(file_kind("x", "\nI  0401ab70,3\n") == FileKind::Lackey);
  CHECK(file_kind("x", "17\n18\n") == FileKind::Pages);
  CHECK(file_kind("x", "0x1f\n") == FileKind::Pages);
  CHECK(file_kind("x.vms",
                  "\x7F"
                  "ELF\x02") == FileKind::Elf);
  CHECK(file_kind("x", "") == FileKind::Empty);
  CHECK(file_kind("x", std::string(1000, '\0')) == FileKind::Unknown);
  CHECK(file_kind("x", "Dear diary,\n") == FileKind::Unknown);
  CHECK(file_kind("x", "\n\n\n") == FileKind::Unknown);
}

}  // namespace vmp
