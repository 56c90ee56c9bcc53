// The kernel, with the hardware it runs on. It owns every process and decides about every frame; programs
// reach it by system calls (mmap, brk, fork, ...) and by faulting.
//
// Every call takes an EventLog that may be null. With null nothing is recorded and the same code runs faster;
// the state afterwards is the same, bit for bit.
#pragma once

#include <set>

#include "core/base/clone_ptr.h"
#include "core/hw/mmu.h"
#include "core/hw/tlb_units.h"
#include "core/os/event.h"
#include "core/os/file.h"
#include "core/os/process.h"
#include "core/os/swap_area.h"
#include "core/os/swap_backend.h"
#include "core/os/thrashing.h"

namespace vmp {

struct InitialWrite;

inline constexpr std::size_t kMostProcesses = 64;

class Kernel {
 public:
  // A config that check_config() accepts. `device`: where swapped pages go; null: memory.
  explicit Kernel(const MachineConfig& config, std::unique_ptr<SwapBackend> device = nullptr);

  // --- processes
  // -------------------------------------------------------------------------------------------------
  Outcome spawn(const std::string& name, std::shared_ptr<const Program> program, EventLog* log);
  // A process without a program: an empty address space into which a trace maps what it touches.
  Outcome spawn_empty(const std::string& name, EventLog* log);
  Outcome fork(ProcessId parent, const std::string& child_name, EventLog* log);
  // The process goes on with another program. Until nothing can fail any more the old one is kept.
  Outcome exec(ProcessId process, std::shared_ptr<const Program> program, EventLog* log);
  Outcome exit(ProcessId process, std::uint64_t status, EventLog* log);
  Outcome set_limit(ProcessId process, Limit limit, std::optional<std::uint64_t> pages, EventLog* log);
  Outcome set_resident_limit(ProcessId process, std::optional<std::uint64_t> pages, EventLog* log);
  Outcome set_signal_handling(ProcessId process, bool catches, EventLog* log);

  // --- memory
  // ----------------------------------------------------------------------------------------------------
  Outcome access(ProcessId process, const Access& access, EventLog* log);
  struct MapRequest {
    std::optional<VirtualAddress> address;  // a hint, or the place itself if `fixed`
    std::uint64_t length = 0;               // bytes
    Permissions permissions;
    bool fixed = false;       // MAP_FIXED: what is there already is unmapped
    bool no_replace = false;  // MAP_FIXED_NOREPLACE: with `fixed`; what is there already makes it fail
    bool shared = false;      // MAP_SHARED: seen by everyone who maps the same file or was forked
    bool grows_down = false;  // MAP_GROWSDOWN: a stack
    std::optional<FileId> file = {};  // nothing: anonymous
    std::uint64_t offset = 0;         // bytes, of the first page within the file
    constexpr bool operator==(const MapRequest&) const = default;
  };
  Outcome mmap(ProcessId process, const MapRequest& request, EventLog* log);
  Outcome munmap(ProcessId process, VirtualAddress address, std::uint64_t length, EventLog* log);
  Outcome mprotect(ProcessId process, VirtualAddress address, std::uint64_t length, Permissions permissions,
                   EventLog* log);
  Outcome brk(ProcessId process, VirtualAddress new_break, EventLog* log);
  struct RemapRequest {
    VirtualAddress address;
    std::uint64_t old_length = 0;  // bytes; 0 for a shared mapping: a second mapping of the same pages
    std::uint64_t new_length = 0;
    bool may_move = false;                     // MREMAP_MAYMOVE
    std::optional<VirtualAddress> fixed = {};  // MREMAP_FIXED: to there; what is there already is unmapped
    bool dont_unmap = false;                   // MREMAP_DONTUNMAP: the old range stays, empty
    constexpr bool operator==(const RemapRequest&) const = default;
  };
  Outcome mremap(ProcessId process, const RemapRequest& request, EventLog* log);
  enum class Advice : std::uint8_t { DontNeed, WillNeed };
  Outcome madvise(ProcessId process, VirtualAddress address, std::uint64_t length, Advice advice,
                  EventLog* log);
  Outcome mlock(ProcessId process, VirtualAddress address, std::uint64_t length, bool lock, EventLog* log);
  Outcome msync(ProcessId process, VirtualAddress address, std::uint64_t length, EventLog* log);

