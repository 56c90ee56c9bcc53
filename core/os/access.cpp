// One access of a program, from the first translation to the value: translate, let the kernel mend the fault,
// retry.
#include "core/os/kernel.h"
#include "core/os/reclaim_view.h"

namespace vmp {
namespace {

// A fault the kernel mends is gone at the retry. One that is not after this many rounds never will be.
constexpr int kMostRetries = 8;

}  // namespace

Outcome Kernel::access(ProcessId id, const Access& access, EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  if (access.size != 1 && access.size != 2 && access.size != 4 && access.size != 8)
    return Rejected{RejectReason::BadSize};
  const VirtualAddress last = access.address + (access.size - 1);
  const bool beyond = !format().sign_extended && (last.value() >> format().virtual_address_bits) != 0;
  if (last < access.address || beyond) return Rejected{RejectReason::BeyondAddressSpace};
  switch_to(*process, log);
  count_access(*process, access.kind);

  // Both pages of an access that crosses an edge must be there at the same time: getting the second may have
  // cost the first its frame, so after any fault both are translated again.
  const VirtualAddress second = address_of(page_of(last));
  const bool crosses = page_of(access.address) != page_of(last);
  PhysicalAddress low;
  PhysicalAddress high;
  for (int round = 0;; ++round) {
    // Read-ahead might cost the one page its frame for neighbours of the other: only once.
    const ReadAhead ahead = round == 0 ? ReadAhead::Yes : ReadAhead::No;
    const auto first_page =
        reach(*process, access.address, access.kind, access.privilege, MapOnDemand::No, ahead, log);
    if (!first_page) return deliver(*process, first_page.error(), log);
    low = first_page->address;
    if (!crosses) break;
    const auto second_page =
        reach(*process, second, access.kind, access.privilege, MapOnDemand::No, ahead, log);
    if (!second_page) return deliver(*process, second_page.error(), log);
    high = second_page->address;
    if (!second_page->faulted) break;
    if (round == kMostRetries) {
      return deliver(*process,
                     Signalled{.signal = Signal::Kill,
                               .code = SignalCode::None,
                               .reason = SignalReason::OutOfMemory,
                               .address = second,
                               .fault = {},
                               .caught = false},
                     log);
    }
  }

  ++m_time;
  note_reference(frame_of(low), kNeverUsed);
  if (crosses) note_reference(frame_of(high), kNeverUsed);
  const auto low_bytes = static_cast<std::uint32_t>(crosses ? second - access.address : access.size);
  const std::uint32_t high_bytes = access.size - low_bytes;
  std::uint64_t value = access.value;
  if (access.kind == AccessKind::Write) {
    if (access.size < 8) value &= (std::uint64_t{1} << (8 * access.size)) - 1;
    m_memory.write_word(low, low_bytes, value);
    if (crosses) m_memory.write_word(high, high_bytes, value >> (8 * low_bytes));
  } else {
    value = m_memory.read_word(low, low_bytes);
    if (crosses) value |= m_memory.read_word(high, high_bytes) << (8 * low_bytes);
  }
  if (log != nullptr) log->push_back(ValueAccessed{id, access.kind, access.address, access.size, value});
  watch_for_thrashing(log);
  tick_if_due(log);
  return access.kind == AccessKind::Write ? Completed{} : Completed{value};
}

Outcome Kernel::replay_reference(ProcessId id, AccessKind kind, VirtualAddress address, EventLog* log,
                                 std::uint64_t next_use) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  if (address >= process->space.layout().user_end) return Rejected{RejectReason::AddressOutsideFormat};
  switch_to(*process, log);
  count_access(*process, kind);
  const auto reached = reach(*process, address, kind, Privilege::User, MapOnDemand::Yes, ReadAhead::Yes, log);
  if (!reached) return deliver(*process, reached.error(), log);
  ++m_time;
  note_reference(frame_of(reached->address), next_use);
  watch_for_thrashing(log);
  tick_if_due(log);
  return Completed{};
}

// An entry edited by hand may lead to a frame that holds no page; of that no policy knows.
void Kernel::note_reference(FrameNumber frame, std::uint64_t next_use) {
  m_memory.stamp_access(frame, m_time);
  if (is_ideal(m_config.policy) && m_frames[frame].use == FrameUse::Page) {
    m_policy->page_referenced(frame, next_use);
  }
}

