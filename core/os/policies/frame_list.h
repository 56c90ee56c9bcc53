// A doubly linked list of frames, each at most once, with every operation in constant time: the queue or ring
// behind the simple policies. Links are indexed by frame number.
#pragma once

#include <optional>
#include <vector>

#include "core/base/hash.h"
#include "core/base/ids.h"

namespace vmp {

class FrameList {
 public:
  explicit FrameList(std::uint64_t frames);

  bool contains(FrameNumber frame) const { return m_links[frame.value()].listed; }
  std::optional<FrameNumber> front() const { return as_optional(m_front); }
  std::optional<FrameNumber> back() const { return as_optional(m_back); }
  std::optional<FrameNumber> after(FrameNumber frame) const {
    return as_optional(m_links[frame.value()].next);
  }
  std::optional<FrameNumber> before(FrameNumber frame) const {
    return as_optional(m_links[frame.value()].previous);
  }
  std::uint64_t size() const { return m_size; }

  void push_back(FrameNumber frame);
  void erase(FrameNumber frame);
  void move_to_back(FrameNumber frame) {
    if (frame.value() == m_back) return;
    erase(frame);
    push_back(frame);
  }
  // Moves everything up to and including `frame` behind the rest, in order.
  void rotate_past(FrameNumber frame);

  std::vector<FrameNumber> frames() const;
  void hash_into(Hasher& hasher) const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
  struct Links {
    std::uint32_t previous = kNone;
    std::uint32_t next = kNone;
    bool listed = false;
  };

  static std::optional<FrameNumber> as_optional(std::uint32_t index) {
    return index == kNone ? std::nullopt : std::optional(FrameNumber(index));
  }

  std::vector<Links> m_links;
  std::uint32_t m_front = kNone;
  std::uint32_t m_back = kNone;
  std::uint64_t m_size = 0;
};

}  // namespace vmp
