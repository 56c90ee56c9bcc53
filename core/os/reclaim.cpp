// Reclaim: making a frame free by taking it from a page. A dirty page is written to swap first; a clean one
// is dropped, but only if its bytes exist elsewhere: in a swap slot, in the program's file, or as zeros that
// were never written.
#include <algorithm>

#include "core/os/kernel.h"
#include "core/os/reclaim_view.h"

namespace vmp {
namespace {

bool has_source(const FrameInfo& info) {
  return info.source != PageSource::None || info.slot.has_value();
}

DropReason drop_reason(const FrameInfo& info) {
  if (info.slot) return DropReason::StillInSlot;
  return info.source == PageSource::File ? DropReason::StillInFile : DropReason::StillZero;
}

}  // namespace

bool Kernel::ReclaimView::evictable(FrameNumber frame) const {
  const FrameInfo& info = m_kernel.m_frames[frame];
  if (info.use != FrameUse::Page || frame == m_pinned || m_kernel.is_locked(frame)) return false;
  if (m_scope != nullptr) {
    const std::vector<PageUser>& users = m_of_scope == OfScope::Mapped ? info.users : users_to_be(frame);
    const auto is_own = [this](const PageUser& user) { return user.process == m_scope->id; };
    if (std::none_of(users.begin(), users.end(), is_own)) return false;
  }
  if (std::find(m_excluded.begin(), m_excluded.end(), frame) != m_excluded.end()) return false;
  if (m_kernel.belongs_to_file(frame)) return true;
  if (m_writes_allowed && (m_slot_to_be_had || info.slot)) return true;
  return has_source(info) && !m_kernel.frame_dirty(frame);
}

// Of a page several processes share, the time of the first of them counts.
std::uint64_t Kernel::ReclaimView::virtual_time(FrameNumber frame) const {
  const std::vector<PageUser>& users = users_to_be(frame);
  return users.empty() ? 0 : m_kernel.find_process(users.front().process)->counters.accesses();
}

const std::vector<PageUser>& Kernel::ReclaimView::users_to_be(FrameNumber frame) const {
  const FrameInfo& info = m_kernel.m_frames[frame];
  return info.users.empty() && info.slot ? m_kernel.m_swap[*info.slot].users : info.users;
}

bool Kernel::make_room(std::uint64_t count, const Process* process, std::optional<FrameNumber> pinned,
                       EventLog* log, std::optional<PageUser> arriving) {
  while (process != nullptr && process->resident_limit &&
         process->resident_pages >= *process->resident_limit) {
    if (!evict_until(process, pinned, ReclaimCause::ResidentLimit, log, arriving)) return false;
  }
  // The quota is a wish: if no page of its own may go, the process gets a frame all the same.
  while (process != nullptr && process->frame_quota && process->resident_pages >= *process->frame_quota) {
    if (!evict_until(process, pinned, ReclaimCause::FrameQuota, log, arriving)) break;
  }
  const Process* own =
      m_config.scope == ReplacementScope::Local && arriving ? find_process(arriving->process) : nullptr;
  while (m_frames.free_count() < count) {
    if (own != nullptr && evict_until(own, pinned, ReclaimCause::NoFreeFrame, log, arriving)) continue;
    if (!evict_until(nullptr, pinned, ReclaimCause::NoFreeFrame, log, arriving)) return false;
  }
  return true;
}

// A flat table needs its frames in a row. Pages are evicted until they are free, unless other tables and the
// kernel lie so that no eviction could do it; nothing is moved (Linux would compact memory first).
std::optional<RejectReason> Kernel::make_room_to_start(std::uint64_t count, EventLog* log) {
  if (!make_room(count, nullptr, std::nullopt, log)) return RejectReason::NoFramesToStart;
  const std::uint64_t in_a_row = format().frames_per_node();
  if (in_a_row == 1) return std::nullopt;
  if (!m_frames.lowest_run(in_a_row, FrameTable::Runs::OfFreeAndPages))
    return RejectReason::NoContiguousFrames;
  while (!m_frames.lowest_run(in_a_row, FrameTable::Runs::OfFree)) {
    if (!evict_until(nullptr, std::nullopt, ReclaimCause::NoFreeRun, log, std::nullopt))
      return RejectReason::NoContiguousFrames;
  }
  return std::nullopt;
}

// One page leaves. If the device does not take it, it stays, and another is tried (mm/page_io.c: after a
// write error the page is dirty again and active, and reclaim goes on).
bool Kernel::evict_until(const Process* scope, std::optional<FrameNumber> pinned, ReclaimCause cause,
                         EventLog* log, std::optional<PageUser> arriving) {
  const bool wants_frame = cause == ReclaimCause::NoFreeFrame || cause == ReclaimCause::ReadAhead;
  ReclaimView view(*this, scope, pinned, arriving,
                   wants_frame ? ReclaimView::OfScope::MappedOrReadAhead : ReclaimView::OfScope::Mapped);
  Eviction eviction = Eviction::WriteFailed;
  while (eviction == Eviction::WriteFailed) eviction = evict_one(view, cause, log);
  return eviction == Eviction::Done;
}

Kernel::Eviction Kernel::evict_one(ReclaimView& view, ReclaimCause cause, EventLog* log) {
  const std::optional<VictimChoice> choice = m_policy->choose_victim(view);
  if (!choice) return Eviction::NoVictim;
  const FrameNumber frame = choice->frame;
  if (log != nullptr) log->push_back(VictimChosen{m_policy->kind(), *choice, cause, m_frames[frame].users});
  const std::optional<Kept> kept = keep_bytes(frame, log);
  if (!kept) {
    view.exclude(frame);
    return Eviction::WriteFailed;
  }
  m_policy->victim_taken(*choice, view);
  for (const FrameNumber spared : choice->spared) {
    if (spared != frame) clear_accessed(spared, log);
  }
  vacate(frame, *kept, log);
  return Eviction::Done;
}

// The only part of an eviction that can fail: it comes before anything is changed.
std::optional<Kernel::Kept> Kernel::keep_bytes(FrameNumber frame, EventLog* log) {
  const FrameInfo& info = m_frames[frame];
  const bool dirty = frame_dirty(frame) || !has_source(info);
  if (!dirty) {
    if (log != nullptr) log->push_back(PageDropped{frame, drop_reason(info)});
    return Kept{info.slot, false};
  }
  if (belongs_to_file(frame)) {
    write_back(frame, log);
    ++m_totals.pages_written_out;
    return Kept{info.slot, true};
  }
  const std::optional<SwapSlot> slot = write_to_swap(frame, log);
  if (!slot) return std::nullopt;
  if (log != nullptr) log->push_back(PageWrittenOut{frame, *slot});
  ++m_totals.pages_written_out;
  return Kept{slot, true};
}

void Kernel::vacate(FrameNumber frame, const Kept& kept, EventLog* log) {
  const std::vector<PageUser> users = m_frames[frame].users;
  const std::optional<FilePageRef> file_page = m_frames[frame].file_page;
  const std::optional<SwapSlot> slot = kept.slot;
  ++m_totals.evictions;
  for (const PageUser& user : users) {
    Process& process = user_process(user);
    ++process.counters.evictions;
    --process.resident_pages;
    if (kept.written) ++process.counters.pages_written_out;
    m_thrashing.page_left(user);
    const auto entry = leaf_entry(process, user.page);
    // An entry edited by hand may point elsewhere by now; then there is nothing to take away.
    if (!entry || entry->pte.bits == 0 || frame_of(format(), entry->pte) != frame) continue;
    // A page of a file is found again through its segment, not through the entry.
    const bool remembers_slot = slot && !file_page;
    set_entry(process, user.page, 0, entry->address,
              remembers_slot ? make_swap_entry(format(), *slot) : Pte{}, log);
    if (remembers_slot) m_swap.add_user(*slot, user);
    invalidate_tlb(process, user.page, log);
  }
  if (file_page) {
    file_of(file_page->file).set_frame(file_page->index, std::nullopt);
    file_of(file_page->file).set_slot(file_page->index, slot);
    if (slot) m_swap.set_file_page(*slot, file_page);
  }
  if (slot) {
    if (m_swap[*slot].cached) m_swap.set_cached(*slot, std::nullopt);
    if (m_swap[*slot].free()) m_swap_device->discard(*slot);
  }
  m_frames.release(frame);
  if (log != nullptr) log->push_back(FrameFreed{frame});
}

// Where the page was written; nothing if no slot is to be had or the device fails.
std::optional<SwapSlot> Kernel::write_to_swap(FrameNumber frame, EventLog* log) {
  const std::optional<SwapSlot> slot = slot_for(frame, log);
  if (!slot) return std::nullopt;
  charge(&Counters::swap_writes);
  const auto error = m_swap_device->write(*slot, m_memory.frame_bytes(frame));
  if (!error) {
    m_damaged_slots.erase(*slot);
    return slot;
  }
  // What a failed write leaves in the page's own slot is nothing to rely on.
  if (m_frames[frame].slot == slot) detach_slot(frame, log);
  if (log != nullptr) log->push_back(PageWriteFailed{frame, *slot, error->kind == DeviceError::Kind::Full});
  return std::nullopt;
}

// The slot a dirty page is written to: its own if nobody else reads that, a free one, or one that only
// mirrors a page still in RAM.
std::optional<SwapSlot> Kernel::slot_for(FrameNumber frame, EventLog* log) {
  if (const auto own = m_frames[frame].slot) {
    if (m_swap[*own].users.empty()) return own;
    detach_slot(frame, log);
  }
  if (const auto free = m_swap.lowest_free()) return free;
  const auto mirror = m_swap.lowest_cache_only();
  if (!mirror) return std::nullopt;
  detach_slot(*m_swap[*mirror].cached, log);
  return mirror;
}

// The translation lookaside buffer caches the accessed flag: without the invalidation the hardware would not
// set it again on the next use. (Linux on x86 takes that risk and skips the invalidation.)
void Kernel::clear_accessed(FrameNumber frame, EventLog* log) {
  for (const PageUser& user : m_frames[frame].users) {
    const Process& process = user_process(user);
    const auto entry = leaf_entry(process, user.page);
    if (!entry || !entry->pte.has(format().accessed)) continue;
    set_entry(process, user.page, 0, entry->address, entry->pte.without(format().accessed), log);
    invalidate_tlb(process, user.page, log);
  }
}

}  // namespace vmp
