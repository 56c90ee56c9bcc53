#include "core/os/outcome.h"

#include <array>

namespace vmp {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 3> kSignals{"SIGSEGV", "SIGBUS", "SIGKILL"};
constexpr std::array<std::string_view, 4> kCodes{"none", "SEGV_MAPERR", "SEGV_ACCERR", "BUS_ADRERR"};
constexpr std::array<std::string_view, 10> kSignalReasons{
    "no-segment",        "stack-limit",          "stack-guard-gap", "read-forbidden", "write-forbidden",
    "execute-forbidden", "entry-outside-memory", "corrupted-entry", "out-of-memory",  "swap-read-error"};
constexpr std::array<std::string_view, 5> kErrnos{"EINVAL", "ENOMEM", "EEXIST", "EPERM", "EFAULT"};
constexpr std::array<std::string_view, 10> kCallReasons{
    "zero-length",   "not-page-aligned", "outside-user-half", "below-lowest-address", "no-room",
    "hole-in-range", "heap-limit",       "below-heap-start",  "would-collide",        "no-frames"};
constexpr std::array<std::string_view, 11> kRejectReasons{
    "no-such-process", "process-ended",          "name-taken",     "too-many-processes",
    "bad-size",        "beyond-address-space",   "outside-memory", "no-frames-to-start",
    "bad-trace-range", "address-outside-format", "bad-program"};

template <class Enum, std::size_t kCount>
std::optional<Enum> named(const std::array<std::string_view, kCount>& names, std::string_view name) {
  for (std::size_t i = 0; i < kCount; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Signal signal) {
  return kSignals[static_cast<std::size_t>(signal)];
}
std::string_view name_of(SignalCode code) {
  return kCodes[static_cast<std::size_t>(code)];
}
std::string_view name_of(SignalReason reason) {
  return kSignalReasons[static_cast<std::size_t>(reason)];
}
std::string_view name_of(Errno error) {
  return kErrnos[static_cast<std::size_t>(error)];
}
std::string_view name_of(CallReason reason) {
  return kCallReasons[static_cast<std::size_t>(reason)];
}
std::string_view name_of(RejectReason reason) {
  return kRejectReasons[static_cast<std::size_t>(reason)];
}
std::optional<Signal> signal_named(std::string_view name) {
  return named<Signal>(kSignals, name);
}
std::optional<SignalCode> signal_code_named(std::string_view name) {
  return named<SignalCode>(kCodes, name);
}
std::optional<SignalReason> signal_reason_named(std::string_view name) {
  return named<SignalReason>(kSignalReasons, name);
}
std::optional<Errno> errno_named(std::string_view name) {
  return named<Errno>(kErrnos, name);
}
std::optional<CallReason> call_reason_named(std::string_view name) {
  return named<CallReason>(kCallReasons, name);
}
std::optional<RejectReason> reject_reason_named(std::string_view name) {
  return named<RejectReason>(kRejectReasons, name);
}

}  // namespace vmp
