// The translation lookaside buffer: a small, set-associative memory of finished walks. An entry carries the
// permissions the walk found and whether the dirty flag is already set in RAM, so that a hit needs no table
// at all. It is a cache that nobody keeps coherent: when the kernel changes an entry in RAM it must
// invalidate the copy here, or programs go on using the stale one.
//
// A superpage is kept as the 4 KiB pieces that were used of it, as many processors do; each piece remembers
// the whole, so that invalidating any address of it drops them all (Intel SDM vol. 3A 4.10.2.3 and 4.10.4.1).
#pragma once

#include <optional>
#include <vector>

#include "core/base/hash.h"
#include "core/base/rng.h"
#include "core/hw/pte.h"

namespace vmp {

// Which entry of a full set makes room.
enum class TlbReplacement : std::uint8_t {
  Lru,       // the one used least recently
  TreePlru,  // nearly so, with one bit for each fork of a binary tree over the ways, as real caches do it
  Fifo,      // the one filled first
  Random,
};
std::string_view name_of(TlbReplacement replacement);  // "lru", "plru", "fifo", "random"
std::optional<TlbReplacement> tlb_replacement_named(std::string_view name);

struct TlbConfig {
  std::uint32_t sets = 4;
  std::uint32_t ways = 4;  // 0: no TLB, every access walks
  TlbReplacement replacement = TlbReplacement::Lru;

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
  std::uint64_t span = 1;       // pages of the leaf it is a piece of
  std::uint64_t last_used = 0;  // for Fifo: filled

  constexpr bool operator==(const TlbEntry&) const = default;
};

class Tlb {
 public:
  explicit Tlb(TlbConfig config = {}, std::uint64_t seed = 1);

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
  // Stores a finished walk, displacing an entry of the set if it is full. Needs at least one way.
  Placement fill(TlbEntry entry);

  // Invalidate one page, one address space (global entries stay), or everything. Each returns how many
  // entries went. x86: INVLPG, INVPCID, a write to CR3; RISC-V: SFENCE.VMA with and without operands (which,
  // given an address-space id, may leave a global page where INVLPG drops it, as is done here).
  std::uint32_t invalidate(Asid asid, PageNumber page);
  std::uint32_t invalidate_asid(Asid asid);
  std::uint32_t flush();

  void hash_into(Hasher& hasher) const;

 private:
  template <class Predicate>
  std::uint32_t drop_if(Predicate drop);
  void touch(std::uint32_t set, std::uint32_t way);
  std::uint32_t way_to_displace(std::uint32_t set);
  std::uint32_t plru_victim(std::uint32_t set) const;

  TlbConfig m_config;
  std::vector<TlbEntry> m_entries;
  std::vector<std::uint64_t> m_trees;  // TreePlru: a set's tree bits, that of the root in bit 1
  Rng m_rng;
  std::uint64_t m_clock = 0;
  std::uint64_t m_hits = 0;
  std::uint64_t m_misses = 0;
};

}  // namespace vmp
