// A swap device that outlives the program: its file, the checksums of its slots, and the session it belongs
// to lie together in one folder (on the page: in the browser's storage). At the next start the session is
// brought back by its commands, and every page that then lies on the device is compared with what the file
// still holds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shell/file_swap.h"
#include "shell/session.h"

namespace vmp {

// Where the person was: enough to come back to, and to know that the same machine came of it.
struct KeptSession {
  std::string name;
  std::size_t position = 0;
  std::uint64_t hash = 0;  // of the machine there
  std::string text;        // the scenario

  bool operator==(const KeptSession&) const = default;
};
std::string print_kept_session(const KeptSession& session);
std::optional<KeptSession> parse_kept_session(std::string_view text);

// A run of slots.
struct SlotRange {
  SwapSlot first;
  std::uint32_t count = 0;
  bool operator==(const SlotRange&) const = default;
};

class SwapKeeper {
 public:
  // More slots than this stay in memory: the file is stored as a whole each time it changed.
  static constexpr std::uint32_t kMostSlots = 4096;

  // `folder` ends in a slash and is there.
  explicit SwapKeeper(std::string folder) : m_folder(std::move(folder)) {}

  std::optional<KeptSession> kept_session() const;

  // The device of the next machine. Its file is held until settle(): what it holds is not overwritten before.
  Result<std::unique_ptr<SwapBackend>, std::string> make_device(std::uint32_t slots);

  // Slots in use whose pages the file does not give back as the machine knows them. Before settle() only.
  std::vector<SlotRange> lost_slots(const Kernel& kernel) const;

  // Brings the file in line with the machine's slots, and notes where the session stands; without
  // `can_be_kept` (it holds more than its text) it is noted nowhere. A sentence, if files cannot be written.
  std::optional<std::string> settle(const Session& session, bool can_be_kept);

  // Takes the files away.
  void forget();

  // As long as it lives the file is left as it is: steps are tried on a copy of the machine.
  class Hold {
   public:
    Hold() = default;
    explicit Hold(std::shared_ptr<SwapFile> file);
    ~Hold();
    Hold(Hold&&) = default;
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

   private:
    std::shared_ptr<SwapFile> m_file;  // null: nothing to hold, or held already
  };
  Hold hold() const { return Hold(m_file); }

  // The present machine's pages are in the file.
  bool in_use() const { return m_file != nullptr; }

 private:
  std::string path(std::string_view name) const { return m_folder + std::string(name); }

  std::string m_folder;
  std::shared_ptr<SwapFile> m_file;  // null: no device yet, or one with too many slots
};

}  // namespace vmp
