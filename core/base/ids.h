// Identifiers. Every noun has a type of its own, and an address or a page number has one type per space, so
// that a virtual address can never be used as a physical one: the compiler refuses the very mistake this
// project explains. Construction is explicit, the difference of two ids is a count, and absence is
// std::optional, never 0.
#pragma once

#include <compare>
#include <cstdint>

namespace vmp {

template <class Tag, class Representation>
class Id {
 public:
  using Rep = Representation;

  constexpr Id() = default;
  constexpr explicit Id(Rep value) : m_value(value) {}

  constexpr Rep value() const { return m_value; }
  constexpr auto operator<=>(const Id&) const = default;

  constexpr Id operator+(Rep count) const { return Id(static_cast<Rep>(m_value + count)); }
  constexpr Id operator-(Rep count) const { return Id(static_cast<Rep>(m_value - count)); }
  constexpr Rep operator-(Id other) const { return static_cast<Rep>(m_value - other.m_value); }
  constexpr Id& operator++() {
    ++m_value;
    return *this;
  }

 private:
  Rep m_value = 0;
};

using VirtualAddress = Id<struct VirtualAddressTag, std::uint64_t>;
using PhysicalAddress = Id<struct PhysicalAddressTag, std::uint64_t>;
using PageNumber = Id<struct PageNumberTag, std::uint64_t>;    // virtual address / page size
using FrameNumber = Id<struct FrameNumberTag, std::uint64_t>;  // physical address / page size
using SwapSlot = Id<struct SwapSlotTag, std::uint32_t>;  // index of a page-sized slot on the swap device
using ProcessId = Id<struct ProcessIdTag, std::uint32_t>;
using FileId = Id<struct FileIdTag, std::uint32_t>;
using Asid = Id<struct AsidTag, std::uint16_t>;  // address-space identifier, tags TLB entries

}  // namespace vmp
