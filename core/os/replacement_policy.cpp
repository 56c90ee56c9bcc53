#include "core/os/replacement_policy.h"

#include "core/os/policies/aging.h"
#include "core/os/policies/arc.h"
#include "core/os/policies/clock.h"
#include "core/os/policies/clock_ref0.h"
#include "core/os/policies/fifo.h"
#include "core/os/policies/lfu.h"
#include "core/os/policies/linux_lists.h"
#include "core/os/policies/lru.h"
#include "core/os/policies/mru.h"
#include "core/os/policies/nru.h"
#include "core/os/policies/optimal.h"
#include "core/os/policies/random.h"
#include "core/os/policies/sieve.h"
#include "core/os/policies/working_set.h"
#include "core/os/policies/wsclock.h"

namespace vmp {

PolicyStructure ReplacementPolicy::structure(const FrameView& /*view*/, const StructureWindow& window) const {
  return {.lists = {list_of(PolicyListId::Order, order(), window)}};
}

std::unique_ptr<ReplacementPolicy> make_policy(PolicyKind kind, std::uint64_t frames,
                                               const PolicySettings& settings) {
  switch (kind) {
    case PolicyKind::Fifo:
      return std::make_unique<FifoPolicy>(frames);
    case PolicyKind::Lru:
      return std::make_unique<LruPolicy>(frames);
    case PolicyKind::Clock:
      return std::make_unique<ClockPolicy>(frames);
    case PolicyKind::Mru:
      return std::make_unique<MruPolicy>(frames);
    case PolicyKind::Nru:
      return std::make_unique<NruPolicy>(frames);
    case PolicyKind::Aging:
      return std::make_unique<AgingPolicy>(frames);
    case PolicyKind::Lfu:
      return std::make_unique<LfuPolicy>(frames);
    case PolicyKind::Random:
      return std::make_unique<RandomPolicy>(frames, settings.seed);
    case PolicyKind::Optimal:
      return std::make_unique<OptimalPolicy>(frames);
    case PolicyKind::WorkingSet:
      return std::make_unique<WorkingSetPolicy>(frames, settings.window);
    case PolicyKind::WsClock:
      return std::make_unique<WsClockPolicy>(frames, settings.window);
    case PolicyKind::Linux:
      return std::make_unique<LinuxListsPolicy>(frames);
    case PolicyKind::Arc:
      return std::make_unique<ArcPolicy>(frames);
    case PolicyKind::Sieve:
      return std::make_unique<SievePolicy>(frames);
    case PolicyKind::ClockRef0:
      break;
  }
  return std::make_unique<ClockRef0Policy>(frames);
}

}  // namespace vmp