// The timer interrupt of the policies that have one, counted in references instead of milliseconds.
void Kernel::tick_if_due(EventLog* log) {
  if (!has_tick(m_config.policy) || m_time % m_config.tick != 0) return;
  const std::vector<FrameNumber> cleared = m_policy->tick(ReclaimView(*this, nullptr, std::nullopt));
  if (log != nullptr) log->push_back(AccessedFlagsGathered{m_config.policy, cleared});
  for (const FrameNumber frame : cleared) clear_accessed(frame, log);
}

void Kernel::watch_for_thrashing(EventLog* log) {
  const Thrashing::Change change = m_thrashing.look(m_time);
  if (change == Thrashing::Change::None || log == nullptr) return;
  const std::uint64_t refaults = m_thrashing.refaults();
  if (change == Thrashing::Change::Began) {
    log->push_back(ThrashingBegan{refaults, m_thrashing.window()});
  } else {
    log->push_back(ThrashingEnded{refaults, m_thrashing.window()});
  }
}

Result<Kernel::Reached, Signalled> Kernel::reach(Process& process, VirtualAddress address, AccessKind kind,
                                                 Privilege privilege, MapOnDemand map, ReadAhead ahead,
                                                 EventLog* log) {
  std::optional<Fault> fault;
  for (int round = 0; round <= kMostRetries; ++round) {
    const Result<PhysicalAddress, Fault> translated = translate_once(process, address, kind, privilege, log);
    if (translated) return Reached{*translated, fault.has_value()};
    fault = translated.error();
    if (map == MapOnDemand::Yes && process.space.find(address) == nullptr) {
      const VirtualAddress start = address_of(page_of(address));
      process.space.insert(Segment{.kind = SegmentKind::Mapped,
                                   .range = {start, start + kPageSize},
                                   .permissions = {.read = true, .write = true, .execute = true}});
    }
    const FirstRead read = map == MapOnDemand::Yes ? FirstRead::OwnFrame : FirstRead::ZeroPage;
    if (auto signal = handle_fault(process, *fault, read, log, round == 0 ? ahead : ReadAhead::No)) {
      // Linux: an oops, which ends the process in whose name the kernel ran (arch/x86/mm/fault.c,
      // page_fault_oops()). A copy from or to a program would instead return EFAULT.
      if (privilege == Privilege::Supervisor) {
        signal->signal = Signal::Kill;
        signal->code = SignalCode::None;
        signal->reason = SignalReason::SupervisorFault;
      }
      return Failure{*signal};
    }
  }
  return Failure{Signalled{.signal = Signal::Kill,
                           .code = SignalCode::None,
                           .reason = SignalReason::CorruptedEntry,
                           .address = address,
                           .fault = fault,
                           .caught = false}};
}

Result<PhysicalAddress, Fault> Kernel::translate_once(Process& process, VirtualAddress address,
                                                      AccessKind kind, Privilege privilege, EventLog* log) {
  TranslationContext context = translation_context(process);
  context.privilege = privilege;
  if (log == nullptr) {
    CountingTracer tracer;
    auto result =
        translate(m_memory, m_tlb.unit_for(kind), m_tlb.walk_cache(), context, address, kind, tracer);
    count_hardware(process, tracer.counts);
    return result;
  }
  HardwareTrace tracer;
  auto result = translate(m_memory, m_tlb.unit_for(kind), m_tlb.walk_cache(), context, address, kind, tracer);
  count_hardware(process, tracer.counts);
  for (HardwareEvent& event : tracer.events) log->push_back(HardwareDid{process.id, std::move(event)});
  return result;
}

void Kernel::count_access(Process& process, AccessKind kind) {
  for (Counters* counters : {&process.counters, &m_totals}) {
    ++(kind == AccessKind::Read    ? counters->reads
       : kind == AccessKind::Write ? counters->writes
                                   : counters->executes);
  }
}

void Kernel::count_hardware(Process& process, const HardwareCounts& counts) {
  for (Counters* counters : {&process.counters, &m_totals}) {
    counters->tlb_hits += counts.tlb_hits;
    counters->tlb_misses += counts.tlb_misses;
    counters->table_reads += counts.table_reads;
  }
}

void Kernel::charge(std::uint64_t Counters::*what, std::uint64_t times) {
  m_totals.*what += times;
  if (m_current) m_processes[m_current->value() - 1].counters.*what += times;
}

}  // namespace vmp
