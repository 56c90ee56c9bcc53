#include "core/hw/tlb.h"

#include "core/base/check.h"
#include "core/base/enum_names.h"

namespace vmp {
namespace {

constexpr EnumNames<4> kReplacements{"lru", "plru", "fifo", "random"};

}  // namespace

std::string_view name_of(TlbReplacement replacement) {
  return name_in(kReplacements, replacement);
}

std::optional<TlbReplacement> tlb_replacement_named(std::string_view name) {
  return value_named<TlbReplacement>(kReplacements, name);
}

Tlb::Tlb(TlbConfig config, std::uint64_t seed)
    : m_config(config),
      m_entries(config.entries()),
      m_trees(config.replacement == TlbReplacement::TreePlru ? config.sets : 0),
      m_rng(seed) {}

std::uint32_t Tlb::set_of(PageNumber page) const {
  return m_config.sets == 0 ? 0 : static_cast<std::uint32_t>(page.value() % m_config.sets);
}

std::optional<std::uint32_t> Tlb::probe(Asid asid, PageNumber page) const {
  const std::uint32_t set = set_of(page);
  for (std::uint32_t way = 0; way < m_config.ways; ++way) {
    const TlbEntry& candidate = entry(set, way);
    if (candidate.valid && candidate.page == page && (candidate.global || candidate.asid == asid)) return way;
  }
  return std::nullopt;
}

void Tlb::count_hit(std::uint32_t set, std::uint32_t way) {
  ++m_hits;
  ++m_clock;
  touch(set, way);
}

// Notes a use. Each fork on the way to the used leaf of the tree is turned to its other side.
void Tlb::touch(std::uint32_t set, std::uint32_t way) {
  switch (m_config.replacement) {
    case TlbReplacement::Lru:
      m_entries[set * m_config.ways + way].last_used = m_clock;
      return;
    case TlbReplacement::TreePlru:
      for (std::uint32_t node = m_config.ways + way; node > 1; node /= 2) {
        const std::uint64_t fork = std::uint64_t{1} << (node / 2);
        m_trees[set] = node % 2 == 0 ? m_trees[set] | fork : m_trees[set] & ~fork;
      }
      return;
    case TlbReplacement::Fifo:
    case TlbReplacement::Random:
      return;
  }
}

// Follows the forks: 0 is the lower half of the ways, 1 the upper.
std::uint32_t Tlb::plru_victim(std::uint32_t set) const {
  std::uint32_t node = 1;
  while (node < m_config.ways) node = 2 * node + static_cast<std::uint32_t>(m_trees[set] >> node & 1);
  return node - m_config.ways;
}

std::uint32_t Tlb::way_to_displace(std::uint32_t set) {
  if (m_config.replacement == TlbReplacement::TreePlru) return plru_victim(set);
  if (m_config.replacement == TlbReplacement::Random)
    return static_cast<std::uint32_t>(m_rng.below(m_config.ways));
  std::uint32_t oldest = 0;
  for (std::uint32_t way = 1; way < m_config.ways; ++way) {
    if (entry(set, way).last_used < entry(set, oldest).last_used) oldest = way;
  }
  return oldest;
}

Tlb::Placement Tlb::fill(TlbEntry entry) {
  check(m_config.ways > 0, "filling a TLB without entries");
  const std::uint32_t set = set_of(entry.page);
  std::optional<std::uint32_t> chosen = probe(entry.asid, entry.page);
  const bool same = chosen.has_value();
  for (std::uint32_t way = 0; !chosen && way < m_config.ways; ++way) {
    if (!this->entry(set, way).valid) chosen = way;
  }
  if (!chosen) chosen = way_to_displace(set);
  TlbEntry& target = m_entries[set * m_config.ways + *chosen];
  Placement placement{.set = set, .way = *chosen, .displaced = {}};
  if (target.valid && !same) placement.displaced = target.page;
  entry.valid = true;
  entry.last_used = ++m_clock;
  target = entry;
  touch(set, *chosen);
  return placement;
}

template <class Predicate>
std::uint32_t Tlb::drop_if(Predicate drop) {
  std::uint32_t dropped = 0;
  for (TlbEntry& candidate : m_entries) {
    if (!candidate.valid || !drop(candidate)) continue;
    candidate = TlbEntry{};
    ++dropped;
  }
  return dropped;
}

std::uint32_t Tlb::invalidate(Asid asid, PageNumber page) {
  return drop_if([&](const TlbEntry& e) {
    const bool same_leaf = e.page.value() / e.span == page.value() / e.span;
    return same_leaf && (e.global || e.asid == asid);
  });
}

std::uint32_t Tlb::invalidate_asid(Asid asid) {
  return drop_if([&](const TlbEntry& e) { return !e.global && e.asid == asid; });
}

std::uint32_t Tlb::flush() {
  return drop_if([](const TlbEntry&) { return true; });
}

void Tlb::hash_into(Hasher& hasher) const {
  hasher.add(m_config.sets);
  hasher.add(m_config.ways);
  for (const TlbEntry& e : m_entries) {
    hasher.add(static_cast<std::uint64_t>(e.valid) | static_cast<std::uint64_t>(e.global) << 1 |
               static_cast<std::uint64_t>(e.dirty) << 2 |
               static_cast<std::uint64_t>(e.permissions.read) << 3 |
               static_cast<std::uint64_t>(e.permissions.write) << 4 |
               static_cast<std::uint64_t>(e.permissions.execute) << 5 |
               // A program's page is the rule; only the exception changes the sum.
               static_cast<std::uint64_t>(e.valid && !e.user) << 6);
    hasher.add(e.asid);
    hasher.add(e.page);
    hasher.add(e.frame);
    hasher.add(e.last_used);
    if (e.span > 1) hasher.add(e.span);
  }
  for (const std::uint64_t tree : m_trees) hasher.add(tree);
  if (m_config.replacement == TlbReplacement::Random) hasher.add(m_rng.state());
  hasher.add(m_clock);
  hasher.add(m_hits);
  hasher.add(m_misses);
}

}  // namespace vmp
