// Pages in the order of a number the policy keeps for each: of uses so far, of the next use. Of equal numbers
// the one given earlier comes first. A page moves within the order in logarithmic time.
#pragma once

#include <compare>
#include <set>
#include <vector>

#include "core/base/hash.h"
#include "core/base/ids.h"

namespace vmp {

struct Rank {
  std::uint64_t number = 0;
  std::uint64_t given = 0;  // when, in the policy's own count
  FrameNumber frame;
  constexpr auto operator<=>(const Rank&) const = default;
};

class RankedFrames {
 public:
  explicit RankedFrames(std::uint64_t frames) : m_ranks(static_cast<std::size_t>(frames)) {}

  const Rank& operator[](FrameNumber frame) const { return m_ranks[static_cast<std::size_t>(frame.value())]; }
  const std::set<Rank>& ascending() const { return m_order; }

  void insert(const Rank& rank) {
    place(rank.frame) = rank;
    m_order.insert(rank);
  }
  void erase(FrameNumber frame) { m_order.erase(place(frame)); }
  // The node is moved, not made anew: this runs on every single reference.
  void change(const Rank& rank) {
    auto node = m_order.extract(place(rank.frame));
    place(rank.frame) = rank;
    node.value() = rank;
    m_order.insert(std::move(node));
  }

  void hash_into(Hasher& hasher) const {
    for (const Rank& rank : m_order) {
      hasher.add(rank.frame);
      hasher.add(rank.number);
      hasher.add(rank.given);
    }
  }

 private:
  Rank& place(FrameNumber frame) { return m_ranks[static_cast<std::size_t>(frame.value())]; }

  std::vector<Rank> m_ranks;  // by frame
  std::set<Rank> m_order;
};

}  // namespace vmp
