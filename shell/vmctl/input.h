// Getting scenarios and traces from files, and putting a scenario's machine into the state after its last
// line.
#pragma once

#include <optional>
#include <string>

#include "core/sim/scenario.h"

namespace vmctl {

// Prints "vmctl: ..." to standard error.
void complain(const std::string& what);

// The scenario in `file`; otherwise the reason has been printed.
std::optional<vmp::Scenario> load_scenario(const std::string& file);

// The bytes of `file`; otherwise the reason has been printed.
vmp::FileBytes load_bytes(const std::string& file);

// The scenario's machine before its first command; otherwise the reason has been printed. Its swap device is
// the file given, or made of memory.
std::optional<vmp::Machine> build_machine(const vmp::Scenario& scenario, const std::string& file,
                                          const std::string& swap_file = {});

// The machine after every command of the scenario; otherwise the reason has been printed.
std::optional<vmp::Machine> run_silently(const vmp::Scenario& scenario, const std::string& file);

// The newest process of that name, if it is running; otherwise the reason has been printed.
const vmp::Process* find_running(const vmp::Machine& machine, const std::string& name);

}  // namespace vmctl
