// What must hold after every command, whatever it was: the page tables in RAM, the frame table, the swap
// area, the TLB and the processes' counts all tell the same story.
#pragma once

#include <string>
#include <vector>

#include "core/os/kernel.h"

namespace vmp {

// Each broken invariant in a sentence; empty if all hold. After RAM was edited by hand the page tables may
// disagree with the kernel's books, and only the books are compared with one another.
std::vector<std::string> broken_invariants(const Kernel& kernel);

}  // namespace vmp
