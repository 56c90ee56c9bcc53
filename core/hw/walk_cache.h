// The walk cache: what the walker remembers of the upper levels, so that a TLB miss need not read them again.
// The SDM calls it paging-structure caches (vol. 3A 4.10.3), others translation cache or page walk cache
// (Barr, Cox, Rixner, "Translation Caching: Skip, Don't Walk (the Page Table)", ISCA 2010, whose "unified
// translation cache" this is: entries of all levels in one place, the one used least recently makes room).
//
// An entry stands for one pointer of the tree: the upper bits of the address select it, and it says which
// node follows and what all entries down to it grant together. Only pointers that a successful walk used get
// in, so that their accessed flags are set. A refused access drops what it would have used (4.10.4.1).
//
// Like the TLB nobody keeps it coherent. What an order to forget one page does to it differs:
//
//   x86     INVLPG drops every entry of the address space, whatever their addresses (4.10.4.1)
//   RISC-V  SFENCE.VMA with an address orders leaf entries only (Privileged 1.12, 4.2.1): nothing is dropped,
//           so a kernel that frees a node must give the order for the whole address space
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/hash.h"
#include "core/hw/walk.h"

namespace vmp {

struct WalkCacheEntry {
  bool valid = false;
  Asid asid;
  std::uint32_t level = 0;   // of the pointer
  std::uint64_t prefix = 0;  // the address bits that select it: all above those of the levels below
  WalkState below;           // where a walk goes on
  std::uint64_t last_used = 0;
};

class WalkCache {
 public:
  // Of so many entries; 0: none.
  explicit WalkCache(std::uint32_t entries = 0) : m_entries(entries) {}

  const std::vector<WalkCacheEntry>& entries() const { return m_entries; }
  bool is_absent() const { return m_entries.empty(); }

  // The slot of the lowest pointer known on the way to `va`, of those whose path grants the access: where one
  // does not, the tables decide, as for the TLB.
  std::optional<std::size_t> probe(const TranslationContext& context, VirtualAddress va,
                                   AccessKind access) const;
  void count_hit(std::size_t slot);
  void count_miss() { ++m_misses; }
  std::uint64_t hits() const { return m_hits; }
  std::uint64_t misses() const { return m_misses; }

  // Stores the pointers of a finished walk, the highest first.
  void fill(const TranslationContext& context, VirtualAddress va, std::span<const WalkState> path);

  // Drops the pointers on the way to `va`, those of one address space, or all. Each returns how many went.
  std::uint32_t forget_path(const TranslationContext& context, VirtualAddress va);
  std::uint32_t invalidate_asid(Asid asid);
  std::uint32_t flush();

  void hash_into(Hasher& hasher) const;

 private:
  std::size_t slot_for(const WalkCacheEntry& entry) const;
  template <class Predicate>
  std::uint32_t drop_if(Predicate drop);

  std::vector<WalkCacheEntry> m_entries;
  std::uint64_t m_clock = 0;
  std::uint64_t m_hits = 0;
  std::uint64_t m_misses = 0;
};

// A walk that begins as low as the cache allows, and leaves there what it found.
template <class Tracer>
Result<Leaf, Fault> cached_walk(PhysicalMemory& memory, WalkCache& cache, const TranslationContext& context,
                                VirtualAddress va, AccessKind access, Tracer& tracer) {
  WalkPath path;
  WalkState start = root_of(context);
  const bool in_use = !cache.is_absent() && !context.format->is_flat() && context.format->is_canonical(va);
  if (!in_use) return walk_from(memory, context, start, va, access, tracer, path);
  if (const auto slot = cache.probe(context, va, access)) {
    start = cache.entries()[*slot].below;
    cache.count_hit(*slot);
    if constexpr (Tracer::kRecords) tracer.record(WalkCacheHit{start.level + 1, start.node, *slot});
  } else {
    cache.count_miss();
  }
  auto leaf = walk_from(memory, context, start, va, access, tracer, path);
  if (!leaf) {
    cache.forget_path(context, va);
  } else if (path.count > 0) {
    cache.fill(context, va, path.found());
    if constexpr (Tracer::kRecords)
      tracer.record(WalkCacheFilled{path.found().front().level + 1, path.found().back().level + 1});
  }
  return leaf;
}

}  // namespace vmp
