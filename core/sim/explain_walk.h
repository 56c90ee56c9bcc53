// One walk of the hardware's, recorded: what explain_walk() and explain_checks() are both read off, so that
// neither can say anything the walk did not do.
#pragma once

#include "core/sim/explain.h"

namespace vmp {

struct RecordedWalk {
  std::vector<PteRead> entries;  // from the root down
  Result<Leaf, Fault> result;
};

// The walk of a running process, on const memory: no flag is set.
RecordedWalk record_walk(const Kernel& kernel, const Process& process, VirtualAddress va, AccessKind access);

}  // namespace vmp
