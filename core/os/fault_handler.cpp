// The page-fault handler. It first finds out, changing nothing, what the fault means (the plan), then makes
// room, then moves bytes from a device, the only part that may fail, and at last brings the books and the
// entry in line.
//
// What a fault on an absent page means is not in the page table: the segment decides it (Linux:
// handle_mm_fault(), mm/memory.c). A plan that ends in a signal is a segmentation violation or a bus error.
#include "core/os/fault_plan.h"

namespace vmp {
namespace {

Signalled make_signal(Signal signal, SignalCode code, SignalReason reason, const Fault& fault) {
  return Signalled{.signal = signal,
                   .code = code,
                   .reason = reason,
                   .address = fault.address,
                   .fault = fault,
                   .caught = false};
}

// x86 reports a non-canonical address as a general protection fault, without the address; Linux passes that
// on as it is (arch/x86/kernel/traps.c, exc_general_protection()).
Signalled general_protection(const Fault& fault) {
  Signalled signal = make_signal(Signal::Segv, SignalCode::Kernel, SignalReason::NonCanonical, fault);
  signal.address = VirtualAddress(0);
  return signal;
}

SignalReason forbidden_reason(AccessKind access) {
  return access == AccessKind::Read    ? SignalReason::ReadForbidden
         : access == AccessKind::Write ? SignalReason::WriteForbidden
                                       : SignalReason::ExecuteForbidden;
}

}  // namespace

Result<Kernel::FaultPlan, Signalled> Kernel::plan_fault(const Process& process, const Fault& fault,
                                                        FirstRead read) const {
  switch (fault.kind) {
    case FaultKind::TableOutsideMemory:
    case FaultKind::FrameOutsideMemory:
      return Failure{make_signal(Signal::Bus, SignalCode::AdrErr, SignalReason::EntryOutsideMemory, fault)};
    // Entries the kernel never writes (Linux on x86: pgtable_bad(), which ends the process).
    case FaultKind::ReservedBits:
    case FaultKind::WriteWithoutRead:
    case FaultKind::PointerAtLastLevel:
    case FaultKind::MisalignedSuperpage:
    case FaultKind::SupervisorOnly:
    case FaultKind::UserPage:
      return Failure{make_signal(Signal::Kill, SignalCode::None, SignalReason::CorruptedEntry, fault)};
    case FaultKind::NonCanonical:
      if (is_x86(format())) return Failure{general_protection(fault)};
      break;
    case FaultKind::NotPresent:
    case FaultKind::ReadForbidden:
    case FaultKind::WriteForbidden:
    case FaultKind::ExecuteForbidden:
    case FaultKind::AccessedClear:
    case FaultKind::DirtyClear:
      break;
  }

  std::optional<VirtualAddress> stack_start;
  Segment segment;
  if (const Segment* found = process.space.find(fault.address)) {
    segment = *found;
  } else {
    const Result<Segment, Signalled> grown = plan_stack_growth(process, fault);
    if (!grown) return Failure{grown.error()};
    segment = *grown;
    stack_start = segment.range.start;
  }
  if (!allows(effective_permissions(format(), segment.permissions), fault.access)) {
    return Failure{make_signal(Signal::Segv, SignalCode::AccErr, forbidden_reason(fault.access), fault)};
  }
  Result<FaultPlan, Signalled> plan = plan_page(process, fault, segment, read);
  if (plan) {
    plan->stack_start = stack_start;
    plan->access = fault.access;
  }
  return plan;
}

// The stack as it would be after growing to the faulting page. Linux grows it for any touch below it, as long
// as the limit (RLIMIT_STACK) and the guard gap are kept (mm/mmap.c, expand_downwards() and
// acct_stack_growth()).
Result<Segment, Signalled> Kernel::plan_stack_growth(const Process& process, const Fault& fault) const {
  const auto refuse = [&](SignalReason reason) {
    return Failure{make_signal(Signal::Segv, SignalCode::MapErr, reason, fault)};
  };
  const Segment* above = process.space.find_at_or_above(fault.address);
  if (above == nullptr || !above->grows_down()) return refuse(SignalReason::NoSegment);
  const VirtualAddress start = address_of(page_of(fault.address));
  // Far below the stack nobody would call it growth: it is an address in no segment.
  const std::uint64_t size = above->range.end - start;
  if (size > process.space.stack_limit + kStackGuardGap) return refuse(SignalReason::NoSegment);
  if (size > process.space.stack_limit) return refuse(SignalReason::StackLimit);
  if (exceeded_limit(process, false, (above->range.start - start) / kPageSize)) {
    return refuse(SignalReason::StackLimit);
  }
  if (start < process.space.layout().lowest_mappable) return refuse(SignalReason::StackGuardGap);
  // The neighbour below keeps its distance unless it is a stack itself or no access to it is allowed.
  for (const Segment& below : process.space.segments()) {
    if (below.range.end > start || below.grows_down() || below.permissions.none()) continue;
    if (start - below.range.end < kStackGuardGap) return refuse(SignalReason::StackGuardGap);
  }
  if (!may_commit((above->range.start - start) / kPageSize)) return refuse(SignalReason::StackLimit);
  Segment grown = *above;
  grown.range.start = start;
  return grown;
}

Result<Kernel::FaultPlan, Signalled> Kernel::plan_page(const Process& process, const Fault& fault,
                                                       const Segment& segment, FirstRead read) const {
  const PageNumber page = page_of(fault.address);
  const PageUser user{process.id, page};
  FaultPlan plan;
  plan.page = page;
  plan.segment = segment;
  const auto corrupted = [&] {
    return Failure{make_signal(Signal::Kill, SignalCode::None, SignalReason::CorruptedEntry, fault)};
  };
  const auto entry = leaf_entry(process, page);
  const EntryState state = entry ? decode_leaf(format(), entry->pte) : EntryState{EmptyEntry{}};

  if (std::holds_alternative<EmptyEntry>(state) && segment.backing) {
    return plan_file_page(process, fault, segment);
  }
  if (std::holds_alternative<EmptyEntry>(state)) {
    const std::uint64_t nodes = missing_nodes(m_memory, m_frames, page_table(process), page);
    if (fault.access != AccessKind::Write && read == FirstRead::ZeroPage && m_frames.zero_page()) {
      plan.cause = FaultCause::ZeroPage;
      plan.source_frame = m_frames.zero_page();
      plan.frames_needed = nodes;
      return plan;
    }
    plan.cause = FaultCause::DemandZero;
    plan.frames_needed = 1 + nodes;
    plan.adds_resident_page = true;
    return plan;
  }
  if (const auto* swapped = std::get_if<SwappedEntry>(&state)) {
    if (swapped->slot.value() >= m_swap.size()) return corrupted();
    const SlotInfo& slot = m_swap[swapped->slot];
    if (!is_listed(slot.users, user)) return corrupted();
    plan.slot = swapped->slot;
    plan.source_frame = slot.cached;
    plan.cause = slot.cached ? FaultCause::SwapCached : FaultCause::SwapIn;
    plan.major = !slot.cached;
    plan.frames_needed = slot.cached ? 0 : 1;
    plan.adds_resident_page = true;
    return plan;
  }

  const FrameNumber frame = frame_of(format(), entry->pte);
  plan.source_frame = frame;
  if (fault.kind != FaultKind::WriteForbidden) {
    plan.cause = FaultCause::EntryMended;
    return m_memory.contains(frame) ? Result<FaultPlan, Signalled>(plan) : corrupted();
  }
  // The segment allows the write and the entry does not: the page shows the page of zeros, it is, or was,
  // shared since a fork, or it is the page cache's.
  if (frame == m_frames.zero_page() && !segment.shared) {
    plan.source_frame.reset();
    plan.cause = FaultCause::DemandZero;
    plan.frames_needed = 1;
    plan.adds_resident_page = true;
    return plan;
  }
  if (!m_memory.contains(frame) || !is_listed(m_frames[frame].users, user)) return corrupted();
  if (segment.shared) {
    plan.cause = FaultCause::EntryMended;
    return plan;
  }
  const bool shared = m_frames[frame].users.size() > 1 || m_frames[frame].file_page;
  plan.cause = shared ? FaultCause::CopyOnWriteCopy : FaultCause::CopyOnWriteReuse;
  plan.frames_needed = shared ? 1 : 0;
  return plan;
}

// The first touch of a page of a file or of shared memory (mm/memory.c, do_read_fault(), do_cow_fault() and
// do_shared_fault(); mm/filemap.c, filemap_fault(): beyond the file's last page there is nothing to map).
Result<Kernel::FaultPlan, Signalled> Kernel::plan_file_page(const Process& process, const Fault& fault,
                                                            const Segment& segment) const {
  FaultPlan plan;
  plan.page = page_of(fault.address);
  plan.segment = segment;
  plan.file_page = segment.backing_page(plan.page);
  const File& backing = file(plan.file_page->file);
  if (plan.file_page->index >= backing.page_count()) {
    return Failure{make_signal(Signal::Bus, SignalCode::AdrErr, SignalReason::BeyondFileEnd, fault)};
  }
  const File::Page where = backing.page(plan.file_page->index);
  plan.source_frame = where.frame;
  plan.private_copy = fault.access == AccessKind::Write && !segment.shared;
  plan.frames_needed = (where.frame ? 0u : 1u) + (plan.private_copy ? 1u : 0u) +
                       missing_nodes(m_memory, m_frames, page_table(process), plan.page);
  plan.adds_resident_page = true;
  if (where.frame) {
    plan.cause = plan.private_copy ? FaultCause::CopyOnWriteCopy : FaultCause::FileCached;
  } else if (where.slot) {
    plan.cause = FaultCause::SwapIn;
    plan.slot = where.slot;
    plan.major = true;
  } else {
    plan.cause = backing.is_shared_memory() ? FaultCause::DemandZero : FaultCause::LoadFromFile;
    plan.major = !backing.is_shared_memory();
  }
  return plan;
}

// Does what the plan says. Returns the signal if the plan is one, or if room or bytes could not be had.
std::optional<Signalled> Kernel::handle_fault(Process& process, const Fault& fault, FirstRead read,
                                              EventLog* log, ReadAhead ahead) {
  const Result<FaultPlan, Signalled> planned = plan_fault(process, fault, read);
  if (!planned) return planned.error();
  const FaultPlan& plan = *planned;
  if (log != nullptr)
    log->push_back(FaultUnderstood{process.id, plan.page, plan.cause, plan.segment.kind, plan.major});

  // The transfer that may fail comes before room is made for it, so that after an error nothing is changed.
  PageBytes swapped_in;
  if (plan.cause == FaultCause::SwapIn) charge(&Counters::swap_reads);
  if (plan.cause == FaultCause::SwapIn && read_slot(*plan.slot, swapped_in)) {
    if (log != nullptr) log->push_back(PageReadFailed{*plan.slot});
    return make_signal(Signal::Bus, SignalCode::AdrErr, SignalReason::SwapReadError, fault);
  }
  const Process* limited = plan.adds_resident_page ? &process : nullptr;
  if (limited != nullptr && m_config.fault_frequency.on()) set_frame_quota(process, plan.source_frame, log);
  const bool from_file = plan.file_page && !plan.source_frame;
  const PageUser arriving = from_file ? name_of_file_page(*plan.file_page) : PageUser{process.id, plan.page};
  if (!make_room(plan.frames_needed, limited, plan.source_frame, log, arriving)) {
    // A process at its own limit has only itself to blame (mm/memcontrol.c).
    const bool own_limit =
        limited != nullptr && process.resident_limit && process.resident_pages >= *process.resident_limit;
    const MemoryScore score = own_limit ? memory_score(process) : worst_process();
    if (log != nullptr) log->push_back(OutOfMemory{score});
    if (score.process == process.id) {
      return make_signal(Signal::Kill, SignalCode::None, SignalReason::OutOfMemory, fault);
    }
    // What the plan rests on may have gone with the victim.
    kill_for_memory(score, log);
    return handle_fault(process, fault, read, log, ahead);
  }
  if (plan.adds_resident_page) note_return(process, plan);
  apply_fault(process, plan, swapped_in, log);
  if (ahead == ReadAhead::Yes) read_ahead_of(process, plan, log);
  return std::nullopt;
}

// Did the page leave RAM only a short while ago?
void Kernel::note_return(Process& process, const FaultPlan& plan) {
  const bool waited = plan.major || plan.cause == FaultCause::DemandZero;
  std::uint64_t in_ram = 0;
  for (const Process& each : m_processes) in_ram += each.resident_pages;
  if (!m_thrashing.page_came_back({process.id, plan.page}, waited, in_ram, m_time)) return;
  ++process.counters.refaults;
  ++m_totals.refaults;
}

// The frame the entry will point at, with its bytes.
FrameNumber Kernel::fill_frame(Process& process, const FaultPlan& plan, const PageBytes& swapped_in,
                               EventLog* log) {
  if (plan.frames_needed == 0 || plan.cause == FaultCause::ZeroPage) return *plan.source_frame;
  const FrameNumber frame = add_page_frame(process, {process.id, plan.page}, log);
  FrameInfo& info = m_frames.mutate(frame);
  switch (plan.cause) {
    case FaultCause::DemandZero:
      m_memory.zero_frame(frame);
      info.source = PageSource::ZeroFill;
      if (log != nullptr) log->push_back(FrameZeroed{frame});
      break;
    case FaultCause::SwapIn:
      m_memory.write_frame(frame, swapped_in);
      info.slot = plan.slot;
      m_swap.set_cached(*plan.slot, frame);
      ++process.counters.pages_read_in;
      ++m_totals.pages_read_in;
      if (log != nullptr) log->push_back(PageReadIn{frame, *plan.slot});
      break;
    case FaultCause::CopyOnWriteCopy:
      m_memory.write_frame(frame, m_memory.frame_bytes(*plan.source_frame));
      info.dirty = true;  // the copy exists nowhere else
      ++process.counters.copies;
      ++m_totals.copies;
      if (log != nullptr) log->push_back(FrameCopied{*plan.source_frame, frame});
      break;
    case FaultCause::ZeroPage:
    case FaultCause::LoadFromFile:
    case FaultCause::FileCached:
    case FaultCause::SwapCached:
    case FaultCause::CopyOnWriteReuse:
    case FaultCause::EntryMended:
      check(false, "this cause needs no new frame");
  }
  return frame;
}

// The same for a page of a file: the page cache's frame, or the private copy of it that a write needs.
FrameNumber Kernel::fill_file_frame(Process& process, const FaultPlan& plan, const PageBytes& swapped_in,
                                    EventLog* log) {
  const FilePageRef page = *plan.file_page;
  if (plan.slot) {
    // Shared memory gives its slot up as it comes back (mm/shmem.c, shmem_swapin_folio()).
    const FrameNumber frame = add_page_frame(process, name_of_file_page(page), log);
    m_memory.write_frame(frame, swapped_in);
    FrameInfo& info = m_frames.mutate(frame);
    info.file_page = page;
    info.dirty = true;
    file_of(page.file).set_frame(page.index, frame);
    ++process.counters.pages_read_in;
    ++m_totals.pages_read_in;
    if (log != nullptr) log->push_back(PageReadIn{frame, *plan.slot});
    file_of(page.file).set_slot(page.index, std::nullopt);
    m_swap.set_file_page(*plan.slot, std::nullopt);
    m_swap_device->discard(*plan.slot);
    if (log != nullptr) log->push_back(SlotFreed{*plan.slot});
  } else if (!plan.source_frame) {
    if (plan.major) charge(&Counters::file_reads);
    cache_file_page(process, page, log);
  }
  const FrameNumber cached = *file(page.file).page(page.index).frame;
  if (!plan.private_copy) return cached;
  const FrameNumber copy = add_page_frame(process, {process.id, plan.page}, log);
  m_memory.write_frame(copy, m_memory.frame_bytes(cached));
  m_frames.mutate(copy).dirty = true;  // the copy exists nowhere else
  ++process.counters.copies;
  ++m_totals.copies;
  if (log != nullptr) log->push_back(FrameCopied{cached, copy});
  return copy;
}

void Kernel::apply_fault(Process& process, const FaultPlan& plan, const PageBytes& swapped_in,
                         EventLog* log) {
  if (plan.stack_start) {
    const VirtualAddress from = process.space.find_at_or_above(*plan.stack_start)->range.start;
    process.space.grow_stack(*plan.stack_start);
    if (log != nullptr) log->push_back(StackGrown{process.id, from, *plan.stack_start});
  }
  const FrameNumber frame = plan.file_page ? fill_file_frame(process, plan, swapped_in, log)
                                           : fill_frame(process, plan, swapped_in, log);
  if (plan.source_frame) note_read_ahead_used(*plan.source_frame, log);
  if (plan.adds_resident_page) {
    add_user(frame, process, plan.page);
    if (plan.slot && !plan.file_page) m_swap.remove_user(*plan.slot, {process.id, plan.page});
  } else if (plan.cause == FaultCause::CopyOnWriteCopy) {
    const auto old = leaf_entry(process, plan.page);
    add_user(frame, process, plan.page);
    forget_page(process, plan.page, old->pte, log);
  } else if (plan.cause == FaultCause::CopyOnWriteReuse && m_frames[frame].slot &&
             !m_swap[*m_frames[frame].slot].users.empty()) {
    detach_slot(frame, log);  // the slot stays with those who still read it
  }
  const PhysicalAddress entry = ensure_leaf_entry(process, plan.page, log);
  const Pte before{m_memory.read_word(entry, format().entry_bytes)};
  Pte after = entry_for(plan.segment, frame);
  if (before.has(format().present) && frame_of(format(), before) == frame) {
    after = after.with(before.bits & (format().accessed | format().dirty));
  }
  // Hardware that sets no flags would fault at once on an entry that lacks them (Linux presets both
  // everywhere).
  if (m_config.protection.svade && !is_x86(format()) && after.has(format().present)) {
    const bool written = plan.access == AccessKind::Write && after.has(format().write);
    after = after.with(written ? format().accessed | format().dirty : format().accessed);
  }
  set_entry(process, plan.page, 0, entry, after, log);
  invalidate_tlb(process, plan.page, log);
  ++(plan.major ? process.counters.major_faults : process.counters.minor_faults);
  ++(plan.major ? m_totals.major_faults : m_totals.minor_faults);
}

}  // namespace vmp
