// The translation lookaside buffer: a small, set-associative memory of finished walks. An entry carries the
// permissions the walk found and whether the dirty flag is already set in RAM, so that a hit needs no table
// at all. It is a cache that nobody keeps coherent: when the kernel changes an entry in RAM it must
// invalidate the copy here, or programs go on using the stale one.
#pragma once

#include <optional>
#include <vector>

#include "core/base/hash.h"
#include "core/hw/pte.h"

namespace vmp {

struct TlbConfig {
  std::uint32_t sets = 4;
  std::uint32_t ways = 4;  // 0: no TLB, every access walks

  constexpr bool operator==(const TlbConfig&) const = default;
  constexpr std::uint32_t entries() const { return sets * ways; }
};

struct TlbEntry {
  bool valid = false;
  bool global = false;  // matches every address space
  bool user = false;    // a program may use it
  bool dirty = false;   // the dirty flag in RAM is known to be set
  Asid asid;
  PageNumber page;
  FrameNumber frame;
  Permissions permissions;
  std::uint64_t last_used = 0;

  constexpr bool operator==(const TlbEntry&) const = default;
};

class Tlb {
 public:
  explicit Tlb(TlbConfig config = {}) : m_config(config), m_entries(config.entries()) {}

  const TlbConfig& config() const { return m_config; }
  std::uint32_t set_of(PageNumber page) const;
  const TlbEntry& entry(std::uint32_t set, std::uint32_t way) const {
    return m_entries[set * m_config.ways + way];
  }

  // The way of the entry for `page` in this address space, if there is one.
  std::optional<std::uint32_t> probe(Asid asid, PageNumber page) const;

  void count_hit(std::uint32_t set, std::uint32_t way);
  void count_miss() { ++m_misses; }
  std::uint64_t hits() const { return m_hits; }
  std::uint64_t misses() const { return m_misses; }

  struct Placement {
    std::uint32_t set = 0;
    std::uint32_t way = 0;
    std::optional<PageNumber> displaced;
  };
  // Stores a finished walk, displacing the least recently used entry of the set. Needs at least one way.
  Placement fill(TlbEntry entry);

  // Invalidate one page, one address space (global entries stay), or everything. Each returns how many
  // entries went.
  std::uint32_t invalidate(Asid asid, PageNumber page);
  std::uint32_t invalidate_asid(Asid asid);
  std::uint32_t flush();

  void hash_into(Hasher& hasher) const;

 private:
  template <class Predicate>
  std::uint32_t drop_if(Predicate drop);

  TlbConfig m_config;
  std::vector<TlbEntry> m_entries;
  std::uint64_t m_clock = 0;
  std::uint64_t m_hits = 0;
  std::uint64_t m_misses = 0;
};

}  // namespace vmp