  // --- files
  // -----------------------------------------------------------------------------------------------------
  Outcome create_file(const std::string& name, std::uint64_t bytes, std::uint8_t fill, EventLog* log);
  Outcome truncate_file(FileId file, std::uint64_t bytes, EventLog* log);

  // One reference of a trace: as access(), but it moves no bytes and maps the page if no segment holds it.
  // `next_use`: how many references later its page is used again, for policies that need the future.
  Outcome replay_reference(ProcessId process, AccessKind kind, VirtualAddress address, EventLog* log,
                           std::uint64_t next_use = kNeverUsed);

  // --- by hand: what no program could do
  // ------------------------------------------------------------------------------
  Outcome edit_memory(PhysicalAddress address, std::uint32_t size, std::uint64_t value, EventLog* log);
  // The bytes of these slots are lost: reading one fails until it is written again.
  Outcome damage_swap(SwapSlot first, std::uint32_t count);
  Outcome flush_tlb(EventLog* log);
  Outcome flush_tlb(ProcessId process, std::optional<VirtualAddress> address, EventLog* log);

  // --- looking
  // ---------------------------------------------------------------------------------------------------
  const MachineConfig& config() const { return m_config; }
  const PageTableFormat& format() const { return format_of(m_config.format); }
  const PhysicalMemory& memory() const { return m_memory; }
  const TlbUnits& tlbs() const { return m_tlb; }
  const Tlb& tlb() const { return m_tlb.data(); }
  const FrameTable& frames() const { return m_frames; }
  const SwapArea& swap() const { return m_swap; }
  const SwapBackend& swap_device() const { return *m_swap_device; }
  bool is_damaged(SwapSlot slot) const { return m_damaged_slots.contains(slot); }
  const ReplacementPolicy& policy() const { return *m_policy; }
  // Every process there ever was, in the order of their ids; ids start at 1.
  const std::vector<Process>& processes() const { return m_processes; }
  const Process* find_process(ProcessId id) const;
  const Process* find_process(std::string_view name) const;  // the newest of that name
  // Every file there ever was, in the order of their ids; ids start at 1. Shared memory and the executable
  // files of programs are among them.
  const std::vector<File>& files() const { return m_files; }
  const File& file(FileId id) const { return m_files[id.value() - 1]; }
  const File* find_file(std::string_view name) const;  // a regular file
  std::optional<ProcessId> current() const { return m_current; }
  std::uint64_t time() const { return m_time; }  // accesses made so far
  const Counters& totals() const { return m_totals; }
  const Thrashing& thrashing() const { return m_thrashing; }
  // What everything so far cost, by its counters; totals() give the machine's simulated time.
  const CostModel& costs() const { return cost_model_of(m_config.device); }
  // True once RAM was edited by hand: from then on page tables may disagree with the kernel's books.
  bool edited_by_hand() const { return m_edited_by_hand; }

