// The page table of a process as the tree it is: the nodes that exist.
#pragma once

#include <string>
#include <vector>

#include "core/os/kernel.h"

namespace vmp {

// A node of one process's page table, with the entries in it that are not zero.
struct TreeEntry {
  std::uint64_t index = 0;
  PhysicalAddress address;
  std::string text;                  // "[767] stack", "[3] data"
  std::optional<FrameNumber> frame;  // the node or page it points at
  std::optional<SwapSlot> slot;      // or where the page was put
  std::optional<std::size_t> child;  // index into TreeModel::nodes
  PageNumber first_page;
};
struct TreeNode {
  std::uint32_t level = 0;
  FrameNumber frame;
  std::vector<TreeEntry> entries;
};
struct TreeModel {
  ProcessId process;
  std::string summary;          // "B's table: 3 of 1,025 possible nodes exist"
  std::vector<TreeNode> nodes;  // parents before children, the root first
};
TreeModel tree_model(const Kernel& kernel, const Process& process);

}  // namespace vmp
