// A memory trace: the references of a real program, in order, packed to 8 bytes each.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/hw/access.h"

namespace vmp {

class TraceReference {
 public:
  constexpr TraceReference(AccessKind kind, VirtualAddress address)
      : m_packed(address.value() << 2 | static_cast<std::uint64_t>(kind)) {}
  constexpr AccessKind kind() const { return static_cast<AccessKind>(m_packed & 3); }
  constexpr VirtualAddress address() const { return VirtualAddress(m_packed >> 2); }
  constexpr bool operator==(const TraceReference&) const = default;

 private:
  std::uint64_t m_packed;  // address in the upper 62 bits, kind in the lower 2
};
inline constexpr std::uint64_t kHighestTraceAddress = ~std::uint64_t{0} >> 2;

struct Trace {
  std::string name;
  std::vector<TraceReference> references;
  std::uint64_t digest = 0;  // of the references: two traces of one name and digest are the same trace

  static std::uint64_t digest_of(const std::vector<TraceReference>& references);
};

}  // namespace vmp
