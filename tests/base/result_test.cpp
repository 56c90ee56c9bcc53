#include "core/base/result.h"

#include <doctest/doctest.h>
#include <string>

#include "core/base/clone_ptr.h"

using namespace vmp;

namespace {

Result<int, std::string> half(int number) {
  if (number % 2 != 0) return Failure{std::string("odd")};
  return number / 2;
}

struct Shape {
  virtual ~Shape() = default;
  virtual std::unique_ptr<Shape> clone() const = 0;
  int corners = 0;
};
struct Polygon final : Shape {
  std::unique_ptr<Shape> clone() const override { return std::make_unique<Polygon>(*this); }
};

}  // namespace

TEST_CASE("a result is either a value or a reason") {
  const auto good = half(8);
  CHECK(good.ok());
  CHECK(static_cast<bool>(good));
  CHECK(*good == 4);
  const auto bad = half(7);
  CHECK_FALSE(bad.ok());
  CHECK(bad.error() == "odd");
}

TEST_CASE("a result tells value and reason apart even when they have the same type") {
  const Result<int, int> value(3);
  const Result<int, int> reason(Failure{3});
  CHECK(value.ok());
  CHECK_FALSE(reason.ok());
  CHECK(reason.error() == 3);
}

TEST_CASE("a value inside a result can be changed and moved on") {
  Result<std::string, int> result(std::string("frame"));
  result->append(" 1B");
  CHECK(result.value() == "frame 1B");
  const std::string taken = std::move(result.value());
  CHECK(taken == "frame 1B");
}

TEST_CASE("copying a cloning pointer copies what it owns") {
  ClonePtr<Shape> first(std::make_unique<Polygon>());
  first->corners = 3;
  ClonePtr<Shape> second = first;
  second->corners = 4;
  CHECK(first->corners == 3);
  CHECK(second->corners == 4);
  second = first;
  CHECK(second->corners == 3);
  const ClonePtr<Shape>& alias = second;
  second = alias;  // onto itself
  CHECK(second->corners == 3);
}
