#include "core/os/policies/arc_target.h"

#include <bit>

namespace vmp {
namespace {

constexpr std::uint64_t kOne = std::uint64_t{1} << 52;

}  // namespace

ArcTarget ArcTarget::ratio(std::uint64_t numerator, std::uint64_t denominator) {
  if (numerator <= denominator) return ArcTarget(1);
  ArcTarget result(numerator / denominator);
  std::uint64_t rest = numerator % denominator;
  for (std::uint32_t i = 0; i < kFractionBits; ++i) {
    rest *= 2;
    const bool bit = rest >= denominator;
    result.m_fraction = result.m_fraction * 2 + (bit ? 1 : 0);
    if (bit) rest -= denominator;
  }
  // With a whole part of one bit the digit behind the last decides; one with more bits drops some of these.
  if (result.m_whole == 1) {
    if (rest * 2 > denominator || (rest * 2 == denominator && result.m_fraction % 2 == 1))
      ++result.m_fraction;
    if (result.m_fraction == kOne) result = ArcTarget(2);
  } else {
    result.round(rest != 0);
  }
  return result;
}

ArcTarget ArcTarget::plus(ArcTarget other) const {
  ArcTarget sum(m_whole + other.m_whole + (m_fraction + other.m_fraction) / kOne);
  sum.m_fraction = (m_fraction + other.m_fraction) % kOne;
  sum.round(false);
  return sum;
}

ArcTarget ArcTarget::minus(ArcTarget other) const {
  if (*this <= other) return {};
  const bool borrow = m_fraction < other.m_fraction;
  ArcTarget difference(m_whole - other.m_whole - (borrow ? 1 : 0));
  difference.m_fraction = m_fraction + (borrow ? kOne : 0) - other.m_fraction;
  difference.round(false);
  return difference;
}

// To 53 significant bits. `more_behind`: the exact value is a little larger than what is held.
void ArcTarget::round(bool more_behind) {
  const auto whole_bits = static_cast<std::uint32_t>(std::bit_width(m_whole));
  if (whole_bits < 2) return;
  const std::uint64_t unit = std::uint64_t{1} << (whole_bits - 1);
  const std::uint64_t below = m_fraction % unit;
  m_fraction -= below;
  const bool odd = m_fraction / unit % 2 == 1;
  if (below > unit / 2 || (below == unit / 2 && (more_behind || odd))) m_fraction += unit;
  m_whole += m_fraction / kOne;
  m_fraction %= kOne;
}

}  // namespace vmp
