// What may be different in another future: the machine, for all steps from the start on, or the steps from
// here on. Each choice is a whole future, ready to be made.
#pragma once

#include "shell/present/branches.h"

namespace vmp {

struct BranchChoice {
  std::string section;  // "Another machine"
  std::string row;      // "Replacement"; empty: it has a line of its own
  std::string label;    // "LRU"
  std::string name;     // of that future: empty if its machine tells
  MachineConfig config;
  std::vector<Step> steps;
  Fork fork;
  std::optional<std::size_t> kept;  // the index of a future that was left
};

// `left`: the futures that were left behind, as step lists.
std::vector<BranchChoice> branch_choices(const Timeline& timeline,
                                         const std::vector<std::vector<Step>>& left);

}  // namespace vmp
