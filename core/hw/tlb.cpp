#include "core/hw/tlb.h"

#include "core/base/check.h"

namespace vmp {

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
  m_entries[set * m_config.ways + way].last_used = ++m_clock;
}

Tlb::Placement Tlb::fill(TlbEntry entry) {
  check(m_config.ways > 0, "filling a TLB without entries");
  const std::uint32_t set = set_of(entry.page);
  std::uint32_t chosen = 0;
  const auto same = probe(entry.asid, entry.page);
  if (same) {
    chosen = *same;
  } else {
    for (std::uint32_t way = 0; way < m_config.ways; ++way) {
      const TlbEntry& candidate = this->entry(set, way);
      if (!candidate.valid) {
        chosen = way;
        break;
      }
      if (candidate.last_used < this->entry(set, chosen).last_used) chosen = way;
    }
  }
  TlbEntry& target = m_entries[set * m_config.ways + chosen];
  Placement placement{.set = set, .way = chosen, .displaced = {}};
  if (target.valid && !same) placement.displaced = target.page;
  entry.valid = true;
  entry.last_used = ++m_clock;
  target = entry;
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
  return drop_if([&](const TlbEntry& e) { return e.page == page && (e.global || e.asid == asid); });
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
  }
  hasher.add(m_clock);
  hasher.add(m_hits);
  hasher.add(m_misses);
}

}  // namespace vmp
