// The files the tests read, by their paths from the repository's root, where every test program is run.
#pragma once

#include <string>
#include <vector>

#include "core/sim/scenario.h"

namespace test_support {

// The bytes of a file; a test fails if it is not there.
std::string read_file(const std::string& path);
// The names of the files in a folder that end in `suffix`, sorted, without folder and suffix.
std::vector<std::string> files_in(const std::string& folder, const std::string& suffix);

// The traces in assets/traces.
std::shared_ptr<const vmp::Trace> shipped_trace(std::string_view name);
// A lesson of assets/scenarios; a test fails if it cannot be parsed.
vmp::Scenario shipped_scenario(const std::string& name);
std::string shipped_scenario_text(const std::string& name);

}  // namespace test_support
