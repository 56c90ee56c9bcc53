// Taking in a recording of memory references, a slice at a time so that the page stays fluid, and making a
// scenario of it: a machine suited to the recording, an empty process, and the references cut into steps one
// can scrub through.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include "core/sim/scenario.h"
#include "core/sim/trace_reader.h"

namespace vmp {

class TraceImport {
 public:
  TraceImport(std::string name, TraceFormat format, std::string bytes);

  // Reads on for about `budget`. Returns the reason if the recording is not right; then nothing of it is
  // used.
  std::optional<std::string> advance(std::chrono::microseconds budget);
  bool finished() const { return m_finished; }
  float progress() const;  // 0 to 1
  const std::string& name() const { return m_name; }

  // Once finished.
  Scenario take_scenario();

 private:
  void take(TraceReference reference);

  std::string m_name;
  TraceFormat m_format;
  std::string m_bytes;
  std::size_t m_offset = 0;
  bool m_finished = false;
  bool m_too_long = false;
  std::shared_ptr<Trace> m_trace;
  std::unordered_set<std::uint64_t> m_pages;
  TraceReader m_reader;
};

// A scenario that replays `trace`, which touches `pages`.
Scenario scenario_of(std::shared_ptr<const Trace> trace, const std::unordered_set<std::uint64_t>& pages);

}  // namespace vmp
