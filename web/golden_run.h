// Runs a built-in scenario inside the page, to compare its end with what the same scenario gives natively:
// the promise that every platform computes the same machine, checked where people actually use it.
#pragma once

#include <string>
#include <string_view>

namespace vmp {

// The final state hash as 16 hex digits, or a sentence that says why there is none.
std::string golden_run(std::string_view scenario);

}  // namespace vmp
