#include "core/hw/fault.h"

#include <doctest/doctest.h>
#include <set>
#include <string>
#include <vector>

using namespace vmp;

TEST_CASE("every kind of fault has a name of its own, and is found by it") {
  std::set<std::string> names;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(FaultKind::DirtyClear); ++i) {
    const auto kind = static_cast<FaultKind>(i);
    CHECK(fault_kind_named(name_of(kind)) == kind);
    names.emplace(name_of(kind));
  }
  CHECK(names.size() == 15);
  CHECK_FALSE(fault_kind_named("page-fault"));
}

TEST_CASE("the names are those that scenario files use") {
  CHECK(name_of(FaultKind::NotPresent) == "not-present");
  CHECK(name_of(FaultKind::WriteForbidden) == "write-forbidden");
  CHECK(name_of(FaultKind::NonCanonical) == "non-canonical");
  CHECK(name_of(FaultKind::FrameOutsideMemory) == "frame-outside-memory");
}

TEST_CASE("faults that differ in anything are different, and a look and a walk that agree tell the same") {
  const Fault original{.kind = FaultKind::NotPresent,
                       .access = AccessKind::Read,
                       .address = VirtualAddress(0x1000),
                       .entry = Fault::Entry{1, PhysicalAddress(0x2000), Pte{3}},
                       .deciding_mask = 1,
                       .privilege = Privilege::User};
  const std::vector<void (*)(Fault&)> changes{[](Fault& f) { f.kind = FaultKind::ReservedBits; },
                                              [](Fault& f) { f.access = AccessKind::Write; },
                                              [](Fault& f) { ++f.address; },
                                              [](Fault& f) { f.entry.reset(); },
                                              [](Fault& f) { f.entry->level = 0; },
                                              [](Fault& f) { ++f.entry->address; },
                                              [](Fault& f) { f.entry->pte.bits = 0; },
                                              [](Fault& f) { f.deciding_mask = 2; },
                                              [](Fault& f) { f.privilege = Privilege::Supervisor; }};
  CHECK(original == Fault(original));
  for (std::size_t i = 0; i < changes.size(); ++i) {
    CAPTURE(i);
    Fault changed = original;
    changes[i](changed);
    CHECK_FALSE(original == changed);
  }
}
