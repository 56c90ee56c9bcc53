// Questions about the kernel's decisions: whose frame is taken, how many frames a call takes or gives back.
#include <algorithm>
#include <array>

#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/memory_view.h"
#include "shell/present/prediction_parts.h"
#include "shell/present/prediction_words.h"

namespace vmp::predicting {
namespace {

// As people write it: "FIFO", "Clock".
std::string title_of(PolicyKind policy) {
  constexpr std::array kInitials{PolicyKind::Fifo, PolicyKind::Lru, PolicyKind::Mru,
                                 PolicyKind::Nru,  PolicyKind::Lfu, PolicyKind::Arc};
  const auto capital = [](char c) { return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c); };
  std::string text(name_of(policy));
  const bool initials = std::find(kInitials.begin(), kInitials.end(), policy) != kInitials.end();
  std::transform(text.begin(), initials ? text.end() : std::next(text.begin()), text.begin(), capital);
  return text;
}

std::string as_sentence(std::string clause) {
  if (!clause.empty() && clause[0] >= 'a' && clause[0] <= 'z')
    clause[0] = static_cast<char>(clause[0] - 'a' + 'A');
  return fill(words::kVictimFact, {clause});
}

// A person could tell from what is on screen: not a die, and not the future.
bool can_be_known(PolicyKind policy) {
  return policy != PolicyKind::Random && policy != PolicyKind::Optimal;
}

struct VictimOptions {
  const Foresight& seen;
  const VictimChosen& chosen;
  std::string policy;
  std::vector<FrameNumber> frames{};  // pages in use, in the policy's order

  std::string page_of_frame(FrameNumber frame) const {
    return hex_page(seen.now.frames()[frame].users.front().page);
  }
  std::string owner_of(FrameNumber frame) const {
    return process_name(seen.now, seen.now.frames()[frame].users.front().process);
  }
  bool foreign(FrameNumber frame) const {
    if (chosen.cause != ReclaimCause::ResidentLimit && chosen.cause != ReclaimCause::FrameQuota) return false;
    return seen.process != nullptr && !seen.now.frames()[frame].used_by(seen.process->id);
  }
  std::string why_not(FrameNumber frame) const {
    const std::string name = hex_frame(frame);
    const auto by_access = [&](FrameNumber a, FrameNumber b) {
      return seen.now.memory().last_access(a) < seen.now.memory().last_access(b);
    };
    if (foreign(frame)) return fill(words::kVictimForeign, {name, seen.process->name});
    const auto& spared = chosen.choice.spared;
    if (std::find(spared.begin(), spared.end(), frame) != spared.end())
      return fill(words::kVictimSpared, {name});
    if (*std::max_element(frames.begin(), frames.end(), by_access) == frame)
      return fill(words::kVictimRecent, {name});
    if (*std::min_element(frames.begin(), frames.end(), by_access) == frame && !is_ideal(chosen.policy))
      return fill(words::kVictimLeastRecent, {name, policy});
    return fill(words::kVictimOther, {name, page_of_frame(frame), owner_of(frame), policy});
  }
};

}  // namespace

Draft ask_victim(const Foresight& seen) {
  const auto* chosen = seen.first<VictimChosen>();
  if (chosen == nullptr || !can_be_known(chosen->policy)) return std::nullopt;
  const FrameTable& table = seen.now.frames();
  VictimOptions options{seen, *chosen, title_of(chosen->policy)};
  const auto usable = [&](FrameNumber frame) {
    return table[frame].use == FrameUse::Page && !table[frame].users.empty();
  };
  for (const FrameNumber frame : seen.now.policy().order()) {
    if (usable(frame)) options.frames.push_back(frame);
  }
  if (!usable(chosen->choice.frame) || options.frames.size() < kLeastOptions) return std::nullopt;
  const bool own = chosen->cause == ReclaimCause::ResidentLimit || chosen->cause == ReclaimCause::FrameQuota;
  Numbers numbers;
  numbers.kind = QuestionKind::Victim;
  numbers.question = fill(own ? words::kVictimOfProcess : words::kVictimQuestion,
                          {options.policy, seen.process == nullptr ? "" : seen.process->name});
  numbers.right = hex_frame(chosen->choice.frame);
  if (const auto message = narrate(*chosen, seen.then))
    numbers.fact = as_sentence(render(*message, seen.format(), english()));
  // Those the hand meets first, then the one used longest ago, then the others.
  std::vector<FrameNumber> wrong = chosen->choice.spared;
  wrong.push_back(*std::min_element(options.frames.begin(), options.frames.end(), [&](auto a, auto b) {
    return seen.now.memory().last_access(a) < seen.now.memory().last_access(b);
  }));
  wrong.insert(wrong.end(), options.frames.begin(), options.frames.end());
  for (const FrameNumber frame : wrong) {
    if (usable(frame) && frame != chosen->choice.frame)
      numbers.wrong.push_back({hex_frame(frame), options.why_not(frame)});
  }
  return ask(seen, std::move(numbers));
}

