// A swap device that is a real file. The machine keeps the slots' contents itself, so that it can be copied
// and go back in time; the file is a mirror behind it, written through. A transfer is complete only when the
// file has done its part: a full disk or an I/O error is the device's error, and the kernel's to deal with.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/os/swap_backend.h"
#include "shell/swap_file.h"

namespace vmp {

class FileSwap final : public SwapBackend {
 public:
  // Opens or makes the file and gives it room for the slots; what it held before is overwritten page by page.
  // The failure is a sentence for people.
  static Result<std::unique_ptr<SwapBackend>, std::string> open(const std::string& path, std::uint32_t slots);
  // With a file that is open already, and has that many slots.
  FileSwap(std::shared_ptr<SwapFile> file, std::uint32_t slots) : m_file(std::move(file)), m_slots(slots) {}

  std::unique_ptr<SwapBackend> clone() const override;
  std::string_view name() const override { return "file"; }
  std::uint32_t slot_count() const override { return static_cast<std::uint32_t>(m_slots.size()); }
  std::optional<DeviceError> write(SwapSlot slot, const PageBytes& bytes) override;
  std::optional<DeviceError> read(SwapSlot slot, PageBytes& bytes) override;
  const PageBytes& peek(SwapSlot slot) const override { return m_slots.read(slot.value()); }
  void discard(SwapSlot slot) override { m_slots.zero(slot.value()); }
  std::uint64_t hash() const override { return m_slots.hash(); }

 private:
  std::shared_ptr<SwapFile> m_file;  // one for all copies of the machine
  PageStore m_slots;
};

}  // namespace vmp
