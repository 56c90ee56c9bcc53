// The TLBs of one processor: one for everything, or one for instructions and one for data, which then fill
// and forget separately but are invalidated together.
//
// The kernel's orders to forget pass through here, and here they can be lost: a machine may be built to show
// what happens when a kernel forgets to flush.
#pragma once

#include "core/hw/access.h"
#include "core/hw/tlb.h"

namespace vmp {

class TlbUnits {
 public:
  enum class KernelOrders : std::uint8_t { Obeyed, Lost };

  TlbUnits(const TlbConfig& data, const std::optional<TlbConfig>& instructions, KernelOrders orders,
           std::uint64_t seed)
      : m_data(data, seed), m_orders(orders) {
    if (instructions) m_instructions.emplace(*instructions, seed + 1);
  }

  Tlb& unit_for(AccessKind access) {
    return m_instructions && access == AccessKind::Execute ? *m_instructions : m_data;
  }
  const Tlb& data() const { return m_data; }
  const Tlb* instructions() const { return m_instructions ? &*m_instructions : nullptr; }
  std::uint64_t hits() const { return m_data.hits() + (m_instructions ? m_instructions->hits() : 0); }
  std::uint64_t misses() const { return m_data.misses() + (m_instructions ? m_instructions->misses() : 0); }
  bool kernel_orders_are_lost() const { return m_orders == KernelOrders::Lost; }

  // The kernel's orders; how many entries went.
  std::uint32_t invalidate(Asid asid, PageNumber page) {
    return ordered([&](Tlb& tlb) { return tlb.invalidate(asid, page); });
  }
  std::uint32_t invalidate_asid(Asid asid) {
    return ordered([&](Tlb& tlb) { return tlb.invalidate_asid(asid); });
  }
  std::uint32_t flush() {
    return ordered([](Tlb& tlb) { return tlb.flush(); });
  }
  // By hand: nothing gets lost.
  template <class Order>
  std::uint32_t by_hand(Order order) {
    return order(m_data) + (m_instructions ? order(*m_instructions) : 0);
  }

  void hash_into(Hasher& hasher) const {
    m_data.hash_into(hasher);
    if (m_instructions) m_instructions->hash_into(hasher);
  }

 private:
  template <class Order>
  std::uint32_t ordered(Order order) {
    return kernel_orders_are_lost() ? 0 : by_hand(order);
  }

  Tlb m_data;
  std::optional<Tlb> m_instructions;
  KernelOrders m_orders;
};

}  // namespace vmp
