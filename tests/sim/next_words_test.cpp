#include "core/sim/next_words.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "core/base/rng.h"
#include "tests/support/files.h"
#include "tests/support/seed.h"

namespace vmp {
namespace {

Scenario with_program() {
  auto scenario = parse_scenario("vms 1\nprogram p\nend\n", {});
  REQUIRE(scenario.ok());
  return std::move(scenario.value());
}

NextWords next(std::string_view line) {
  static const Scenario scenario = with_program();
  return next_words(line, scenario, [](std::string_view) { return nullptr; });
}

bool offers(const NextWords& found, Offer::Kind kind, std::string_view words) {
  return std::any_of(found.offers.begin(), found.offers.end(),
                     [&](const Offer& offer) { return offer.kind == kind && offer.words == words; });
}

using Kind = Offer::Kind;

}  // namespace

TEST_CASE("an empty line could be any command, with what stands behind it") {
  const NextWords found = next("");
  CHECK(found.offers.size() == 25);
  CHECK_FALSE(found.complete);
  CHECK_FALSE(found.error);
  for (const Offer& offer : found.offers) CHECK(offer.kind == Kind::Word);
}

TEST_CASE("every command's usage is written as the documentation writes it") {
  const std::string documentation = test_support::read_file("docs/scenario-format.md");
  for (const Offer& offer : next("").offers) {
    const std::string usage = "`" + offer.words + " " + offer.hint;
    CAPTURE(usage);
    CHECK(documentation.find(usage) != std::string::npos);
  }
}

TEST_CASE("what comes next is known word by word") {
  CHECK(next("write ").offers == std::vector{Offer{Kind::Process, "the name of a process"}});
  CHECK(next("write A ").offers == std::vector{Offer{Kind::Address, "an address"}});
  CHECK(next("write A 0x400000 ").offers == std::vector{Offer{Kind::Number, "a value"}});
  const NextWords complete = next("write A 0x400000 42 ");
  CHECK(complete.complete);
  CHECK(offers(complete, Kind::Number, "a size in bytes: 1, 2, 4 or 8"));
  CHECK(offers(complete, Kind::Word, "supervisor"));
  CHECK(offers(complete, Kind::Word, "prints"));
  CHECK(next("spawn ").offers.front().kind == Kind::NewName);
  CHECK(next("spawn A ").offers.front().kind == Kind::Program);
  CHECK(next("exec ").offers.front().kind == Kind::Process);
}

TEST_CASE("alternatives and words that may be left out are all offered") {
  const NextWords place = next("mmap A ");
  CHECK(offers(place, Kind::Word, "any"));
  CHECK(offers(place, Kind::Address, "an address, or any"));
  const NextWords more = next("mmap A 0x10000000 8192 rw- ");
  CHECK(more.complete);
  for (const std::string_view word : {"fixed", "noreplace", "shared", "grows-down", "file"})
    CHECK(offers(more, Kind::Word, word));
  CHECK_FALSE(offers(next("mmap A any 8192 rw- "), Kind::Word, "fixed"));
  CHECK(offers(next("mmap A any 8192 "), Kind::Permissions, "permissions such as rw- or r-x"));
  const NextWords limits = next("limit A ");
  for (const std::string_view word : {"resident", "address-space", "data", "stack"})
    CHECK(offers(limits, Kind::Word, word));
  CHECK(offers(next("signals A "), Kind::Word, "catch"));
  CHECK(offers(next("truncate-file "), Kind::File, "the name of a file"));
  CHECK(offers(next("flush-tlb "), Kind::Process, "the name of a process"));
  CHECK(next("flush-tlb ").complete);
}

TEST_CASE("a word that is wrong is an error with its place, and nothing more is offered") {
  const NextWords found = next("write A nowhere ");
  REQUIRE(found.error);
  CHECK(found.error->column == 9);
  CHECK(found.error->expected == "an address");
  CHECK(found.offers.empty());
  CHECK(next("spawn A q ").error->column == 9);
  CHECK(next("flurb ").error->column == 1);
}

TEST_CASE("a word that is offered is accepted: no line grown from offers is ever wrong") {
  Rng rng(test_support::seed());
  const auto filled = [](const Offer& offer) -> std::string {
    switch (offer.kind) {
      case Kind::Word:
        return offer.words;
      case Kind::Program:
        return "p";
      case Kind::Permissions:
        return "rw-";
      case Kind::Address:
      case Kind::Physical:
      case Kind::Number:
        return "4";
      case Kind::Process:
      case Kind::File:
      case Kind::Trace:
      case Kind::NewName:
        break;
    }
    return "A";
  };
  for (int i = 0; i < 2000; ++i) {
    std::string line;
    for (int words = 0; words < 8; ++words) {
      const NextWords found = next(line);
      CAPTURE(line);
      REQUIRE_FALSE(found.error);
      if (found.offers.empty()) break;
      const Offer& offer = found.offers[rng.below(found.offers.size())];
      if (offer.kind == Kind::Trace) break;  // there is none here
      line += filled(offer) + " ";
    }
  }
}

}  // namespace vmp
