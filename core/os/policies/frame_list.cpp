#include "core/os/policies/frame_list.h"

#include "core/base/check.h"

namespace vmp {

FrameList::FrameList(std::uint64_t frames) : m_links(static_cast<std::size_t>(frames)) {}

void FrameList::push_back(FrameNumber frame) {
  const auto index = static_cast<std::uint32_t>(frame.value());
  Links& links = m_links[index];
  check(!links.listed, "a frame may stand in a policy's list only once");
  links = {.previous = m_back, .next = kNone, .listed = true};
  (m_back == kNone ? m_front : m_links[m_back].next) = index;
  m_back = index;
  ++m_size;
}

void FrameList::erase(FrameNumber frame) {
  Links& links = m_links[frame.value()];
  check(links.listed, "erasing a frame that is not in the policy's list");
  (links.previous == kNone ? m_front : m_links[links.previous].next) = links.next;
  (links.next == kNone ? m_back : m_links[links.next].previous) = links.previous;
  links = Links{};
  --m_size;
}

void FrameList::rotate_past(FrameNumber frame) {
  const auto index = static_cast<std::uint32_t>(frame.value());
  check(m_links[index].listed, "rotating past a frame that is not in the policy's list");
  if (index == m_back) return;
  const std::uint32_t new_front = m_links[index].next;
  m_links[new_front].previous = kNone;
  m_links[index].next = kNone;
  m_links[m_back].next = m_front;
  m_links[m_front].previous = m_back;
  m_front = new_front;
  m_back = index;
}

std::vector<FrameNumber> FrameList::frames() const {
  std::vector<FrameNumber> result;
  for (std::uint32_t i = m_front; i != kNone; i = m_links[i].next) result.emplace_back(i);
  return result;
}

void FrameList::hash_into(Hasher& hasher) const {
  for (std::uint32_t i = m_front; i != kNone; i = m_links[i].next) hasher.add(i);
  hasher.add(kNone);
}

}  // namespace vmp
