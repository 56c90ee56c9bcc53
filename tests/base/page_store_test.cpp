#include "core/base/page_store.h"

#include <doctest/doctest.h>

using namespace vmp;

namespace {

PageBytes page_of_bytes(std::uint8_t value) {
  PageBytes bytes;
  bytes.fill(value);
  return bytes;
}

}  // namespace

TEST_CASE("a page that was never written reads as zeros") {
  const PageStore store(3);
  CHECK(store.size() == 3);
  CHECK(store.is_zero(2));
  CHECK(store.read(2) == PageBytes{});
}

TEST_CASE("a copy of the store and the original part at the first write") {
  PageStore original(3);
  original.write(1, page_of_bytes(0xAA));
  PageStore copy = original;
  copy.writable(1)[0] = 0x55;
  copy.write(2, page_of_bytes(0x11));
  CHECK(original.read(1) == page_of_bytes(0xAA));
  CHECK(original.is_zero(2));
  CHECK(copy.read(1)[0] == 0x55);
  CHECK(copy.read(1)[1] == 0xAA);
  original.zero(1);
  CHECK(copy.read(1)[1] == 0xAA);
}

TEST_CASE("two pages of one store written alike stay separate") {
  PageStore store(2);
  store.write(0, page_of_bytes(0x42));
  store.write(1, store.read(0));
  store.writable(1)[7] = 0;
  CHECK(store.read(0) == page_of_bytes(0x42));
}

TEST_CASE("a page of zeros is the same whether written, cleared or untouched") {
  const PageStore untouched(4);
  PageStore store(4);
  store.writable(0)[5] = 1;
  CHECK_FALSE(store.is_zero(0));
  CHECK(store.hash() != untouched.hash());
  store.writable(0)[5] = 0;
  CHECK(store.is_zero(0));
  CHECK(store.hash() == untouched.hash());
  store.write(1, page_of_bytes(9));
  store.zero(1);
  store.write(2, PageBytes{});
  CHECK(store.hash() == untouched.hash());
}

TEST_CASE("the store's hash sees every byte, its place and its page") {
  PageStore first(2);
  PageStore second(2);
  first.writable(0)[4095] = 1;
  second.writable(1)[4095] = 1;
  CHECK(first.hash() != second.hash());
  second.zero(1);
  second.writable(0)[4094] = 1;
  CHECK(first.hash() != second.hash());
  second.writable(0)[4094] = 0;
  second.writable(0)[4095] = 1;
  CHECK(first.hash() == second.hash());
}
