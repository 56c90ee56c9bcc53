// The replacement policy as it is: its lists, ring or queue with every page in the colours it has elsewhere,
// the bits and numbers the policy goes by, the page that would leave now, and why one left in this step. Of
// a long list the ends are shown and what lies round the hand and the victim; the rest is counted.
#pragma once

#include <string>
#include <vector>

#include "core/sim/timeline.h"
#include "shell/present/memory_view.h"

namespace vmp {

struct PolicyCell {
  std::uint64_t left_out = 0;        // entries between the one before it and this
  std::optional<FrameNumber> frame;  // nothing: a ghost, a page that has left
  PageUser ghost;
  FrameCard card;    // of the frame; of a ghost only its hue and page
  std::string bits;  // "1", "0", of Linux "1 R"
  std::string note;  // "3×", "in 12"
  std::optional<std::uint8_t> counter;
  bool set = false;     // the bit, or the mark, that spares it
  bool hand = false;    // the hand points at it
  bool victim = false;  // it would leave now
};

struct PolicyRow {
  PolicyListId id = PolicyListId::Order;
  std::string name;   // "T1, used once"
  std::string front;  // what it means to stand at this end: "oldest"
  std::string back;
  std::uint64_t size = 0;
  std::uint64_t left_out = 0;           // behind the last cell
  std::optional<std::uint64_t> target;  // of ARC's T1, in hundredths of a page
  std::vector<PolicyCell> cells;
};

struct PolicyModel {
  PolicyKind kind = PolicyKind::Fifo;
  std::string title;    // "Clock"
  std::string rule;     // in one sentence, which page leaves
  std::string legend;   // what stands below each page; may be empty
  std::string summary;  // "13 pages · window of 64 references"
  std::string next;     // who would leave now, and why; or why nobody can
  std::string last;     // who left in this step, and why; else empty
  std::uint64_t pages = 0;
  std::vector<PolicyRow> rows;
};

// At most about `most` entries of each list.
PolicyModel policy_model(const Timeline& timeline, std::uint64_t most);

// "FIFO", "Clock", "Working set".
std::string_view title_of(PolicyKind policy);

}  // namespace vmp
