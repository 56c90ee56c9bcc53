// A swap device that fails on purpose: the nth read or write, once or from then on. It stands before any
// other backend and passes on what it lets through, so that every way a kernel can be let down by a device is
// a setting of the machine. A failed transfer changes no byte on either side.
#pragma once

#include "core/os/machine_config.h"
#include "core/os/swap_backend.h"

namespace vmp {

class FaultySwap final : public SwapBackend {
 public:
  FaultySwap(std::unique_ptr<SwapBackend> device, DeviceFailure reads, DeviceFailure writes)
      : m_device(std::move(device)), m_reads{reads}, m_writes{writes} {}
  FaultySwap(const FaultySwap& other)
      : m_device(other.m_device->clone()), m_reads(other.m_reads), m_writes(other.m_writes) {}
  FaultySwap& operator=(const FaultySwap&) = delete;

  std::unique_ptr<SwapBackend> clone() const override { return std::make_unique<FaultySwap>(*this); }
  std::string_view name() const override { return "faulty"; }
  std::uint32_t slot_count() const override { return m_device->slot_count(); }
  std::optional<DeviceError> write(SwapSlot slot, const PageBytes& bytes) override;
  std::optional<DeviceError> read(SwapSlot slot, PageBytes& bytes) override;
  const PageBytes& peek(SwapSlot slot) const override { return m_device->peek(slot); }
  void discard(SwapSlot slot) override { m_device->discard(slot); }
  std::uint64_t hash() const override;

 private:
  struct Counted {
    DeviceFailure failure;
    std::uint64_t done = 0;  // transfers asked for so far

    // Counts one more; true if it must fail.
    bool next_fails();
  };

  std::unique_ptr<SwapBackend> m_device;
  Counted m_reads;
  Counted m_writes;
};

}  // namespace vmp