namespace {

std::uint64_t pages_of(const AddressSpace& space) {
  std::uint64_t pages = 0;
  for (const Segment& segment : space.segments()) pages += segment.range.size() / kPageSize;
  return pages;
}

PredictionOption number(std::uint64_t count, words::Sentence why) {
  const std::string text = group_digits(count);
  return {text, fill(why, {text})};
}

}  // namespace

Draft ask_taken(const Foresight& seen) {
  if (!std::holds_alternative<Completed>(seen.record.outcome)) return std::nullopt;
  std::uint64_t nodes = 0;
  std::uint64_t pages = 0;
  for (const Event& event : seen.record.events) {
    const auto* taken = std::get_if<FrameAllocated>(&event);
    if (taken != nullptr) (taken->use == FrameUse::TableNode ? nodes : pages) += taken->count;
  }
  Numbers numbers;
  numbers.kind = QuestionKind::Taken;
  numbers.right = group_digits(nodes + pages);
  numbers.fact = nodes + pages == 0
                     ? std::string(words::kTakenNothingFact)
                     : fill(words::kTakenFact, {format_count(nodes, "frame"), format_count(pages, "frame")});
  std::vector<PredictionOption>& wrong = numbers.wrong;
  const Command& command = seen.record.step.command;
  if (std::holds_alternative<ForkProcess>(command) && seen.process != nullptr) {
    const std::uint64_t resident = seen.process->resident_pages;
    numbers.question = std::string(words::kTakenByFork);
    wrong.push_back(number(resident, words::kTakenNotCopies));
    wrong.push_back(number(0, words::kTakenNotNone));
    wrong.push_back(number(resident + seen.process->node_frames.size(), words::kTakenNotAll));
    wrong.push_back(number(1, words::kTakenNotNodes));
  } else if (const auto* map = std::get_if<MapMemory>(&command)) {
    const std::uint64_t length = (map->request.length + kPageSize - 1) / kPageSize;
    numbers.question = std::string(words::kTakenByMap);
    wrong.push_back(number(length, words::kTakenNotPages));
    wrong.push_back(number(1, words::kTakenNotOne));
    wrong.push_back(number(length + 1, words::kTakenNotAll));
  } else if (const auto* spawn = std::get_if<SpawnProcess>(&command)) {
    const Process* started = seen.then.find_process(spawn->process);
    if (started == nullptr || !seen.now.processes().empty())
      return std::nullopt;  // one start is like another
    const std::uint64_t all = pages_of(started->space);
    numbers.question = std::string(words::kTakenByStart);
    wrong.push_back(number(all, words::kTakenNotPages));
    wrong.push_back(number(all + nodes, words::kTakenNotAll));
    wrong.push_back(number(1, words::kTakenNotNodes));
    wrong.push_back(number(0, words::kTakenNotNone));
  } else {
    return std::nullopt;
  }
  return ask(seen, std::move(numbers));
}

Draft ask_freed(const Foresight& seen) {
  if (!std::holds_alternative<Completed>(seen.record.outcome) || seen.process == nullptr) return std::nullopt;
  std::uint64_t freed = 0;
  for (const Event& event : seen.record.events) {
    if (const auto* frame = std::get_if<FrameFreed>(&event)) freed += frame->count;
  }
  const std::uint64_t resident = seen.process->resident_pages;
  Numbers numbers;
  numbers.kind = QuestionKind::Freed;
  numbers.right = group_digits(freed);
  numbers.fact = fill(words::kFreedFact, {format_count(freed, "frame")});
  std::vector<PredictionOption>& wrong = numbers.wrong;
  const Command& command = seen.record.step.command;
  if (std::holds_alternative<ExitProcess>(command)) {
    const std::uint64_t nodes = seen.process->node_frames.size();
    numbers.question = std::string(words::kFreedByExit);
    wrong.push_back(number(resident, words::kFreedNotResident));
    wrong.push_back(number(resident + nodes, words::kFreedNotAll));
    wrong.push_back(number(nodes, words::kFreedNotNodes));
  } else if (const auto* unmap = std::get_if<UnmapMemory>(&command)) {
    numbers.question = std::string(words::kFreedByUnmap);
    wrong.push_back(number((unmap->length + kPageSize - 1) / kPageSize, words::kFreedNotRange));
    wrong.push_back(number(resident, words::kFreedNotResident));
  } else {
    return std::nullopt;
  }
  wrong.push_back(number(0, words::kFreedNotNone));
  return ask(seen, std::move(numbers));
}

}  // namespace vmp::predicting
