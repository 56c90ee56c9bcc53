// The target size p of ARC. It moves by ratios of list lengths, which are no whole numbers, and whether it
// has reached one decides who leaves. The simulators that ARC's figures come from compute it in IEEE 754
// binary64, whose rounding shows in the counts. This does the same arithmetic with integers: 53 significant
// bits, rounded to nearest, ties to even; so that no floating point enters the state.
//
// All values are multiples of 2^-52, because no ratio is below 1.
#pragma once

#include <compare>
#include <cstdint>

namespace vmp {

class ArcTarget {
 public:
  constexpr ArcTarget() = default;
  explicit constexpr ArcTarget(std::uint64_t whole) : m_whole(whole) {}
  // numerator / denominator, or 1 if that is more.
  static ArcTarget ratio(std::uint64_t numerator, std::uint64_t denominator);

  std::uint64_t whole() const { return m_whole; }
  std::uint64_t fraction() const { return m_fraction; }
  // Rounded down.
  std::uint64_t hundredths() const { return m_whole * 100 + ((m_fraction * 100) >> kFractionBits); }
  constexpr auto operator<=>(const ArcTarget&) const = default;

  ArcTarget plus(ArcTarget other) const;
  ArcTarget minus(ArcTarget other) const;  // 0 if that is more

 private:
  static constexpr std::uint32_t kFractionBits = 52;
  void round(bool more_behind);

  std::uint64_t m_whole = 0;
  std::uint64_t m_fraction = 0;  // in units of 2^-52
};

}  // namespace vmp
