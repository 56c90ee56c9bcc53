#include "shell/present/completion.h"

#include <doctest/doctest.h>

#include "tests/present/fixture.h"

namespace vmp {
namespace {

using test::load;
using test::Loaded;

Completion at(std::string_view text, std::size_t cursor, std::size_t position = 5) {
  const Loaded loaded = load(test::kTwoPrograms, position);
  const Model model = build_model(loaded.timeline, loaded.lesson);
  return complete(text, cursor, model, loaded.scenario, [](std::string_view) { return nullptr; },
                  {.traces = {"matrix"}});
}
Completion at_end(std::string_view text) {
  return at(text, text.size());
}

std::vector<std::string> texts(const Completion& completion) {
  std::vector<std::string> found;
  for (const CompletionItem& item : completion.items) found.push_back(item.text);
  return found;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("the first letters of a command give those that begin so, with their usage") {
  const Completion completion = at_end("mu");
  CHECK(texts(completion) == Texts{"munmap", "munlock"});
  CHECK(completion.items[0].hint == "P ADDRESS LENGTH");
  CHECK(completion.hint == "a command");
  CHECK(completion.start == 0);
  CHECK(completion.end == 2);
}

TEST_CASE("processes, programs, traces and free names are those of the machine") {
  CHECK(texts(at_end("read ")) == Texts{"A", "B"});
  CHECK(texts(at_end("spawn ")) == Texts{"C"});
  CHECK(texts(at_end("spawn C ")) == Texts{"editor"});
  CHECK(texts(at_end("fork A ")) == Texts{"C"});
  CHECK(texts(at_end("replay A ")) == Texts{"matrix"});
  CHECK(texts(at("read ", 5, 0)).empty());
}

TEST_CASE("addresses are what the named process touched last, and where its segments begin") {
  const Completion completion = at_end("write A 0x");
  CHECK(completion.items.front().text == "0x00403A2C");
  CHECK(completion.items.front().hint == "touched last");
  CHECK(completion.items.back().text == "0x00400000");
  CHECK(completion.items.back().hint == "code");
  CHECK(texts(at_end("write A 0x00404")) == Texts{"0x00404000"});
  CHECK(at_end("write A ").hint == "an address");
  CHECK(texts(at_end("read Z ")).empty());
}

TEST_CASE("a poke is offered the entries of the walk on screen") {
  const Completion completion = at_end("poke ");
  REQUIRE(completion.items.size() == 2);
  CHECK(completion.items[1].text == "0x0B00C");
  CHECK(completion.items[1].hint == "entry 3 of the node in frame 0B");
}

TEST_CASE("in the middle of a line, the word at the cursor is what would be replaced") {
  const std::string_view line = "mprotect A 0x00403000 4096 r--";
  const Completion completion = at(line, 9);
  CHECK(completion.start == 9);
  CHECK(completion.end == 10);
  CHECK(texts(completion) == Texts{"A", "B"});
  CHECK(completion.complete);
  CHECK(texts(at(line, 1)) ==
        Texts{"mmap", "munmap", "mprotect", "mremap", "madvise", "mlock", "munlock", "msync"});
  CHECK(texts(at(line, line.size())) == Texts{"r--"});
  CHECK(at(line, 1000).end == line.size());
}

TEST_CASE("an error before the cursor is told with its column; the word being typed is none yet") {
  const Completion completion = at_end("read A nowhere 4");
  CHECK(completion.error == "Column 8: expected an address, found \"nowhere\".");
  CHECK(completion.error_at == 7);
  CHECK(completion.items.empty());
  CHECK(at_end("read A nowh").error.empty());
}

TEST_CASE("a complete line says so, and what it could still have") {
  const Completion completion = at_end("read A 0x00403A2C ");
  CHECK(completion.complete);
  CHECK(completion.hint ==
        "Enter gives it. It could go on with: a size in bytes: 1, 2, 4 or 8, supervisor, prints");
  CHECK_FALSE(at_end("read A ").complete);
}

TEST_CASE("up and down walk through what was given, and come back to what was being typed") {
  ConsoleHistory history;
  CHECK(history.older("x") == "x");
  CHECK(history.newer("x") == "x");
  history.add("one");
  history.add("two");
  history.add("two");
  CHECK(history.older("typ") == "two");
  CHECK(history.older("two") == "one");
  CHECK(history.older("one") == "one");
  CHECK(history.newer("one") == "two");
  CHECK(history.newer("two") == "typ");
  CHECK(history.newer("typ") == "typ");
}

}  // namespace vmp
