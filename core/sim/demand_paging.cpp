#include "core/sim/demand_paging.h"

namespace vmp {
namespace {

PageUser user_of(std::uint32_t page) {
  return {ProcessId(1), PageNumber(page)};
}

}  // namespace

class DemandPaging::View final : public FrameView {
 public:
  View(const DemandPaging& paging, std::optional<PageUser> arriving)
      : m_paging(paging), m_arriving(arriving) {}

  bool evictable(FrameNumber /*frame*/) const override { return true; }
  bool accessed(FrameNumber frame) const override { return at(frame).accessed; }
  bool dirty(FrameNumber frame) const override { return at(frame).dirty; }
  std::uint64_t virtual_time(FrameNumber /*frame*/) const override { return m_paging.m_references; }
  std::uint64_t last_access(FrameNumber frame) const override { return at(frame).last_access; }
  std::optional<PageUser> arriving() const override { return m_arriving; }

 private:
  const Frame& at(FrameNumber frame) const {
    return m_paging.m_frames[static_cast<std::size_t>(frame.value())];
  }

  const DemandPaging& m_paging;
  std::optional<PageUser> m_arriving;
};

DemandPaging::DemandPaging(const PagingSettings& settings)
    : m_kind(settings.policy),
      m_tick(settings.tick),
      m_frames(static_cast<std::size_t>(settings.frames)),
      m_policy(make_policy(settings.policy, settings.frames, settings.policy_settings)) {
  check(settings.frames > 0 && settings.frames <= kMostFrames, "paging needs at least one frame");
  check(settings.tick > 0, "a tick needs references in between");
}

DemandPaging::Step DemandPaging::reference(std::uint32_t page, bool write, std::uint64_t next_use) {
  ++m_references;
  if (page >= m_frame_of.size()) m_frame_of.resize(page + std::size_t{1}, kNone);
  Step step;
  if (m_frame_of[page] == kNone) {
    ++m_faults;
    step.fault = true;
    std::uint32_t frame = static_cast<std::uint32_t>(m_used);
    if (m_used < m_frames.size()) {
      ++m_used;
    } else {
      frame = make_room(page);
      step.evicted = m_frames[frame].page;
      m_frame_of[*step.evicted] = kNone;
    }
    m_frames[frame] = {.page = page};
    m_frame_of[page] = frame;
    m_policy->page_arrived(FrameNumber(frame), user_of(page));
  }
  Frame& frame = m_frames[m_frame_of[page]];
  frame.accessed = true;
  frame.dirty = frame.dirty || write;
  frame.last_access = m_references;
  if (is_ideal(m_kind)) m_policy->page_referenced(FrameNumber(m_frame_of[page]), next_use);
  if (has_tick(m_kind) && m_references % m_tick == 0) {
    for (const FrameNumber cleared : m_policy->tick(View(*this, std::nullopt))) {
      m_frames[static_cast<std::size_t>(cleared.value())].accessed = false;
    }
  }
  return step;
}

std::uint32_t DemandPaging::make_room(std::uint32_t page) {
  const View view(*this, user_of(page));
  const std::optional<VictimChoice> choice = m_policy->choose_victim(view);
  check(choice.has_value(), "every page may go, so the policy names one");
  m_policy->victim_taken(*choice, view);
  for (const FrameNumber spared : choice->spared) {
    m_frames[static_cast<std::size_t>(spared.value())].accessed = false;
  }
  return static_cast<std::uint32_t>(choice->frame.value());
}

std::optional<VictimChoice> DemandPaging::peek_victim() const {
  if (m_used < m_frames.size()) return std::nullopt;
  return m_policy->choose_victim(View(*this, std::nullopt));
}

std::vector<std::uint32_t> DemandPaging::resident_pages() const {
  std::vector<std::uint32_t> pages;
  for (std::uint32_t page = 0; page < m_frame_of.size(); ++page) {
    if (m_frame_of[page] != kNone) pages.push_back(page);
  }
  return pages;
}

}  // namespace vmp
