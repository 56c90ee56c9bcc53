#include "core/hw/physical_memory.h"

namespace vmp {

std::uint64_t PhysicalMemory::read_word(PhysicalAddress address, std::uint32_t bytes) const {
  const std::uint64_t offset = offset_of(address);
  check(offset + bytes <= kPageSize, "a physical word must lie within one frame");
  const PageBytes& frame = frame_bytes(frame_of(address));
  std::uint64_t value = 0;
  for (std::uint32_t i = 0; i < bytes; ++i) value |= std::uint64_t{frame[offset + i]} << (8 * i);
  return value;
}

void PhysicalMemory::write_word(PhysicalAddress address, std::uint32_t bytes, std::uint64_t value) {
  const std::uint64_t offset = offset_of(address);
  check(offset + bytes <= kPageSize, "a physical word must lie within one frame");
  PageBytes& frame = m_frames.writable(frame_of(address) - m_first);
  for (std::uint32_t i = 0; i < bytes; ++i) frame[offset + i] = static_cast<std::uint8_t>(value >> (8 * i));
}

std::uint64_t PhysicalMemory::hash() const {
  Hasher hasher;
  hasher.add(m_frames.hash());
  hasher.add(m_stamps.hash());
  return hasher.value();
}

}  // namespace vmp
