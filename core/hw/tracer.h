// Tracers watch the hardware. The MMU is a template over them, so that a long replay runs the same code with
// the recording compiled away instead of a second, faster implementation that could drift.
#pragma once

#include <type_traits>
#include <utility>
#include <vector>

#include "core/hw/hardware_event.h"

namespace vmp {

struct NullTracer {
  static constexpr bool kRecords = false;
  void record(const HardwareEvent&) {}
};

// What the hardware does often enough that its cost counts.
struct HardwareCounts {
  std::uint64_t tlb_hits = 0;
  std::uint64_t tlb_misses = 0;
  std::uint64_t table_reads = 0;  // entries read by the walker

  template <class What>
  constexpr void add(const What& /*what*/) {
    tlb_hits += std::is_same_v<What, TlbHit> ? 1 : 0;
    tlb_misses += std::is_same_v<What, TlbMissed> ? 1 : 0;
    table_reads += std::is_same_v<What, PteRead> ? 1 : 0;
  }
};

// Counts and keeps nothing.
struct CountingTracer {
  static constexpr bool kRecords = true;
  template <class What>
  void record(const What& what) {
    counts.add(what);
  }

  HardwareCounts counts;
};

struct HardwareTrace {
  static constexpr bool kRecords = true;
  template <class What>
  void record(What what) {
    counts.add(what);
    events.push_back(std::move(what));
  }

  std::vector<HardwareEvent> events;
  HardwareCounts counts;
};

}  // namespace vmp
