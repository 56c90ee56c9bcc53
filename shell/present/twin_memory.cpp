// Of the twin: physical memory and the swap device, a row a frame and a slot. Free ones in a row are one row.
#include <algorithm>

#include "core/sim/explain.h"
#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/memory_view.h"
#include "shell/present/twin_parts.h"

namespace vmp::twin {
namespace {

constexpr std::string_view kMemory = "Physical memory";
constexpr std::string_view kFrames = "Frames";
constexpr std::string_view kFramesPart = "Frames {0} to {1} of {2}";
constexpr std::string_view kSlots = "Slots of the swap device";
constexpr std::string_view kSlotsPart = "Slots {0} to {1} of {2}";
constexpr std::string_view kRange = "{0} to {1}";
constexpr std::string_view kFree = "free";
constexpr std::string_view kKernel = "kernel";
constexpr std::string_view kEverybody = "everybody";
constexpr std::string_view kCache = "page cache";
constexpr std::string_view kAccessed = "accessed";
constexpr std::string_view kDirty = "dirty";
constexpr std::string_view kShared = "shared";
constexpr std::string_view kCopyOnWrite = "copy-on-write";
constexpr std::string_view kUser = "{0}, page {1}";
constexpr std::string_view kAlsoInRam = "also in RAM, frame {0}";
constexpr std::string_view kDamaged = "damaged: reading it fails";
constexpr std::string_view kInUse = "in use";

// Looking through every page table for what points at a frame is for machines small enough; of others the
// kernel's reverse map tells.
constexpr std::uint64_t kMostSearched = 4096;

void join(std::string& words, std::string_view word, std::string_view between = ", ") {
  if (!words.empty()) words += between;
  words += word;
}

bool searchable(const Kernel& kernel) {
  std::uint64_t resident = 0;
  for (const Process& process : kernel.processes()) resident += process.resident_pages;
  return resident <= kMostSearched && kernel.memory().frame_count() <= kMostSearched;
}

std::string pointers_to(const Kernel& kernel, FrameNumber frame, bool search) {
  std::string words;
  if (search) {
    for (const std::string& line : describe_pointers(kernel, frame)) join(words, line, "; ");
    return words;
  }
  for (const PageUser& user : kernel.frames()[frame].users)
    join(words, fill(kUser, {process_name(kernel, user.process), hex_page(user.page)}), "; ");
  return words;
}

std::string owner_of(const Kernel& kernel, const FrameInfo& info) {
  switch (info.use) {
    case FrameUse::Free:
      return std::string(kFree);
    case FrameUse::Kernel:
      return std::string(kKernel);
    case FrameUse::ZeroPage:
      return std::string(kEverybody);
    case FrameUse::TableNode:
      return process_name(kernel, info.node_owner);
    case FrameUse::Page:
      break;
  }
  std::string words;
  for (const PageUser& user : info.users) join(words, process_name(kernel, user.process));
  return words.empty() ? std::string(kCache) : words;
}

std::string flags_of(const FrameCard& card) {
  std::string words;
  if (card.accessed) join(words, kAccessed);
  if (card.dirty) join(words, kDirty);
  if (card.copy_on_write) {
    join(words, kCopyOnWrite);
  } else if (card.shared) {
    join(words, kShared);
  }
  return words;
}

TwinRow frame_row(const Model& model, FrameNumber frame, bool search) {
  const Kernel& kernel = model.kernel();
  const FrameInfo& info = kernel.frames()[frame];
  const FrameCard card = frame_card(kernel, model.watches, frame);
  const bool page = info.use == FrameUse::Page;
  const bool node = info.use == FrameUse::TableNode;
  std::string what = card.label;
  if (!card.value.empty()) what += " = " + card.value;
  TwinRow row{.cells = {hex_frame(frame), owner_of(kernel, info), std::move(what), card.page, flags_of(card),
                        page ? std::to_string(info.users.size()) : "",
                        page || node ? pointers_to(kernel, frame, search) : ""}};
  if (card.hues.size() == 1) row.hue = card.hues.front();
  row.now = model.touched.has(frame);
  return row;
}

TwinRow slot_row(const Model& model, SwapSlot slot) {
  const Kernel& kernel = model.kernel();
  const SlotCard card = slot_card(kernel, slot);
  std::string state(card.used ? kInUse : kFree);
  if (card.cached) state = fill(kAlsoInRam, {hex_frame(*kernel.swap()[slot].cached)});
  if (card.damaged) join(state, kDamaged);
  TwinRow row{.cells = {std::to_string(slot.value()), card.owner, card.page, std::move(state)}};
  if (card.hues.size() == 1) row.hue = card.hues.front();
  row.now = model.touched.has(slot);
  for (const Transfer& transfer : model.transfers) row.now = row.now || transfer.slot == slot;
  return row;
}

// Adds the rows [first, last) of a table, with runs of free ones in one row each.
template <class IsFree, class NameOf, class RowOf>
void add_rows(TwinTable& table, std::uint64_t first, std::uint64_t last, IsFree is_free, NameOf name_of,
              RowOf row_of) {
  for (std::uint64_t i = first; i < last;) {
    std::uint64_t end = i;
    while (end < last && is_free(end)) ++end;
    if (end == i) {
      table.rows.push_back(row_of(i++));
      continue;
    }
    TwinRow row{.cells = std::vector<std::string>(table.columns.size())};
    row.cells[0] = end == i + 1 ? name_of(i) : fill(kRange, {name_of(i), name_of(end - 1)});
    row.cells[1] = std::string(kFree);
    table.rows.push_back(std::move(row));
    i = end;
  }
}

}  // namespace

TwinSection memory_section(const Model& model, const TwinState& state) {
  const Kernel& kernel = model.kernel();
  const std::uint64_t count = kernel.memory().frame_count();
  const std::uint64_t first = first_of(state, "frames", count);
  const std::uint64_t last = std::min(count, first + kTwinRows);
  const auto name = [&](std::uint64_t index) { return hex_frame(kernel.frames().nth(index)); };
  TwinTable table{.caption = count <= kTwinRows
                                 ? std::string(kFrames)
                                 : fill(kFramesPart, {name(first), name(last - 1), group_digits(count)}),
                  .columns = {"Frame", "Owner", "What", "Page", "Flags", "References", "Who points here"},
                  .rows = {},
                  .pager = pager("frames", first, count)};
  const bool search = searchable(kernel);
  add_rows(
      table, first, last,
      [&](std::uint64_t i) { return kernel.frames()[kernel.frames().nth(i)].use == FrameUse::Free; }, name,
      [&](std::uint64_t i) { return frame_row(model, kernel.frames().nth(i), search); });
  TwinSection section{.id = "memory", .title = std::string(kMemory)};
  section.blocks.push_back(text("memory-summary", model.memory_summary, TwinTone::Dim));
  section.blocks.push_back({"frames", std::move(table)});
  return section;
}

TwinSection swap_section(const Model& model, const TwinState& state) {
  const Kernel& kernel = model.kernel();
  const std::uint64_t count = kernel.swap().size();
  const std::uint64_t first = first_of(state, "slots", count);
  const std::uint64_t last = std::min(count, first + kTwinRows);
  const auto name = [](std::uint64_t index) { return std::to_string(index); };
  TwinTable table{.caption = count <= kTwinRows
                                 ? std::string(kSlots)
                                 : fill(kSlotsPart, {name(first), name(last - 1), group_digits(count)}),
                  .columns = {"Slot", "Owner", "Page", "State"},
                  .rows = {},
                  .pager = pager("slots", first, count)};
  const auto slot = [](std::uint64_t i) { return SwapSlot(static_cast<std::uint32_t>(i)); };
  add_rows(
      table, first, last,
      [&](std::uint64_t i) { return kernel.swap()[slot(i)].free() && !kernel.is_damaged(slot(i)); }, name,
      [&](std::uint64_t i) { return slot_row(model, slot(i)); });
  TwinSection section{.id = "swap", .title = model.swap_title};
  std::string summary = model.swap_summary;
  for (const std::string& cost : model.swap_costs) join(summary, cost, " · ");
  section.blocks.push_back(text("swap-summary", std::move(summary), TwinTone::Dim));
  section.blocks.push_back({"slots", std::move(table)});
  return section;
}

}  // namespace vmp::twin
