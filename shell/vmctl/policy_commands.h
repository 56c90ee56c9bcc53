// The subcommands about replacement policies and nothing else: compare, differ, belady.
#pragma once

#include <CLI/CLI.hpp>

namespace vmctl {

void add_compare(CLI::App& app, int& status);
void add_differ(CLI::App& app, int& status);
void add_belady(CLI::App& app, int& status);

}  // namespace vmctl
