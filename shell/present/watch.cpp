#include "shell/present/watch.h"

#include <algorithm>

#include "core/sim/explain.h"

namespace vmp {
namespace {

constexpr std::size_t kStepsLookedAt = 1024;
constexpr std::size_t kMostWatches = 256;

std::uint64_t read_word(const PageBytes& bytes, std::uint64_t offset, std::uint32_t size) {
  std::uint64_t value = 0;
  for (std::uint32_t i = size; i-- > 0;) value = value << 8 | bytes[offset + i];
  return value;
}

}  // namespace

std::vector<Watch> collect_watches(const Timeline& timeline) {
  std::vector<Watch> watches;
  const std::size_t end = timeline.position();
  const std::size_t begin = end > kStepsLookedAt ? end - kStepsLookedAt : 0;
  for (std::size_t step = end; step-- > begin && watches.size() < kMostWatches;) {
    for (const Event& event : timeline.record(step).events) {
      const auto* access = std::get_if<ValueAccessed>(&event);
      if (access == nullptr || access->kind == AccessKind::Execute) continue;
      if (find_watch(watches, access->process, page_of(access->address)) != nullptr) continue;
      watches.push_back({access->process, access->address, access->size, step});
    }
  }
  return watches;
}

std::optional<std::uint64_t> watched_value(const Kernel& kernel, const Watch& watch) {
  const Process* process = kernel.find_process(watch.process);
  const std::uint64_t offset = offset_of(watch.address);
  if (process == nullptr || !process->running() || offset + watch.size > kPageSize) return std::nullopt;
  const PageExplanation page = explain_page(kernel, *process, page_of(watch.address));
  if (page.frame) return read_word(kernel.memory().frame_bytes(*page.frame), offset, watch.size);
  if (page.slot) return read_word(kernel.swap_device().peek(*page.slot), offset, watch.size);
  return std::nullopt;
}

const Watch* find_watch(const std::vector<Watch>& watches, ProcessId process, PageNumber page) {
  const auto found = std::find_if(watches.begin(), watches.end(), [&](const Watch& watch) {
    return watch.process == process && page_of(watch.address) == page;
  });
  return found == watches.end() ? nullptr : &*found;
}

const Watch* find_watch(const std::vector<Watch>& watches, const FrameInfo& frame) {
  const auto found = std::find_if(watches.begin(), watches.end(), [&](const Watch& watch) {
    return std::find(frame.users.begin(), frame.users.end(),
                     PageUser{watch.process, page_of(watch.address)}) != frame.users.end();
  });
  return found == watches.end() ? nullptr : &*found;
}

}  // namespace vmp
