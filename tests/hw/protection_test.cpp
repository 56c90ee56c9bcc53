#include "core/hw/protection.h"

#include <doctest/doctest.h>

#include "core/hw/mmu.h"
#include "tests/support/hand_made_table.h"

using namespace vmp;
using namespace test_support;

namespace {

constexpr VirtualAddress kPlace(0x00403A2C);

// How an access of the kernel's own ends under some settings.
Result<Leaf, Fault> supervisor(HandMadeTable& table, AccessKind access, ProtectionSettings settings = {}) {
  TranslationContext context = table.context();
  context.privilege = Privilege::Supervisor;
  context.protection = settings;
  NullTracer tracer;
  return walk(std::as_const(table.memory), context, kPlace, access, tracer);
}

void check_kept_out(const Result<Leaf, Fault>& result, const PageTableFormat& format) {
  REQUIRE_FALSE(result.ok());
  CHECK(name_of(result.error().kind) == "user-page");
  CHECK(result.error().deciding_mask == format.user);
  CHECK(result.error().privilege == Privilege::Supervisor);
}

constexpr Permissions kEverything{.read = true, .write = true, .execute = true};

}  // namespace

TEST_CASE("the kernel may use its own pages in every format") {
  for (const PageTableFormat& format : all_formats()) {
    CAPTURE(format.name);
    HandMadeTable table(format.id);
    table.map(kPlace, make_leaf_entry(format, FrameNumber(0x1B), kEverything).without(format.user));
    for (const AccessKind access : {AccessKind::Read, AccessKind::Write, AccessKind::Execute})
      CHECK(supervisor(table, access).ok());
    CHECK_FALSE(table.look(kPlace, AccessKind::Read).ok());
  }
}

TEST_CASE("on RISC-V the kernel reads and writes user pages only with SUM, and never executes them") {
  HandMadeTable table(FormatId::Sv39);
  table.map(kPlace, FrameNumber(0x1B), kEverything);
  check_kept_out(supervisor(table, AccessKind::Read), table.format());
  check_kept_out(supervisor(table, AccessKind::Write), table.format());
  const ProtectionSettings sum{.sum = true};
  CHECK(supervisor(table, AccessKind::Read, sum).ok());
  CHECK(supervisor(table, AccessKind::Write, sum).ok());
  check_kept_out(supervisor(table, AccessKind::Execute, sum), table.format());
}

TEST_CASE("on x86 SMAP keeps the kernel from reading and writing user pages, SMEP from executing them") {
  HandMadeTable table(FormatId::X86_64);
  table.map(kPlace, FrameNumber(0x1B), kEverything);
  check_kept_out(supervisor(table, AccessKind::Read), table.format());
  check_kept_out(supervisor(table, AccessKind::Execute), table.format());
  const ProtectionSettings no_smap{.smap = false};
  CHECK(supervisor(table, AccessKind::Write, no_smap).ok());
  check_kept_out(supervisor(table, AccessKind::Execute, no_smap), table.format());
  const ProtectionSettings no_smep{.smep = false};
  CHECK(supervisor(table, AccessKind::Execute, no_smep).ok());
  check_kept_out(supervisor(table, AccessKind::Read, no_smep), table.format());
}

TEST_CASE("an x86 page is the kernel's if any entry on the way says so") {
  HandMadeTable table(FormatId::X86_64);
  table.map(kPlace, FrameNumber(0x1B), kEverything);
  const PhysicalAddress above = table.reach(kPlace, 2);
  table.set(above, table.entry(above).without(table.format().user));
  CHECK(supervisor(table, AccessKind::Read).ok());
}

TEST_CASE("the write flag binds the kernel too") {
  for (const PageTableFormat& format : all_formats()) {
    HandMadeTable table(format.id);
    table.map(kPlace, make_leaf_entry(format, FrameNumber(0x1B), kReadOnly).without(format.user));
    REQUIRE_FALSE(supervisor(table, AccessKind::Write).ok());
    CHECK(supervisor(table, AccessKind::Write).error().kind == FaultKind::WriteForbidden);
  }
}

