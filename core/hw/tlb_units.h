// What one processor remembers of the page tables: one TLB for everything, or one for instructions and one
// for data, which then fill and forget separately but are invalidated together; and the walk cache behind
// them, if it has one.
//
// The kernel's orders to forget pass through here, and here they can be lost: a machine may be built to show
// what happens when a kernel forgets to flush.
#pragma once

#include "core/hw/access.h"
#include "core/hw/tlb.h"
#include "core/hw/walk_cache.h"

namespace vmp {

// How many entries an order dropped.
struct Dropped {
  std::uint32_t translations = 0;
  std::uint32_t pointers = 0;  // of the walk cache
  constexpr bool operator==(const Dropped&) const = default;
};

class TlbUnits {
 public:
  enum class KernelOrders : std::uint8_t { Obeyed, Lost };
  // What an order to forget one page does to the walk cache (walk_cache.h).
  enum class PageOrders : std::uint8_t { DropPointers, SparePointers };
  struct Config {
    TlbConfig data;
    std::optional<TlbConfig> instructions = {};
    std::uint32_t walk_cache_entries = 0;
    PageOrders page_orders = PageOrders::DropPointers;
    KernelOrders orders = KernelOrders::Obeyed;
  };

  explicit TlbUnits(const Config& config, std::uint64_t seed = 1)
      : m_data(config.data, seed),
        m_walk_cache(config.walk_cache_entries),
        m_page_orders(config.page_orders),
        m_orders(config.orders) {
    if (config.instructions) m_instructions.emplace(*config.instructions, seed + 1);
  }

  Tlb& unit_for(AccessKind access) {
    return m_instructions && access == AccessKind::Execute ? *m_instructions : m_data;
  }
  const Tlb& data() const { return m_data; }
  const Tlb* instructions() const { return m_instructions ? &*m_instructions : nullptr; }
  WalkCache& walk_cache() { return m_walk_cache; }
  const WalkCache& walk_cache() const { return m_walk_cache; }
  std::uint64_t hits() const { return m_data.hits() + (m_instructions ? m_instructions->hits() : 0); }
  std::uint64_t misses() const { return m_data.misses() + (m_instructions ? m_instructions->misses() : 0); }
  bool kernel_orders_are_lost() const { return m_orders == KernelOrders::Lost; }

  // Who gives an order: the kernel, whose orders may get lost, or a person, whose do not.
  enum class By : std::uint8_t { Kernel, Hand };
  Dropped invalidate(Asid asid, PageNumber page, By by = By::Kernel) {
    return order(
        by, [&](Tlb& tlb) { return tlb.invalidate(asid, page); },
        [&](WalkCache& cache) {
          return m_page_orders == PageOrders::DropPointers ? cache.invalidate_asid(asid) : 0;
        });
  }
  Dropped invalidate_asid(Asid asid, By by = By::Kernel) {
    return order(
        by, [&](Tlb& tlb) { return tlb.invalidate_asid(asid); },
        [&](WalkCache& cache) { return cache.invalidate_asid(asid); });
  }
  Dropped flush(By by = By::Kernel) {
    return order(
        by, [](Tlb& tlb) { return tlb.flush(); }, [](WalkCache& cache) { return cache.flush(); });
  }

  void hash_into(Hasher& hasher) const {
    m_data.hash_into(hasher);
    if (m_instructions) m_instructions->hash_into(hasher);
    m_walk_cache.hash_into(hasher);
  }

 private:
  template <class TlbOrder, class CacheOrder>
  Dropped order(By by, TlbOrder tlb_order, CacheOrder cache_order) {
    if (by == By::Kernel && kernel_orders_are_lost()) return {};
    return {.translations = tlb_order(m_data) + (m_instructions ? tlb_order(*m_instructions) : 0),
            .pointers = cache_order(m_walk_cache)};
  }

  Tlb m_data;
  std::optional<Tlb> m_instructions;
  WalkCache m_walk_cache;
  PageOrders m_page_orders;
  KernelOrders m_orders;
};

}  // namespace vmp
