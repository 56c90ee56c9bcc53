// The life of a process: forked, running, ended by itself or by a signal.
#include <algorithm>

#include "core/os/kernel.h"

namespace vmp {

Process* Kernel::find_running(ProcessId id) {
  const Process* process = std::as_const(*this).find_process(id);
  return process != nullptr && process->running() ? &m_processes[id.value() - 1] : nullptr;
}

Rejected Kernel::why_not_running(ProcessId id) const {
  return Rejected{find_process(id) == nullptr ? RejectReason::NoSuchProcess : RejectReason::ProcessEnded};
}

std::optional<RejectReason> Kernel::cannot_start(const std::string& name) const {
  if (find_process(name) != nullptr) return RejectReason::NameTaken;
  const auto running = static_cast<std::size_t>(
      std::count_if(m_processes.begin(), m_processes.end(), [](const Process& p) { return p.running(); }));
  if (running >= kMostProcesses) return RejectReason::TooManyProcesses;
  return std::nullopt;
}

// Takes the lowest address-space id no running process has, and the frames of the root node, for which there
// must be room.
Process& Kernel::create_process(const std::string& name, AddressSpace space, EventLog* log) {
  Asid asid;
  if (uses_asids()) {
    do ++asid;
    while (std::any_of(m_processes.begin(), m_processes.end(),
                       [&](const Process& p) { return p.running() && p.asid == asid; }));
  }
  Process& process = m_processes.emplace_back();
  process.id = ProcessId(static_cast<std::uint32_t>(m_processes.size()));
  process.name = name;
  process.asid = asid;
  process.space = std::move(space);
  process.root = add_node(process, format().root_level(), PageNumber(0), log);
  return process;
}

Outcome Kernel::spawn_empty(const std::string& name, EventLog* log) {
  if (const auto reason = cannot_start(name)) return Rejected{*reason};
  if (const auto reason = make_room_to_start(format().frames_per_node(), log)) return Rejected{*reason};
  const Process& process = create_process(name, AddressSpace(layout_of(format())), log);
  if (log != nullptr) log->push_back(ProcessStarted{process.id, std::nullopt, process.root});
  return Completed{};
}

Outcome Kernel::fork(ProcessId parent_id, const std::string& child_name, EventLog* log) {
  Process* parent = find_running(parent_id);
  if (parent == nullptr) return why_not_running(parent_id);
  if (const auto reason = cannot_start(child_name)) return Rejected{*reason};
  switch_to(*parent, log);
  if (!may_commit_copy_of(parent->space)) return fail(*parent, Errno::Enomem, CallReason::CommitLimit, log);
  if (const auto reason = make_room_to_start(parent->node_frames.size(), log)) {
    return fail_for_frames(*parent, *reason, log);
  }
  AddressSpace space = parent->space;
  space.unlock_all();  // locks are not inherited
  Process& child = create_process(child_name, std::move(space), log);
  parent = &m_processes[parent_id.value() - 1];  // the list of processes may have moved
  child.parent = parent->id;
  child.program = parent->program;
  child.stack_pointer = parent->stack_pointer;
  child.load_bias = parent->load_bias;
  child.entry = parent->entry;
  child.resident_limit = parent->resident_limit;
  child.limits = parent->limits;
  child.catches_signals = parent->catches_signals;
  if (log != nullptr) log->push_back(ProcessStarted{child.id, parent->id, child.root});
  copy_mappings(*parent, child, log);
  return Completed{child.id.value()};
}

// Every page of the parent is now also the child's, and neither may write it without a fault (mm/memory.c,
// copy_present_pte(): both entries are write-protected, the child's is not accessed).
void Kernel::copy_mappings(Process& parent, Process& child, EventLog* log) {
  const AddressRange everything{VirtualAddress(0), parent.space.layout().user_end};
  for (const MappedPage& mapped : mapped_pages(parent, everything)) {
    const PageUser user{parent.id, mapped.page};
    const EntryState state = decode_leaf(format(), mapped.pte);
    Pte shared = mapped.pte;
    if (const auto* swapped = std::get_if<SwappedEntry>(&state)) {
      if (swapped->slot.value() >= m_swap.size() || !is_listed(m_swap[swapped->slot].users, user)) continue;
      m_swap.add_user(swapped->slot, {child.id, mapped.page});
    } else {
      const FrameNumber frame = frame_of(format(), mapped.pte);
      if (!m_memory.contains(frame)) continue;
      if (frame != m_frames.zero_page()) {
        if (!is_listed(m_frames[frame].users, user)) continue;
        // The child finds pages of the page cache there when it touches them (mm/memory.c, vma_needs_copy()).
        if (m_frames[frame].file_page) continue;
        add_user(frame, child, mapped.page);
      }
      shared = mapped.pte.without(format().write);
      set_entry(parent, mapped.page, 0, mapped.entry, shared, log);
      shared = shared.without(format().accessed);
    }
    set_entry(child, mapped.page, 0, ensure_leaf_entry(child, mapped.page, log), shared, log);
  }
  flush_tlb_of(parent, log);
}

Outcome Kernel::exit(ProcessId id, std::uint64_t status, EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  switch_to(*process, log);
  end_process(*process, ProcessState::Exited, status & 0xFF, log);
  return Completed{};
}

void Kernel::end_process(Process& process, ProcessState state, std::uint64_t status, EventLog* log) {
  process.state = state;
  process.exit_status = status;
  if (log != nullptr) log->push_back(ProcessEnded{process.id, state, status});
  release_memory(process, log);
  if (m_current == process.id) m_current.reset();
}

// Every page, every node and every segment (mm/mmap.c, exit_mmap()).
void Kernel::release_memory(Process& process, EventLog* log) {
  const AddressRange everything{VirtualAddress(0), process.space.layout().user_end};
  for (const MappedPage& mapped : mapped_pages(process, everything))
    forget_page(process, mapped.page, mapped.pte, log);
  if (m_edited_by_hand) {
    // Entries edited by hand no longer lead to everything the process has; the kernel's own books do.
    for (std::uint64_t f = 0; f < m_frames.size(); ++f) {
      const std::vector<PageUser> users = m_frames[m_frames.nth(f)].users;
      for (const PageUser& user : users) {
        if (user.process == process.id) remove_user(m_frames.nth(f), process, user.page, log);
      }
    }
    for (std::uint32_t s = 0; s < m_swap.size(); ++s) {
      const std::vector<PageUser> users = m_swap[SwapSlot(s)].users;
      for (const PageUser& user : users) {
        if (user.process == process.id) release_slot_user(SwapSlot(s), user, log);
      }
    }
  }
  m_thrashing.forget(process.id);
  release_nodes(process, log);
  process.root = FrameNumber();
  const std::vector<Segment> segments = process.space.segments();
  process.space = AddressSpace(process.space.layout());
  release_unmapped_shared_memory(segments, log);
  flush_tlb_of(process, log);
}

Outcome Kernel::deliver(Process& process, Signalled signal, EventLog* log) {
  signal.caught = signal.signal != Signal::Kill && process.catches_signals;
  ++process.counters.signals;
  ++m_totals.signals;
  if (log != nullptr) log->push_back(SignalSent{process.id, signal});
  if (!signal.caught) {
    process.killed_by = signal;
    end_process(process, ProcessState::Killed, 0, log);
  }
  return signal;
}

void Kernel::switch_to(Process& process, EventLog* log) {
  if (m_current == process.id) return;
  ContextSwitched event{.from = m_current, .to = process.id, .flushed = !uses_asids(), .dropped = 0};
  const Dropped dropped = event.flushed ? m_tlb.flush() : Dropped{};
  event.dropped = dropped.translations;
  m_current = process.id;
  if (log != nullptr) log->push_back(event);
  tell_dropped_pointers(dropped, log);
}

Outcome Kernel::set_resident_limit(ProcessId id, std::optional<std::uint64_t> pages, EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  if (pages == std::uint64_t{0}) return Rejected{RejectReason::BadSize};
  process->resident_limit = pages;
  if (log != nullptr) log->push_back(ResidentLimitSet{id, pages});
  // As for a memory control group, a limit below the present size takes effect at once, as far as pages can
  // go.
  if (pages) {
    process->resident_limit = *pages + 1;
    make_room(0, process, std::nullopt, log);
    process->resident_limit = pages;
  }
  return Completed{};
}

Outcome Kernel::set_signal_handling(ProcessId id, bool catches, EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  process->catches_signals = catches;
  if (log != nullptr) log->push_back(SignalHandlingSet{id, catches});
  return Completed{};
}

}  // namespace vmp
