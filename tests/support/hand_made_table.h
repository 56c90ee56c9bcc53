#pragma once

#include "core/hw/walk.h"

// A page table laid by hand into RAM, node by node, for tests that must know where every entry lies. The root
// is frame 1; each further node takes the next frame.
namespace test_support {

class HandMadeTable {
 public:
  explicit HandMadeTable(vmp::FormatId id, std::uint64_t frames = 64)
      : memory(frames), m_format(vmp::format_of(id)) {}

  const vmp::PageTableFormat& format() const { return m_format; }
  vmp::FrameNumber root() const { return vmp::FrameNumber(1); }
  vmp::TranslationContext context(vmp::Asid asid = vmp::Asid(1)) const { return {&m_format, root(), asid}; }

  vmp::PhysicalAddress entry_address(vmp::FrameNumber node, std::uint64_t index) const {
    return vmp::address_of(node) + index * m_format.entry_bytes;
  }
  vmp::Pte entry(vmp::PhysicalAddress address) const {
    return vmp::Pte{memory.read_word(address, m_format.entry_bytes)};
  }
  void set(vmp::PhysicalAddress address, vmp::Pte pte) {
    memory.write_word(address, m_format.entry_bytes, pte.bits);
  }

  // Where the entry for `va` at `level` lies; nodes that are missing above it are made.
  vmp::PhysicalAddress reach(vmp::VirtualAddress va, std::uint32_t level = 0) {
    vmp::FrameNumber node = root();
    for (std::uint32_t at = m_format.root_level(); at > level; --at) {
      const vmp::PhysicalAddress here = entry_address(node, m_format.index_of(va, at));
      if (entry(here).bits == 0) set(here, vmp::make_node_entry(m_format, vmp::FrameNumber(m_next_node++)));
      node = vmp::frame_of(m_format, entry(here));
    }
    return entry_address(node, m_format.index_of(va, level));
  }
  vmp::PhysicalAddress map(vmp::VirtualAddress va, vmp::Pte leaf, std::uint32_t level = 0) {
    const vmp::PhysicalAddress address = reach(va, level);
    set(address, leaf);
    return address;
  }
  vmp::PhysicalAddress map(vmp::VirtualAddress va, vmp::FrameNumber frame, vmp::Permissions permissions) {
    return map(va, vmp::make_leaf_entry(m_format, frame, permissions));
  }

  // The walk with flags set in RAM, and the one that only looks.
  vmp::Result<vmp::Leaf, vmp::Fault> walk(vmp::VirtualAddress va, vmp::AccessKind access) {
    vmp::NullTracer tracer;
    return vmp::walk(memory, context(), va, access, tracer);
  }
  vmp::Result<vmp::Leaf, vmp::Fault> look(vmp::VirtualAddress va, vmp::AccessKind access) const {
    vmp::NullTracer tracer;
    return vmp::walk(memory, context(), va, access, tracer);
  }

  vmp::PhysicalMemory memory;

 private:
  const vmp::PageTableFormat& m_format;
  std::uint64_t m_next_node = 2;
};

inline constexpr vmp::Permissions kReadOnly{.read = true, .write = false, .execute = false};
inline constexpr vmp::Permissions kReadWrite{.read = true, .write = true, .execute = false};
inline constexpr vmp::Permissions kReadExecute{.read = true, .write = false, .execute = true};
inline constexpr vmp::Permissions kExecuteOnly{.read = false, .write = false, .execute = true};

}  // namespace test_support