  TranslationContext translation_context(const Process& process) const;
  PageTableRef page_table(const Process& process) const;
  // The raw level-0 entry of `page`; nothing if its node does not exist.
  std::optional<Fault::Entry> leaf_entry(const Process& process, PageNumber page) const;
  // The page that the policy would evict now to make room for that page, or for any; nothing if no page may
  // go. For whom matters to local replacement and resident limits, and for which page to policies that
  // remember pages beyond their stay in RAM (ARC).
  std::optional<VictimChoice> peek_victim(std::optional<PageUser> arriving = std::nullopt) const;
  // The policy's data structure as it is now.
  PolicyStructure policy_structure(const StructureWindow& window) const;
  bool frame_dirty(FrameNumber frame) const;
  bool frame_accessed(FrameNumber frame) const;
  // Pages promised so far, and how many mode 2 of overcommit would promise at most.
  std::uint64_t committed_pages() const;
  std::uint64_t commit_limit() const;
  // What the out-of-memory killer would make of a process, and the process it would end now.
  MemoryScore memory_score(const Process& process) const;
  MemoryScore worst_process() const;

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
  void release_memory(Process& process, EventLog* log);
  Outcome deliver(Process& process, Signalled signal, EventLog* log);

  // spawn.cpp
  struct NewImage;
  FileId executable_of(const Program& program) const;
  Result<NewImage, RejectReason> plan_image(const Program& program);
  std::uint64_t frames_to_start(const NewImage& image) const;
  bool image_is_allowed(const Process& process, const NewImage& image) const;
  void start(Process& process, std::shared_ptr<const Program> program, const NewImage& image, EventLog* log);
  void write_initially(Process& process, const InitialWrite& write, EventLog* log);

  // limits.cpp
  std::uint64_t stack_limit_of(const Process& process) const;
  std::optional<CallReason> exceeded_limit(const Process& process, bool data, std::uint64_t pages) const;
  VirtualAddress end_of_data_limit(const Process& process, AddressRange range) const;

  // memory_calls.cpp
  Outcome fail(const Process& process, Errno error, CallReason reason, EventLog* log);
  // What make_room_to_start() found missing, as a call's error.
  Outcome fail_for_frames(const Process& process, RejectReason reason, EventLog* log);
  bool hint_is_usable(const Process& process, AddressRange range) const;

  // access.cpp
  enum class MapOnDemand : std::uint8_t { No, Yes };
  enum class ReadAhead : std::uint8_t { No, Yes };
  struct Reached {
    PhysicalAddress address;
    bool faulted = false;  // the kernel had to act first
  };
  Result<Reached, Signalled> reach(Process& process, VirtualAddress address, AccessKind kind,
                                   Privilege privilege, MapOnDemand map, ReadAhead ahead, EventLog* log);
  Result<PhysicalAddress, Fault> translate_once(Process& process, VirtualAddress address, AccessKind kind,
                                                Privilege privilege, EventLog* log);
  void count_access(Process& process, AccessKind kind);
  void count_hardware(Process& process, const HardwareCounts& counts);
  // Counts for the machine and for the process that runs: with one processor it is the one that waits.
  void charge(std::uint64_t Counters::*what, std::uint64_t times = 1);
  void note_reference(FrameNumber frame, std::uint64_t next_use);
  void tick_if_due(EventLog* log);
  void watch_for_thrashing(EventLog* log);

  // files.cpp
  File& file_of(FileId id) { return m_files[id.value() - 1]; }
  bool is_regular_file(FileId id) const;
  FileId next_file() const { return FileId(static_cast<std::uint32_t>(m_files.size() + 1)); }
  void release_file_page(FilePageRef page, EventLog* log);
  void clear_dirty(FrameNumber frame, EventLog* log);
  // Gives back the shared memory behind the segments that went, where nobody maps it any more.
  void release_unmapped_shared_memory(const std::vector<Segment>& gone, EventLog* log);
  // True for a page of a file on a device: it can go back there and needs no swap slot.
  bool belongs_to_file(FrameNumber frame) const;
  void write_back(FrameNumber frame, EventLog* log);
  // The request to the device is the caller's to charge: it may be for several pages.
  FrameNumber cache_file_page(const Process& process, FilePageRef page, EventLog* log, bool ahead = false);

  // overcommit.cpp
  bool may_commit(std::uint64_t pages) const;
  bool may_commit_in_place_of(const Process& process, AddressRange range, std::uint64_t pages) const;
  bool may_commit_copy_of(const AddressSpace& space) const;
  bool may_commit_writable(const Process& process, AddressRange range) const;

