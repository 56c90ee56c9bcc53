// Tracers watch the hardware. The MMU is a template over them, so that a long replay runs the same code with
// the recording compiled away instead of a second, faster implementation that could drift.
#pragma once

#include <utility>
#include <vector>

#include "core/hw/hardware_event.h"

namespace vmp {

struct NullTracer {
  static constexpr bool kRecords = false;
  void record(const HardwareEvent&) {}
};

struct HardwareTrace {
  static constexpr bool kRecords = true;
  void record(HardwareEvent event) { events.push_back(std::move(event)); }

  std::vector<HardwareEvent> events;
};

}  // namespace vmp
