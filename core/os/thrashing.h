// Does the machine thrash? P. Denning ("Thrashing: its causes and prevention", AFIPS FJCC 1968) named it so:
// when the programs' working sets together need more than there is of RAM, each takes from the others what
// these need next, and all wait for the device.
//
// A kernel cannot see working sets, but it can see pages come back too soon. As in Linux (mm/workingset.c) a
// page that is evicted leaves a mark: how many pages had been evicted by then. If it is needed again (a
// refault) after no more evictions than there are pages in RAM, then with up to twice the memory it would
// have stayed. That is what Linux accounts as thrashing (delayacct, pressure stall information).
//
// The machine is said to thrash from when at least `percent` of the last `window` references refaulted, until
// they are fewer than half of that.
#pragma once

#include <deque>
#include <map>

#include "core/os/frame_table.h"
#include "core/os/segment.h"

namespace vmp {

class Thrashing {
 public:
  enum class Change : std::uint8_t { None, Began, Ended };

  // A window or a percentage of 0: nothing is watched. `most_pages`: that RAM can hold.
  Thrashing(std::uint64_t window, std::uint64_t percent, std::uint64_t most_pages)
      : m_window(window), m_percent(percent), m_most_pages(most_pages) {}

  // The page lost its frame.
  void page_left(PageUser page);
  // The page is needed again, by reference number `now`, while `resident` pages are mapped. True for a
  // refault. `waited`: its bytes had to be fetched or made anew, rather than found in RAM.
  bool page_came_back(PageUser page, bool waited, std::uint64_t resident, std::uint64_t now);
  // The pages are gone for good, or their process is.
  void forget(ProcessId process, AddressRange range);
  void forget(ProcessId process);
  // To be asked after each reference; `now`: how many there were.
  Change look(std::uint64_t now);

  bool active() const { return m_active; }
  // Of the last window() references, those that refaulted.
  std::uint64_t refaults() const { return m_refaults.size(); }
  std::uint64_t window() const { return m_window; }

  void hash_into(Hasher& hasher) const;

 private:
  bool watches() const { return m_window > 0 && m_percent > 0; }

  std::uint64_t m_window;
  std::uint64_t m_percent;
  std::uint64_t m_most_pages;
  std::uint64_t m_evictions = 0;
  std::map<PageUser, std::uint64_t> m_left;  // how many evictions there had been, that one included
  std::deque<std::uint64_t> m_refaults;      // numbers of references, oldest first
  bool m_active = false;
};

}  // namespace vmp