  // out_of_memory.cpp
  void kill_for_memory(const MemoryScore& score, EventLog* log);

  // remap.cpp
  std::optional<CallReason> why_not_moved_to(const Process& process, const RemapRequest& request) const;
  Outcome remap_to(Process& process, const RemapRequest& request, EventLog* log);
  std::optional<CallFailed> why_not_resized(const Process& process, const RemapRequest& request) const;
  std::optional<CallFailed> why_not_charged(const Process& process, const RemapRequest& request) const;
  Outcome move_segment(Process& process, const RemapRequest& request, VirtualAddress to, EventLog* log);
  void move_pages(Process& process, AddressRange from, VirtualAddress to, EventLog* log);
  std::uint64_t nodes_missing_for(const Process& process, AddressRange from, VirtualAddress to) const;

  // advice.cpp
  bool is_locked(FrameNumber frame) const;
  void read_ahead(const Process& process, const Segment& segment, EventLog* log);
  bool populate(Process& process, AddressRange range, EventLog* log);
  void drop_pages(Process& process, AddressRange range, EventLog* log);

  // fault_handler.cpp
  // What a read of an untouched anonymous page gets. References of a trace stand for reads of data.
  enum class FirstRead : std::uint8_t { ZeroPage, OwnFrame };
  Result<FaultPlan, Signalled> plan_fault(const Process& process, const Fault& fault, FirstRead read) const;
  Result<FaultPlan, Signalled> plan_page(const Process& process, const Fault& fault, const Segment& segment,
                                         FirstRead read) const;
  Result<FaultPlan, Signalled> plan_file_page(const Process& process, const Fault& fault,
                                              const Segment& segment) const;
  Result<Segment, Signalled> plan_stack_growth(const Process& process, const Fault& fault) const;
  std::optional<Signalled> handle_fault(Process& process, const Fault& fault, FirstRead read, EventLog* log,
                                        ReadAhead ahead = ReadAhead::Yes);
  void note_return(Process& process, const FaultPlan& plan);
  FrameNumber fill_frame(Process& process, const FaultPlan& plan, const PageBytes& swapped_in, EventLog* log);
  FrameNumber fill_file_frame(Process& process, const FaultPlan& plan, const PageBytes& swapped_in,
                              EventLog* log);
  void apply_fault(Process& process, const FaultPlan& plan, const PageBytes& swapped_in, EventLog* log);

  // read_ahead.cpp
  void read_ahead_of(const Process& process, const FaultPlan& plan, EventLog* log);
  void read_cluster(const Process& process, SwapSlot slot, FrameNumber needed, EventLog* log);
  void read_window(const Process& process, FilePageRef page, FrameNumber needed, EventLog* log);
  void make_room_ahead(const Process& process, std::uint64_t count, FrameNumber needed, EventLog* log);
  void note_read_ahead_used(FrameNumber frame, EventLog* log);

  // page_fault_frequency.cpp
  // `needed`: a frame the fault at hand rests on, if there is one.
  void set_frame_quota(Process& process, std::optional<FrameNumber> needed, EventLog* log);
  void release_unused_pages(Process& process, std::optional<FrameNumber> needed, EventLog* log);
  void clear_accessed_of(const Process& process, EventLog* log);

