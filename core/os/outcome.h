// How a command ended, and how a process did, as data. A fault the kernel can mend is no outcome: the access
// is retried and completes.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/hw/fault.h"

namespace vmp {

enum class ProcessState : std::uint8_t { Running, Exited, Killed };

// The command was carried out. `value`: what a read, or a call that returns an address, gave.
struct Completed {
  std::optional<std::uint64_t> value;
};

enum class Signal : std::uint8_t { Segv, Bus, Kill };
enum class SignalCode : std::uint8_t {
  None,    // SIGKILL carries no code
  MapErr,  // SEGV_MAPERR: nothing is mapped at the address
  AccErr,  // SEGV_ACCERR: something is mapped, but this access is not allowed
  AdrErr,  // BUS_ADRERR: no memory answers at the physical address
  Kernel,  // SI_KERNEL: raised by the kernel without an address (x86's general protection fault)
};
enum class SignalReason : std::uint8_t {
  NoSegment,           // the address lies in no segment
  StackLimit,          // below the stack, beyond the limit it may grow to
  StackGuardGap,       // growing the stack would come too near the mapping below
  ReadForbidden,       // the segment does not allow reading
  WriteForbidden,      // the segment does not allow writing
  ExecuteForbidden,    // the segment does not allow executing
  EntryOutsideMemory,  // a page-table entry points where there is no RAM
  CorruptedEntry,      // an entry the kernel did not write: reserved bits, a foreign slot, ...
  OutOfMemory,         // no frame could be freed: RAM is full and so is swap
  BeyondFileEnd,       // no byte of the mapped file lies in that page
  SwapReadError,       // the swap device could not deliver the page
  NonCanonical,        // x86-64: a general protection fault; the processor reports no address
  ExecFailed,          // exec gave the old program up and could then not set up the new one
  SupervisorFault,     // an access of the kernel's own was refused: Linux prints an oops and ends the process
};

struct Signalled {
  Signal signal = Signal::Segv;
  SignalCode code = SignalCode::None;
  SignalReason reason = SignalReason::NoSegment;
  VirtualAddress address;
  std::optional<Fault> fault;  // what the hardware reported
  bool caught = false;         // the process has a handler and goes on; otherwise it is ended
};

// A system call returned an error to the program, which goes on.
enum class Errno : std::uint8_t { Einval, Enomem, Eexist, Eperm, Efault, Enoexec, E2big };
enum class CallReason : std::uint8_t {
  ZeroLength,
  NotPageAligned,
  OutsideUserHalf,     // the range reaches beyond the user half, or wraps round
  BelowLowestAddress,  // below vm.mmap_min_addr
  NoRoom,              // no gap of that size is left
  HoleInRange,         // mprotect met an address that is not mapped
  HeapLimit,
  BelowHeapStart,
  WouldCollide,        // the heap would run into another segment
  NoFrames,            // no frames for the page-table nodes
  NoContiguousFrames,  // enough, but not in a row: a flat page table needs them so
  AlreadyMapped,       // MAP_FIXED_NOREPLACE: something is there
  NotMapped,           // mremap: no segment begins the range
  ReachesPastSegment,  // mremap: the range is longer than its segment
  RangesOverlap,       // mremap: the new place overlaps the old one
  LengthChanges,       // mremap: MREMAP_DONTUNMAP moves, it does not resize
  NoRoomToGrow,        // mremap: the segment cannot grow where it is and may not move
  Locked,              // madvise: locked pages may not be given up
  LockLimit,           // mlock: more than may be locked (RLIMIT_MEMLOCK)
  CommitLimit,         // more memory promised than there is (vm.overcommit_memory)
  AddressSpaceLimit,   // more pages mapped than RLIMIT_AS allows
  DataLimit,           // more private writable pages than RLIMIT_DATA allows
  WrongMachine,        // exec: an ELF file for another processor
  ArgumentsTooLong,    // exec: arguments and environment do not fit the stack
};
struct CallFailed {
  Errno error = Errno::Einval;
  CallReason reason = CallReason::ZeroLength;
};

// The command makes no sense now; nothing happened at all.
enum class RejectReason : std::uint8_t {
  NoSuchProcess,
  ProcessEnded,
  NameTaken,
  TooManyProcesses,
  BadSize,             // an access of other than 1, 2, 4 or 8 bytes
  BeyondAddressSpace,  // an access that would wrap round the end of the address space
  OutsideMemory,       // editing where there is no RAM
  NoFramesToStart,     // not enough frames, even after reclaim, to start the process
  NoContiguousFrames,  // enough, but not in a row: a flat page table needs them so
  BadTraceRange,
  AddressOutsideFormat,  // a trace's address that the format has no user address for
  NoSuchFile,
  FileTooLarge,
  BadProgram,           // a segment of the program does not fit the address space
  WrongMachine,         // an ELF file for another processor than the page tables belong to
  ArgumentsTooLong,     // arguments and environment do not fit the stack
  NoSuchSlot,           // the swap device is smaller
  ZeroFillNotWritable,  // an ELF segment that may not be written has a rest of a page to zero
};
struct Rejected {
  RejectReason reason = RejectReason::NoSuchProcess;
};

using Outcome = std::variant<Completed, Signalled, CallFailed, Rejected>;

// The names used in scenario files and by Linux: "SIGSEGV", "SEGV_MAPERR", "no-segment", "ENOMEM",
// "heap-limit", ...
std::string_view name_of(Signal signal);
std::string_view name_of(SignalCode code);
std::string_view name_of(SignalReason reason);
std::string_view name_of(Errno error);
std::string_view name_of(CallReason reason);
std::string_view name_of(RejectReason reason);
std::optional<Signal> signal_named(std::string_view name);
std::optional<SignalCode> signal_code_named(std::string_view name);
std::optional<SignalReason> signal_reason_named(std::string_view name);
std::optional<Errno> errno_named(std::string_view name);
std::optional<CallReason> call_reason_named(std::string_view name);
std::optional<RejectReason> reject_reason_named(std::string_view name);

}  // namespace vmp
