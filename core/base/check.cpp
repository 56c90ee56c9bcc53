#include "core/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace vmp {

void check_failed(const char* what) {
  std::fprintf(stderr, "internal error: %s\n", what);
  std::abort();
}

}  // namespace vmp
