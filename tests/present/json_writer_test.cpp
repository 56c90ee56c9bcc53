#include "shell/present/json_writer.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/base/rng.h"
#include "tests/support/seed.h"

namespace vmp {
namespace {

using nlohmann::json;

}  // namespace

TEST_CASE("commas stand between members and elements, and nowhere else") {
  JsonWriter writer;
  writer.begin_object();
  writer.member("name", "A");
  writer.key("pages");
  writer.begin_array();
  writer.value(std::uint64_t{3});
  writer.begin_object();
  writer.end_object();
  writer.begin_array();
  writer.end_array();
  writer.value(true);
  writer.end_array();
  writer.member("most", ~std::uint64_t{0});
  writer.end_object();
  CHECK(writer.take() == R"({"name":"A","pages":[3,{},[],true],"most":18446744073709551615})");
}

TEST_CASE("quotes, backslashes, line ends and control characters are escaped; other text is not") {
  JsonWriter writer;
  writer.value(std::string_view("\"\\\n\t\x01\x1F\0 ü→</script>", 22));
  CHECK(writer.take() == "\"\\\"\\\\\\n\\u0009\\u0001\\u001F\\u0000 ü→</script>\"");
}

TEST_CASE("whatever text is written, another reader reads it back") {
  Rng rng(test_support::seed());
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    for (std::uint64_t length = rng.below(12); length > 0; --length)
      text += static_cast<char>(rng.below(128));
    JsonWriter writer;
    writer.begin_object();
    writer.member(text, text);
    writer.end_object();
    const json read = json::parse(writer.take());
    CHECK(read.at(text).get<std::string>() == text);
  }
}

}  // namespace vmp
