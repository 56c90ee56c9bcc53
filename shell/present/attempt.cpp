#include "shell/present/attempt.h"

#include <algorithm>

#include "core/sim/explain.h"

namespace vmp {
namespace {

constexpr std::size_t kStepsLookedBack = 256;

struct Collect {
  std::vector<Attempt>& attempts;
  std::size_t index = 0;
  bool open = false;

  Attempt& current() {
    if (!open)
      attempts.push_back({.first = index,
                          .last = index,
                          .hit = {},
                          .missed = {},
                          .walk_cache = {},
                          .reads = {},
                          .filled = {},
                          .translated = {},
                          .fault = {}});
    open = true;
    attempts.back().last = index + 1;
    return attempts.back();
  }
  void operator()(const TlbHit& event) { current().hit = event; }
  void operator()(const TlbMissed& event) { current().missed = event; }
  void operator()(const TlbFilled& event) { current().filled = event; }
  void operator()(const WalkCacheHit& event) { current().walk_cache = event; }
  void operator()(const WalkCacheFilled&) { current(); }
  void operator()(const PteRead& event) { current().reads.push_back(event); }
  void operator()(const PteFlagsSet&) { current(); }
  void operator()(const AddressTranslated& event) {
    current().translated = event;
    open = false;
  }
  void operator()(const FaultRaised& event) {
    current().fault = event.fault;
    open = false;
  }
};

AccessPath path_now(const Kernel& kernel, const Process& process, VirtualAddress va) {
  AccessPath path{
      .process = process.id, .page = page_of(va), .nodes = {}, .frame = {}, .slot = {}, .current = false};
  const WalkExplanation walk = explain_walk(kernel, process, va, AccessKind::Read);
  for (const WalkStep& step : walk.steps) path.nodes.push_back(frame_of(step.entry_address));
  const PageExplanation page = explain_page(kernel, process, page_of(va));
  path.frame = page.frame;
  if (!page.frame) path.slot = page.slot;
  return path;
}

AccessPath path_of_step(const StepRecord& record, const Access& access, const Process& process,
                        const Kernel& kernel) {
  AccessPath path{.process = process.id,
                  .page = page_of(access.address),
                  .nodes = {},
                  .frame = {},
                  .slot = {},
                  .current = true};
  const std::vector<Attempt> attempts = attempts_of(record);
  const Attempt* attempt = shown_attempt(attempts);
  if (attempt == nullptr) return path;
  for (const PteRead& read : attempt->reads) path.nodes.push_back(frame_of(read.address));
  if (attempt->translated) path.frame = frame_of(attempt->translated->physical_address);
  if (!path.frame && process.running()) path.slot = explain_page(kernel, process, path.page).slot;
  return path;
}

}  // namespace

std::vector<Attempt> attempts_of(const StepRecord& record) {
  std::vector<Attempt> attempts;
  Collect collect{attempts};
  for (std::size_t i = 0; i < record.events.size(); ++i) {
    collect.index = i;
    if (const auto* did = std::get_if<HardwareDid>(&record.events[i])) std::visit(collect, did->event);
  }
  return attempts;
}

const Access* access_of(const StepRecord& record) {
  const auto* command = std::get_if<AccessMemory>(&record.step.command);
  return command == nullptr ? nullptr : &command->access;
}

const Attempt* shown_attempt(const std::vector<Attempt>& attempts) {
  const auto good = std::find_if(attempts.begin(), attempts.end(),
                                 [](const Attempt& a) { return a.translated.has_value(); });
  if (good != attempts.end()) return &*good;
  return attempts.empty() ? nullptr : &attempts.back();
}

const Attempt* first_faulting(const std::vector<Attempt>& attempts) {
  const auto found =
      std::find_if(attempts.begin(), attempts.end(), [](const Attempt& a) { return a.fault.has_value(); });
  return found == attempts.end() ? nullptr : &*found;
}

std::vector<AccessPath> access_paths(const Timeline& timeline) {
  const Kernel& kernel = timeline.machine().kernel();
  std::vector<AccessPath> paths;
  const std::size_t end = timeline.position();
  const std::size_t begin = end > kStepsLookedBack ? end - kStepsLookedBack : 0;
  std::vector<std::string> seen;
  for (std::size_t i = end; i-- > begin && paths.size() < 4;) {
    const StepRecord& record = timeline.record(i);
    const Access* access = access_of(record);
    const std::string name(process_of(record.step.command));
    if (access == nullptr || std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
    seen.push_back(name);
    const Process* process = kernel.find_process(name);
    if (process == nullptr) continue;
    if (i + 1 == end) {
      paths.push_back(path_of_step(record, *access, *process, kernel));
    } else if (process->running()) {
      paths.push_back(path_now(kernel, *process, access->address));
    }
  }
  return paths;
}

std::vector<Transfer> transfers_of(const StepRecord& record) {
  std::vector<Transfer> transfers;
  for (const Event& event : record.events) {
    if (const auto* out = std::get_if<PageWrittenOut>(&event))
      transfers.push_back({out->frame, out->slot, true});
    if (const auto* in = std::get_if<PageReadIn>(&event)) transfers.push_back({in->frame, in->slot, false});
  }
  return transfers;
}

}  // namespace vmp
