// What the processor itself tells the kernel about a fault: on x86 an exception and an error code (Intel SDM
// vol. 3A 4.7), on RISC-V a cause number (Privileged 1.12 table 4.2).
//
//     x86 page-fault error code     4   3   2   1   0
//                                 +---+----+---+---+---+   I/D   a fetch, reported where XD or SMEP exists
//                                 |I/D|RSVD|U/S|W/R| P |   RSVD  a reserved bit was set
//                                 +---+----+---+---+---+   P     the page was present, so a right was missing
//
// All fifteen reasons of fault.h come down to these few numbers.
#pragma once

#include <string>

#include "core/hw/fault.h"

namespace vmp {

enum class Exception : std::uint8_t {
  PageFault,          // x86 #PF
  GeneralProtection,  // x86 #GP
  Trap,               // RISC-V: scause
  None,               // x86 reports nothing where there is no RAM: reads give all ones
};

struct FaultCode {
  Exception exception = Exception::None;
  std::uint32_t code = 0;  // the error code, or the cause
  constexpr bool operator==(const FaultCode&) const = default;
};

FaultCode fault_code(const PageTableFormat& format, const Fault& fault, bool smep = true);
// "#PF 0x6", "#GP 0x0", "scause 15", "not reported".
std::string to_string(FaultCode code);

}  // namespace vmp
