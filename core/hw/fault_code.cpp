#include "core/hw/fault_code.h"

namespace vmp {
namespace {

constexpr std::uint32_t kPresent = 1U << 0;
constexpr std::uint32_t kWrite = 1U << 1;
constexpr std::uint32_t kUser = 1U << 2;
constexpr std::uint32_t kReserved = 1U << 3;
constexpr std::uint32_t kFetch = 1U << 4;

FaultCode x86_code(const PageTableFormat& format, const Fault& fault, bool smep) {
  if (fault.kind == FaultKind::NonCanonical) return {Exception::GeneralProtection, 0};
  if (fault.kind == FaultKind::TableOutsideMemory || fault.kind == FaultKind::FrameOutsideMemory)
    return {Exception::None, 0};
  std::uint32_t code = 0;
  if (fault.kind != FaultKind::NotPresent) code |= kPresent;
  if (fault.kind == FaultKind::ReservedBits) code |= kReserved;
  if (fault.access == AccessKind::Write) code |= kWrite;
  if (fault.privilege == Privilege::User) code |= kUser;
  if (fault.access == AccessKind::Execute && (smep || format.no_execute != 0)) code |= kFetch;
  return {Exception::PageFault, code};
}

// Causes come in threes: fetch, load, store.
std::uint32_t risc_v_cause(const Fault& fault) {
  const bool access_fault =
      fault.kind == FaultKind::TableOutsideMemory || fault.kind == FaultKind::FrameOutsideMemory;
  switch (fault.access) {
    case AccessKind::Execute:
      return access_fault ? 1 : 12;
    case AccessKind::Read:
      return access_fault ? 5 : 13;
    case AccessKind::Write:
      break;
  }
  return access_fault ? 7 : 15;
}

}  // namespace

FaultCode fault_code(const PageTableFormat& format, const Fault& fault, bool smep) {
  if (is_x86(format)) return x86_code(format, fault, smep);
  return {Exception::Trap, risc_v_cause(fault)};
}

std::string to_string(FaultCode code) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  switch (code.exception) {
    case Exception::PageFault: {
      std::string text = "#PF 0x";
      if (code.code > 0xF) text += kDigits[code.code >> 4];
      return text + kDigits[code.code & 0xF];
    }
    case Exception::GeneralProtection:
      return "#GP 0x0";
    case Exception::Trap:
      return "scause " + std::to_string(code.code);
    case Exception::None:
      break;
  }
  return "not reported";
}

}  // namespace vmp
