#include "core/hw/fault.h"

#include <doctest/doctest.h>
#include <set>
#include <string>

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
