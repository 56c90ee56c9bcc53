// Physical memory: the bytes of the simulated RAM, and nothing else. Page-table nodes are frames in here like
// any other.
//
// Beside the bytes stands one number a frame that no real machine keeps: the time of the last access. The
// hardware stamps it on every access, TLB hits included, so that exact LRU can be shown; it is "ideal", no
// kernel can see it.
#pragma once

#include "core/base/page_store.h"

namespace vmp {

class PhysicalMemory {
 public:
  explicit PhysicalMemory(std::uint64_t frames = 0, FrameNumber first = {})
      : m_first(first), m_frames(frames), m_stamps(frames) {}

  std::uint64_t frame_count() const { return m_frames.size(); }
  // Where RAM begins: physical address 0 on a PC, 0x80000000 on most RISC-V boards.
  FrameNumber first_frame() const { return m_first; }
  bool contains(FrameNumber frame) const { return frame - m_first < frame_count(); }
  bool contains(PhysicalAddress address, std::uint64_t bytes) const {
    const std::uint64_t size = frame_count() * kPageSize;
    const std::uint64_t offset = address - address_of(m_first);
    return offset < size && bytes <= size - offset;
  }

  // A little-endian word of 1 to 8 bytes. It must lie in RAM and within one frame.
  std::uint64_t read_word(PhysicalAddress address, std::uint32_t bytes) const;
  void write_word(PhysicalAddress address, std::uint32_t bytes, std::uint64_t value);

  const PageBytes& frame_bytes(FrameNumber frame) const { return m_frames.read(frame - m_first); }
  bool is_zero(FrameNumber frame) const { return m_frames.is_zero(frame - m_first); }
  void write_frame(FrameNumber frame, const PageBytes& bytes) { m_frames.write(frame - m_first, bytes); }
  void zero_frame(FrameNumber frame) { m_frames.zero(frame - m_first); }

  void stamp_access(FrameNumber frame, std::uint64_t time) { m_stamps.mutate(frame - m_first).time = time; }
  std::uint64_t last_access(FrameNumber frame) const { return m_stamps[frame - m_first].time; }

  std::uint64_t hash() const;

 private:
  struct Stamp {
    std::uint64_t time = 0;
    void hash_into(Hasher& hasher) const { hasher.add(time); }
  };

  FrameNumber m_first;
  PageStore m_frames;
  CowArray<Stamp> m_stamps;
};

}  // namespace vmp
