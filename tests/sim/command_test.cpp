// Commands are compared as the timeline compares them: a command given after stepping back that equals the
// next one goes on along the same steps, and any other begins a branch.
#include "core/sim/command.h"

#include <doctest/doctest.h>
#include <functional>

#include "core/os/machine_config.h"

using namespace vmp;

namespace {

template <class T>
using Changes = std::vector<std::function<void(T&)>>;

// A copy is equal; a copy with any one change is not.
template <class T>
void check_every_change_counts(const T& original, const Changes<T>& changes) {
  CHECK(original == T(original));
  for (std::size_t i = 0; i < changes.size(); ++i) {
    CAPTURE(i);
    T changed = original;
    changes[i](changed);
    CHECK_FALSE(original == changed);
  }
}

}  // namespace

TEST_CASE("accesses that differ in anything are different commands") {
  check_every_change_counts<AccessMemory>(
      {"A", {}},
      {[](auto& c) { c.process = "B"; }, [](auto& c) { c.access.kind = AccessKind::Write; },
       [](auto& c) { ++c.access.address; }, [](auto& c) { c.access.size = 8; },
       [](auto& c) { c.access.value = 1; }, [](auto& c) { c.access.privilege = Privilege::Supervisor; }});
}

TEST_CASE("mappings that differ in anything are different commands") {
  check_every_change_counts<MapMemory>(
      {"A", {}, "notes"},
      {[](auto& c) { c.process = "B"; }, [](auto& c) { c.file = ""; },
       [](auto& c) { c.request.address = VirtualAddress(0); }, [](auto& c) { c.request.length = 1; },
       [](auto& c) { c.request.permissions.read = true; },
       [](auto& c) { c.request.permissions.write = true; },
       [](auto& c) { c.request.permissions.execute = true; }, [](auto& c) { c.request.fixed = true; },
       [](auto& c) { c.request.no_replace = true; }, [](auto& c) { c.request.shared = true; },
       [](auto& c) { c.request.grows_down = true; }, [](auto& c) { c.request.file = FileId(1); },
       [](auto& c) { c.request.offset = kPageSize; }});
}

TEST_CASE("remappings that differ in anything are different commands") {
  check_every_change_counts<RemapMemory>(
      {"A", {}},
      {[](auto& c) { c.process = "B"; }, [](auto& c) { ++c.request.address; },
       [](auto& c) { c.request.old_length = 1; }, [](auto& c) { c.request.new_length = 1; },
       [](auto& c) { c.request.may_move = true; }, [](auto& c) { c.request.fixed = VirtualAddress(0); },
       [](auto& c) { c.request.dont_unmap = true; }});
}

TEST_CASE("programs are compared by what they hold") {
  Program program;
  program.words = {{VirtualAddress(0x400000), 1, 4}};
  check_every_change_counts<Program>(
      program,
      {[](auto& p) { p.name = "other"; }, [](auto& p) { ++p.code_pages; }, [](auto& p) { ++p.rodata_pages; },
       [](auto& p) { ++p.data_pages; }, [](auto& p) { ++p.bss_pages; }, [](auto& p) { ++p.heap_pages; },
       [](auto& p) { ++p.heap_limit_pages; }, [](auto& p) { ++p.stack_limit_pages; },
       [](auto& p) { p.words.clear(); }, [](auto& p) { ++p.words[0].address; },
       [](auto& p) { ++p.words[0].value; }, [](auto& p) { p.words[0].size = 8; },
       [](auto& p) { p.lines.emplace_back(); }, [](auto& p) { p.elf.emplace(); },
       [](auto& p) { p.arguments.emplace_back(); }, [](auto& p) { p.environment.emplace_back(); }});
  program.elf = ElfFile{.file_name = "a", .digest = {}, .image = nullptr};
  check_every_change_counts<Program>(
      program, {[](auto& p) { p.elf->file_name = "b"; }, [](auto& p) { p.elf->digest[0] = 1; }});
}

TEST_CASE("configurations that differ in one setting are different machines") {
  check_every_change_counts<MachineConfig>({}, {[](auto& c) { c.format = FormatId::Sv39; },
                                                [](auto& c) { ++c.frames; },
                                                [](auto& c) { c.physical_base = PhysicalAddress(kPageSize); },
                                                [](auto& c) { ++c.kernel_frames; },
                                                [](auto& c) { ++c.swap_slots; },
                                                [](auto& c) { c.device = DeviceKind::Nvme; },
                                                [](auto& c) { c.policy = PolicyKind::Fifo; },
                                                [](auto& c) { c.scope = ReplacementScope::Local; },
                                                [](auto& c) { ++c.tick; },
                                                [](auto& c) { ++c.window; },
                                                [](auto& c) { ++c.tlb.sets; },
                                                [](auto& c) { ++c.tlb.ways; },
                                                [](auto& c) { c.tlb.replacement = TlbReplacement::Fifo; },
                                                [](auto& c) { c.instruction_tlb.emplace(); },
                                                [](auto& c) { c.flushes_lost = true; },
                                                [](auto& c) { c.asids = false; },
                                                [](auto& c) { c.protection.sum = true; },
                                                [](auto& c) { c.protection.mxr = true; },
                                                [](auto& c) { c.protection.smep = false; },
                                                [](auto& c) { c.protection.smap = false; },
                                                [](auto& c) { c.protection.svade = true; },
                                                [](auto& c) { c.placement = FramePlacement::Scattered; },
                                                [](auto& c) { ++c.seed; },
                                                [](auto& c) { c.swap_read_failure.nth = 1; },
                                                [](auto& c) { c.swap_read_failure.forever = true; },
                                                [](auto& c) { c.swap_write_failure.nth = 1; },
                                                [](auto& c) { c.overcommit = Overcommit::Strict; },
                                                [](auto& c) { c.aslr = true; }});
}
