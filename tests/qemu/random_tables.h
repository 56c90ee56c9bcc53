// Random page tables in a RAM of 16 MiB, for QEMU to walk. Two trees, since QEMU's monitor lists whatever
// entries look present, while its MMU refuses the bad ones as the manuals say:
//
//   the clean tree  nothing but entries that hardware accepts, at every level where the format has leaves
//   the wild tree   the same, and besides reserved bits, misaligned superpages, write without read, ...
//
// Frame use: first the nodes, one after the other, the rest is data. Every aligned word of data holds its own
// physical address, so that a load shows where it went; the last 8 bytes of a data frame are an instruction
// that traps (RISC-V `ecall`), so that a fetch shows that it was allowed.
#pragma once

#include <vector>

#include "core/base/rng.h"
#include "core/hw/walk.h"

namespace qemu_oracle {

inline constexpr std::uint64_t kFrames = 4096;
inline constexpr std::uint64_t kNodes = 320;
inline constexpr std::uint64_t kTrapOffset = 0xFF8;

struct Leaf {
  vmp::VirtualAddress start;
  std::uint32_t level = 0;
};

class RandomTables {
 public:
  RandomTables(const vmp::PageTableFormat& format, vmp::FrameNumber first, std::uint64_t seed);

  // A tree of about `leaves` leaves.
  enum class Entries { Clean, Wild };
  vmp::FrameNumber grow_tree(Entries entries, std::size_t leaves);
  // What the tree made last maps, in the order in which a walk of the tree meets it.
  const std::vector<Leaf>& leaves() const { return m_leaves; }

  vmp::PhysicalMemory memory;

 private:
  void grow_node(vmp::FrameNumber node, std::uint32_t level, vmp::VirtualAddress start, std::size_t leaves);
  vmp::Pte random_leaf(std::uint32_t level);
  vmp::Pte spoiled(vmp::Pte pte, std::uint32_t level);
  vmp::FrameNumber data_frame();

  const vmp::PageTableFormat& m_format;
  vmp::FrameNumber m_first;
  vmp::Rng m_rng;
  Entries m_entries = Entries::Clean;
  std::uint64_t m_next_node = 0;
  std::vector<Leaf> m_leaves;
};

}  // namespace qemu_oracle
