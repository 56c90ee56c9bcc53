#include "core/os/outcome.h"

#include "core/base/enum_names.h"

namespace vmp {
namespace {

// In the order of the enumerators.
constexpr EnumNames<3> kSignals{"SIGSEGV", "SIGBUS", "SIGKILL"};
constexpr EnumNames<5> kCodes{"none", "SEGV_MAPERR", "SEGV_ACCERR", "BUS_ADRERR", "SI_KERNEL"};
constexpr EnumNames<14> kSignalReasons{
    "no-segment",        "stack-limit",          "stack-guard-gap", "read-forbidden",  "write-forbidden",
    "execute-forbidden", "entry-outside-memory", "corrupted-entry", "out-of-memory",   "beyond-file-end",
    "swap-read-error",   "non-canonical",        "exec-failed",     "supervisor-fault"};
constexpr EnumNames<7> kErrnos{"EINVAL", "ENOMEM", "EEXIST", "EPERM", "EFAULT", "ENOEXEC", "E2BIG"};
constexpr EnumNames<24> kCallReasons{"zero-length",
                                     "not-page-aligned",
                                     "outside-user-half",
                                     "below-lowest-address",
                                     "no-room",
                                     "hole-in-range",
                                     "heap-limit",
                                     "below-heap-start",
                                     "would-collide",
                                     "no-frames",
                                     "no-contiguous-frames",
                                     "already-mapped",
                                     "not-mapped",
                                     "reaches-past-segment",
                                     "ranges-overlap",
                                     "length-changes",
                                     "no-room-to-grow",
                                     "locked",
                                     "lock-limit",
                                     "commit-limit",
                                     "address-space-limit",
                                     "data-limit",
                                     "wrong-machine",
                                     "arguments-too-long"};
constexpr EnumNames<18> kRejectReasons{"no-such-process",
                                       "process-ended",
                                       "name-taken",
                                       "too-many-processes",
                                       "bad-size",
                                       "beyond-address-space",
                                       "outside-memory",
                                       "no-frames-to-start",
                                       "no-contiguous-frames",
                                       "bad-trace-range",
                                       "address-outside-format",
                                       "no-such-file",
                                       "file-too-large",
                                       "bad-program",
                                       "wrong-machine",
                                       "arguments-too-long",
                                       "no-such-slot",
                                       "zero-fill-not-writable"};

}  // namespace

std::string_view name_of(Signal signal) {
  return name_in(kSignals, signal);
}
std::string_view name_of(SignalCode code) {
  return name_in(kCodes, code);
}
std::string_view name_of(SignalReason reason) {
  return name_in(kSignalReasons, reason);
}
std::string_view name_of(Errno error) {
  return name_in(kErrnos, error);
}
std::string_view name_of(CallReason reason) {
  return name_in(kCallReasons, reason);
}
std::string_view name_of(RejectReason reason) {
  return name_in(kRejectReasons, reason);
}
std::optional<Signal> signal_named(std::string_view name) {
  return value_named<Signal>(kSignals, name);
}
std::optional<SignalCode> signal_code_named(std::string_view name) {
  return value_named<SignalCode>(kCodes, name);
}
std::optional<SignalReason> signal_reason_named(std::string_view name) {
  return value_named<SignalReason>(kSignalReasons, name);
}
std::optional<Errno> errno_named(std::string_view name) {
  return value_named<Errno>(kErrnos, name);
}
std::optional<CallReason> call_reason_named(std::string_view name) {
  return value_named<CallReason>(kCallReasons, name);
}
std::optional<RejectReason> reject_reason_named(std::string_view name) {
  return value_named<RejectReason>(kRejectReasons, name);
}

}  // namespace vmp
