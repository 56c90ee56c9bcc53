#include "shell/file_swap.h"

#include <cstdio>
#include <doctest/doctest.h>

#include "tests/support/files.h"

namespace vmp {
namespace {

const std::string kPath = "swap_test.tmp";

PageBytes page_of_bytes(std::uint8_t byte) {
  PageBytes bytes;
  bytes.fill(byte);
  return bytes;
}

// A device of four slots; its file goes with it.
struct Device {
  std::unique_ptr<SwapBackend> swap = std::move(FileSwap::open(kPath, 4).value());
  Device() = default;
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;
  ~Device() { std::remove(kPath.c_str()); }
};

}  // namespace

TEST_CASE("a page written to a file swap lies in the file at its slot") {
  const Device device;
  CHECK_FALSE(device.swap->write(SwapSlot(2), page_of_bytes(7)).has_value());
  const std::string file = test_support::read_file(kPath);
  REQUIRE(file.size() == 4 * kPageSize);
  CHECK(file[2 * kPageSize - 1] == 0);
  CHECK(file[2 * kPageSize] == 7);
  CHECK(file[3 * kPageSize - 1] == 7);
  CHECK(file[3 * kPageSize] == 0);
  PageBytes bytes;
  CHECK_FALSE(device.swap->read(SwapSlot(2), bytes).has_value());
  CHECK(bytes == page_of_bytes(7));
}

TEST_CASE("a copy of the device keeps its own contents, and the file follows whoever reads") {
  const Device device;
  CHECK_FALSE(device.swap->write(SwapSlot(0), page_of_bytes(1)).has_value());
  const auto past = device.swap->clone();
  CHECK_FALSE(device.swap->write(SwapSlot(0), page_of_bytes(2)).has_value());
  PageBytes bytes;
  CHECK_FALSE(past->read(SwapSlot(0), bytes).has_value());
  CHECK(bytes == page_of_bytes(1));
  CHECK(test_support::read_file(kPath)[0] == 1);
  CHECK(device.swap->peek(SwapSlot(0)) == page_of_bytes(2));
}

TEST_CASE("a place where no file can be is refused with the reason") {
  const auto opened = FileSwap::open("no/such/folder/swap", 4);
  REQUIRE_FALSE(opened.ok());
  CHECK(opened.error().find("no/such/folder/swap") != std::string::npos);
}

#ifndef __EMSCRIPTEN__
TEST_CASE("a full device says that it is full, and a file cut short is an input error") {
  auto full = FileSwap::open("/dev/full", 4);
  REQUIRE(full.ok());
  const auto error = full.value()->write(SwapSlot(0), page_of_bytes(1));
  REQUIRE(error.has_value());
  CHECK(error->kind == DeviceError::Kind::Full);
  CHECK(full.value()->peek(SwapSlot(0)) == page_of_bytes(0));

  const Device device;
  CHECK_FALSE(device.swap->write(SwapSlot(3), page_of_bytes(1)).has_value());
  if (std::FILE* file = std::fopen(kPath.c_str(), "wb")) std::fclose(file);  // empties it
  PageBytes bytes;
  const auto cut = device.swap->read(SwapSlot(3), bytes);
  REQUIRE(cut.has_value());
  CHECK(cut->kind == DeviceError::Kind::Input);
}
#endif

}  // namespace vmp
