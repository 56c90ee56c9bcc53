#include "core/hw/fault_code.h"

#include <doctest/doctest.h>

using namespace vmp;

namespace {

Fault fault(FaultKind kind, AccessKind access, Privilege privilege = Privilege::User) {
  return {.kind = kind,
          .access = access,
          .address = VirtualAddress(0x1000),
          .entry = {},
          .deciding_mask = 0,
          .privilege = privilege};
}

std::string x86_64(FaultKind kind, AccessKind access, Privilege privilege = Privilege::User) {
  return to_string(fault_code(format_of(FormatId::X86_64), fault(kind, access, privilege)));
}
std::string sv39(FaultKind kind, AccessKind access) {
  return to_string(fault_code(format_of(FormatId::Sv39), fault(kind, access)));
}

}  // namespace

TEST_CASE("the x86 error code tells write, user, fetch, and whether the page was present") {
  CHECK(x86_64(FaultKind::NotPresent, AccessKind::Read) == "#PF 0x4");
  CHECK(x86_64(FaultKind::NotPresent, AccessKind::Write) == "#PF 0x6");
  CHECK(x86_64(FaultKind::NotPresent, AccessKind::Write, Privilege::Supervisor) == "#PF 0x2");
  CHECK(x86_64(FaultKind::WriteForbidden, AccessKind::Write) == "#PF 0x7");
  CHECK(x86_64(FaultKind::SupervisorOnly, AccessKind::Read) == "#PF 0x5");
  CHECK(x86_64(FaultKind::ExecuteForbidden, AccessKind::Execute) == "#PF 0x15");
  CHECK(x86_64(FaultKind::UserPage, AccessKind::Execute, Privilege::Supervisor) == "#PF 0x11");
}

TEST_CASE("a reserved bit has a flag of its own in the x86 error code") {
  CHECK(x86_64(FaultKind::ReservedBits, AccessKind::Read) == "#PF 0xD");
}

TEST_CASE("x86-32 without SMEP cannot tell a fetch from a read") {
  const Fault fetch = fault(FaultKind::NotPresent, AccessKind::Execute);
  CHECK(to_string(fault_code(format_of(FormatId::X86_32), fetch, false)) == "#PF 0x4");
  CHECK(to_string(fault_code(format_of(FormatId::X86_32), fetch, true)) == "#PF 0x14");
}

TEST_CASE("codes are the same if exception and number are") {
  const auto code = [](FaultKind kind, AccessKind access) {
    return fault_code(format_of(FormatId::X86_64), fault(kind, access));
  };
  CHECK(code(FaultKind::WriteForbidden, AccessKind::Write) == FaultCode{Exception::PageFault, 7});
  CHECK_FALSE(code(FaultKind::NotPresent, AccessKind::Write) == FaultCode{Exception::PageFault, 7});
  CHECK_FALSE(code(FaultKind::NonCanonical, AccessKind::Write) == FaultCode{Exception::PageFault, 0});
}

TEST_CASE("x86-64 tells a fetch by its no-execute flag, even without SMEP") {
  const Fault fetch = fault(FaultKind::NotPresent, AccessKind::Execute);
  CHECK(to_string(fault_code(format_of(FormatId::X86_64), fetch, false)) == "#PF 0x14");
}

TEST_CASE("a non-canonical address is no page fault on x86, and is one on RISC-V") {
  CHECK(x86_64(FaultKind::NonCanonical, AccessKind::Write) == "#GP 0x0");
  CHECK(sv39(FaultKind::NonCanonical, AccessKind::Write) == "scause 15");
}

TEST_CASE("RISC-V has one cause for each kind of access, and another three where there is no memory") {
  CHECK(sv39(FaultKind::NotPresent, AccessKind::Execute) == "scause 12");
  CHECK(sv39(FaultKind::ReservedBits, AccessKind::Read) == "scause 13");
  CHECK(sv39(FaultKind::DirtyClear, AccessKind::Write) == "scause 15");
  CHECK(sv39(FaultKind::FrameOutsideMemory, AccessKind::Execute) == "scause 1");
  CHECK(sv39(FaultKind::FrameOutsideMemory, AccessKind::Read) == "scause 5");
  CHECK(sv39(FaultKind::TableOutsideMemory, AccessKind::Write) == "scause 7");
}

TEST_CASE("x86 has no code for an address where there is no RAM") {
  CHECK(x86_64(FaultKind::FrameOutsideMemory, AccessKind::Read) == "not reported");
}
