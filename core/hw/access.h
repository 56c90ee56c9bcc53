// What a program asks of memory.
#pragma once

#include "core/base/ids.h"

namespace vmp {

// Who asks: a program, or the kernel on its own account.
enum class Privilege : std::uint8_t { User, Supervisor };

enum class AccessKind : std::uint8_t { Read, Write, Execute };

struct Access {
  AccessKind kind = AccessKind::Read;
  VirtualAddress address;
  std::uint32_t size = 4;                 // bytes: 1, 2, 4 or 8
  std::uint64_t value = 0;                // what a write stores
  Privilege privilege = Privilege::User;  // Supervisor: the kernel, on the process's behalf

  constexpr bool operator==(const Access&) const = default;
};

}  // namespace vmp
