// The keys of the picture and what they do, as help lists them.
#pragma once

#include <array>
#include <string_view>

namespace vmp {

struct HelpKey {
  std::string_view keys;
  std::string_view what;
};

inline constexpr auto kHelpKeys =
    std::to_array<HelpKey>({{"→  ←", "step forward, step back"},
                            {"space", "play and pause"},
                            {"Home  End", "to the start, to the end"},
                            {"Page ↑  Page ↓", "previous, next checkpoint"},
                            {"+  −", "faster, slower"},
                            {"V", "program sees, machine"},
                            {"0 to 6", "the walk, and the tabs beside it"},
                            {"0 to 9, A to F", "on a byte that was clicked: change it"},
                            {"↑ ↓  , .", "plots: another, along its frames"},
                            {"P", "act on a page (or next process)"},
                            {"R W X U K", "there: read write execute unmap fork"},
                            {"↑ ↓", "there: type the address, the value"},
                            {"O", "open a scenario or a trace"},
                            {"C  S  G", "copy or save the scenario, a picture"},
                            {"L", "choose a lesson"},
                            {":  `", "console: type a command"},
                            {"X", "all of it as text"},
                            {"M", "set up the machine"},
                            {"Z  Y", "another machine: undo, redo"},
                            {"Q", "predict each step; 1 to 5 answer"},
                            {"B", "branch: two futures side by side"},
                            {"T", "dark or light colours"},
                            {"A", "colours, size, motion"},
                            {"?", "this help"},
                            {"Escape", "close what is open"}});

}  // namespace vmp
