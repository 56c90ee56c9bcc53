// What is wrong with a scenario is said with its line, its column, and what should have stood there.
#include <doctest/doctest.h>

#include "core/sim/scenario.h"

namespace vmp {
namespace {

std::shared_ptr<const Trace> no_trace(std::string_view) {
  return nullptr;
}

std::optional<ParseError> error_of(std::string_view text) {
  const auto scenario = parse_scenario(text, no_trace);
  return scenario ? std::nullopt : std::optional(scenario.error());
}

struct Wrong {
  std::string text;  // behind "vms 1\n"
  std::uint32_t line;
  std::uint32_t column;
  std::string_view expected;  // a part of what the error says
};

void check_all(const std::vector<Wrong>& table) {
  for (const Wrong& wrong : table) {
    CAPTURE(wrong.text.substr(0, 200));
    const std::optional<ParseError> error = error_of("vms 1\n" + wrong.text);
    REQUIRE(error);
    CHECK(error->line == wrong.line);
    CHECK(error->column == wrong.column);
    CHECK_MESSAGE(error->expected.find(wrong.expected) != std::string::npos, error->expected);
    CHECK_FALSE(error->found.empty());
  }
}

}  // namespace

TEST_CASE("a text that is no scenario is refused at once") {
  CHECK(to_string(*error_of(""), "f") == "f:1:1: expected \"vms 1\" as the first line, found an empty file");
  CHECK(error_of("hello\n")->expected == "\"vms 1\" as the first line");
  CHECK(error_of("\nvms 1\n")->line == 1);
  CHECK(error_of("# vms 1\n")->found == "\"#\"");
  CHECK(error_of("vms 2\n")->column == 5);
  CHECK(error_of("vms 1 x\n")->column == 7);
  CHECK_FALSE(error_of("vms 1"));
}

TEST_CASE("bytes that no text has are named with their place") {
  const std::string zeros(std::size_t{5} << 20, '\0');
  CHECK(error_of(zeros)->found == "the byte 0x00");
  CHECK(error_of(zeros)->line == 1);
  CHECK(error_of(std::string("vms 1\ntext a\0b\n", 15))->column == 7);
  CHECK(error_of("vms 1\ntext \xFF\n")->found == "the byte 0xFF");
  CHECK(error_of("vms 1\ntext \xC3(\n")->column == 6);             // a lead byte without its second
  CHECK(error_of("vms 1\ntext \xC0\xAF\n")->column == 6);          // overlong
  CHECK(error_of("vms 1\ntext \xED\xA0\x80\n")->column == 6);      // a surrogate
  CHECK(error_of("vms 1\ntext \xF4\x90\x80\x80\n")->column == 6);  // beyond the last character
  CHECK(error_of("vms 1\ntext a\rb\n")->found == "the byte 0x0D");
  CHECK_FALSE(error_of("vms 1\ntext \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x99\x82\n"));
}

TEST_CASE("a scenario and its lines have a longest length") {
  const std::string comments(kLongestScenario, '#');
  CHECK(error_of("vms 1\n" + comments)->expected.find("at most 4194304 bytes") != std::string::npos);
  const std::string line = "text " + std::string(kLongestLine - 5, 'a');
  CHECK_FALSE(error_of("vms 1\n" + line));
  CHECK(error_of("vms 1\n" + line + "a")->column == kLongestLine + 1);
}

TEST_CASE("mistakes in the machine line") {
  check_all({
      {"machine frames=31.5\n", 2, 9, "frames= and a number"},
      {"machine frames=-1\n", 2, 9, "frames= and a number"},
      {"machine frames=\n", 2, 9, "frames= and a number"},
      {"machine frames=1048577\n", 2, 9, "at most 1048576"},
      {"machine frames=18446744073709551616\n", 2, 9, "at most 1048576"},
      {"machine swap=4 frames=8\n", 2, 16, "at least 9 frames"},
      {"machine format=sv39 frames=10\n", 2, 21, "at least 11 frames"},
      {"machine kernel-frames=40\n", 2, 1, "at least 46 frames"},
      {"machine format=arm\n", 2, 9, "x86-32, sv39, sv48, sv32, sv57, x86-64, x86-64-5 or linear"},
      {"machine policy=best\n", 2, 9, "fifo, lru, clock, mru,"},
      {"machine scope=mine\n", 2, 9, "global or local"},
      {"machine device=drum\n", 2, 9, "hdd, sata-ssd, nvme or compressed-ram"},
      {"machine cluster=3\n", 2, 9, "a power of two of pages, at most 32"},
      {"machine cluster=64\n", 2, 9, "at most 32"},
      {"machine file-window=0\n", 2, 9, "from 1 to 32 pages"},
      {"machine pff=8\n", 2, 9, "the lower and upper interval"},
      {"machine pff=,8\n", 2, 9, "the lower and upper interval"},
      {"machine pff=9,8\n", 2, 9, "not above the upper one, 8"},
      {"machine thrashing=101\n", 2, 9, "at most 100"},
      {"machine tick=0\n", 2, 9, "a tick every 1 reference or more"},
      {"machine window=long\n", 2, 9, "window= and a number"},
      {"machine tlb=4\n", 2, 9, "sets x ways"},
      {"machine tlb=0x4\n", 2, 9, "at least one set"},
      {"machine tlb=4096x2\n", 2, 9, "at most 4096 entries"},
      {"machine asids=maybe\n", 2, 9, "on or off"},
      {"machine placement=best\n", 2, 9, "lowest or scattered"},
      {"machine size=3\n", 2, 9, "a setting"},
      {"machine frames\n", 2, 9, "a setting"},
      {"machine seed=1 seed=2\n", 2, 16, "at most once"},
      {"machine\nmachine\n", 3, 1, "one machine line"},
      {"flush-tlb\nmachine\n", 3, 1, "before the first command"},
  });
}

TEST_CASE("mistakes in programs") {
  check_all({
      {"program\nend\n", 2, 8, "a name for the program"},
      {"program 2fast\nend\n", 2, 9, "a letter"},
      {"program a-name-that-is-longer-than-32-bytes\nend\n", 2, 9, "at most 32"},
      {"program p\n", 2, 1, "an end line for program p"},
      {"program p\n  code 1\n\nend\n", 4, 1, "word, line or end"},
      {"program p\n  # no\nend\n", 3, 3, "word, line or end"},
      {"program p\n  code\nend\n", 3, 7, "a number of pages"},
      {"program p\n  code 1 2\nend\n", 3, 10, "the end of the line"},
      {"program p\n  code 1\n  code 2\nend\n", 4, 3, "at most once"},
      {"program p\n  code 0\nend\n", 4, 1, "at least one page of code"},
      {"program p\n  data 262145\nend\n", 3, 8, "from 0 to 262144"},
      {"program p\n  heap 2\nend\n", 3, 9, "limit"},
      {"program p\n  heap 3 limit 2\nend\n", 4, 1, "a smaller program"},
      {"program p\n  code 1024\n  data 1\nend\n", 5, 1, "at most 1024 pages"},
      {"program p\n  stack limit 0\nend\n", 3, 15, "from 1 to 262144"},
      {"program p\n  word 0x00500000 1\nend\n", 3, 8, "in the program's code"},
      {"program p\n  word 0x00400FFE 1\nend\n", 3, 8, "in the page it begins in"},
      {"program p\n  word 0x00400000 256 1\nend\n", 3, 19, "fits in 1 byte"},
      {"program p\n  word 0x00400000 1 3\nend\n", 3, 21, "1, 2, 4 or 8"},
      {"program p\nend\nprogram p\nend\n", 4, 9, "a name no other program has"},
      {"program p\nend now\n", 3, 5, "the end of the line"},
  });
}

TEST_CASE("mistakes in commands") {
  check_all({
      {"jump A\n", 2, 1, "a command"},
      {"  Read A 0x1000\n", 2, 3, "a command"},
      {"read\n", 2, 5, "the name of a process"},
      {"read 7 0x1000\n", 2, 6, "a letter"},
      {"read A\n", 2, 7, "an address"},
      {"read A here\n", 2, 8, "an address"},
      {"read A 0xG\n", 2, 8, "an address"},
      {"read A 0x10000000000000000\n", 2, 8, "to 0xFFFFFFFFFFFFFFFF"},
      {"read A 0x1000 3\n", 2, 15, "1, 2, 4 or 8"},
      {"read A 0x1000 4 5\n", 2, 17, "the end of the line"},
      {"read A 0x1000 @0\n", 2, 15, "counted from 1"},
      {"read A 0x1000 @x\n", 2, 15, "counted from 1"},
      {"read A 0x1000 @1 @2\n", 2, 18, "the end of the line"},
      {"read A 0x1000 prints prints\n", 2, 22, "the end of the line"},
      {"write A 0x1000\n", 2, 15, "a value"},
      {"write A 0x1000 256 1\n", 2, 16, "fits in 1 byte"},
      {"write A 0x1000 0x100000000\n", 2, 16, "fits in 4 bytes"},
      {"spawn A editor\n", 2, 9, "a program described above"},
      {"spawn A\n", 2, 8, "the name of a program"},
      {"fork A\n", 2, 7, "a name for the child"},
      {"exit A 256\n", 2, 8, "from 0 to 255"},
      {"limit A 4\n", 2, 9, "resident"},
      {"limit A resident 0\n", 2, 18, "a number of pages, or none"},
      {"limit A resident all\n", 2, 18, "a number of pages, or none"},
      {"signals A ignore\n", 2, 11, "catch or default"},
      {"mmap A some 4096 rw-\n", 2, 8, "an address, or any"},
      {"mmap A any 4096\n", 2, 16, "permissions"},
      {"mmap A any 4096 wr-\n", 2, 17, "permissions"},
      {"mmap A any 4096 rw- fixed\n", 2, 21, "the end of the line"},
      {"mprotect A 0x1000 4096 rwxx\n", 2, 24, "permissions"},
      {"munmap A 0x1000\n", 2, 16, "a length in bytes"},
      {"brk A\n", 2, 6, "an address"},
      {"poke 0x1000 0x100 1\n", 2, 13, "fits in 1 byte"},
      {"flush-tlb 7\n", 2, 11, "the end of the line"},
      {"replay T ls\n", 2, 10, "a trace that is at hand"},
      {"checkpoint two words\n", 2, 16, "the end of the line"},
      {"checkpoint a\ncheckpoint a\n", 3, 12, "a name no other checkpoint has"},
      {"title One\ntitle Two\n", 3, 1, "one title"},
      {"title\n", 2, 6, "the title"},
      {"headline\n", 2, 9, "the headline"},
  });
}

TEST_CASE("mistakes in expectations") {
  check_all({
      {"expect value 3\n", 2, 1, "a command before this expectation"},
      {"expect fault not-present\n", 2, 1, "a command before this expectation"},
      {"flush-tlb\nexpect\n", 3, 7, "what is expected"},
      {"flush-tlb\nexpect something\n", 3, 8, "value, signal, error"},
      {"flush-tlb\nexpect value\n", 3, 13, "a value"},
      {"flush-tlb\nexpect value 3 4\n", 3, 16, "the end of the line"},
      {"flush-tlb\nexpect signal SIGFPE\n", 3, 15, "SIGSEGV, SIGBUS or SIGKILL"},
      {"flush-tlb\nexpect signal SIGSEGV because\n", 3, 23, "a code such as SEGV_MAPERR"},
      {"flush-tlb\nexpect signal SIGSEGV SEGV_MAPERR because\n", 3, 35, "a reason such as no-segment"},
      {"flush-tlb\nexpect error EWHAT\n", 3, 14, "an error such as ENOMEM"},
      {"flush-tlb\nexpect error ENOMEM because\n", 3, 21, "a reason such as heap-limit"},
      {"flush-tlb\nexpect rejected\n", 3, 16, "a reason such as no-such-process"},
      {"flush-tlb\nexpect fault broken\n", 3, 14, "a kind of fault"},
      {"flush-tlb\nexpect page A 0x1000 here\n", 3, 22, "resident, swapped"},
      {"flush-tlb\nexpect same-frame A 0x1000 B\n", 3, 29, "an address"},
      {"flush-tlb\nexpect counter A\n", 3, 17, "a counter such as faults"},
      {"flush-tlb\nexpect counter A free-frames 3\n", 3, 18, "a counter a process has"},
      {"flush-tlb\nexpect counter faults many\n", 3, 23, "a counter such as faults"},
      {"flush-tlb\nexpect counter A faults -1\n", 3, 25, "a number"},
  });
}

TEST_CASE("a long word is shown by its beginning, and no character is cut in two") {
  const auto error = error_of("vms 1\n" + std::string(39, 'a') + "\xC3\xA9" + std::string(50, 'b') + "\n");
  REQUIRE(error);
  CHECK(error->found == "\"" + std::string(39, 'a') + "...\"");
}

}  // namespace vmp
