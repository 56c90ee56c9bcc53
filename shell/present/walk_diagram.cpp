#include "shell/present/walk_diagram.h"

#include "core/sim/explain.h"
#include "shell/present/attempt.h"
#include "shell/present/fault_box.h"
#include "shell/present/format.h"
#include "shell/present/memory_view.h"
#include "shell/present/step_text.h"

namespace vmp {
namespace {

std::vector<BitField> fields_of(const PageTableFormat& format, VirtualAddress va) {
  std::vector<BitField> fields;
  for (std::uint32_t level = format.levels; level-- > 0;) {
    const std::uint64_t index = format.index_of(va, level);
    fields.push_back({format_bits(index, format.index_bits), "index " + std::to_string(index), level});
  }
  fields.push_back(
      {format_bits(offset_of(va), kPageShift), "offset " + format_hex(offset_of(va), 3), std::nullopt});
  return fields;
}

NodeRow row_of(const Kernel& kernel, FrameNumber node, std::uint64_t index) {
  const PageTableFormat& format = kernel.format();
  const PhysicalAddress entry = address_of(node) + index * format.entry_bytes;
  const Pte pte{kernel.memory().read_word(entry, format.entry_bytes)};
  return {.index = index,
          .entry = entry,
          .raw = hex_entry(pte, format),
          .flags = flag_letters(format, pte),
          .read = false};
}

// `as_read`: the entry as the walker read it; the kernel has changed it since.
NodeBox node_of(const Kernel& kernel, const PteRead& read, bool as_read) {
  const PageTableFormat& format = kernel.format();
  const FrameNumber frame = frame_of(read.address);
  const FrameNumber node = frame_of(read.address - read.index * format.entry_bytes);
  NodeBox box{.level = read.level,
              .title = format.is_flat()                    ? "the flat table"
                       : read.level == format.root_level() ? "root node"
                                                           : "node",
              .frame = frame,
              .rows = {}};
  if (format.levels > 2 && read.level != format.root_level())
    box.title += ", level " + std::to_string(read.level);
  const bool still_a_node = kernel.frames()[frame].use == FrameUse::TableNode;
  const std::uint64_t count = format.entries_per_node();
  const std::uint64_t first = read.index == 0 ? 0 : read.index - 1;
  for (std::uint64_t index = std::min(first, count - 3), end = index + 3; index < end; ++index) {
    if (!still_a_node && index != read.index) continue;
    NodeRow row = row_of(kernel, node, index);
    row.read = index == read.index;
    if (row.read && (as_read || !still_a_node)) {
      row.raw = hex_entry(read.pte, format);
      row.flags = flag_letters(format, read.pte);
    }
    box.rows.push_back(std::move(row));
  }
  return box;
}

TargetBox target_of(const Kernel& kernel, PhysicalAddress pa, std::uint32_t size) {
  const FrameNumber frame = frame_of(pa);
  const PageBytes& bytes = kernel.memory().frame_bytes(frame);
  std::string text;
  for (std::uint64_t i = offset_of(pa); i < std::min<std::uint64_t>(offset_of(pa) + size, kPageSize); ++i) {
    text += (text.empty() ? "" : " ") + format_hex(bytes[i], 2);
  }
  return {frame, pa, hex_address(address_of(frame)), text, "at offset " + format_hex(offset_of(pa), 3)};
}

void add_translation(const Kernel& kernel, const Attempt& attempt, const Access& access, WalkModel& model) {
  const bool split = kernel.tlbs().instructions() != nullptr;
  const TlbUnit unit = split && access.kind == AccessKind::Execute ? TlbUnit::Instructions : TlbUnit::Data;
  if (attempt.hit) {
    model.tlb = TlbBadge::Hit;
    model.tlb_entry =
        TlbBox{{attempt.hit->set, attempt.hit->way, unit}, attempt.hit->page, attempt.hit->frame};
  } else if (attempt.missed) {
    model.tlb = TlbBadge::Miss;
  }
  if (attempt.filled) {
    model.tlb_entry =
        TlbBox{{attempt.filled->set, attempt.filled->way, unit}, attempt.filled->page, attempt.filled->frame};
  }
  if (attempt.walk_cache)
    model.walk_cache = WalkCacheBox{attempt.walk_cache->level, attempt.walk_cache->node};
  for (const PteRead& read : attempt.reads)
    model.nodes.push_back(node_of(kernel, read, attempt.fault.has_value()));
  if (!attempt.translated) return;
  const PhysicalAddress pa = attempt.translated->physical_address;
  model.target = target_of(kernel, pa, access.size);
  model.frame_hex = format_hex(frame_of(pa).value(), 5);
  model.offset_hex = format_hex(offset_of(pa), 3);
  model.physical = hex_address(pa);
}

}  // namespace

WalkModel walk_model(const Timeline& timeline) {
  WalkModel model;
  const StepRecord* record = timeline.current();
  if (record == nullptr) return model;
  const Kernel& kernel = timeline.machine().kernel();
  model.sentence = describe_step(record->step, kernel.format());
  model.lines = step_lines(*record, kernel);
  const Process* process = kernel.find_process(process_of(record->step.command));
  if (process != nullptr) {
    model.process = process->id;
    model.hue = hue_of(process->id);
  }
  const Access* access = access_of(*record);
  if (access == nullptr || process == nullptr) return model;
  const std::vector<Attempt> attempts = attempts_of(*record);
  const Attempt* attempt = shown_attempt(attempts);
  if (attempt == nullptr) return model;
  model.is_access = true;
  model.fields = fields_of(kernel.format(), access->address);
  add_translation(kernel, *attempt, *access, model);
  if (const Attempt* faulting = first_faulting(attempts)) {
    model.fault = fault_box(*record, *faulting, *process, kernel);
    model.tlb = faulting->missed ? TlbBadge::Miss : model.tlb;
  }
  return model;
}

}  // namespace vmp
