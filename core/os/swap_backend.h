// Where pages go when RAM is short. The contents of the slots are part of the machine; a real file or browser
// storage stands behind the same interface as a mirror that is written through. To write a backend of your
// own, derive from SwapBackend, keep one page of bytes a slot, and report a device's refusal as a
// DeviceError: the kernel then leaves the page where it was.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/base/page_store.h"

namespace vmp {

struct DeviceError {
  enum class Kind : std::uint8_t { Input, Output, Full };
  Kind kind;
  SwapSlot slot;
};

class SwapBackend {
 public:
  virtual ~SwapBackend() = default;
  virtual std::unique_ptr<SwapBackend> clone() const = 0;
  virtual std::string_view name() const = 0;
  virtual std::uint32_t slot_count() const = 0;
  // The error, or nothing when the transfer is complete.
  virtual std::optional<DeviceError> write(SwapSlot slot, const PageBytes& bytes) = 0;
  virtual std::optional<DeviceError> read(SwapSlot slot, PageBytes& bytes) = 0;
  // The bytes without a transfer: what a person looking at the device would see.
  virtual const PageBytes& peek(SwapSlot slot) const = 0;
  virtual void discard(SwapSlot slot) = 0;
  virtual std::uint64_t hash() const = 0;
};

}  // namespace vmp
