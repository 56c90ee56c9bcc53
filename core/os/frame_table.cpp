#include "core/os/frame_table.h"

#include <algorithm>
#include <bit>

namespace vmp {

bool is_listed(const std::vector<PageUser>& users, PageUser user) {
  return std::find(users.begin(), users.end(), user) != users.end();
}

bool FrameInfo::used_by(ProcessId process) const {
  return std::any_of(users.begin(), users.end(),
                     [&](const PageUser& user) { return user.process == process; });
}

void FrameInfo::hash_into(Hasher& hasher) const {
  hasher.add(static_cast<std::uint64_t>(use) | static_cast<std::uint64_t>(source) << 8 |
             static_cast<std::uint64_t>(dirty) << 16 | static_cast<std::uint64_t>(read_ahead) << 24);
  hasher.add(node_owner);
  hasher.add(node_level);
  hasher.add(node_first_page);
  hasher.add(static_cast<std::uint64_t>(users.size()));
  for (const PageUser& user : users) {
    hasher.add(user.process);
    hasher.add(user.page);
  }
  hasher.add(slot);
  if (file_page) file_page->hash_into(hasher);
}

FrameTable::FrameTable(std::uint64_t frames, std::uint64_t kernel_frames, FrameNumber first)
    : m_first(first),
      m_frames(frames),
      m_free_bits(static_cast<std::size_t>((frames + 63) / 64)),
      m_free_count(frames - kernel_frames) {
  if (kernel_frames > 0) m_zero_page = m_first + (kernel_frames - 1);
  for (std::uint64_t f = 0; f < frames; ++f) {
    if (f < kernel_frames) {
      m_frames.mutate(f).use = f + 1 < kernel_frames ? FrameUse::Kernel : FrameUse::ZeroPage;
    } else {
      m_free_bits[static_cast<std::size_t>(f / 64)] |= std::uint64_t{1} << (f % 64);
    }
  }
}

FrameNumber FrameTable::allocate(FrameUse use, FramePlacement placement, Rng& rng) {
  check(m_free_count > 0, "allocating a frame when none is free");
  const FrameNumber frame = nth_free(placement == FramePlacement::Scattered ? rng.below(m_free_count) : 0);
  take(frame - m_first, use);
  return frame;
}

std::optional<FrameNumber> FrameTable::lowest_run(std::uint64_t count, Runs runs) const {
  std::uint64_t length = 0;
  for (std::uint64_t index = 0; index < m_frames.size(); ++index) {
    const FrameUse use = m_frames[index].use;
    const bool counts = use == FrameUse::Free || (use == FrameUse::Page && runs == Runs::OfFreeAndPages);
    length = counts ? length + 1 : 0;
    if (length == count) return m_first + (index + 1 - count);
  }
  return std::nullopt;
}

FrameNumber FrameTable::allocate_run(FrameUse use, std::uint64_t count) {
  const std::optional<FrameNumber> first = lowest_run(count, Runs::OfFree);
  check(first.has_value(), "allocating a run of frames where there is none");
  for (std::uint64_t i = 0; i < count; ++i) take(*first - m_first + i, use);
  return *first;
}

void FrameTable::take(std::uint64_t index, FrameUse use) {
  m_free_bits[static_cast<std::size_t>(index / 64)] &= ~(std::uint64_t{1} << (index % 64));
  --m_free_count;
  m_frames.mutate(index).use = use;
}

void FrameTable::release(FrameNumber frame) {
  const std::uint64_t index = frame - m_first;
  check(m_frames[index].use != FrameUse::Free, "releasing a free frame");
  m_frames.mutate(index) = FrameInfo{};
  m_free_bits[static_cast<std::size_t>(index / 64)] |= std::uint64_t{1} << (index % 64);
  ++m_free_count;
}

FrameNumber FrameTable::nth_free(std::uint64_t n) const {
  check(n < m_free_count, "fewer free frames than asked for");
  for (std::size_t w = 0;; ++w) {
    std::uint64_t word = m_free_bits[w];
    const auto count = static_cast<std::uint64_t>(std::popcount(word));
    if (n >= count) {
      n -= count;
      continue;
    }
    while (n-- > 0) word &= word - 1;
    return m_first + (w * 64 + static_cast<std::uint64_t>(std::countr_zero(word)));
  }
}

}  // namespace vmp