TEST_CASE("MXR lets a program read what it may only execute") {
  HandMadeTable table(FormatId::Sv39);
  table.map(kPlace, FrameNumber(0x1B), kExecuteOnly);
  TranslationContext context = table.context();
  NullTracer tracer;
  Tlb tlb;
  WalkCache no_walk_cache;
  CHECK(translate(table.memory, tlb, no_walk_cache, context, kPlace, AccessKind::Execute, tracer).ok());
  CHECK_FALSE(translate(table.memory, tlb, no_walk_cache, context, kPlace, AccessKind::Read, tracer).ok());
  context.protection.mxr = true;
  CHECK(translate(table.memory, tlb, no_walk_cache, context, kPlace, AccessKind::Read, tracer).ok());
  CHECK(translate(table.memory, tlb, no_walk_cache, context, kPlace, AccessKind::Read, tracer).ok());
  CHECK(tlb.hits() == 1);
}

TEST_CASE("MXR opens only what may be executed, and only where reading is a permission of its own") {
  const ProtectionSettings mxr{.mxr = true};
  const Permissions nothing;
  for (const PageTableFormat& format : all_formats()) {
    const auto may_read = [&](const ProtectionSettings& settings, Permissions permissions) {
      return allows(format, settings, Privilege::User, permissions, true, AccessKind::Read);
    };
    CHECK_FALSE(may_read(mxr, nothing));
    CHECK_FALSE(may_read({}, kExecuteOnly));
    CHECK(may_read(mxr, kExecuteOnly) == (format.execute != 0));
    CHECK(may_read({}, kReadWrite));
  }
  HandMadeTable table(FormatId::X86_64);
  table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  TranslationContext context = table.context();
  context.protection = mxr;
  NullTracer tracer;
  CHECK(walk(std::as_const(table.memory), context, kPlace, AccessKind::Read, tracer).ok());
}

TEST_CASE("a TLB entry made for a program does not let the kernel in, nor the other way round") {
  for (const FormatId id : {FormatId::Sv39, FormatId::X86_64}) {
    HandMadeTable table(id);
    table.map(kPlace, FrameNumber(0x1B), kReadWrite);
    Tlb tlb;
    WalkCache no_walk_cache;
    TranslationContext context = table.context();
    NullTracer tracer;
    CHECK(translate(table.memory, tlb, no_walk_cache, context, kPlace, AccessKind::Read, tracer).ok());
    context.privilege = Privilege::Supervisor;
    CHECK_FALSE(translate(table.memory, tlb, no_walk_cache, context, kPlace, AccessKind::Read, tracer).ok());
    const Pte kernels = make_leaf_entry(table.format(), FrameNumber(0x1B), kReadWrite);
    table.map(kPlace, kernels.without(table.format().user));
    CHECK(translate(table.memory, tlb, no_walk_cache, context, kPlace, AccessKind::Read, tracer).ok());
    context.privilege = Privilege::User;
    const auto refused =
        translate(table.memory, tlb, no_walk_cache, context, kPlace, AccessKind::Read, tracer);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == FaultKind::SupervisorOnly);
  }
}

TEST_CASE("with Svade a clear accessed or dirty flag is a fault, and nothing is set") {
  HandMadeTable table(FormatId::Sv39);
  const PageTableFormat& f = table.format();
  const PhysicalAddress leaf = table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  const Pte clean = table.entry(leaf);
  TranslationContext context = table.context();
  context.protection.svade = true;
  NullTracer tracer;
  const auto kind_of = [&](AccessKind access) {
    const auto result = walk(table.memory, context, kPlace, access, tracer);
    return result.ok() ? std::string_view("none") : name_of(result.error().kind);
  };
  CHECK(kind_of(AccessKind::Read) == "accessed-clear");
  CHECK(table.entry(leaf) == clean);
  table.set(leaf, clean.with(f.accessed));
  CHECK(kind_of(AccessKind::Read) == "none");
  CHECK(kind_of(AccessKind::Write) == "dirty-clear");
  table.set(leaf, clean.with(f.accessed | f.dirty));
  CHECK(kind_of(AccessKind::Write) == "none");
}

TEST_CASE("x86 sets its flags whatever Svade says") {
  HandMadeTable table(FormatId::X86_64);
  const PhysicalAddress leaf = table.map(kPlace, FrameNumber(0x1B), kReadWrite);
  TranslationContext context = table.context();
  context.protection.svade = true;
  NullTracer tracer;
  CHECK(walk(table.memory, context, kPlace, AccessKind::Write, tracer).ok());
  CHECK(table.entry(leaf).has(table.format().dirty));
}
