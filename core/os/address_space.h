// The address space of one process: its segments, sorted, never overlapping. Calls here decide about ranges
// only; the kernel then brings the page table in line. Ranges split and merge as Linux splits and merges its
// areas: a call that touches part of a segment cuts it, and neighbours that differ in nothing become one.
#pragma once

#include <optional>
#include <vector>

#include "core/base/hash.h"
#include "core/os/segment.h"

namespace vmp {

// Where things lie in the user half, after Linux's layout for the format. Addresses in bytes.
struct AddressLayout {
  VirtualAddress lowest_mappable;  // vm.mmap_min_addr: below it nothing is ever mapped, so that null faults
  VirtualAddress program_base;
  VirtualAddress mmap_base;  // mappings are placed downwards from here
  VirtualAddress user_end;   // the kernel half, not modelled, begins here
};

AddressLayout layout_of(const PageTableFormat& format);

class AddressSpace {
 public:
  AddressSpace() = default;
  explicit AddressSpace(const AddressLayout& layout) : m_layout(layout) {}

  const AddressLayout& layout() const { return m_layout; }
  const std::vector<Segment>& segments() const { return m_segments; }
  const Segment* find(VirtualAddress va) const;
  // The first segment that ends above `va`, which may or may not contain it.
  const Segment* find_at_or_above(VirtualAddress va) const;
  bool is_free(AddressRange range) const;
  bool is_mapped(AddressRange range) const { return end_of_mapped(range) == range.end; }
  std::uint64_t mapped_pages() const;
  std::uint64_t mapped_pages(AddressRange range) const;
  // Private writable pages, stacks left out (Linux: mm->data_vm).
  std::uint64_t data_pages() const;

  // Adds a segment where nothing is; merges it with equal neighbours.
  void insert(Segment segment);
  // Cuts `range` out of the segments and returns the pieces that were there, lowest first.
  std::vector<Segment> remove(AddressRange range);
  // Gives `range` new permissions. Returns false at the first hole: what lies below the hole is changed, as
  // in Linux.
  bool protect(AddressRange range, Permissions permissions);
  // Locks `range` into RAM, or unlocks it, as far as the first hole. Returns false at a hole.
  bool set_locked(AddressRange range, bool locked);
  void unlock_all();
  // Lets the stack segment above `start` reach down to it.
  void grow_stack(VirtualAddress start);

  // The highest free range of `bytes` below the mmap base, the place Linux gives a mapping that asks for
  // none.
  std::optional<VirtualAddress> place(std::uint64_t bytes) const;

  // The heap: [heap_start, program_break), and how far it may grow.
  VirtualAddress heap_start;
  VirtualAddress program_break;
  std::uint64_t heap_limit = 0;  // bytes
  std::uint64_t data_bytes = 0;  // of the program's initialised data (Linux: end_data - start_data)
  VirtualAddress stack_top;
  std::uint64_t stack_limit = 0;  // bytes

  void hash_into(Hasher& hasher) const;

  // The end of what is mapped without a hole from `range.start` on, at most range.end.
  VirtualAddress end_of_mapped(AddressRange range) const;

 private:
  template <class Change>
  bool change(AddressRange range, Change change);
  void split_at(VirtualAddress va);
  void merge_neighbours();

  AddressLayout m_layout;
  std::vector<Segment> m_segments;
};

}  // namespace vmp
