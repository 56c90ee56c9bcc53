// Which pages have not been referenced since they came. The reference that brings a page in is its arrival;
// only later ones are hits, and the policies that count hits must tell the two apart.
#pragma once

#include <vector>

#include "core/base/ids.h"

namespace vmp {

class Newcomers {
 public:
  explicit Newcomers(std::uint64_t frames) : m_new(static_cast<std::size_t>(frames)) {}

  void arrived(FrameNumber frame) { m_new[static_cast<std::size_t>(frame.value())] = true; }
  bool contains(FrameNumber frame) const { return m_new[static_cast<std::size_t>(frame.value())]; }
  // A reference to `frame`: true if it is a hit, false if it is the one that brought the page in.
  bool hit(FrameNumber frame) {
    if (!contains(frame)) return true;
    m_new[static_cast<std::size_t>(frame.value())] = false;
    return false;
  }

 private:
  std::vector<bool> m_new;
};

}  // namespace vmp
