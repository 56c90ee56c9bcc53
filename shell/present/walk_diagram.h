// The walk strip: one access, taken apart. The address in binary, cut into one index a level and the offset;
// the nodes those indices select an entry in; the frame at the end, and the physical address with the offset
// unchanged. Taken from what the hardware did in the step, so that a TLB hit shows no node and a fault shows
// how far the walk came.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shell/present/highlight.h"
#include "shell/present/log_model.h"

namespace vmp {

struct BitField {
  std::string bits;                    // "00 0000 0011"
  std::string label;                   // "index 3", "offset A2C"
  std::optional<std::uint32_t> level;  // nothing: the offset
};

struct NodeRow {
  std::uint64_t index = 0;
  PhysicalAddress entry;
  std::string raw;    // "0x0001B067"
  std::string flags;  // "p w u a d"
  bool read = false;  // by this walk
};

struct NodeBox {
  std::uint32_t level = 0;
  std::string title;  // "root node", "node"
  FrameNumber frame;
  std::vector<NodeRow> rows;  // the entry read between its neighbours
};

struct TargetBox {
  FrameNumber frame;
  PhysicalAddress address;  // that was reached in it
  std::string base;         // "0x0001B000"
  std::string bytes;        // "07 00 00 00"
  std::string offset;       // "at offset A2C"
};

struct TlbBox {
  TlbTarget entry;
  PageNumber page;
  FrameNumber frame;
};

// What the walk cache knew, so that the levels above were not read.
struct WalkCacheBox {
  std::uint32_t level = 0;  // of the pointer
  FrameNumber node;         // where it leads
};

enum class TlbBadge : std::uint8_t { None, Hit, Miss };

// One flag looked at on the way, and whether it let the access through.
struct FlagCheck {
  std::string flag;  // "present", "user", "write"
  std::uint32_t bit = 0;
  bool passed = true;
  bool set = false;  // what the bit is
};
struct CheckRow {
  std::string entry;  // "root entry 1 = 0x00015027"
  std::vector<FlagCheck> flags;
  std::string note;  // a check that is about more than one bit
  bool passed = true;
};
struct FaultBox {
  std::string kind;       // "not present"
  std::string reported;   // what the processor says: "#PF 0x4", "scause 13"
  std::string attempted;  // "B stores 7 at 0x00400000"
  std::vector<CheckRow> checks;
  std::vector<LogLine> kernel_did;
  std::string program_saw;
  bool mended = false;
};

struct WalkModel {
  bool is_access = false;
  ProcessId process;
  std::size_t hue = 0;
  std::string sentence;  // "B reads 4 bytes at 0x00403A2C"
  TlbBadge tlb = TlbBadge::None;
  std::vector<BitField> fields;  // highest first
  std::vector<NodeBox> nodes;    // those read, the highest first
  std::optional<WalkCacheBox> walk_cache;
  std::optional<TlbBox> tlb_entry;
  std::optional<TargetBox> target;
  std::string frame_hex;   // "0001B"
  std::string offset_hex;  // "A2C"
  std::string physical;    // "0x0001BA2C"
  std::optional<FaultBox> fault;
  std::vector<LogLine> lines;
};

// Of the step that led to the present; empty of everything but its lines if that step was no access.
WalkModel walk_model(const Timeline& timeline);

}  // namespace vmp
