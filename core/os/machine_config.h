// The settings a machine is built with. They are fixed for its life: changing one means building another
// machine and replaying the commands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/hw/protection.h"
#include "core/hw/tlb.h"
#include "core/os/cost_model.h"
#include "core/os/policy_kind.h"

namespace vmp {

// Which free frame an allocation takes.
enum class FramePlacement : std::uint8_t {
  Lowest,     // the lowest free frame: easy to follow
  Scattered,  // a seeded random free frame: shows that physical order means nothing to a program
};

// Which transfer of a device fails: the nth, counted from 1; 0: none. `forever`: and every one after it.
struct DeviceFailure {
  std::uint64_t nth = 0;
  bool forever = false;

  constexpr bool operator==(const DeviceFailure&) const = default;
};

// How much memory the kernel promises (vm.overcommit_memory 0, 1 and 2).
enum class Overcommit : std::uint8_t {
  Heuristic,  // refuses only a single request for more than RAM and swap together
  Always,
  Strict,  // private writable memory in all may not exceed half of RAM and all of swap
};
std::string_view name_of(Overcommit overcommit);  // "heuristic", "always", "strict"
std::optional<Overcommit> overcommit_named(std::string_view name);

// Whose page leaves when no frame is free. (A resident limit is local in either case.)
enum class ReplacementScope : std::uint8_t {
  Global,  // anybody's: a process in need takes from the others
  Local,   // one of the process that needs the frame; another's only if it has none to give
};

// Interfault intervals, in references of the process, between which its quota of frames stays (page-fault-
// frequency control, page_fault_frequency.cpp). Both 0: no such control.
struct PageFaultFrequency {
  std::uint64_t low = 0;   // faults that come sooner than this make the quota grow
  std::uint64_t high = 0;  // later than this: pages not used since the last fault go

  constexpr bool on() const { return high > 0; }
  constexpr bool operator==(const PageFaultFrequency&) const = default;
};

struct MachineConfig {
  FormatId format = FormatId::X86_32;
  std::uint64_t frames = 32;                 // of RAM, 4 KiB each
  PhysicalAddress physical_base;             // where RAM begins: 0, or 0x80000000 as on RISC-V boards
  std::uint64_t kernel_frames = 3;           // the lowest frames, taken by the kernel itself
  std::uint32_t swap_slots = 0;              // 4 KiB each
  DeviceKind device = DeviceKind::HardDisk;  // behind swap: what a transfer costs
  PolicyKind policy = PolicyKind::Clock;
  ReplacementScope scope = ReplacementScope::Global;
  std::uint64_t tick = 16;    // references between two looks at the accessed bits, if the policy has a tick
  std::uint64_t window = 64;  // references of a working set
  PageFaultFrequency fault_frequency{};
  // Pages asked of a device at once: a power of two of swap slots, aligned (Linux: 2^vm.page-cluster), and of
  // the pages of a file around a fault (Linux: read_ahead_kb). 1: only the page that is needed.
  std::uint32_t swap_cluster = 1;
  std::uint32_t file_window = 1;
  // The machine thrashes when so many percent of the last `window` references needed a page that had been in
  // RAM shortly before (thrashing.h). 0: nobody looks.
  std::uint64_t thrashing = 50;
  TlbConfig tlb;
  std::optional<TlbConfig> instruction_tlb;  // nothing: one TLB for instructions and data
  std::uint32_t walk_cache = 0;              // entries of the walk cache; 0: none
  bool flushes_lost = false;  // the kernel's orders to the TLB get lost: what if it forgot them?
  bool asids = true;          // where the format has them; otherwise the TLB is flushed on every switch
  ProtectionSettings protection{};
  FramePlacement placement = FramePlacement::Lowest;
  std::uint64_t seed = 1;
  DeviceFailure swap_read_failure{};
  DeviceFailure swap_write_failure{};
  Overcommit overcommit = Overcommit::Heuristic;
  bool aslr = false;  // real programs get their places at random, drawn from the seed

  bool operator==(const MachineConfig&) const = default;
};

inline constexpr std::uint64_t kMostFrames = std::uint64_t{1} << 20;     // 4 GiB
inline constexpr std::uint32_t kMostSwapSlots = std::uint32_t{1} << 20;  // 4 GiB
inline constexpr std::uint32_t kMostTlbEntries = 4096;
inline constexpr std::uint64_t kHighestBase = std::uint64_t{1} << 32;  // bytes
inline constexpr std::uint32_t kMostPlruWays = 32;
inline constexpr std::uint32_t kMostCluster = 32;  // pages (mm/swap_state.c, SWAP_RA_ORDER_CEILING)

struct ConfigError {
  enum class Kind : std::uint8_t {
    TooFewFrames,
    TooManyFrames,
    TooManySlots,
    TlbTooLarge,
    TlbWithoutSets,
    WalkCacheTooLarge,
    TickOfZero,
    PlruWays,
    BadBase,
    BadCluster,
    BadFileWindow,
    BadFaultFrequency,
    BadThrashing,
  };
  Kind kind;
  std::uint64_t given = 0;
  std::uint64_t limit = 0;  // the least, or the most, that would do
};

// A machine must hold its kernel and two processes, each with the table nodes of one page and that page.
std::uint64_t least_frames(const MachineConfig& config);
std::optional<ConfigError> check_config(const MachineConfig& config);

}  // namespace vmp
