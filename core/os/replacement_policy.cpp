#include "core/os/replacement_policy.h"

#include "core/os/policies/clock.h"
#include "core/os/policies/fifo.h"
#include "core/os/policies/lru.h"

namespace vmp {

std::unique_ptr<ReplacementPolicy> make_policy(PolicyKind kind, std::uint64_t frames) {
  switch (kind) {
    case PolicyKind::Fifo:
      return std::make_unique<FifoPolicy>(frames);
    case PolicyKind::Lru:
      return std::make_unique<LruPolicy>(frames);
    case PolicyKind::Clock:
      return std::make_unique<ClockPolicy>(frames);
  }
  return nullptr;
}

}  // namespace vmp
