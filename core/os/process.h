// A process: its address space, the root of its page table, and the counters people compare.
#pragma once

#include <optional>
#include <string>

#include "core/os/counters.h"
#include "core/os/limits.h"
#include "core/os/outcome.h"
#include "core/os/page_table.h"
#include "core/os/program.h"

namespace vmp {

struct Process {
  ProcessId id;
  std::string name;
  std::shared_ptr<const Program> program;  // null for a process that replays a trace
  ProcessState state = ProcessState::Running;
  std::optional<ProcessId> parent;
  Asid asid;
  FrameNumber root;                      // valid while running
  std::vector<FrameNumber> node_frames;  // all frames of all nodes of the table, the root first
  AddressSpace space;
  VirtualAddress stack_pointer;  // as the loader left it
  std::uint64_t load_bias = 0;   // of a real program: added to every address in its file
  VirtualAddress entry;          // of a real program: where it starts
  std::uint64_t resident_pages = 0;
  std::optional<std::uint64_t> resident_limit;
  // By page-fault-frequency control: its own pages make room when it has so many. Nothing before the first
  // fault under that control.
  std::optional<std::uint64_t> frame_quota;
  std::uint64_t last_fault = 0;  // how many accesses it had made then, if it has a quota
  Limits limits;
  bool catches_signals = false;
  std::uint64_t exit_status = 0;       // Exited
  std::optional<Signalled> killed_by;  // Killed
  Counters counters;

  bool running() const { return state == ProcessState::Running; }
  void hash_into(Hasher& hasher) const;
};

// The sections of a real program's file that lie in `segment`, separated by blanks; empty for what came
// later.
std::string section_names_of(const Process& process, const Segment& segment);

}  // namespace vmp
