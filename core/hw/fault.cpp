#include "core/hw/fault.h"

#include "core/base/enum_names.h"

namespace vmp {
namespace {

constexpr EnumNames<15> kNames{"non-canonical",
                               "not-present",
                               "supervisor-only",
                               "read-forbidden",
                               "write-forbidden",
                               "execute-forbidden",
                               "write-without-read",
                               "reserved-bits",
                               "pointer-at-last-level",
                               "misaligned-superpage",
                               "table-outside-memory",
                               "frame-outside-memory",
                               "user-page",
                               "accessed-clear",
                               "dirty-clear"};

}  // namespace

std::string_view name_of(FaultKind kind) {
  return name_in(kNames, kind);
}

std::optional<FaultKind> fault_kind_named(std::string_view name) {
  return value_named<FaultKind>(kNames, name);
}

}  // namespace vmp
