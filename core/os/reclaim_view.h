// What a policy may look at while a frame is to be freed, and which frames may go at all: pages only (never
// table nodes or the kernel's own), of one process if its resident limit is the cause, and only if the bytes
// are or can be kept.
#pragma once

#include "core/os/kernel.h"

namespace vmp {

class Kernel::ReclaimView final : public FrameView {
 public:
  // After that many failed writes the device counts as broken, and only pages that need no write are offered.
  static constexpr std::size_t kMostWriteErrors = 32;

  // `scope`: only pages of this process; null: of every process. `pinned` stays, whatever it is.
  // `arriving`: for which page room is made, if for one. `of_scope`: pages read ahead for the process count
  // as its own when a frame is wanted, but not when it maps too many.
  enum class OfScope : std::uint8_t { Mapped, MappedOrReadAhead };
  ReclaimView(const Kernel& kernel, const Process* scope, std::optional<FrameNumber> pinned,
              std::optional<PageUser> arriving = std::nullopt, OfScope of_scope = OfScope::Mapped)
      : m_kernel(kernel),
        m_scope(scope),
        m_pinned(pinned),
        m_arriving(arriving),
        m_of_scope(of_scope),
        m_slot_to_be_had(kernel.m_swap.free_count() > 0 || kernel.m_swap.cache_only_count() > 0) {}

  bool evictable(FrameNumber frame) const override;
  // The device did not take this frame's page: another one is wanted.
  void exclude(FrameNumber frame) {
    m_excluded.push_back(frame);
    if (m_excluded.size() == kMostWriteErrors) m_writes_allowed = false;
  }
  bool accessed(FrameNumber frame) const override { return m_kernel.frame_accessed(frame); }
  bool dirty(FrameNumber frame) const override { return m_kernel.frame_dirty(frame); }
  std::uint64_t virtual_time(FrameNumber frame) const override;
  std::uint64_t last_access(FrameNumber frame) const override { return m_kernel.m_memory.last_access(frame); }
  std::optional<PageUser> arriving() const override { return m_arriving; }

 private:
  // Who maps the page, or will when it is used: nobody maps a page of the swap cache yet.
  const std::vector<PageUser>& users_to_be(FrameNumber frame) const;

  const Kernel& m_kernel;
  const Process* m_scope;
  std::optional<FrameNumber> m_pinned;
  std::optional<PageUser> m_arriving;
  OfScope m_of_scope;
  bool m_slot_to_be_had;
  bool m_writes_allowed = true;
  std::vector<FrameNumber> m_excluded;
};

}  // namespace vmp
