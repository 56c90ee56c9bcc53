// Of the twin: what the processor remembers, and the page table as the tree it is.
#include <algorithm>

#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/twin_parts.h"

namespace vmp::twin {
namespace {

constexpr std::string_view kTlb = "Translation lookaside buffer (TLB)";
constexpr std::string_view kTlbTable = "Entries of the TLB in use";
constexpr std::string_view kInstructionTable = "Entries of the TLB for instructions in use";
constexpr std::string_view kTlbName = "set {0}, way {1}";
constexpr std::string_view kDirty = "dirty";
constexpr std::string_view kWalkCache = "Walk cache";
constexpr std::string_view kTree = "Page table";
constexpr std::string_view kTreeList = "The nodes that exist, and their entries";
constexpr std::string_view kNode = "{0} in frame {1}, entries in use: {2}";
constexpr std::string_view kRoot = "root node";
constexpr std::string_view kInner = "node of level {0}";
constexpr std::string_view kToFrame = "{0}: frame {1}";
constexpr std::string_view kToSlot = "{0}: swap slot {1}";
constexpr std::string_view kToNowhere = "{0}: no page";
constexpr std::string_view kEarlier = "Previous entries of the node in frame {0}";
constexpr std::string_view kLater = "Next entries of the node in frame {0}: {1} more";
constexpr std::string_view kUnlisted = "this node and what is below it are not listed here";

constexpr std::size_t kMostNodes = 64;
constexpr std::uint64_t kEntries = 32;  // of a node, at a time

void add_tlb(const TlbModel& tlb, TwinSection& section) {
  const bool instructions = tlb.unit == TlbUnit::Instructions;
  const std::string id = instructions ? "tlb-instructions" : "tlb";
  section.blocks.push_back(text(id + "-summary", tlb.summary, TwinTone::Dim));
  TwinTable table{.caption = std::string(instructions ? kInstructionTable : kTlbTable),
                  .columns = {"Place", "Process", "Page", "Frame", "Permissions", "Dirty"},
                  .rows = {}};
  for (const TlbRow& row : tlb.rows) {
    if (!row.valid) continue;
    if (table.rows.size() >= kTwinRows * 4) break;
    table.rows.push_back(
        {.cells = {fill(kTlbName, {std::to_string(row.set), std::to_string(row.way)}), row.owner, row.page,
                   row.frame, row.permissions, row.dirty ? std::string(kDirty) : ""},
         .hue = row.hue});
  }
  if (!table.rows.empty()) section.blocks.push_back({id + "-rows", std::move(table)});
}

class TreeItems {
 public:
  TreeItems(const TreeModel& tree, const TwinState& state) : m_tree(tree), m_state(state) {}

  TwinItem node(std::size_t index) {
    ++m_listed;
    const TreeNode& node = m_tree.nodes[index];
    const std::string frame = hex_frame(node.frame);
    const std::string name = index == 0 ? std::string(kRoot) : fill(kInner, {std::to_string(node.level)});
    TwinItem item{.who = {}, .text = fill(kNode, {name, frame, group_digits(node.entries.size())})};
    const std::string key = "node-" + frame;
    const std::uint64_t count = node.entries.size();
    const auto found = m_state.first.find(key);
    const std::uint64_t first =
        found == m_state.first.end() || count <= kEntries ? 0 : std::min(found->second, count - 1);
    const std::uint64_t last = std::min(count, first + kEntries);
    if (first > 0)
      item.items.push_back(
          pages(key + "-earlier", fill(kEarlier, {frame}), key, first - std::min(first, kEntries)));
    for (std::uint64_t i = first; i < last; ++i) item.items.push_back(entry(node.entries[i]));
    if (last < count)
      item.items.push_back(
          pages(key + "-later", fill(kLater, {frame, group_digits(count - last)}), key, last));
    return item;
  }

 private:
  static TwinItem pages(std::string id, const std::string& label, const std::string& key,
                        std::uint64_t first) {
    TwinItem item;
    item.control = button(std::move(id), label, "rows", key + " " + std::to_string(first));
    return item;
  }

  TwinItem entry(const TreeEntry& entry) {
    TwinItem item;
    if (entry.frame) {
      item.text = fill(kToFrame, {entry.text, hex_frame(*entry.frame)});
    } else if (entry.slot) {
      item.text = fill(kToSlot, {entry.text, std::to_string(entry.slot->value())});
    } else {
      item.text = fill(kToNowhere, {entry.text});
    }
    if (!entry.child) return item;
    if (m_listed < kMostNodes) {
      item.items.push_back(node(*entry.child));
    } else {
      item.items.push_back({.who = {}, .text = std::string(kUnlisted)});
    }
    return item;
  }

  const TreeModel& m_tree;
  const TwinState& m_state;
  std::size_t m_listed = 0;
};

}  // namespace

TwinSection tlb_section(const Model& model) {
  TwinSection section{.id = "tlb", .title = std::string(kTlb)};
  for (const TlbModel& tlb : model.tlbs) {
    if (!tlb.rows.empty()) add_tlb(tlb, section);
  }
  const WalkCacheModel& cache = model.walk_cache;
  if (cache.rows.empty()) return section;
  section.blocks.push_back(text("walk-cache-summary", cache.summary, TwinTone::Dim));
  TwinTable table{.caption = std::string(kWalkCache),
                  .columns = {"Addresses", "Process", "Level", "Node in frame"},
                  .rows = {}};
  for (const PointerRow& row : cache.rows) {
    if (row.valid)
      table.rows.push_back({.cells = {row.range, row.owner, row.level, hex_frame(row.node)}, .hue = row.hue});
  }
  if (!table.rows.empty()) section.blocks.push_back({"walk-cache-rows", std::move(table)});
  return section;
}

TwinSection tree_section(const Model& model, const TwinState& state) {
  TwinSection section{.id = "tree", .title = std::string(kTree)};
  section.blocks.push_back(text("tree-summary", model.tree.summary, TwinTone::Dim));
  TreeItems items(model.tree, state);
  TwinList list{.label = std::string(kTreeList), .items = {}};
  list.items.push_back(items.node(0));
  section.blocks.push_back({"tree-list", std::move(list)});
  return section;
}

}  // namespace vmp::twin
