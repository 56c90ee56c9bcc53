// The kernel, with the hardware it runs on. It owns every process and decides about every frame; programs
// reach it by system calls (mmap, brk, fork, ...) and by faulting.
//
// Every call takes an EventLog that may be null. With null nothing is recorded and the same code runs faster;
// the state afterwards is the same, bit for bit.
#pragma once

#include "core/base/clone_ptr.h"
#include "core/hw/mmu.h"
#include "core/os/event.h"
#include "core/os/process.h"
#include "core/os/swap_area.h"
#include "core/os/swap_backend.h"

namespace vmp {

struct InitialWrite;

inline constexpr std::size_t kMostProcesses = 64;

class Kernel {
 public:
  explicit Kernel(const MachineConfig& config);  // a config that check_config() accepts

  // --- processes
  // -------------------------------------------------------------------------------------------------
  Outcome spawn(const std::string& name, std::shared_ptr<const Program> program, EventLog* log);
  // A process without a program: an empty address space into which a trace maps what it touches.
  Outcome spawn_empty(const std::string& name, EventLog* log);
  Outcome fork(ProcessId parent, const std::string& child_name, EventLog* log);
  Outcome exit(ProcessId process, std::uint64_t status, EventLog* log);
  Outcome set_resident_limit(ProcessId process, std::optional<std::uint64_t> pages, EventLog* log);
  Outcome set_signal_handling(ProcessId process, bool catches, EventLog* log);

  // --- memory
  // ----------------------------------------------------------------------------------------------------
  Outcome access(ProcessId process, const Access& access, EventLog* log);
  struct MapRequest {
    std::optional<VirtualAddress> address;  // a hint, or the place itself if `fixed`
    std::uint64_t length = 0;               // bytes
    Permissions permissions;
    bool fixed = false;  // MAP_FIXED: what is there already is unmapped
    constexpr bool operator==(const MapRequest&) const = default;
  };
  Outcome mmap(ProcessId process, const MapRequest& request, EventLog* log);
  Outcome munmap(ProcessId process, VirtualAddress address, std::uint64_t length, EventLog* log);
  Outcome mprotect(ProcessId process, VirtualAddress address, std::uint64_t length, Permissions permissions,
                   EventLog* log);
  Outcome brk(ProcessId process, VirtualAddress new_break, EventLog* log);

  // One reference of a trace: as access(), but it moves no bytes and maps the page if no segment holds it.
  Outcome replay_reference(ProcessId process, AccessKind kind, VirtualAddress address, EventLog* log);

  // --- by hand: what no program could do
  // ------------------------------------------------------------------------------
  Outcome edit_memory(PhysicalAddress address, std::uint32_t size, std::uint64_t value, EventLog* log);
  Outcome flush_tlb(EventLog* log);

  // --- looking
  // ---------------------------------------------------------------------------------------------------
  const MachineConfig& config() const { return m_config; }
  const PageTableFormat& format() const { return format_of(m_config.format); }
  const PhysicalMemory& memory() const { return m_memory; }
  const Tlb& tlb() const { return m_tlb; }
  const FrameTable& frames() const { return m_frames; }
  const SwapArea& swap() const { return m_swap; }
  const SwapBackend& swap_device() const { return *m_swap_device; }
  const ReplacementPolicy& policy() const { return *m_policy; }
  // Every process there ever was, in the order of their ids; ids start at 1.
  const std::vector<Process>& processes() const { return m_processes; }
  const Process* find_process(ProcessId id) const;
  const Process* find_process(std::string_view name) const;  // the newest of that name
  std::optional<ProcessId> current() const { return m_current; }
  std::uint64_t time() const { return m_time; }  // accesses made so far
  const Counters& totals() const { return m_totals; }
  // True once RAM was edited by hand: from then on page tables may disagree with the kernel's books.
  bool edited_by_hand() const { return m_edited_by_hand; }

  TranslationContext translation_context(const Process& process) const;
  PageTableRef page_table(const Process& process) const;
  // The raw level-0 entry of `page`; nothing if its node does not exist.
  std::optional<Fault::Entry> leaf_entry(const Process& process, PageNumber page) const;
  // The page that the policy would evict now to make room for any process; nothing if no page may go.
  std::optional<VictimChoice> peek_victim() const;
  bool frame_dirty(FrameNumber frame) const;
  bool frame_accessed(FrameNumber frame) const;

  std::uint64_t hash() const;

 private:
  class ReclaimView;
  struct FaultPlan;

