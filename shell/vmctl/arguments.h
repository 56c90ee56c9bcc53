// Arguments that several subcommands take.
#pragma once

#include <CLI/CLI.hpp>

namespace vmctl {

// A policy's name as scenarios write it, in upper or lower case.
CLI::Validator policy_name();
// The recording to read, and how it is written.
void add_recording(CLI::App& command, std::string& file, std::string& format);

}  // namespace vmctl
