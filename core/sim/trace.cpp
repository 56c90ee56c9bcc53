#include "core/sim/trace.h"

#include "core/base/hash.h"

namespace vmp {

std::uint64_t Trace::digest_of(const std::vector<TraceReference>& references) {
  Hasher hasher;
  hasher.add(static_cast<std::uint64_t>(references.size()));
  for (const TraceReference& reference : references) {
    hasher.add(reference.address());
    hasher.add(static_cast<std::uint64_t>(reference.kind()));
  }
  return hasher.value();
}

}  // namespace vmp
