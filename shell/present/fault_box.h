// The fault anatomy: what was attempted, the checks the hardware made in their order with the bit that
// decided, what the kernel did about it, and what the program saw. Rebuilt from the entries the walker read,
// because the kernel may have changed them since.
#pragma once

#include "shell/present/attempt.h"
#include "shell/present/walk_diagram.h"

namespace vmp {

FaultBox fault_box(const StepRecord& record, const Attempt& attempt, const Process& process,
                   const Kernel& kernel);

// The checks of a faulting walk, one row an entry.
std::vector<CheckRow> check_rows(const PageTableFormat& format, const Attempt& attempt, const Fault& fault);

}  // namespace vmp
