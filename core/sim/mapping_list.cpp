#include "core/sim/mapping_list.h"

#include "core/hw/node_entries.h"
#include "core/hw/walk.h"

namespace vmp {
namespace {

class Collector {
 public:
  explicit Collector(const Kernel& kernel) : m_memory(kernel.memory()), m_format(kernel.format()) {}

  void visit(FrameNumber node, std::uint32_t level, VirtualAddress start) {
    for_each_entry(m_memory, m_format, node, [&](const NodeEntry& entry) {
      if (!m_list.complete || why_unusable(m_format, entry.pte, level)) return;
      const VirtualAddress first = extended(start + (entry.index << m_format.shift_of(level)), level);
      if (is_leaf(m_format, entry.pte, level)) {
        add(first, entry.pte, level);
      } else {
        visit(frame_of(m_format, entry.pte), level - 1, first);
      }
    });
  }

  MappingList take() { return std::move(m_list); }

 private:
  void add(VirtualAddress first, Pte pte, std::uint32_t level) {
    const std::uint64_t pages = m_format.pages_per_entry(level);
    const FrameNumber frame = first_frame_of(m_format, pte, level);
    if (frame.value() % pages != 0 || !m_memory.contains(address_of(frame), pages * kPageSize)) return;
    if (m_list.mappings.size() == kMostMappings) {
      m_list.complete = false;
      return;
    }
    m_list.mappings.push_back({.virtual_address = first,
                               .physical_address = address_of(frame),
                               .size = pages * kPageSize,
                               .pte = pte});
  }

  // The upper half of a sign-extended address space is named by addresses with all upper bits set.
  VirtualAddress extended(VirtualAddress va, std::uint32_t level) const {
    const std::uint64_t sign = std::uint64_t{1} << (m_format.virtual_address_bits - 1);
    const bool upper = m_format.sign_extended && level == m_format.root_level() && (va.value() & sign) != 0;
    return upper ? VirtualAddress(va.value() | ~(2 * sign - 1)) : va;
  }

  const PhysicalMemory& m_memory;
  const PageTableFormat& m_format;
  MappingList m_list;
};

}  // namespace

MappingList mappings_in_memory(const Kernel& kernel, const Process& process) {
  Collector collector(kernel);
  if (process.running()) collector.visit(process.root, kernel.format().root_level(), VirtualAddress(0));
  return collector.take();
}

}  // namespace vmp
