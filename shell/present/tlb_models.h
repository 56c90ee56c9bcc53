// What the processor remembers of the page tables, as rows to draw: its TLBs and its walk cache.
#pragma once

#include <string>
#include <vector>

#include "core/os/kernel.h"
#include "shell/present/highlight.h"

namespace vmp {

struct TlbRow {
  std::uint32_t set = 0;
  std::uint32_t way = 0;
  bool valid = false;
  std::string owner;  // the process, where the entry is tagged or the table is flushed on every switch
  std::size_t hue = 0;
  std::string page;
  std::string frame;
  std::string permissions;
  bool dirty = false;
};
struct TlbModel {
  TlbUnit unit = TlbUnit::Data;
  std::string summary;  // "4 sets of 4 · 12 hits, 7 misses"
  std::uint32_t sets = 0;
  std::uint32_t ways = 0;
  std::vector<TlbRow> rows;  // none: the machine has no TLB
};
// The TLB, or the one for data and then the one for instructions.
std::vector<TlbModel> tlb_models(const Kernel& kernel);

struct PointerRow {
  bool valid = false;
  std::string owner;
  std::size_t hue = 0;
  std::string level;  // "level 1"
  std::string range;  // "0x00400000, 4 MiB": the addresses it leads to
  FrameNumber node;
};
struct WalkCacheModel {
  std::string summary;           // "walk cache of 8 · 3 hits, 1 miss"
  std::vector<PointerRow> rows;  // none: the machine has no walk cache
};
WalkCacheModel walk_cache_model(const Kernel& kernel);

}  // namespace vmp
