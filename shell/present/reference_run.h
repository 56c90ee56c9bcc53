// The references of a timeline, of its accesses and its recordings, read in slices: which page each names,
// and how large each process's working set is after every step (Denning: W(t, window), the pages among its
// last `window` references). Pages of different processes count apart. An access that ended in a signal names
// no page.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/sim/next_use.h"
#include "core/sim/timeline.h"

namespace vmp {

class ReferenceRun {
 public:
  explicit ReferenceRun(const Timeline& timeline);

  // Equal for timelines whose references are the same.
  static std::uint64_t identity_of(const Timeline& timeline);

  // Reads about so many references; true while there are more.
  bool advance(std::uint64_t references);
  bool finished() const { return m_item == m_items.size(); }
  std::uint64_t total() const { return m_total; }

  // The pages referenced so far, numbered from 0, and which references write.
  const std::vector<std::uint32_t>& pages() const { return m_pages; }
  const std::vector<bool>& writes() const { return m_writes; }
  std::uint32_t distinct_pages() const { return m_numbering.size(); }

  // After so many steps; kNotRead if they have not been read yet.
  struct WorkingSets {
    std::string process;
    std::vector<std::uint64_t> sizes;  // by position, from 0
  };
  static constexpr std::uint64_t kNotRead = ~std::uint64_t{0};
  const std::vector<WorkingSets>& working_sets() const { return m_sets; }

 private:
  // One access, or one slice of a recording.
  struct Item {
    std::size_t step = 0;
    std::size_t process = 0;
    std::shared_ptr<const Trace> trace;  // null: the pages are `first` and, if it crosses into it, the next
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    bool write = false;
  };
  struct Window {
    std::deque<std::uint32_t> pages;
    std::unordered_map<std::uint32_t, std::uint64_t> uses;  // looked up only, never walked through
  };

  std::size_t process_named(std::string_view name);
  void take(const Item& item, std::uint64_t index);
  void close_item(const Item& item);

  std::uint64_t m_window;
  std::size_t m_positions;
  std::vector<Item> m_items;
  std::size_t m_item = 0;
  std::uint64_t m_index = 0;  // within the item
  std::size_t m_closed = 0;   // positions whose working sets are known
  std::uint64_t m_total = 0;
  PageNumbering m_numbering;
  std::vector<std::uint32_t> m_pages;
  std::vector<bool> m_writes;
  std::vector<WorkingSets> m_sets;
  std::vector<Window> m_windows;  // by process, as m_sets
};

}  // namespace vmp
