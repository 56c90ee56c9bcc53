// LRU for every number of frames at once (Mattson, Gecsei, Slutz, Traiger: "Evaluation techniques for storage
// hierarchies", IBM Systems Journal 9(2), 1970). LRU keeps its pages in one stack, the last used on top, and
// N frames hold the top N: a reference is a hit exactly if its page lies at most N deep. So counting depths,
// the stack distances, in one pass gives the miss-ratio curve.
//
// The stack is not moved about: a page's place is the time of its last use, and its depth the number of
// places taken since, which a Fenwick tree counts in logarithmic time.
#pragma once

#include <cstdint>
#include <vector>

namespace vmp {

class StackDistances {
 public:
  // Pages are small consecutive numbers.
  void reference(std::uint32_t page);

  std::uint64_t references() const { return m_references; }
  // Faults of LRU with that many frames, first uses included.
  std::uint64_t faults(std::uint64_t frames) const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;

  void add(std::uint32_t place, std::int32_t change);
  std::uint32_t taken_up_to(std::uint32_t place) const;
  void make_places();

  std::vector<std::uint32_t> m_place_of;  // by page
  std::vector<std::uint32_t> m_page_at;   // by place; kNone: the page was used again since
  std::vector<std::uint32_t> m_tree;      // Fenwick tree over the places taken
  std::uint32_t m_next_place = 0;
  std::uint32_t m_pages = 0;
  std::vector<std::uint64_t> m_at_depth;  // references by depth, from 0
  std::uint64_t m_references = 0;
};

}  // namespace vmp
