// A replacement policy's own data structure as plain data, so that it can be drawn as it is: which lists the
// policy keeps, in which order, and what it knows of each page. No text; and no more of a long list than was
// asked for.
#pragma once

#include <optional>
#include <vector>

#include "core/os/frame_table.h"

namespace vmp {

enum class PolicyListId : std::uint8_t {
  Order,        // of a policy that says no more: the next to go in front
  Arrivals,     // a queue, the oldest in front (FIFO, Aging, working set, SIEVE)
  Recency,      // a stack, the page used longest ago in front (LRU, MRU)
  Ring,         // closed: behind the last comes the first, which is under the hand (Clock, WSClock)
  Unordered,    // Random
  Uses,         // LFU: the least used in front
  NextUses,     // Optimal: the use furthest ahead in front
  Class0,       // NRU, each by arrival: neither accessed nor dirty
  Class1,       // dirty
  Class2,       // accessed
  Class3,       // both
  Inactive,     // Linux, both: the oldest in front
  Active,       //
  UsedOnce,     // ARC's T1 and T2, by recency: the page used longest ago in front
  UsedAgain,    //
  OnceGhosts,   // ARC's B1 and B2, names of pages that left T1 and T2: the oldest in front
  AgainGhosts,  //
};

// What PolicyEntry::number counts.
enum class PolicyNumber : std::uint8_t {
  None,
  LastUse,  // when it was used last, in accesses of the machine
  Counter,  // eight bits, the latest tick on the left (Aging)
  Uses,     // since it came
  NextUse,  // in how many references; kNeverUsed if in none
  Unused,   // for how many references of its process, as far as the policy knows
};

// What PolicyEntry::marked says.
enum class PolicyMark : std::uint8_t {
  None,
  Visited,     // a hit since the hand passed (SIEVE, Clock with bits set by hits)
  Referenced,  // found accessed once already (Linux's PG_referenced)
};

struct PolicyEntry {
  std::uint64_t place = 0;           // in its list, from 0
  std::optional<FrameNumber> frame;  // nothing: a ghost, only its name is remembered
  PageUser ghost = {};               // that name
  bool accessed = false;             // the accessed bit of any entry that maps it
  bool marked = false;
  std::uint64_t number = 0;
  constexpr bool operator==(const PolicyEntry&) const = default;
};

// Entries in order; where their places jump, some were left out.
struct PolicyList {
  PolicyListId id = PolicyListId::Order;
  std::uint64_t size = 0;
  std::vector<PolicyEntry> entries = {};
};

struct PolicyStructure {
  std::vector<PolicyList> lists = {};
  PolicyNumber number = PolicyNumber::None;
  PolicyMark mark = PolicyMark::None;
  bool uses_accessed = false;                           // the policy goes by the accessed bits
  std::optional<FrameNumber> hand = {};                 // the page it points at
  std::optional<std::uint64_t> window = {};             // of a working set, in references
  std::optional<std::uint64_t> target_hundredths = {};  // ARC's p, the length T1 should have
};

// How much of each list is wanted: at most about so many entries, those in front, at the back, and around
// these frames.
struct StructureWindow {
  std::uint64_t most = ~std::uint64_t{0};
  std::vector<FrameNumber> around = {};
};

// The places of a list of `size` that are shown, in order, if those in `around` matter.
std::vector<std::uint64_t> shown_places(std::uint64_t size, const std::vector<std::uint64_t>& around,
                                        std::uint64_t most);

// A list of frames as far as it is shown. `describe` fills in what the policy knows of an entry's frame.
template <class Describe>
PolicyList list_of(PolicyListId id, const std::vector<FrameNumber>& frames, const StructureWindow& window,
                   Describe describe) {
  PolicyList list{.id = id, .size = frames.size()};
  std::vector<std::uint64_t> around;
  for (std::uint64_t place = 0; place < frames.size() && frames.size() > window.most; ++place) {
    for (const FrameNumber frame : window.around) {
      if (frames[static_cast<std::size_t>(place)] == frame) around.push_back(place);
    }
  }
  for (const std::uint64_t place : shown_places(list.size, around, window.most)) {
    PolicyEntry entry{.place = place, .frame = frames[static_cast<std::size_t>(place)]};
    describe(entry);
    list.entries.push_back(entry);
  }
  return list;
}
inline PolicyList list_of(PolicyListId id, const std::vector<FrameNumber>& frames,
                          const StructureWindow& window) {
  return list_of(id, frames, window, [](PolicyEntry&) {});
}

}  // namespace vmp
