#include "shell/present/memory_view.h"

#include <algorithm>

#include "core/sim/explain.h"
#include "core/sim/narrate.h"
#include "shell/present/format.h"

namespace vmp {
namespace {

std::vector<std::size_t> hues_of(const std::vector<PageUser>& users) {
  std::vector<std::size_t> hues;
  for (const PageUser& user : users) {
    const std::size_t hue = hue_of(user.process);
    if (std::find(hues.begin(), hues.end(), hue) == hues.end()) hues.push_back(hue);
  }
  return hues;
}

std::string join_names(const Kernel& kernel, const std::vector<PageUser>& users) {
  std::string text;
  for (std::size_t i = 0; i < users.size(); ++i) {
    if (i > 0) text += i + 1 == users.size() ? " and " : ", ";
    text += process_name(kernel, users[i].process);
  }
  return text;
}

const Segment* segment_of(const Kernel& kernel, const PageUser& user) {
  const Process* process = kernel.find_process(user.process);
  return process == nullptr ? nullptr : process->space.find(address_of(user.page));
}

// The index of a node within the node above it.
std::uint64_t index_in_parent(const PageTableFormat& format, const FrameInfo& info) {
  return format.index_of(address_of(info.node_first_page), info.node_level + 1);
}

std::string node_label(const PageTableFormat& format, const FrameInfo& info) {
  if (format.is_flat()) return "table";
  if (info.node_level == format.root_level()) return "root node";
  return "node " + std::to_string(index_in_parent(format, info));
}

}  // namespace

FrameCard frame_card(const Kernel& kernel, const std::vector<Watch>& watches, FrameNumber frame) {
  const FrameInfo& info = kernel.frames()[frame];
  FrameCard card;
  card.use = info.use;
  switch (info.use) {
    case FrameUse::Free:
      break;
    case FrameUse::Kernel:
      card.label = "kernel";
      break;
    case FrameUse::ZeroPage:
      card.label = "zeros";
      break;
    case FrameUse::TableNode:
      card.hues = {hue_of(info.node_owner)};
      card.level = info.node_level;
      card.label = node_label(kernel.format(), info);
      if (kernel.format().is_flat()) card.page = hex_page(info.node_first_page);
      if (kernel.format().levels > 2) card.page = "level " + std::to_string(info.node_level);
      break;
    case FrameUse::Page: {
      card.hues = hues_of(info.users);
      card.shared = info.users.size() > 1;
      card.dirty = kernel.frame_dirty(frame);
      card.accessed = kernel.frame_accessed(frame);
      if (info.users.empty()) {
        card.label = info.file_page ? backing_name(kernel, info.file_page->file) : "cached";
        if (info.file_page) card.page = "page " + std::to_string(info.file_page->index);
        break;
      }
      const PageUser& first = info.users.front();
      const Process* process = kernel.find_process(first.process);
      if (process != nullptr) card.copy_on_write = explain_page(kernel, *process, first.page).copy_on_write;
      if (const Segment* segment = segment_of(kernel, first)) {
        card.label = segment->kind == SegmentKind::ReadOnlyData ? "rodata" : name_of(segment->kind);
      }
      if (info.file_page && kernel.file(info.file_page->file).program() == nullptr) {
        card.label = backing_name(kernel, info.file_page->file);
      }
      card.page = hex_page(first.page);
      if (const Watch* watch = find_watch(watches, info)) {
        if (const auto value = watched_value(kernel, *watch)) card.value = format_value(*value);
      }
      break;
    }
  }
  return card;
}

SlotCard slot_card(const Kernel& kernel, SwapSlot slot) {
  const SlotInfo& info = kernel.swap()[slot];
  SlotCard card;
  card.used = !info.free();
  card.damaged = kernel.is_damaged(slot);
  std::vector<PageUser> users = info.users;
  if (users.empty() && info.cached) {
    card.cached = true;
    users = kernel.frames()[*info.cached].users;
  }
  card.hues = hues_of(users);
  card.owner = info.file_page ? backing_name(kernel, info.file_page->file) : join_names(kernel, users);
  if (info.file_page) card.page = std::to_string(info.file_page->index);
  if (!users.empty()) card.page = hex_page(users.front().page);
  return card;
}

std::string backing_name(const Kernel& kernel, FileId id) {
  const File& file = kernel.file(id);
  return file.is_shared_memory() ? "shared memory" : file.name();
}

std::string process_name(const Kernel& kernel, ProcessId id) {
  const Process* process = kernel.find_process(id);
  return process == nullptr ? std::string("?") : process->name;
}

std::string describe_frame(const Kernel& kernel, FrameNumber frame) {
  const std::string start = "Frame " + hex_frame(frame) + ": ";
  if (!kernel.memory().contains(frame)) return start + "there is no RAM here";
  const FrameInfo& info = kernel.frames()[frame];
  switch (info.use) {
    case FrameUse::Free:
      return start + "free";
    case FrameUse::Kernel:
      return start + "the kernel's own";
    case FrameUse::ZeroPage:
      return start + "the kernel's page of zeros: every page that was only read so far shows it";
    case FrameUse::TableNode: {
      const std::string owner = process_name(kernel, info.node_owner);
      if (kernel.format().is_flat())
        return start + "part of the flat page table of " + owner + ", from page " +
               hex_page(info.node_first_page);
      if (info.node_level == kernel.format().root_level())
        return start + "root node of " + owner + "'s page table";
      return start + "page-table node of " + owner + ", level " + std::to_string(info.node_level) +
             ", from page " + hex_page(info.node_first_page);
    }
    case FrameUse::Page:
      break;
  }
  if (info.file_page) {
    const std::string which = "page " + std::to_string(info.file_page->index) + " of " +
                              (kernel.file(info.file_page->file).is_shared_memory() ? "" : "file ") +
                              backing_name(kernel, info.file_page->file);
    return start + which +
           (info.users.empty() ? ", kept in the page cache: nobody maps it now"
                               : ", mapped by " + join_names(kernel, info.users)) +
           (kernel.frame_dirty(frame) ? ", dirty" : "");
  }
  if (info.read_ahead && info.slot)
    return start + "read ahead from slot " + std::to_string(info.slot->value()) + ", not used yet";
  if (info.users.empty()) return start + "a page kept beside its swap slot";
  std::string text =
      start + "page " + hex_page(info.users.front().page) + " of " + join_names(kernel, info.users);
  if (const Segment* segment = segment_of(kernel, info.users.front()))
    text += ", " + std::string(name_of(segment->kind));
  if (kernel.frame_accessed(frame)) text += ", accessed";
  if (kernel.frame_dirty(frame)) text += ", dirty";
  if (info.slot) text += ", copy in slot " + std::to_string(info.slot->value());
  return text;
}

std::vector<std::string> describe_pointers(const Kernel& kernel, FrameNumber frame) {
  std::vector<std::string> lines;
  for (const EntryPointer& pointer : entries_pointing_at(kernel, frame)) {
    lines.push_back(process_name(kernel, pointer.process) + ", node in frame " +
                    hex_frame(frame_of(pointer.entry_address)) + ", entry " + std::to_string(pointer.index) +
                    ", at " + hex_address(pointer.entry_address));
  }
  return lines;
}

std::string describe_slot(const Kernel& kernel, SwapSlot slot) {
  const std::string start = "Slot " + std::to_string(slot.value()) + ": ";
  if (slot.value() >= kernel.swap().size()) return start + "the device has no such slot";
  const SlotCard card = slot_card(kernel, slot);
  if (!card.used) return start + (card.damaged ? "free, and damaged" : "free");
  return start + "page " + card.page + " of " + card.owner + (card.cached ? ", also in RAM" : "") +
         (card.damaged ? ", damaged: reading it fails" : "");
}

std::string memory_summary(const Kernel& kernel) {
  const std::uint64_t frames = kernel.memory().frame_count();
  return format_count(frames, "frame") + " · " + format_bytes(frames * kPageSize) + " · " +
         group_digits(frames - kernel.frames().free_count()) + " used";
}

std::string swap_summary(const Kernel& kernel) {
  return format_count(kernel.swap().size(), "slot") + " · " + group_digits(kernel.swap().used_count()) +
         " used";
}

std::string_view device_name(DeviceKind device) {
  switch (device) {
    case DeviceKind::HardDisk:
      return "hard disk";
    case DeviceKind::SataSsd:
      return "SATA SSD";
    case DeviceKind::Nvme:
      return "NVMe drive";
    case DeviceKind::CompressedRam:
      return "compressed RAM";
  }
  return {};
}

std::vector<std::string> swap_costs(const Kernel& kernel) {
  const DeviceCost& cost = kernel.costs().swap;
  const std::uint32_t cluster = kernel.config().swap_cluster;
  std::vector<std::string> lines{format_duration(cost.read_request + cost.read_page) + " a page"};
  if (cluster > 1) {
    lines.push_back(format_duration(cost.read_request + cluster * cost.read_page) + " for " +
                    std::to_string(cluster) + " at once");
  }
  lines.push_back(format_duration(cost_of(kernel.totals(), kernel.costs()).total()) + " so far");
  return lines;
}

std::string time_summary(const Kernel& kernel) {
  return "simulated time " + format_duration(cost_of(kernel.totals(), kernel.costs()).total());
}

std::string thrashing_short(const Kernel& kernel) {
  const Thrashing& thrashing = kernel.thrashing();
  if (!thrashing.active()) return {};
  return "thrashing: " + group_digits(thrashing.refaults()) + " of " + group_digits(thrashing.window());
}

std::string thrashing_summary(const Kernel& kernel) {
  const Thrashing& thrashing = kernel.thrashing();
  if (!thrashing.active()) return {};
  return "thrashing: " + group_digits(thrashing.refaults()) + " of " +
         format_count(thrashing.window(), "reference") + " waited for a page that had just left";
}

}  // namespace vmp
