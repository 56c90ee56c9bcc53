// Everything is linked: what the pointer is on names one thing, and this finds the same thing in every other
// view. A page leads to its frame or slot, its entry and its TLB row; a frame to every page that lies in it;
// and so on, always asked of the kernel and of RAM.
#pragma once

#include <variant>
#include <vector>

#include "core/os/kernel.h"

namespace vmp {

struct PageTarget {
  ProcessId process;
  PageNumber page;
  constexpr bool operator==(const PageTarget&) const = default;
};
struct FrameTarget {
  FrameNumber frame;
  constexpr bool operator==(const FrameTarget&) const = default;
};
// One entry of a page table, by where it lies in RAM.
struct EntryTarget {
  PhysicalAddress address;
  constexpr bool operator==(const EntryTarget&) const = default;
};
struct SlotTarget {
  SwapSlot slot;
  constexpr bool operator==(const SlotTarget&) const = default;
};
enum class TlbUnit : std::uint8_t { Data, Instructions };  // with one TLB for everything: Data
struct TlbTarget {
  std::uint32_t set = 0;
  std::uint32_t way = 0;
  TlbUnit unit = TlbUnit::Data;
  constexpr bool operator==(const TlbTarget&) const = default;
};
using Target = std::variant<std::monostate, PageTarget, FrameTarget, EntryTarget, SlotTarget, TlbTarget>;

struct Highlight {
  std::vector<PageTarget> pages;
  std::vector<FrameNumber> frames;
  std::vector<PhysicalAddress> entries;
  std::vector<SwapSlot> slots;
  std::vector<TlbTarget> tlb;

  bool empty() const;
  bool has(PageTarget page) const;
  // Any page of [first, first + count).
  bool has_any(ProcessId process, PageNumber first, std::uint64_t count) const;
  bool has(FrameNumber frame) const;
  bool has_any(FrameNumber first, std::uint64_t count) const;
  bool has(PhysicalAddress entry) const;
  bool has(SwapSlot slot) const;
  bool has(TlbTarget entry) const;
};

Highlight highlight_of(const Kernel& kernel, const Target& target);

// What the present step touched: the page accessed, the nodes and the frame on its way.
struct AccessPath;
Highlight highlight_of(const AccessPath& path);

}  // namespace vmp
