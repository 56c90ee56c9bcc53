// Making a scenario of an executable file someone opened: a machine with its processor's page tables, and a
// process that has just been started with it.
#pragma once

#include <string>

#include "core/sim/scenario.h"

namespace vmp {

// A name that can stand for the file in a scenario: what has no place in one word is '_'.
std::string word_for_file(std::string_view name);

// The scenario, or the reason why the file cannot be loaded. It names the file by word_for_file(name).
Result<Scenario, std::string> scenario_of_elf(const std::string& name, const FileBytes& bytes);

}  // namespace vmp
