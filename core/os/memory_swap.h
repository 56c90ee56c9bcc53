// A swap device made of memory: it never fails.
#pragma once

#include "core/os/swap_backend.h"

namespace vmp {

class MemorySwap final : public SwapBackend {
 public:
  explicit MemorySwap(std::uint32_t slots) : m_slots(slots) {}

  std::unique_ptr<SwapBackend> clone() const override { return std::make_unique<MemorySwap>(*this); }
  std::string_view name() const override { return "memory"; }
  std::uint32_t slot_count() const override { return static_cast<std::uint32_t>(m_slots.size()); }
  std::optional<DeviceError> write(SwapSlot slot, const PageBytes& bytes) override {
    m_slots.write(slot.value(), bytes);
    return std::nullopt;
  }
  std::optional<DeviceError> read(SwapSlot slot, PageBytes& bytes) override {
    bytes = m_slots.read(slot.value());
    return std::nullopt;
  }
  const PageBytes& peek(SwapSlot slot) const override { return m_slots.read(slot.value()); }
  void discard(SwapSlot slot) override { m_slots.zero(slot.value()); }
  std::uint64_t hash() const override { return m_slots.hash(); }

 private:
  PageStore m_slots;
};

}  // namespace vmp
