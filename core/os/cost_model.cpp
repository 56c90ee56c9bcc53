#include "core/os/cost_model.h"

#include <array>

#include "core/base/enum_names.h"

namespace vmp {
namespace {

constexpr EnumNames<kDeviceKinds> kNames{"hdd", "sata-ssd", "nvme", "compressed-ram"};

constexpr std::uint64_t nanoseconds(std::uint64_t count) {
  return count * kCyclesPerMicrosecond / 1'000;
}
constexpr std::uint64_t microseconds(std::uint64_t count) {
  return count * kCyclesPerMicrosecond;
}

// 7200 revolutions a minute (Seagate BarraCuda 1 TB, ST1000DM003, data sheet): average seek below 8.5 ms to
// read and 9.5 ms to write, half a turn 4.16 ms; 210 MB/s sustained, so 19.5 us for 4 KiB.
constexpr DeviceCost kHardDisk{.read_request = microseconds(8'500 + 4'160),
                               .read_page = nanoseconds(19'500),
                               .write_request = microseconds(9'500 + 4'160),
                               .write_page = nanoseconds(19'500)};
// Samsung 870 EVO, data sheet: with one request at a time 13,000 random reads of 4 KiB a second (76.9 us) and
// 36,000 writes (27.8 us); in sequence 560 and 530 MB/s, so 7.3 and 7.7 us for 4 KiB.
constexpr DeviceCost kSataSsd{.read_request = nanoseconds(76'900 - 7'300),
                              .read_page = nanoseconds(7'300),
                              .write_request = nanoseconds(27'800 - 7'700),
                              .write_page = nanoseconds(7'700)};
// Samsung 970 EVO Plus, data sheet: 19,000 random reads a second (52.6 us) and 60,000 writes (16.7 us); in
// sequence 3,500 and 3,300 MB/s, so 1.17 and 1.24 us for 4 KiB.
constexpr DeviceCost kNvme{.read_request = nanoseconds(52'600 - 1'170),
                           .read_page = nanoseconds(1'170),
                           .write_request = nanoseconds(16'700 - 1'240),
                           .write_page = nanoseconds(1'240)};
// zram with LZ4 (the LZ4 README's benchmark, Core i7-9700K, LZ4 1.9.0): 4,970 MB/s to decompress, so 0.82 us
// for 4 KiB, and 780 MB/s to compress, so 5.25 us. There is nothing to seek.
constexpr DeviceCost kCompressedRam{
    .read_request = 0, .read_page = nanoseconds(820), .write_request = 0, .write_page = nanoseconds(5'250)};

constexpr CostModel with_devices(const DeviceCost& swap, const DeviceCost& files) {
  return {// 100 ns for a reference to main memory (J. Dean: "Numbers everyone should know", 2009).
          .memory_access = nanoseconds(100),
          // Half a cycle to one (Patterson, Hennessy: "Computer Organization and Design", 5.7).
          .tlb_lookup = 1,
          // An entry is read from RAM like any other word.
          .table_read = nanoseconds(100),
          // 1,050 cycles for the exception and the return from it, which were 80.7 % of all where the kernel
          // had least to do (L. Torvalds on Haswell, 30 April 2014): 1,300 in all.
          .fault = 1'300,
          // memcpy at 13,700 MB/s, as measured for the same README: 299 ns.
          .page_copy = nanoseconds(299),
          .swap = swap,
          .files = files};
}

constexpr std::array<CostModel, kDeviceKinds> kModels{
    with_devices(kHardDisk, kHardDisk), with_devices(kSataSsd, kSataSsd), with_devices(kNvme, kNvme),
    with_devices(kCompressedRam, kNvme)};

}  // namespace

std::string_view name_of(DeviceKind device) {
  return name_in(kNames, device);
}

std::optional<DeviceKind> device_named(std::string_view name) {
  return value_named<DeviceKind>(kNames, name);
}

const CostModel& cost_model_of(DeviceKind device) {
  return kModels[static_cast<std::size_t>(device)];
}

Cost cost_of(const Counters& counters, const CostModel& model) {
  // Every page that goes out goes alone: a request for each (swap_writes, file_writes).
  return {.memory = counters.accesses() * model.memory_access,
          .tlb = (counters.tlb_hits + counters.tlb_misses) * model.tlb_lookup,
          .tables = counters.table_reads * model.table_read,
          .faults = counters.faults() * model.fault,
          .copies = counters.copies * model.page_copy,
          .devices = counters.swap_reads * model.swap.read_request +
                     counters.pages_read_in * model.swap.read_page +
                     counters.swap_writes * (model.swap.write_request + model.swap.write_page) +
                     counters.file_reads * model.files.read_request +
                     counters.file_pages_read * model.files.read_page +
                     counters.file_writes * (model.files.write_request + model.files.write_page)};
}

std::optional<std::uint64_t> access_time_in_tenths(const Counters& counters, const CostModel& model) {
  const std::uint64_t accesses = counters.accesses();
  if (accesses == 0) return std::nullopt;
  const std::uint64_t cycles = cost_of(counters, model).total();
  return cycles / accesses * 10 + cycles % accesses * 10 / accesses;
}

}  // namespace vmp
