// Questions about the way from an address to a frame: the TLB, the indices, the entries, what comes out.
#include <algorithm>

#include "core/sim/explain.h"
#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/prediction_parts.h"
#include "shell/present/prediction_words.h"

namespace vmp::predicting {
namespace {

// The entry the question is about: each level in its turn.
const PteRead* read_asked_about(const Foresight& seen) {
  if (seen.access == nullptr || seen.process == nullptr) return nullptr;
  const std::vector<PteRead>& reads = seen.attempts.front().reads;
  return reads.empty() ? nullptr : &reads[seen.index % reads.size()];
}

bool is_root(const Foresight& seen, const PteRead& read) {
  return read.level == seen.format().root_level();
}

FrameNumber node_of(const PageTableFormat& format, const PteRead& read) {
  return frame_of(read.address - read.index * format.entry_bytes);
}

// Where another running process has a page: its name, and the frame.
struct Elsewhere {
  std::string name;
  FrameNumber frame;
};
std::vector<Elsewhere> same_page_elsewhere(const Foresight& seen) {
  std::vector<Elsewhere> found;
  for (const Process& other : seen.now.processes()) {
    if (!other.running() || other.id == seen.process->id) continue;
    if (const auto frame = explain_page(seen.now, other, seen.page()).frame)
      found.push_back({other.name, *frame});
  }
  return found;
}

// The frames of the process's other pages, the nearest page first.
struct Neighbour {
  PageNumber page;
  FrameNumber frame;
};
std::vector<Neighbour> neighbours(const Foresight& seen) {
  std::vector<Neighbour> found;
  const FrameTable& frames = seen.now.frames();
  for (std::uint64_t i = 0; i < frames.size(); ++i) {
    for (const PageUser& user : frames[frames.nth(i)].users) {
      if (user.process == seen.process->id && user.page != seen.page())
        found.push_back({user.page, frames.nth(i)});
    }
  }
  const auto distance = [&](PageNumber page) {
    return std::max(page.value(), seen.page().value()) - std::min(page.value(), seen.page().value());
  };
  std::stable_sort(found.begin(), found.end(), [&](const Neighbour& a, const Neighbour& b) {
    return distance(a.page) < distance(b.page);
  });
  return found;
}

std::optional<FrameNumber> lowest_free(const FrameTable& frames) {
  for (std::uint64_t i = 0; i < frames.size(); ++i) {
    if (frames[frames.nth(i)].use == FrameUse::Free) return frames.nth(i);
  }
  return std::nullopt;
}

void offer_frames(const Foresight& seen, const Attempt& attempt, std::vector<PredictionOption>& wrong) {
  const std::string& name = seen.process->name;
  const auto offer = [&](FrameNumber frame, const std::string& why) {
    wrong.push_back({hex_frame(frame), why});
  };
  if (const auto frame = explain_page(seen.now, *seen.process, seen.page()).frame) {
    const auto sentence = attempt.fault ? words::kFrameForbidden : words::kFrameOfTable;
    offer(*frame, fill(sentence, {hex_frame(*frame)}));
  }
  for (const Elsewhere& other : same_page_elsewhere(seen))
    offer(other.frame, fill(words::kFrameOfAnother, {hex_frame(other.frame), other.name, name}));
  if (const auto free = attempt.fault ? lowest_free(seen.now.frames()) : std::nullopt)
    offer(*free, fill(words::kFrameFree, {hex_frame(*free)}));
  if (!attempt.reads.empty()) {
    const FrameNumber node = frame_of(attempt.reads.back().address);
    offer(node, fill(words::kFrameOfNode, {hex_frame(node), name}));
  }
  for (const Neighbour& other : neighbours(seen))
    offer(other.frame, fill(words::kFrameOfNeighbour, {hex_frame(other.frame), hex_page(other.page), name}));
  const FrameNumber digits(seen.page().value() & 0xFF);
  if (seen.now.memory().contains(digits))
    offer(digits, fill(words::kFrameOfDigits, {hex_frame(digits), hex_page(seen.page())}));
}

std::string why_fault(const Foresight& seen) {
  const Draft fault = ask_fault(seen);
  return fault ? fault->fact : std::string();
}

}  // namespace

Draft ask_index(const Foresight& seen) {
  const PteRead* read = read_asked_about(seen);
  if (read == nullptr || seen.format().is_flat()) return std::nullopt;
  const PageTableFormat& format = seen.format();
  const VirtualAddress va = seen.access->address;
  const std::string right = group_digits(read->index);
  const std::string level = std::to_string(read->level);
  Numbers numbers;
  numbers.kind = QuestionKind::Index;
  numbers.question =
      is_root(seen, *read) ? std::string(words::kIndexOfRoot) : fill(words::kIndexOfNode, {level});
  numbers.fact = fill(words::kIndexFact, {level, format_bits(read->index, format.index_bits), right});
  numbers.right = right;
  for (std::uint32_t other = format.levels; other-- > 0;) {
    const std::string index = group_digits(format.index_of(va, other));
    numbers.wrong.push_back({index, fill(words::kIndexOfOther, {index, std::to_string(other)})});
  }
  const std::uint64_t neighbour = read->index + 1;
  if (neighbour < format.entries_per_node())
    numbers.wrong.push_back({group_digits(neighbour), std::string(words::kIndexCounted)});
  const std::string offset = group_digits(offset_of(va) >> 2);
  numbers.wrong.push_back({offset, fill(words::kIndexOffset, {offset})});
  const std::string whole = group_digits(page_of(va).value());
  numbers.wrong.push_back({whole, fill(words::kIndexWhole, {whole, std::to_string(format.levels)})});
  return ask(seen, std::move(numbers));
}

Draft ask_entry(const Foresight& seen) {
  const PteRead* read = read_asked_about(seen);
  if (read == nullptr) return std::nullopt;
  const PageTableFormat& format = seen.format();
  const FrameNumber node = node_of(format, *read);
  const PhysicalAddress base = address_of(node);
  const std::string index = group_digits(read->index);
  const std::string bytes = std::to_string(format.entry_bytes);
  const std::string what = is_root(seen, *read)
                               ? fill(words::kEntryOfRoot, {index})
                               : fill(words::kEntryOfNode, {index, std::to_string(read->level)});
  Numbers numbers;
  numbers.kind = QuestionKind::Entry;
  numbers.question = fill(words::kEntryQuestion, {what});
  numbers.fact = fill(words::kEntryFact, {hex_address(base), index, bytes});
  numbers.right = hex_address(read->address);
  const auto offer = [&](PhysicalAddress address, const std::string& why) {
    numbers.wrong.push_back({hex_address(address), why});
  };
  if (is_root(seen, *read)) {
    for (const Process& other : seen.now.processes()) {
      if (other.running() && other.id != seen.process->id)
        offer(address_of(other.root) + read->index * format.entry_bytes,
              fill(words::kEntryOfAnother, {other.name, seen.process->name, hex_frame(node)}));
    }
  }
  if (read->index > 1) offer(base + read->index, fill(words::kEntryUnscaled, {bytes}));
  if (read->index != 0) offer(base, std::string(words::kEntryFirst));
  for (std::uint32_t level = format.levels; level-- > 0;) {
    const std::uint64_t other = format.index_of(seen.access->address, level);
    if (level != read->level && other != 0)
      offer(base + other * format.entry_bytes, fill(words::kEntryOfOtherIndex, {group_digits(other)}));
  }
  offer(base + (offset_of(seen.access->address) & ~std::uint64_t{3}), std::string(words::kEntryVirtual));
  return ask(seen, std::move(numbers));
}

Draft ask_frame(const Foresight& seen) {
  if (seen.access == nullptr || seen.process == nullptr) return std::nullopt;
  const Attempt& attempt = seen.attempts.front();
  Numbers numbers;
  numbers.kind = QuestionKind::Frame;
  numbers.question = std::string(words::kFrameQuestion);
  numbers.last = PredictionOption{std::string(words::kFrameFault), {}};
  offer_frames(seen, attempt, numbers.wrong);
  if (!attempt.translated) {
    numbers.fact = why_fault(seen);
    return ask(seen, std::move(numbers));
  }
  const std::string& name = seen.process->name;
  numbers.right = hex_frame(frame_of(attempt.translated->physical_address));
  numbers.last->diagnosis = std::string(words::kFrameNoFault);
  if (attempt.hit) {
    numbers.fact = fill(words::kFrameFromTlb, {hex_page(seen.page()), name, numbers.right});
  } else {
    if (attempt.reads.empty()) return std::nullopt;
    const PteRead& leaf = attempt.reads.back();
    numbers.fact = fill(words::kFrameFromEntry,
                        {group_digits(leaf.index), name, std::to_string(leaf.level), numbers.right});
  }
  return ask(seen, std::move(numbers));
}

Draft ask_physical(const Foresight& seen) {
  if (seen.access == nullptr || seen.process == nullptr) return std::nullopt;
  const Attempt& attempt = seen.attempts.front();
  if (!attempt.translated) return std::nullopt;
  const PhysicalAddress pa = attempt.translated->physical_address;
  const std::uint64_t offset = offset_of(pa);
  const std::string offset_hex = format_hex(offset, 3);
  Numbers numbers;
  numbers.kind = QuestionKind::Physical;
  numbers.question = std::string(words::kPhysicalQuestion);
  numbers.right = hex_address(pa);
  numbers.fact = fill(words::kPhysicalFact,
                      {hex_page(seen.page()), seen.process->name, hex_frame(frame_of(pa)), offset_hex});
  const auto offer = [&](PhysicalAddress address, const std::string& why) {
    numbers.wrong.push_back({hex_address(address), why});
  };
  for (const Elsewhere& other : same_page_elsewhere(seen))
    offer(address_of(other.frame) + offset,
          fill(words::kPhysicalOfAnother, {hex_frame(other.frame), other.name}));
  offer(address_of(frame_of(pa)), fill(words::kPhysicalNoOffset, {offset_hex}));
  if (seen.access->address.value() < kHighestBase)
    offer(PhysicalAddress(seen.access->address.value()), std::string(words::kPhysicalVirtual));
  if (!attempt.reads.empty()) {
    const FrameNumber node = frame_of(attempt.reads.back().address);
    offer(address_of(node) + offset, fill(words::kPhysicalOfNode, {hex_frame(node)}));
  }
  for (const Neighbour& other : neighbours(seen))
    offer(address_of(other.frame) + offset,
          fill(words::kPhysicalOfNeighbour,
               {hex_frame(other.frame), hex_page(other.page), seen.process->name}));
  return ask(seen, std::move(numbers));
}

namespace {

// Why the TLB has nothing, although one might think so.
std::string why_not_kept(const Foresight& seen) {
  const std::string& name = seen.process->name;
  const auto* switched = seen.first<ContextSwitched>();
  if (switched != nullptr && switched->flushed && switched->from) {
    const Process* from = seen.now.find_process(*switched->from);
    return fill(words::kTlbFlushed, {from == nullptr ? "" : from->name, name});
  }
  const Tlb& tlb = seen.now.tlb();
  const std::uint32_t set = tlb.set_of(seen.page());
  for (std::uint32_t way = 0; way < tlb.config().ways; ++way) {
    const TlbEntry& entry = tlb.entry(set, way);
    if (!entry.valid || entry.page != seen.page()) continue;
    const Process* owner = process_tagged(seen.now, entry.asid);
    if (owner != nullptr && owner->id != seen.process->id)
      return fill(words::kTlbOfAnother, {hex_page(seen.page()), owner->name});
  }
  const PageExplanation page = explain_page(seen.now, *seen.process, seen.page());
  if (!page.frame) return std::string(words::kTlbNoFrame);
  if (page.accessed) return std::string(words::kTlbUsedBefore);
  return fill(words::kTlbNeverUsed, {name});
}

}  // namespace

Draft ask_tlb(const Foresight& seen) {
  if (seen.access == nullptr || seen.process == nullptr) return std::nullopt;
  const Attempt& attempt = seen.attempts.front();
  const std::string page = hex_page(seen.page());
  const std::string& name = seen.process->name;
  const auto options = [](std::string hit, std::string none, std::string weak) {
    return std::vector<PredictionOption>{{std::string(words::kTlbHit), std::move(hit)},
                                         {std::string(words::kTlbNoEntry), std::move(none)},
                                         {std::string(words::kTlbNotEnough), std::move(weak)}};
  };
  if (attempt.hit) {
    return ask(seen, QuestionKind::Tlb, words::kTlbQuestion,
               fill(words::kTlbHitFact, {std::to_string(attempt.hit->set), page, name}),
               options({}, std::string(words::kTlbKept), std::string(words::kTlbEnough)), 0);
  }
  if (!attempt.missed || seen.now.config().tlb.ways == 0) return std::nullopt;
  const TlbMissed& missed = *attempt.missed;
  if (missed.cause == TlbMissCause::NoEntry) {
    return ask(seen, QuestionKind::Tlb, words::kTlbQuestion,
               fill(words::kTlbNoEntryFact, {std::to_string(missed.set), page, name}),
               options(why_not_kept(seen), {}, std::string(words::kTlbNotThere)), 1);
  }
  const auto fact =
      missed.cause == TlbMissCause::LacksDirty ? words::kTlbDirtyFact : words::kTlbPermissionFact;
  return ask(seen, QuestionKind::Tlb, words::kTlbQuestion, fill(fact, {page}),
             options(std::string(words::kTlbNotHit), std::string(words::kTlbThere), {}), 2);
}

}  // namespace vmp::predicting
