#include "shell/present/fault_box.h"

#include <algorithm>
#include <bit>

#include "core/hw/fault_code.h"
#include "core/sim/explain.h"
#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/step_text.h"

namespace vmp {
namespace {

struct FlagOrder {
  std::uint64_t mask;
  const char* name;
  bool leaf_only;
};

// The flags of one entry in the order the walk looks at them for this kind of access.
std::vector<FlagOrder> flags_checked(const PageTableFormat& format, AccessKind access, bool leaf) {
  std::vector<FlagOrder> flags = {{format.present, is_x86(format) ? "present" : "valid", false}};
  if (!leaf && format.permission_rule == PermissionRule::LeafOnly) return flags;
  flags.push_back({format.user, "user", false});
  if (access == AccessKind::Write) flags.push_back({format.write, "write", false});
  if (leaf && access == AccessKind::Read && format.read != 0) flags.push_back({format.read, "read", true});
  if (leaf && access == AccessKind::Execute && format.execute != 0)
    flags.push_back({format.execute, "execute", true});
  if (access == AccessKind::Execute && format.no_execute != 0)
    flags.push_back({format.no_execute, "no-execute", false});
  return flags;
}

std::string note_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::NonCanonical:
      return "the bits above the highest index do not repeat it";
    case FaultKind::WriteWithoutRead:
      return "write without read is reserved";
    case FaultKind::ReservedBits:
      return "a bit that must be zero is set";
    case FaultKind::PointerAtLastLevel:
      return "the last level must map a page, this entry points on";
    case FaultKind::MisalignedSuperpage:
      return "a large page must start at a multiple of its size";
    case FaultKind::TableOutsideMemory:
      return "there is no RAM where this entry says the next node is";
    case FaultKind::FrameOutsideMemory:
      return "there is no RAM where this entry says the page is";
    case FaultKind::UserPage:
      return "the kernel is kept out of user pages";
    case FaultKind::AccessedClear:
      return "the kernel must set the accessed flag (Svade)";
    case FaultKind::DirtyClear:
      return "the kernel must set the dirty flag (Svade)";
    case FaultKind::NotPresent:
    case FaultKind::SupervisorOnly:
    case FaultKind::ReadForbidden:
    case FaultKind::WriteForbidden:
    case FaultKind::ExecuteForbidden:
      break;
  }
  return {};
}

std::string program_saw(const StepRecord& record, const Kernel& kernel) {
  if (const auto* done = std::get_if<Completed>(&record.outcome)) {
    return done->value ? "the value " + format_value(*done->value) + ", only later: the instruction ran again"
                       : "nothing: the instruction ran again and went on";
  }
  return render(narrate_outcome(record, kernel), kernel.format(), english());
}

}  // namespace

std::vector<CheckRow> check_rows(const PageTableFormat& format, const Attempt& attempt, const Fault& fault) {
  std::vector<CheckRow> rows;
  for (const PteRead& read : attempt.reads) {
    const bool leaf = is_leaf(format, read.pte, read.level);
    const bool decided = fault.entry && fault.entry->level == read.level;
    CheckRow row;
    const bool root = read.level == format.root_level() && !format.is_flat();
    row.entry =
        (root ? "root entry " : "entry ") + std::to_string(read.index) + " = " + hex_entry(read.pte, format);
    for (const FlagOrder& flag : flags_checked(format, fault.access, leaf)) {
      // A no-execute flag, or a user page to the kernel, forbids where it is set, every other flag where it
      // is clear.
      const bool forbids_if_set = flag.mask == format.no_execute || fault.kind == FaultKind::UserPage;
      const bool fails =
          decided && flag.mask == fault.deciding_mask && read.pte.has(flag.mask) == forbids_if_set;
      row.flags.push_back({flag.name, static_cast<std::uint32_t>(std::countr_zero(flag.mask)), !fails,
                           read.pte.has(flag.mask)});
      if (fails) break;
    }
    row.passed =
        std::all_of(row.flags.begin(), row.flags.end(), [](const FlagCheck& flag) { return flag.passed; });
    if (decided && row.passed) {
      row.note = note_of(fault.kind);
      row.passed = row.note.empty();
    }
    rows.push_back(std::move(row));
    if (decided) break;
  }
  if (rows.empty() || (!fault.entry && rows.back().passed)) {
    rows.push_back({.entry = hex_address(fault.address, format),
                    .flags = {},
                    .note = note_of(fault.kind),
                    .passed = false});
  }
  return rows;
}

FaultBox fault_box(const StepRecord& record, const Attempt& attempt, const Process& process,
                   const Kernel& kernel) {
  FaultBox box;
  const Fault& fault = *attempt.fault;
  box.kind = std::string(name_of(fault.kind));
  std::replace(box.kind.begin(), box.kind.end(), '-', ' ');
  box.reported = to_string(fault_code(kernel.format(), fault, kernel.config().protection.smep));
  if (const Access* access = access_of(record)) {
    box.attempted = process.name + " " + describe_access(*access, kernel.format());
  }
  box.checks = check_rows(kernel.format(), attempt, fault);
  const std::vector<Attempt> attempts = attempts_of(record);
  std::size_t end = record.events.size();
  for (const Attempt& next : attempts) {
    if (next.first >= attempt.last) {
      end = next.first;
      break;
    }
  }
  box.kernel_did = event_lines(record, attempt.last, end, kernel);
  box.mended = !std::holds_alternative<Signalled>(record.outcome);
  box.program_saw = program_saw(record, kernel);
  return box;
}

}  // namespace vmp
