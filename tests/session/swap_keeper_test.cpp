#include "shell/swap_keeper.h"

#include <cstdio>
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/rng.h"
#include "tests/support/files.h"
#include "tests/support/seed.h"

namespace vmp {
namespace {

const std::string kFolder = "swap_keeper_test.tmp/";

// A folder for the files, gone with it.
struct Folder {
  Folder() {
    SwapKeeper(kFolder).forget();
    ::mkdir(kFolder.c_str(), 0700);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    SwapKeeper(kFolder).forget();
    ::rmdir(kFolder.c_str());
  }
};

// More pages than RAM has room for.
constexpr std::string_view kFull = R"(vms 1
machine frames=10 swap=8 policy=fifo
program p
  data 0
  bss 6
end
spawn A p
signals A catch
write A 0x00401000 1
write A 0x00402000 2
write A 0x00403000 3
write A 0x00404000 4
write A 0x00405000 5
write A 0x00406000 6
read A 0x00401000
read A 0x00402000
)";

// A session whose machine swaps to the folder, at a step.
struct Kept {
  SwapKeeper keeper{kFolder};
  Session session;

  explicit Kept(std::size_t position, std::string_view text = kFull) {
    session.set_swap_maker([this](std::uint32_t slots) { return keeper.make_device(slots); });
    auto scenario = parse_scenario(text, [](std::string_view) { return nullptr; });
    REQUIRE(scenario.ok());
    REQUIRE_FALSE(session.load("full", std::move(scenario.value())).has_value());
    session.seek(position);
  }
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;

  const Kernel& kernel() const { return session.timeline().machine().kernel(); }
  void settle() { REQUIRE_FALSE(keeper.settle(session, true).has_value()); }
};

void overwrite(const std::string& name, long place, std::string_view bytes) {
  std::FILE* const file = std::fopen((kFolder + name).c_str(), "r+b");
  REQUIRE(file != nullptr);
  std::fseek(file, place, SEEK_SET);
  std::fwrite(bytes.data(), 1, bytes.size(), file);
  std::fclose(file);
}

constexpr std::size_t kAllWritten = 8;

}  // namespace

TEST_CASE("a session that is kept comes back with every page as it was left") {
  const Folder folder;
  std::uint64_t hash = 0;
  {
    Kept before(kAllWritten);
    before.settle();
    hash = before.session.timeline().machine().hash();
    REQUIRE(before.kernel().swap().used_count() >= 2);
  }
  const auto kept = SwapKeeper(kFolder).kept_session();
  REQUIRE(kept.has_value());
  CHECK(kept->name == "full");
  CHECK(kept->position == kAllWritten);
  CHECK(kept->hash == hash);
  Kept after(kept->position, kept->text);
  CHECK(after.session.timeline().machine().hash() == hash);
  CHECK(after.keeper.lost_slots(after.kernel()).empty());
  after.settle();
  REQUIRE(after.session.forward());
  CHECK(std::get<Completed>(after.session.timeline().current()->outcome).value == 1);
}

TEST_CASE("the state hash does not depend on where swapped pages lie") {
  const Folder folder;
  Kept kept(0);
  kept.settle();
  Session memory;
  auto scenario = parse_scenario(kFull, [](std::string_view) { return nullptr; });
  REQUIRE_FALSE(memory.load("full", std::move(scenario.value())).has_value());
  while (memory.forward()) {
    REQUIRE(kept.session.forward());
    CHECK(kept.session.timeline().current()->hash == memory.timeline().current()->hash);
  }
}

TEST_CASE("a page whose bytes were damaged is known by its slot, and so is one whose checksum was") {
  const Folder folder;
  Kept(kAllWritten).settle();
  overwrite("swapfile", kPageSize + 5, "x");
  {
    const Kept after(kAllWritten);
    CHECK(after.keeper.lost_slots(after.kernel()) == std::vector<SlotRange>{{SwapSlot(1), 1}});
  }
  overwrite("checksums", 0, "x");
  const Kept after(kAllWritten);
  CHECK(after.keeper.lost_slots(after.kernel()) == std::vector<SlotRange>{{SwapSlot(0), 2}});
}

TEST_CASE("files that are gone or cut short have lost every page in use, and no page else") {
  const Folder folder;
  Kept(kAllWritten).settle();
  REQUIRE(std::remove((kFolder + "swapfile").c_str()) == 0);
  const Kept after(kAllWritten);
  std::uint32_t lost = 0;
  for (const SlotRange& range : after.keeper.lost_slots(after.kernel())) lost += range.count;
  CHECK(lost == after.kernel().swap().used_count());
}

TEST_CASE("going back in time brings the file back too") {
  const Folder folder;
  {
    Kept before(0);
    before.settle();
    Rng rng(test_support::seed());
    for (int i = 0; i < 40; ++i) {
      before.session.seek(rng.below(before.session.timeline().size() + 1));
      before.settle();
    }
    before.session.seek(kAllWritten);
    before.settle();
  }
  const Kept after(kAllWritten);
  CHECK(after.keeper.lost_slots(after.kernel()).empty());
}

TEST_CASE("a device with too many slots stays in memory, and what cannot be told in text is not kept") {
  const Folder folder;
  Kept(kAllWritten).settle();
  SwapKeeper keeper(kFolder);
  const auto device = keeper.make_device(SwapKeeper::kMostSlots + 1);
  REQUIRE(device.ok());
  CHECK(device.value()->name() == "memory");
  CHECK_FALSE(keeper.in_use());
  Kept recording(2);
  REQUIRE_FALSE(recording.keeper.settle(recording.session, false).has_value());
  CHECK_FALSE(SwapKeeper(kFolder).kept_session().has_value());
}

TEST_CASE("a note of where the session stood is read as it was written, and nothing else is one") {
  const KeptSession session{"swap lesson", 14, 0x0123456789ABCDEF, "vms 1\ntitle X\n"};
  const std::string text = print_kept_session(session);
  CHECK(parse_kept_session(text) == session);
  for (std::size_t i = 0; i < text.find("vms 1"); ++i)
    CHECK_FALSE(parse_kept_session(text.substr(0, i)).has_value());
  CHECK_FALSE(parse_kept_session("kept session 1\nname x\nstep many\nhash 0\n").has_value());
}

}  // namespace vmp
