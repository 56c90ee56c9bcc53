#include "core/os/policy_kind.h"

#include "core/base/enum_names.h"

namespace vmp {
namespace {

constexpr EnumNames<kPolicyKinds> kPolicyNames{"fifo",    "lru",   "clock",  "mru",     "nru",
                                               "aging",   "lfu",   "random", "optimal", "working-set",
                                               "wsclock", "linux", "arc",    "sieve",   "clock-ref0"};

}  // namespace

std::string_view name_of(PolicyKind kind) {
  return name_in(kPolicyNames, kind);
}

std::optional<PolicyKind> policy_named(std::string_view name) {
  return value_named<PolicyKind>(kPolicyNames, name);
}

std::string policy_names() {
  std::string names(kPolicyNames.front());
  for (std::size_t i = 1; i < kPolicyKinds; ++i) {
    names.append(i + 1 == kPolicyKinds ? " or " : ", ").append(kPolicyNames[i]);
  }
  return names;
}

}  // namespace vmp
