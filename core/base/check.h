// check(): states what the surrounding code relies on. A broken check is a bug of ours, never bad input (bad
// input gets a Result), so it stops the program at the place where the mistake is.
#pragma once

namespace vmp {

[[noreturn]] void check_failed(const char* what);

inline void check(bool condition, const char* what) {
  if (!condition) [[unlikely]]
    check_failed(what);
}

}  // namespace vmp
