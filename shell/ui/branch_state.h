// The window in which a fork of the timeline is chosen, and the one that shows both futures.
#pragma once

#include "shell/present/branch_choices.h"

namespace vmp::ui {

struct BranchState {
  std::vector<BranchChoice> choices;  // while the first is open
  bool choosing = false;
  std::size_t choice = 0;            // the one the keyboard is on
  bool keyboard = false;             // it was used last: the choice is marked
  std::optional<BranchModel> model;  // while the second is to be shown
  bool comparing = false;
};

}  // namespace vmp::ui
