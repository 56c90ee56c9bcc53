#include "core/hw/walk_cache.h"

#include <algorithm>

namespace vmp {
namespace {

std::uint64_t prefix_of(const PageTableFormat& format, VirtualAddress va, std::uint32_t level) {
  return va.value() >> format.shift_of(level);
}

bool leads_to(const WalkCacheEntry& entry, const TranslationContext& context, VirtualAddress va) {
  return entry.valid && entry.asid == context.asid &&
         entry.prefix == prefix_of(*context.format, va, entry.level);
}

}  // namespace

std::optional<std::size_t> WalkCache::probe(const TranslationContext& context, VirtualAddress va,
                                            AccessKind access) const {
  std::optional<std::size_t> lowest;
  for (std::size_t slot = 0; slot < m_entries.size(); ++slot) {
    const WalkCacheEntry& entry = m_entries[slot];
    if (!leads_to(entry, context, va) || !entry.below.grants(context.privilege, access)) continue;
    if (!lowest || entry.level < m_entries[*lowest].level) lowest = slot;
  }
  return lowest;
}

void WalkCache::count_hit(std::size_t slot) {
  ++m_hits;
  m_entries[slot].last_used = ++m_clock;
}

// The place of the same pointer, a free one, or that of the one used least recently.
std::size_t WalkCache::slot_for(const WalkCacheEntry& entry) const {
  const auto better = [&](const WalkCacheEntry& candidate) {
    if (!candidate.valid) return std::uint64_t{1};
    const bool same =
        candidate.asid == entry.asid && candidate.level == entry.level && candidate.prefix == entry.prefix;
    return same ? std::uint64_t{0} : candidate.last_used + 2;
  };
  std::size_t best = 0;
  for (std::size_t slot = 1; slot < m_entries.size(); ++slot) {
    if (better(m_entries[slot]) < better(m_entries[best])) best = slot;
  }
  return best;
}

void WalkCache::fill(const TranslationContext& context, VirtualAddress va, std::span<const WalkState> path) {
  for (const WalkState& below : path) {
    const std::uint32_t level = below.level + 1;
    const WalkCacheEntry entry{.valid = true,
                               .asid = context.asid,
                               .level = level,
                               .prefix = prefix_of(*context.format, va, level),
                               .below = below,
                               .last_used = ++m_clock};
    m_entries[slot_for(entry)] = entry;
  }
}

template <class Predicate>
std::uint32_t WalkCache::drop_if(Predicate drop) {
  std::uint32_t dropped = 0;
  for (WalkCacheEntry& entry : m_entries) {
    if (!entry.valid || !drop(entry)) continue;
    entry = WalkCacheEntry{};
    ++dropped;
  }
  return dropped;
}

std::uint32_t WalkCache::forget_path(const TranslationContext& context, VirtualAddress va) {
  return drop_if([&](const WalkCacheEntry& entry) { return leads_to(entry, context, va); });
}

std::uint32_t WalkCache::invalidate_asid(Asid asid) {
  return drop_if([&](const WalkCacheEntry& entry) { return entry.asid == asid; });
}

std::uint32_t WalkCache::flush() {
  return drop_if([](const WalkCacheEntry&) { return true; });
}

void WalkCache::hash_into(Hasher& hasher) const {
  if (is_absent()) return;
  for (const WalkCacheEntry& entry : m_entries) {
    hasher.add(static_cast<std::uint64_t>(entry.valid) | static_cast<std::uint64_t>(entry.below.user) << 1 |
               static_cast<std::uint64_t>(entry.below.global) << 2 |
               static_cast<std::uint64_t>(entry.below.permissions.write) << 3 |
               static_cast<std::uint64_t>(entry.below.permissions.execute) << 4 |
               static_cast<std::uint64_t>(entry.level) << 8);
    hasher.add(entry.asid);
    hasher.add(entry.prefix);
    hasher.add(entry.below.node);
    hasher.add(entry.last_used);
  }
  hasher.add(m_clock);
  hasher.add(m_hits);
  hasher.add(m_misses);
}

}  // namespace vmp