  // reclaim.cpp
  // Evicts until `count` frames are free and, for a process given, its resident limit leaves room for one
  // more page. False if that cannot be had. `pinned` is not evicted; `arriving` is for whom room is made.
  bool make_room(std::uint64_t count, const Process* process, std::optional<FrameNumber> pinned,
                 EventLog* log, std::optional<PageUser> arriving = std::nullopt);
  // Makes room for a process: `count` frames, those of its root node in a row. Why there is none, or nothing.
  std::optional<RejectReason> make_room_to_start(std::uint64_t count, EventLog* log);
  enum class Eviction : std::uint8_t { Done, NoVictim, WriteFailed };
  // After WriteFailed the page is where it was, and `view` knows not to offer it again.
  Eviction evict_one(ReclaimView& view, ReclaimCause cause, EventLog* log);
  bool evict_until(const Process* scope, std::optional<FrameNumber> pinned, ReclaimCause cause, EventLog* log,
                   std::optional<PageUser> arriving);
  // Where the bytes of a page on its way out are kept: nothing was changed if the device failed.
  struct Kept {
    std::optional<SwapSlot> slot;
    bool written = false;
  };
  std::optional<Kept> keep_bytes(FrameNumber frame, EventLog* log);
  // The page leaves its frame, which is free then. The policy knows already.
  void vacate(FrameNumber frame, const Kept& kept, EventLog* log);
  std::optional<SwapSlot> write_to_swap(FrameNumber frame, EventLog* log);
  std::optional<SwapSlot> slot_for(FrameNumber frame, EventLog* log);
  void clear_accessed(FrameNumber frame, EventLog* log);

  // mappings.cpp
  bool any_entry_has(FrameNumber frame, std::uint64_t flag) const;
  void set_entry(const Process& process, PageNumber page, std::uint32_t level, PhysicalAddress address,
                 Pte after, EventLog* log);
  PhysicalAddress ensure_leaf_entry(Process& process, PageNumber page, EventLog* log);
  FrameNumber add_node(Process& process, std::uint32_t level, PageNumber first_page, EventLog* log);
  void release_nodes(Process& process, EventLog* log);
  FrameNumber add_page_frame(const Process& process, PageUser page, EventLog* log);
  Pte entry_for(const Segment& segment, FrameNumber frame) const;
  void add_user(FrameNumber frame, Process& process, PageNumber page);
  void remove_user(FrameNumber frame, Process& process, PageNumber page, EventLog* log);
  void release_slot_user(SwapSlot slot, PageUser user, EventLog* log);
  void detach_slot(FrameNumber frame, EventLog* log);
  void forget_page(Process& process, PageNumber page, Pte pte, EventLog* log);
  void unmap_range(Process& process, AddressRange range, EventLog* log);
  void free_unneeded_nodes(Process& process, AddressRange range, EventLog* log);
  void invalidate_tlb(const Process& process, PageNumber page, EventLog* log);
  void flush_tlb_of(const Process& process, EventLog* log);
  static void tell_dropped_pointers(Dropped dropped, EventLog* log);
  struct MappedPage {
    PageNumber page;
    PhysicalAddress entry;
    Pte pte;
  };
  // Every level-0 entry of the process that is not zero, within the range, lowest page first.
  std::vector<MappedPage> mapped_pages(const Process& process, AddressRange range) const;
  // A transfer from the device; the error if the slot is damaged or the device fails.
  std::optional<DeviceError> read_slot(SwapSlot slot, PageBytes& bytes);
  Process& user_process(const PageUser& user) { return m_processes[user.process.value() - 1]; }
  bool uses_asids() const { return format().asid_bits > 0 && m_config.asids; }

  MachineConfig m_config;
  PhysicalMemory m_memory;
  TlbUnits m_tlb;
  FrameTable m_frames;
  SwapArea m_swap;
  ClonePtr<SwapBackend> m_swap_device;
  std::set<SwapSlot> m_damaged_slots;  // of the device: not to be read before they are written
  ClonePtr<ReplacementPolicy> m_policy;
  std::vector<Process> m_processes;
  std::vector<File> m_files;
  std::optional<ProcessId> m_current;
  std::uint64_t m_time = 0;
  Rng m_rng;
  Counters m_totals;
  Thrashing m_thrashing;
  bool m_edited_by_hand = false;
  bool m_has_locked = false;  // once memory was locked, every victim is looked up
};

}  // namespace vmp
