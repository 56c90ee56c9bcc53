#include "tests/qemu/random_tables.h"

#include <algorithm>

namespace qemu_oracle {

using namespace vmp;

namespace {

constexpr std::uint32_t kEcall = 0x00000073;

}  // namespace

RandomTables::RandomTables(const PageTableFormat& format, FrameNumber first, std::uint64_t seed)
    : memory(kFrames, first), m_format(format), m_first(first), m_rng(seed) {
  for (std::uint64_t frame = kNodes; frame < kFrames; ++frame) {
    PageBytes bytes{};
    const std::uint64_t start = address_of(first + frame).value();
    for (std::uint64_t at = 0; at < kPageSize; at += 8) {
      const std::uint64_t word = at == kTrapOffset ? kEcall : start + at;
      for (std::uint64_t i = 0; i < 8; ++i) bytes[at + i] = static_cast<std::uint8_t>(word >> (8 * i));
    }
    memory.write_frame(first + frame, bytes);
  }
}

FrameNumber RandomTables::data_frame() {
  return m_first + kNodes + m_rng.below(kFrames - kNodes);
}

FrameNumber RandomTables::grow_tree(Entries entries, std::size_t leaves) {
  m_entries = entries;
  m_leaves.clear();
  const FrameNumber root = m_first + m_next_node++;
  grow_node(root, m_format.root_level(), VirtualAddress(0), leaves);
  return root;
}

// The flags, and a frame in RAM or, now and then, anywhere the format can point to.
Pte RandomTables::random_leaf(std::uint32_t level) {
  const std::uint64_t span = m_format.pages_per_entry(level);
  const std::uint64_t anywhere = m_rng.next() & (m_format.frame_mask() >> m_format.frame_shift);
  const FrameNumber frame = level > 0 && m_rng.below(4) == 0 ? FrameNumber(anywhere) : data_frame();
  Pte pte = make_frame_bits(m_format, FrameNumber(frame.value() & ~(span - 1))).with(m_format.present);
  for (const std::uint64_t flag :
       {m_format.user, m_format.user, m_format.read, m_format.read, m_format.write, m_format.execute,
        m_format.no_execute, m_format.global, m_format.accessed, m_format.dirty}) {
    if (m_rng.below(2) == 0) pte = pte.with(flag);
  }
  if (is_x86(m_format)) return level > 0 ? pte.with(m_format.page_size) : pte;
  if (pte.has(m_format.write) || !pte.has(m_format.execute)) pte = pte.with(m_format.read);
  return pte;
}

// One bit more or less, of those that make an entry unusable.
Pte RandomTables::spoiled(Pte pte, std::uint32_t level) {
  const std::uint64_t low_frame_bits = level > 0 ? m_format.low_frame_bits(level) : 0;
  const std::uint64_t candidates = m_format.reserved | m_format.reserved_non_leaf | m_format.read |
                                   m_format.page_size | m_format.present | low_frame_bits;
  std::uint64_t mask = 0;
  while ((mask & candidates) == 0) mask = std::uint64_t{1} << m_rng.below(64);
  return Pte{pte.bits ^ mask};
}

// Every node below gets a third of what its parent is to make, so that the leaves spread over all levels.
void RandomTables::grow_node(FrameNumber node, std::uint32_t level, VirtualAddress start,
                             std::size_t leaves) {
  const std::size_t enough = m_leaves.size() + leaves;
  const std::uint64_t one_in = level == 0 ? 3 : 20;
  for (std::uint64_t index = 0; index < m_format.entries_per_node(); ++index) {
    if (m_leaves.size() >= enough || m_rng.below(one_in) != 0) continue;
    VirtualAddress first = start + (index << m_format.shift_of(level));
    if (level == m_format.root_level() && m_format.sign_extended && index >= m_format.entries_per_node() / 2)
      first = first + (~std::uint64_t{0} << m_format.virtual_address_bits);
    const bool may_map = level == 0 || m_format.has_superpages_at(level);
    const bool none_yet = std::none_of(m_leaves.begin(), m_leaves.end(),
                                       [level](const Leaf& leaf) { return leaf.level == level; });
    const bool map = level == 0 || (may_map && (none_yet || m_rng.below(4) == 0)) || m_next_node == kNodes;
    if (map && !may_map) continue;
    Pte pte;
    if (map) {
      m_leaves.push_back({first, level});
      pte = random_leaf(level);
    } else {
      const FrameNumber below = m_first + m_next_node++;
      pte = make_node_entry(m_format, below);
      grow_node(below, level - 1, first, leaves / 3 + 1);
    }
    if (m_entries == Entries::Wild && m_rng.below(map ? 4 : 12) == 0) pte = spoiled(pte, level);
    memory.write_word(address_of(node) + index * m_format.entry_bytes, m_format.entry_bytes, pte.bits);
  }
}

}  // namespace qemu_oracle
