// The words beside a policy's drawing, by what they are about.
#pragma once

#include <array>
#include <string_view>

#include "core/os/policy_kind.h"
#include "core/os/policy_structure.h"

namespace vmp::policy_text {

struct PolicyWords {
  std::string_view title;
  std::string_view rule;
};

// In the order of PolicyKind.
inline constexpr std::array<PolicyWords, kPolicyKinds> kPolicies{{
    {"FIFO", "The page that came first leaves first, however much it is used."},
    {"LRU", "The page not used for the longest time leaves. Ideal: no kernel sees every use."},
    {"Clock",
     "The hand goes round: a set accessed bit is cleared and spares the page once; a clear one costs it "
     "its frame."},
    {"MRU", "The page used last leaves first: right for a loop that is larger than RAM. Ideal."},
    {"NRU", "The oldest page of the lowest class that has one leaves; ticks clear the accessed bits."},
    {"Aging", "At each tick the accessed bit is shifted into the page's counter; the lowest leaves."},
    {"LFU", "The page used least often since it came leaves. Ideal: no kernel counts uses."},
    {"Random", "Every page has the same chance; no order is kept and no bit is looked at."},
    {"Optimal", "The page whose next use lies furthest ahead leaves. Ideal: it needs the future."},
    {"Working set", "The page unused longest leaves, best one outside the window."},
    {"WSClock", "The hand goes round for a clean page that is unused for longer than the window."},
    {"Linux", "The oldest inactive page leaves unless it was accessed; accessed twice, it becomes active."},
    {"ARC", "T1 gives a page up if it is longer than its target p; a fault on a ghost moves p. Ideal."},
    {"SIEVE",
     "The hand goes from old to new: a visited page loses its mark and stays, the first other leaves. "
     "Ideal."},
    {"Clock, bits set by hits",
     "As Clock, but only a hit sets the bit, not the access that brings a page in. Ideal."},
}};

struct ListWords {
  std::string_view name;
  std::string_view front;
  std::string_view back;
};

// In the order of PolicyListId.
inline constexpr std::array<ListWords, static_cast<std::size_t>(PolicyListId::AgainGhosts) + 1> kLists{{
    {"Pages", "leaves first", "leaves last"},
    {"Queue", "oldest", "newest"},
    {"Stack", "used longest ago", "used last"},
    {"Ring", "hand", "passed last"},
    {"Pages", "", ""},
    {"By uses", "fewest", "most"},
    {"By next use", "furthest ahead", "soonest"},
    {"0: idle, clean", "oldest", "newest"},
    {"1: idle, dirty", "oldest", "newest"},
    {"2: accessed", "oldest", "newest"},
    {"3: both", "oldest", "newest"},
    {"Inactive", "oldest", "newest"},
    {"Active", "oldest", "newest"},
    {"T1 used once", "oldest", "newest"},
    {"T2 used again", "oldest", "newest"},
    {"B1 ghosts", "oldest", "newest"},
    {"B2 ghosts", "oldest", "newest"},
}};

inline constexpr std::string_view kLegendAccessed = "Below each page: its accessed bit.";
inline constexpr std::string_view kLegendVisited = "Below each page: 1 if it was hit since the hand passed.";
inline constexpr std::string_view kLegendReferenced =
    "Below each page: its accessed bit; R: found accessed once already.";
inline constexpr std::string_view kLegendCounter =
    "Below each page: its accessed bit, then its counter, the latest tick on the left.";
inline constexpr std::string_view kLegendLastUse = "Below each page: at which access it was used last.";
inline constexpr std::string_view kLegendUses = "Below each page: how often it was used since it came.";
inline constexpr std::string_view kLegendNextUse = "Below each page: in how many references it is used next.";
inline constexpr std::string_view kLegendUnused =
    "Below each page: its accessed bit, and for how many references it was not used.";

inline constexpr std::string_view kNext = "Next to go: ";
inline constexpr std::string_view kLast = "Left in this step: ";
inline constexpr std::string_view kAndOthers = "; with it ";
inline constexpr std::string_view kNobody = "Nobody can go: no page's bytes are, or can be, kept elsewhere.";
inline constexpr std::string_view kEmpty = "No page is in RAM yet.";

}  // namespace vmp::policy_text
