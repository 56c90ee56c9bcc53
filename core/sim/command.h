// What can be asked of a machine: one imperative a line of a scenario, one step of the timeline. Processes
// are named as in the text; the kernel's ids are its own business.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "core/os/kernel.h"
#include "core/sim/trace.h"

namespace vmp {

struct SpawnProcess {
  std::string process;
  std::shared_ptr<const Program> program;
  bool operator==(const SpawnProcess&) const;  // programs are compared by value
};
// exec: the process goes on with another program.
struct ReplaceProgram {
  std::string process;
  std::shared_ptr<const Program> program;
  bool operator==(const ReplaceProgram&) const;  // programs are compared by value
};
struct ForkProcess {
  std::string process;
  std::string child;
  bool operator==(const ForkProcess&) const = default;
};
struct ExitProcess {
  std::string process;
  std::uint64_t status = 0;
  bool operator==(const ExitProcess&) const = default;
};
struct SetResidentLimit {
  std::string process;
  std::optional<std::uint64_t> pages;  // nothing: no limit
  bool operator==(const SetResidentLimit&) const = default;
};
struct SetLimit {
  std::string process;
  Limit limit = Limit::AddressSpace;
  std::optional<std::uint64_t> pages;  // nothing: no limit
  bool operator==(const SetLimit&) const = default;
};
struct SetSignalHandling {
  std::string process;
  bool catches = false;
  bool operator==(const SetSignalHandling&) const = default;
};
struct AccessMemory {
  std::string process;
  Access access;
  bool operator==(const AccessMemory&) const = default;
};
struct MapMemory {
  std::string process;
  Kernel::MapRequest request;  // its `file` is found by name when the command is executed
  std::string file = {};       // empty: anonymous
  bool operator==(const MapMemory&) const = default;
};
struct UnmapMemory {
  std::string process;
  VirtualAddress address;
  std::uint64_t length = 0;
  bool operator==(const UnmapMemory&) const = default;
};
struct ProtectMemory {
  std::string process;
  VirtualAddress address;
  std::uint64_t length = 0;
  Permissions permissions;
  bool operator==(const ProtectMemory&) const = default;
};
struct RemapMemory {
  std::string process;
  Kernel::RemapRequest request;
  bool operator==(const RemapMemory&) const = default;
};
struct AdviseMemory {
  std::string process;
  VirtualAddress address;
  std::uint64_t length = 0;
  Kernel::Advice advice = Kernel::Advice::DontNeed;
  bool operator==(const AdviseMemory&) const = default;
};
struct LockMemory {
  std::string process;
  VirtualAddress address;
  std::uint64_t length = 0;
  bool lock = true;
  bool operator==(const LockMemory&) const = default;
};
struct SyncMemory {
  std::string process;
  VirtualAddress address;
  std::uint64_t length = 0;
  bool operator==(const SyncMemory&) const = default;
};
struct CreateFile {
  std::string name;
  std::uint64_t bytes = 0;
  std::uint8_t fill = 0;  // every byte of it
  bool operator==(const CreateFile&) const = default;
};
struct TruncateFile {
  std::string name;
  std::uint64_t bytes = 0;
  bool operator==(const TruncateFile&) const = default;
};
struct MoveBreak {
  std::string process;
  VirtualAddress address;
  bool operator==(const MoveBreak&) const = default;
};
struct EditMemory {
  PhysicalAddress address;
  std::uint32_t size = 4;
  std::uint64_t value = 0;
  bool operator==(const EditMemory&) const = default;
};
// Everything, one process's entries, or one page's.
struct FlushTlb {
  std::string process;  // empty: everything
  std::optional<VirtualAddress> address;
  bool operator==(const FlushTlb&) const = default;
};
// Slots of the swap device whose bytes are lost, as on a bad sector: reading one fails until it is written
// anew.
struct DamageSwap {
  SwapSlot first;
  std::uint32_t count = 1;
  bool operator==(const DamageSwap&) const = default;
};
// Starts a process without a program, for a trace to be replayed in.
struct SpawnEmpty {
  std::string process;
  bool operator==(const SpawnEmpty&) const = default;
};
// References [first, first + count) of a trace, as one step. A long trace is cut into such slices, which
// makes it seekable inside and lets the page stay fluid.
struct ReplayTrace {
  std::string process;
  std::shared_ptr<const Trace> trace;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  bool operator==(const ReplayTrace&) const;  // traces are compared by name and digest
};

using Command = std::variant<SpawnProcess, ForkProcess, ExitProcess, SetResidentLimit, SetSignalHandling,
                             AccessMemory, MapMemory, UnmapMemory, ProtectMemory, MoveBreak, EditMemory,
                             FlushTlb, SpawnEmpty, ReplayTrace, RemapMemory, AdviseMemory, LockMemory,
                             SyncMemory, CreateFile, TruncateFile, ReplaceProgram, SetLimit, DamageSwap>;

// A command with what the program on screen shows of it.
struct Step {
  Command command;
  std::uint32_t program_line = 0;  // counted from 1; 0: none
  bool prints = false;             // the value read is the program's output
  bool operator==(const Step&) const = default;
};

// The process a command is about; empty for commands about the machine.
std::string_view process_of(const Command& command);

}  // namespace vmp
