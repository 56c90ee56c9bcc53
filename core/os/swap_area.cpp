#include "core/os/swap_area.h"

#include <algorithm>

namespace vmp {
namespace {

bool cache_only(const SlotInfo& slot) {
  return slot.users.empty() && slot.cached.has_value();
}

}  // namespace

void SlotInfo::hash_into(Hasher& hasher) const {
  hasher.add(static_cast<std::uint64_t>(users.size()));
  for (const PageUser& user : users) {
    hasher.add(user.process);
    hasher.add(user.page);
  }
  hasher.add(cached);
  if (file_page) file_page->hash_into(hasher);
}

std::optional<SwapSlot> SwapArea::lowest_free() const {
  if (m_free_count == 0) return std::nullopt;
  std::uint32_t i = 0;
  while (!m_slots[i].free()) ++i;
  return SwapSlot(i);
}

std::optional<SwapSlot> SwapArea::lowest_cache_only() const {
  if (m_cache_only_count == 0) return std::nullopt;
  std::uint32_t i = 0;
  while (!cache_only(m_slots[i])) ++i;
  return SwapSlot(i);
}

template <class Change>
void SwapArea::change(SwapSlot slot, Change change) {
  SlotInfo& info = m_slots.mutate(slot.value());
  m_free_count -= info.free() ? 1 : 0;
  m_cache_only_count -= cache_only(info) ? 1 : 0;
  change(info);
  m_free_count += info.free() ? 1 : 0;
  m_cache_only_count += cache_only(info) ? 1 : 0;
}

void SwapArea::add_user(SwapSlot slot, PageUser user) {
  change(slot, [&](SlotInfo& info) { info.users.push_back(user); });
}

void SwapArea::remove_user(SwapSlot slot, PageUser user) {
  change(slot, [&](SlotInfo& info) {
    const auto it = std::find(info.users.begin(), info.users.end(), user);
    check(it != info.users.end(), "removing a swap slot's user that is not listed");
    info.users.erase(it);
  });
}

void SwapArea::set_cached(SwapSlot slot, std::optional<FrameNumber> frame) {
  change(slot, [&](SlotInfo& info) { info.cached = frame; });
}

void SwapArea::set_file_page(SwapSlot slot, std::optional<FilePageRef> page) {
  change(slot, [&](SlotInfo& info) { info.file_page = page; });
}

}  // namespace vmp
