#include "core/hw/pte.h"

namespace vmp {

std::string to_string(Permissions permissions) {
  return {permissions.read ? 'r' : '-', permissions.write ? 'w' : '-', permissions.execute ? 'x' : '-'};
}

}  // namespace vmp
