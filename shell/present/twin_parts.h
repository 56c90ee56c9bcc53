// The sections of the twin, one file or a part of one each; twin.cpp puts them in order.
#pragma once

#include <string_view>

#include "shell/present/fill.h"
#include "shell/present/twin.h"

namespace vmp::twin {

TwinSection controls_section(const Model& model, const TwinState& state);
TwinSection setup_section(const TwinState& state);
TwinSection help_section();

TwinSection branch_section(const TwinState& state);
TwinSection futures_section(const BranchModel& both);
TwinSection prediction_section(const TwinState& state);

TwinSection lesson_section(const Model& model);
TwinSection step_section(const Model& model, const TwinState& state);
TwinSection walk_section(const Model& model);
TwinSection fault_section(const Model& model);
TwinSection log_section(const Model& model, const TwinState& state);

TwinSection processes_section(const Model& model, const TwinState& state);
// The pages of one process: one by one, or in clusters.
void add_pages(const Model& model, const TwinState& state, const Process& process, TwinSection& section);

TwinSection memory_section(const Model& model, const TwinState& state);
TwinSection swap_section(const Model& model, const TwinState& state);
TwinSection policy_section(const Model& model);
TwinSection tlb_section(const Model& model);
TwinSection tree_section(const Model& model, const TwinState& state);

TwinControl button(std::string id, std::string_view label, std::string_view command,
                   std::string argument = {});
TwinBlock text(std::string id, std::string words, TwinTone tone = TwinTone::Plain);

// Where the part of a long table that is shown begins, and the buttons to the others.
std::uint64_t first_of(const TwinState& state, const std::string& table, std::uint64_t count);
std::vector<TwinControl> pager(const std::string& table, std::uint64_t first, std::uint64_t count);

}  // namespace vmp::twin
