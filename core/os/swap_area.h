// The kernel's book of the swap device: which slots are taken, by whose pages, and which slot still mirrors a
// page that is back in RAM (Linux: swap_map and the swap cache).
#pragma once

#include <optional>
#include <vector>

#include "core/os/frame_table.h"

namespace vmp {

struct SlotInfo {
  std::vector<PageUser> users;           // pages whose entry names this slot
  std::optional<FrameNumber> cached;     // the frame that holds this slot's page now
  std::optional<FilePageRef> file_page;  // the page of shared memory it holds, in place of users

  bool operator==(const SlotInfo&) const = default;
  bool free() const { return users.empty() && !cached && !file_page; }
  void hash_into(Hasher& hasher) const;
};

class SwapArea {
 public:
  explicit SwapArea(std::uint32_t slots = 0) : m_slots(slots), m_free_count(slots) {}

  std::uint32_t size() const { return static_cast<std::uint32_t>(m_slots.size()); }
  std::uint32_t free_count() const { return m_free_count; }
  std::uint32_t used_count() const { return size() - m_free_count; }
  // Slots that only mirror a page in RAM: they can be given up when the device is full.
  std::uint32_t cache_only_count() const { return m_cache_only_count; }
  const SlotInfo& operator[](SwapSlot slot) const { return m_slots[slot.value()]; }

  std::optional<SwapSlot> lowest_free() const;
  std::optional<SwapSlot> lowest_cache_only() const;

  void add_user(SwapSlot slot, PageUser user);
  void remove_user(SwapSlot slot, PageUser user);
  void set_cached(SwapSlot slot, std::optional<FrameNumber> frame);
  void set_file_page(SwapSlot slot, std::optional<FilePageRef> page);

  std::uint64_t hash() const { return m_slots.hash(); }

 private:
  template <class Change>
  void change(SwapSlot slot, Change change);

  CowArray<SlotInfo> m_slots;
  std::uint32_t m_free_count = 0;
  std::uint32_t m_cache_only_count = 0;
};

}  // namespace vmp
