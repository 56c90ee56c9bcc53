#include "core/os/faulty_swap.h"

namespace vmp {

bool FaultySwap::Counted::next_fails() {
  ++done;
  return failure.nth != 0 && (done == failure.nth || (failure.forever && done > failure.nth));
}

std::optional<DeviceError> FaultySwap::write(SwapSlot slot, const PageBytes& bytes) {
  if (m_writes.next_fails()) return DeviceError{DeviceError::Kind::Output, slot};
  return m_device->write(slot, bytes);
}

std::optional<DeviceError> FaultySwap::read(SwapSlot slot, PageBytes& bytes) {
  if (m_reads.next_fails()) return DeviceError{DeviceError::Kind::Input, slot};
  return m_device->read(slot, bytes);
}

std::uint64_t FaultySwap::hash() const {
  Hasher hasher;
  hasher.add(m_device->hash());
  hasher.add(m_reads.done);
  hasher.add(m_writes.done);
  return hasher.value();
}

}  // namespace vmp
