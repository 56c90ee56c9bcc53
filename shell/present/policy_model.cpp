#include "shell/present/policy_model.h"

#include <algorithm>

#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/policy_text.h"

namespace vmp {
namespace {

std::string sentence(std::string_view start, const std::string& clause) {
  return std::string(start) + clause + ".";
}

// The page that the next step will ask for, if it is a reference: room would be made for that one.
std::optional<PageUser> arriving_next(const Timeline& timeline) {
  if (timeline.position() == timeline.size()) return std::nullopt;
  const Command& command = timeline.step(timeline.position()).command;
  const Process* process = timeline.machine().kernel().find_process(process_of(command));
  if (process == nullptr) return std::nullopt;
  if (const auto* access = std::get_if<AccessMemory>(&command))
    return PageUser{process->id, page_of(access->access.address)};
  const auto* replay = std::get_if<ReplayTrace>(&command);
  if (replay == nullptr || replay->count == 0) return std::nullopt;
  return PageUser{process->id,
                  page_of(replay->trace->references[static_cast<std::size_t>(replay->first)].address())};
}

std::string told(const Event& event, const Kernel& kernel) {
  const auto message = narrate(event, kernel);
  return message ? render(*message, kernel.format(), english()) : std::string();
}

std::string last_of(const Timeline& timeline) {
  const Kernel& kernel = timeline.machine().kernel();
  if (timeline.current() == nullptr) return {};
  std::string first;
  std::uint64_t others = 0;
  for (const Event& event : timeline.current()->events) {
    if (!std::holds_alternative<VictimChosen>(event)) continue;
    if (first.empty()) {
      first = told(event, kernel);
    } else {
      ++others;
    }
  }
  if (first.empty()) return {};
  if (others > 0) first += std::string(policy_text::kAndOthers) + format_count(others, "other page");
  return sentence(policy_text::kLast, first);
}

std::string legend_of(const PolicyStructure& structure) {
  switch (structure.number) {
    case PolicyNumber::Counter:
      return std::string(policy_text::kLegendCounter);
    case PolicyNumber::LastUse:
      return std::string(policy_text::kLegendLastUse);
    case PolicyNumber::Uses:
      return std::string(policy_text::kLegendUses);
    case PolicyNumber::NextUse:
      return std::string(policy_text::kLegendNextUse);
    case PolicyNumber::Unused:
      return std::string(policy_text::kLegendUnused);
    case PolicyNumber::None:
      break;
  }
  if (structure.mark == PolicyMark::Visited) return std::string(policy_text::kLegendVisited);
  if (structure.mark == PolicyMark::Referenced) return std::string(policy_text::kLegendReferenced);
  const bool classes = structure.lists.size() > 1;  // whose names say what the bits are
  return std::string(structure.uses_accessed && !classes ? policy_text::kLegendAccessed : "");
}

std::string bits_of(const PolicyStructure& structure, const PolicyEntry& entry) {
  if (structure.lists.size() > 1 && structure.mark == PolicyMark::None)
    return {};  // NRU, ARC: the lists tell
  std::string bits;
  if (structure.uses_accessed) bits = entry.accessed ? "1" : "0";
  if (structure.mark == PolicyMark::Visited) bits = entry.marked ? "1" : "0";
  if (structure.mark == PolicyMark::Referenced && entry.marked) bits += " R";
  return bits;
}

std::string note_of(const PolicyStructure& structure, const PolicyEntry& entry) {
  switch (structure.number) {
    case PolicyNumber::None:
    case PolicyNumber::Counter:
      return {};
    case PolicyNumber::LastUse:
      return entry.number == 0 ? "never" : "at " + group_digits(entry.number);
    case PolicyNumber::Uses:
      return group_digits(entry.number) + "×";
    case PolicyNumber::NextUse:
      return entry.number == kNeverUsed ? "never" : "in " + group_digits(entry.number);
    case PolicyNumber::Unused:
      return group_digits(entry.number);
  }
  return {};
}

PolicyCell ghost_cell(const PolicyEntry& entry) {
  PolicyCell cell;
  cell.ghost = entry.ghost;
  if (entry.ghost.process.value() == 0) {
    cell.card.page = "page " + std::to_string(entry.ghost.page.value() & ((std::uint64_t{1} << 40) - 1));
  } else {
    cell.card.hues = {hue_of(entry.ghost.process)};
    cell.card.page = hex_page(entry.ghost.page);
  }
  return cell;
}

PolicyRow row_of(const Kernel& kernel, const PolicyStructure& structure, const PolicyList& list,
                 std::optional<FrameNumber> victim) {
  const policy_text::ListWords& words = policy_text::kLists[static_cast<std::size_t>(list.id)];
  PolicyRow row{.id = list.id,
                .name = std::string(words.name),
                .front = std::string(words.front),
                .back = std::string(words.back),
                .size = list.size,
                .left_out = 0,
                .target = {},
                .cells = {}};
  if (list.id == PolicyListId::UsedOnce) row.target = structure.target_hundredths;
  std::uint64_t place = 0;
  for (const PolicyEntry& entry : list.entries) {
    PolicyCell cell;
    if (entry.frame) {
      cell.frame = entry.frame;
      cell.card = frame_card(kernel, {}, *entry.frame);
      cell.bits = bits_of(structure, entry);
      cell.note = note_of(structure, entry);
      if (structure.number == PolicyNumber::Counter) cell.counter = static_cast<std::uint8_t>(entry.number);
      cell.set = structure.mark == PolicyMark::Visited ? entry.marked : entry.accessed;
      cell.hand = structure.hand == entry.frame;
      cell.victim = victim == entry.frame;
    } else {
      cell = ghost_cell(entry);
    }
    cell.left_out = entry.place - place;
    place = entry.place + 1;
    row.cells.push_back(std::move(cell));
  }
  row.left_out = list.size - place;
  return row;
}

std::string summary_of(const Kernel& kernel, const PolicyStructure& structure, std::uint64_t pages) {
  std::string text = format_count(pages, "page");
  if (structure.target_hundredths) {
    const std::uint64_t hundredths = *structure.target_hundredths;
    const std::string tens = std::to_string(hundredths / 10 % 10) + std::to_string(hundredths % 10);
    text += " · p = " + group_digits(hundredths / 100) + "." + tens;
  }
  if (structure.window) text += " · window of " + format_count(*structure.window, "reference");
  if (has_tick(kernel.policy().kind())) {
    const std::uint64_t tick = kernel.config().tick;
    text += " · tick in " + format_count(tick - kernel.time() % tick, "reference");
  }
  return text;
}

}  // namespace

std::string_view title_of(PolicyKind policy) {
  return policy_text::kPolicies[static_cast<std::size_t>(policy)].title;
}

PolicyModel policy_model(const Timeline& timeline, std::uint64_t most) {
  const Kernel& kernel = timeline.machine().kernel();
  const std::optional<VictimChoice> victim = kernel.peek_victim(arriving_next(timeline));
  StructureWindow window{.most = most, .around = {}};
  if (victim) window.around.push_back(victim->frame);
  PolicyStructure structure = kernel.policy_structure(window);
  const bool hand_elsewhere = structure.hand && !(victim && *structure.hand == victim->frame);
  if (hand_elsewhere && structure.lists.front().size > most) {
    window.around.push_back(*structure.hand);
    structure = kernel.policy_structure(window);
  }

  PolicyModel model;
  model.kind = kernel.policy().kind();
  const policy_text::PolicyWords& words = policy_text::kPolicies[static_cast<std::size_t>(model.kind)];
  model.title = std::string(words.title);
  model.rule = std::string(words.rule);
  model.legend = legend_of(structure);
  for (const PolicyList& list : structure.lists) {
    const bool ghosts = list.id == PolicyListId::OnceGhosts || list.id == PolicyListId::AgainGhosts;
    if (!ghosts) model.pages += list.size;
    model.rows.push_back(
        row_of(kernel, structure, list, victim ? std::optional(victim->frame) : std::nullopt));
  }
  model.summary = summary_of(kernel, structure, model.pages);
  model.last = last_of(timeline);
  if (model.pages == 0) {
    model.next = std::string(policy_text::kEmpty);
  } else if (!victim) {
    model.next = std::string(policy_text::kNobody);
  } else {
    const Message message = narrate_next_victim(*victim, kernel);
    model.next = sentence(policy_text::kNext, render(message, kernel.format(), english()));
  }
  return model;
}

}  // namespace vmp