  // processes.cpp
  Process* find_running(ProcessId id);
  Rejected why_not_running(ProcessId id) const;
  std::optional<RejectReason> cannot_start(const std::string& name) const;
  Process& create_process(const std::string& name, AddressSpace space, EventLog* log);
  void switch_to(Process& process, EventLog* log);
  void copy_mappings(Process& parent, Process& child, EventLog* log);
  void end_process(Process& process, ProcessState state, std::uint64_t status, EventLog* log);
  Outcome deliver(Process& process, Signalled signal, EventLog* log);

  // spawn.cpp
  struct NewImage;
  Result<NewImage, RejectReason> plan_image(const Program& program);
  std::uint64_t frames_to_start(const NewImage& image) const;
  void write_initially(Process& process, const InitialWrite& write, EventLog* log);

  // memory_calls.cpp
  Outcome fail(const Process& process, Errno error, CallReason reason, EventLog* log);
  bool hint_is_usable(const Process& process, AddressRange range) const;

  // access.cpp
  enum class MapOnDemand : std::uint8_t { No, Yes };
  struct Reached {
    PhysicalAddress address;
    bool faulted = false;  // the kernel had to act first
  };
  Result<Reached, Signalled> reach(Process& process, VirtualAddress address, AccessKind kind,
                                   Privilege privilege, MapOnDemand map, EventLog* log);
  Result<PhysicalAddress, Fault> translate_once(Process& process, VirtualAddress address, AccessKind kind,
                                                Privilege privilege, EventLog* log);
  void count_access(Process& process, AccessKind kind);

  // fault_handler.cpp
  Result<FaultPlan, Signalled> plan_fault(const Process& process, const Fault& fault) const;
  Result<FaultPlan, Signalled> plan_page(const Process& process, const Fault& fault,
                                         const Segment& segment) const;
  Result<Segment, Signalled> plan_stack_growth(const Process& process, const Fault& fault) const;
  std::optional<Signalled> handle_fault(Process& process, const Fault& fault, EventLog* log);
  FrameNumber fill_frame(Process& process, const FaultPlan& plan, const PageBytes& swapped_in, EventLog* log);
  void apply_fault(Process& process, const FaultPlan& plan, const PageBytes& swapped_in, EventLog* log);

  // reclaim.cpp
  // Evicts until `count` frames are free and, for a process given, its resident limit leaves room for one
  // more page. False if that cannot be had. `pinned` is not evicted.
  bool make_room(std::uint64_t count, const Process* process, std::optional<FrameNumber> pinned,
                 EventLog* log);
  bool evict_one(const ReclaimView& view, ReclaimCause cause, EventLog* log);
  std::optional<SwapSlot> slot_for(FrameNumber frame, EventLog* log);
  void clear_accessed(FrameNumber frame, EventLog* log);

  // mappings.cpp
  bool any_entry_has(FrameNumber frame, std::uint64_t flag) const;
  void set_entry(const Process& process, PageNumber page, std::uint32_t level, PhysicalAddress address,
                 Pte after, EventLog* log);
  PhysicalAddress ensure_leaf_entry(Process& process, PageNumber page, EventLog* log);
  FrameNumber add_node(Process& process, std::uint32_t level, PageNumber first_page, EventLog* log);
  FrameNumber add_page_frame(const Process& process, EventLog* log);
  Pte entry_for(const Segment& segment, FrameNumber frame) const;
  void add_user(FrameNumber frame, Process& process, PageNumber page);
  void remove_user(FrameNumber frame, Process& process, PageNumber page, EventLog* log);
  void release_slot_user(SwapSlot slot, PageUser user, EventLog* log);
  void detach_slot(FrameNumber frame, EventLog* log);
  void forget_page(Process& process, PageNumber page, Pte pte, EventLog* log);
  void unmap_range(Process& process, AddressRange range, EventLog* log);
  void free_unneeded_nodes(Process& process, AddressRange range, EventLog* log);
  void invalidate_tlb(const Process& process, PageNumber page, EventLog* log);
  struct MappedPage {
    PageNumber page;
    PhysicalAddress entry;
    Pte pte;
  };
  // Every level-0 entry of the process that is not zero, within the range, lowest page first.
  std::vector<MappedPage> mapped_pages(const Process& process, AddressRange range) const;
  Process& user_process(const PageUser& user) { return m_processes[user.process.value() - 1]; }
  bool uses_asids() const { return format().asid_bits > 0 && m_config.asids; }

  MachineConfig m_config;
  PhysicalMemory m_memory;
  Tlb m_tlb;
  FrameTable m_frames;
  SwapArea m_swap;
  ClonePtr<SwapBackend> m_swap_device;
  ClonePtr<ReplacementPolicy> m_policy;
  std::vector<Process> m_processes;
  std::optional<ProcessId> m_current;
  std::uint64_t m_time = 0;
  Rng m_rng;
  Counters m_totals;
  bool m_edited_by_hand = false;
};

}  // namespace vmp
