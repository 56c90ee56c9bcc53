// What the work of the machine costs in cycles of its simulated processor. There is no clock in the machine:
// a cost is a pure function of the counters, in integers, and the same on every platform.
//
// The processor runs at 3 GHz and waits for everything: for each entry of a page table, for the kernel and
// for the device. Data caches are not modelled, so every access and every entry costs one reference to RAM,
// as in the textbooks' effective access time (Silberschatz, Galvin, Gagne: "Operating System Concepts", 10th
// edition, 9.3.2.1 for the TLB and 10.2.3 for demand paging). A device is idle when it is asked: there is no
// queue.
#pragma once

#include <optional>
#include <string_view>

#include "core/os/counters.h"

namespace vmp {

inline constexpr std::uint64_t kCyclesPerMicrosecond = 3'000;  // 3 GHz

// What stands behind the swap area.
enum class DeviceKind : std::uint8_t { HardDisk, SataSsd, Nvme, CompressedRam };
inline constexpr std::size_t kDeviceKinds = static_cast<std::size_t>(DeviceKind::CompressedRam) + 1;
std::string_view name_of(DeviceKind device);  // "hdd", "sata-ssd", "nvme", "compressed-ram"
std::optional<DeviceKind> device_named(std::string_view name);

// Cycles. A request costs once, however many neighbouring pages it asks for; each of its pages adds its
// transfer.
struct DeviceCost {
  std::uint64_t read_request = 0;
  std::uint64_t read_page = 0;
  std::uint64_t write_request = 0;
  std::uint64_t write_page = 0;
};

// Cycles, each with its source in cost_model.cpp.
struct CostModel {
  std::uint64_t memory_access = 0;  // one reference to RAM
  std::uint64_t tlb_lookup = 0;     // hit or miss
  std::uint64_t table_read = 0;     // one entry of a page table, read by the walk
  std::uint64_t fault = 0;          // into the kernel, through the handler and back
  std::uint64_t page_copy = 0;      // 4 KiB within RAM
  DeviceCost swap;
  DeviceCost files;

  // A fault that needs no device, and one that reads a page from swap.
  constexpr std::uint64_t minor_fault() const { return fault; }
  constexpr std::uint64_t major_fault() const { return fault + swap.read_request + swap.read_page; }
};

// Files lie on the same device as swap; beside compressed RAM, which holds no files, on an NVMe drive.
const CostModel& cost_model_of(DeviceKind device);

// Where the cycles went.
struct Cost {
  std::uint64_t memory = 0;  // the accesses themselves
  std::uint64_t tlb = 0;
  std::uint64_t tables = 0;  // walks
  std::uint64_t faults = 0;  // the kernel's work for them
  std::uint64_t copies = 0;
  std::uint64_t devices = 0;

  constexpr std::uint64_t total() const { return memory + tlb + tables + faults + copies + devices; }
  constexpr bool operator==(const Cost&) const = default;
};
Cost cost_of(const Counters& counters, const CostModel& model);

// The effective access time: all cycles over all accesses, in tenths of a cycle, rounded down; nothing before
// the first access.
std::optional<std::uint64_t> access_time_in_tenths(const Counters& counters, const CostModel& model);

}  // namespace vmp
