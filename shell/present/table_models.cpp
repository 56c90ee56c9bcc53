#include "shell/present/table_models.h"

#include <algorithm>

#include "core/hw/node_entries.h"
#include "core/os/page_table.h"
#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/memory_view.h"

namespace vmp {
namespace {

// The kinds of segments that the pages [first, first + count) meet, each once: "code data heap".
std::string segments_met(const Process& process, PageNumber first, std::uint64_t count) {
  std::string text;
  const AddressRange range{address_of(first), address_of(first) + count * kPageSize};
  SegmentKind last{};
  for (const Segment& segment : process.space.segments()) {
    if (!segment.range.overlaps(range) || (!text.empty() && segment.kind == last)) continue;
    last = segment.kind;
    text += (text.empty() ? "" : " ") + std::string(name_of(segment.kind));
  }
  return text;
}

TreeEntry entry_of(const Kernel& kernel, const Process& process, const FrameInfo& node,
                   const NodeEntry& in_ram) {
  const PageTableFormat& format = kernel.format();
  const Pte pte = in_ram.pte;
  const std::uint64_t span = format.pages_per_entry(node.node_level);
  TreeEntry entry{.index = in_ram.index,
                  .address = in_ram.address,
                  .text = {},
                  .frame = {},
                  .slot = {},
                  .child = {},
                  .first_page = node.node_first_page + in_ram.index * span};
  entry.text = "[" + std::to_string(in_ram.index) + "] " + segments_met(process, entry.first_page, span);
  if (pte.has(format.present)) {
    entry.frame = is_leaf(format, pte, node.node_level) ? first_frame_of(format, pte, node.node_level)
                                                        : frame_of(format, pte);
  } else if (node.node_level == 0) {
    const EntryState state = decode_leaf(format, pte);
    if (const auto* none = std::get_if<ProtNoneEntry>(&state)) entry.frame = none->frame;
    if (const auto* swapped = std::get_if<SwappedEntry>(&state)) entry.slot = swapped->slot;
  }
  return entry;
}

TreeNode node_of(const Kernel& kernel, const Process& process, FrameNumber frame) {
  const PageTableFormat& format = kernel.format();
  const FrameInfo& info = kernel.frames()[frame];
  TreeNode node{.level = info.node_level, .frame = frame, .entries = {}};
  for_each_entry(kernel.memory(), format, frame, [&](const NodeEntry& entry) {
    node.entries.push_back(entry_of(kernel, process, info, entry));
  });
  return node;
}

std::uint64_t possible_nodes(const PageTableFormat& format) {
  std::uint64_t nodes = 1;
  std::uint64_t at_level = 1;
  for (std::uint32_t level = format.root_level(); level-- > 0;) {
    at_level *= format.entries_per_node();
    nodes += at_level;
  }
  return nodes;
}

}  // namespace

TreeModel tree_model(const Kernel& kernel, const Process& process) {
  const PageTableFormat& format = kernel.format();
  TreeModel model{.process = process.id, .summary = {}, .nodes = {}};
  if (!process.running()) {
    model.summary = process.name + " has ended; its table is gone";
    return model;
  }
  // Of a flat table, all frames are one node.
  std::vector<FrameNumber> frames = format.is_flat() ? std::vector{process.root} : process.node_frames;
  std::stable_sort(frames.begin(), frames.end(), [&](FrameNumber a, FrameNumber b) {
    const FrameInfo& left = kernel.frames()[a];
    const FrameInfo& right = kernel.frames()[b];
    if (left.node_level != right.node_level) return left.node_level > right.node_level;
    return left.node_first_page < right.node_first_page;
  });
  for (const FrameNumber frame : frames) model.nodes.push_back(node_of(kernel, process, frame));
  for (TreeNode& node : model.nodes) {
    for (TreeEntry& entry : node.entries) {
      if (node.level == 0 || !entry.frame) continue;
      for (std::size_t i = 0; i < model.nodes.size(); ++i) {
        if (model.nodes[i].frame == *entry.frame && model.nodes[i].level + 1 == node.level) entry.child = i;
      }
    }
  }
  if (format.is_flat()) {
    model.summary = process.name + "'s table is flat: one node of " +
                    group_digits(format.entries_per_node()) + " entries, " +
                    group_digits(model.nodes.front().entries.size()) + " of them in use";
    return model;
  }
  model.summary = process.name + "'s table: " + group_digits(frames.size()) + " of " +
                  group_digits(possible_nodes(format)) + " possible nodes exist";
  return model;
}

}  // namespace vmp
