// The reverse question: which entries lead to this frame? The tables are followed in RAM as the hardware
// would follow them. A hand-edited table may point back into itself; a node is therefore looked at once a
// level, which finds every entry that can be reached and ends soon.
#include <set>

#include "core/hw/node_entries.h"
#include "core/sim/explain.h"

namespace vmp {
namespace {

class Search {
 public:
  Search(const Kernel& kernel, FrameNumber wanted)
      : m_kernel(kernel), m_format(kernel.format()), m_wanted(wanted) {}

  void visit(const Process& process, FrameNumber node, std::uint32_t level, PageNumber first_page) {
    if (!m_seen.insert({process.id, node, level}).second) return;
    for_each_entry(m_kernel.memory(), m_format, node, [&](const NodeEntry& entry) {
      const PageNumber first = first_page + entry.index * m_format.pages_per_entry(level);
      if (points_here(entry.pte, level))
        m_found.push_back({process.id, level, entry.index, entry.address, entry.pte, first});
      const bool usable = !why_unusable(m_format, entry.pte, level);
      if (usable && !is_leaf(m_format, entry.pte, level))
        visit(process, frame_of(m_format, entry.pte), level - 1, first);
    });
  }

  std::vector<EntryPointer> take() { return std::move(m_found); }

 private:
  bool points_here(Pte pte, std::uint32_t level) const {
    if (why_unusable(m_format, pte, level)) {
      const EntryState state = level == 0 ? decode_leaf(m_format, pte) : EntryState{};
      const auto* kept = std::get_if<ProtNoneEntry>(&state);
      return kept != nullptr && kept->frame == m_wanted;
    }
    const bool leaf = is_leaf(m_format, pte, level);
    const FrameNumber first = leaf ? first_frame_of(m_format, pte, level) : frame_of(m_format, pte);
    const std::uint64_t frames = leaf ? m_format.pages_per_entry(level) : 1;
    return first <= m_wanted && m_wanted - first < frames;
  }

  const Kernel& m_kernel;
  const PageTableFormat& m_format;
  FrameNumber m_wanted;
  std::set<std::tuple<ProcessId, FrameNumber, std::uint32_t>> m_seen;
  std::vector<EntryPointer> m_found;
};

}  // namespace

std::vector<EntryPointer> entries_pointing_at(const Kernel& kernel, FrameNumber frame) {
  Search search(kernel, frame);
  for (const Process& process : kernel.processes()) {
    if (process.running()) search.visit(process, process.root, kernel.format().root_level(), PageNumber());
  }
  return search.take();
}

}  // namespace vmp
