#include "core/sim/explain.h"

#include <set>

#include "core/hw/node_entries.h"
#include "core/sim/explain_walk.h"

namespace vmp {
namespace {

bool shared_and_to_be_parted(const PageExplanation& page, bool cached) {
  return (page.sharers > 1 || cached) && page.segment != nullptr && !page.segment->shared &&
         page.segment->permissions.write && !page.writable;
}

struct Describe {
  PageExplanation& page;
  const Kernel& kernel;
  const PageTableFormat& format;

  void operator()(const EmptyEntry&) const {}
  void operator()(const PresentEntry& entry) const { in_frame(PageState::Resident, entry.frame); }
  void operator()(const ProtNoneEntry& entry) const { in_frame(PageState::NoAccess, entry.frame); }
  void operator()(const SwappedEntry& entry) const {
    page.state = PageState::Swapped;
    if (entry.slot.value() >= kernel.swap().size()) return;
    page.slot = entry.slot;
    const SlotInfo& info = kernel.swap()[entry.slot];
    page.sharers = info.users.size() + (info.cached ? kernel.frames()[*info.cached].users.size() : 0);
    page.copy_on_write = shared_and_to_be_parted(page, false);
  }

  void in_frame(PageState state, FrameNumber frame) const {
    page.state = state;
    page.accessed = page.pte.has(format.accessed);
    page.dirty = page.pte.has(format.dirty);
    page.writable = page.pte.has(format.write);
    if (!kernel.memory().contains(frame)) return;
    page.frame = frame;
    const FrameInfo& info = kernel.frames()[frame];
    page.slot = info.slot;
    page.sharers = info.users.size() + (info.slot ? kernel.swap()[*info.slot].users.size() : 0);
    page.copy_on_write =
        shared_and_to_be_parted(page, info.file_page.has_value() || frame == kernel.frames().zero_page());
  }
};

}  // namespace

RecordedWalk record_walk(const Kernel& kernel, const Process& process, VirtualAddress va, AccessKind access) {
  HardwareTrace trace;
  const PhysicalMemory& memory = kernel.memory();
  auto result = walk(memory, kernel.translation_context(process), va, access, trace);
  RecordedWalk recorded{.entries = {}, .result = std::move(result)};
  for (const HardwareEvent& event : trace.events) {
    if (const auto* read = std::get_if<PteRead>(&event)) recorded.entries.push_back(*read);
  }
  return recorded;
}

WalkExplanation explain_walk(const Kernel& kernel, const Process& process, VirtualAddress va,
                             AccessKind access) {
  WalkExplanation explanation;
  explanation.address = va;
  if (!process.running()) return explanation;
  const RecordedWalk recorded = record_walk(kernel, process, va, access);
  for (const PteRead& read : recorded.entries) {
    explanation.steps.push_back(
        {.level = read.level,
         .index = read.index,
         .node = frame_of(read.address - read.index * kernel.format().entry_bytes),
         .entry_address = read.address,
         .pte = read.pte,
         .leaf = read.pte.has(kernel.format().present) && is_leaf(kernel.format(), read.pte, read.level)});
  }
  if (recorded.result) {
    explanation.physical = address_of(recorded.result->frame) + offset_of(va);
    explanation.permissions = recorded.result->permissions;
  } else {
    explanation.fault = recorded.result.error();
  }
  return explanation;
}

PageExplanation explain_page(const Kernel& kernel, const Process& process, PageNumber page) {
  PageExplanation explanation;
  explanation.page = page;
  explanation.segment = process.space.find(address_of(page));
  explanation.state = explanation.segment != nullptr ? PageState::Untouched : PageState::Unmapped;
  if (const auto entry = kernel.leaf_entry(process, page)) {
    explanation.entry_address = entry->address;
    explanation.pte = entry->pte;
    std::visit(Describe{explanation, kernel, kernel.format()}, decode_leaf(kernel.format(), entry->pte));
  }
  return explanation;
}

const Process* process_tagged(const Kernel& kernel, Asid asid) {
  const bool tagged = kernel.format().asid_bits > 0 && kernel.config().asids;
  for (const Process& process : kernel.processes()) {
    if (process.running() && (tagged ? process.asid == asid : kernel.current() == process.id))
      return &process;
  }
  return nullptr;
}

TableSizes table_sizes(const Kernel& kernel, const Process& process) {
  if (!process.running()) return {};
  const PageTableFormat& format = kernel.format();
  TableSizes sizes{.in_memory = process.node_frames.size() * kPageSize,
                   .flat = format.flat_table_bytes(),
                   .tree = process.node_frames.size() * kPageSize};
  if (!format.is_flat()) return sizes;
  const std::uint64_t pages_per_node = format_of(FormatId::X86_32).pages_per_entry(1);
  std::set<std::uint64_t> nodes;
  for_each_entry(kernel.memory(), format, process.root,
                 [&](const NodeEntry& entry) { nodes.insert(entry.index / pages_per_node); });
  sizes.tree = (1 + nodes.size()) * kPageSize;
  return sizes;
}

}  // namespace vmp
