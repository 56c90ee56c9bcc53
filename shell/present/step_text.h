// Steps in words: what is about to happen, before it has. What did happen is told by core/sim/narrate.
#pragma once

#include <string>

#include "core/sim/timeline.h"

namespace vmp {

// "B reads 4 bytes at 0x00403A2C", "A forks, the child is called B".
std::string describe_step(const Step& step, const PageTableFormat& format);
// "reads 4 bytes at 0x00403A2C".
std::string describe_access(const Access& access, const PageTableFormat& format);

}  // namespace vmp
