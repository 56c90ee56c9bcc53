// Where the limits are set and asked (mm/mmap.c, may_expand_vm(); mm/mprotect.c, mprotect_fixup();
// include/linux/mm.h, check_data_rlimit(); 6.18).
#include "core/os/limits.h"

#include <algorithm>

#include "core/base/enum_names.h"
#include "core/os/kernel.h"

namespace vmp {
namespace {

constexpr std::uint64_t kUnlimitedStackPages = ~std::uint64_t{0} / kPageSize;

constexpr EnumNames<kLimitCount> kNames{"address-space", "data", "stack"};

}  // namespace

std::string_view name_of(Limit limit) {
  return name_in(kNames, limit);
}
std::optional<Limit> limit_named(std::string_view name) {
  return value_named<Limit>(kNames, name);
}

Outcome Kernel::set_limit(ProcessId id, Limit limit, std::optional<std::uint64_t> pages, EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  switch (limit) {
    case Limit::AddressSpace:
      process->limits.address_space = pages;
      break;
    case Limit::Data:
      process->limits.data = pages;
      break;
    case Limit::Stack:
      process->limits.stack = pages.value_or(kUnlimitedStackPages);
      process->space.stack_limit = stack_limit_of(*process);
      break;
  }
  if (log != nullptr) log->push_back(LimitSet{id, limit, pages});
  return Completed{};
}

// Bytes. What the program asked for, unless a limit was set by hand.
std::uint64_t Kernel::stack_limit_of(const Process& process) const {
  const std::uint64_t most = process.space.layout().user_end.value() / kPageSize;
  const std::uint64_t usual = process.program ? process.program->stack_limit_pages : most;
  return std::min(process.limits.stack.value_or(usual), most) * kPageSize;
}

// Which limit would be exceeded by `pages` more pages, which are `data` or not.
std::optional<CallReason> Kernel::exceeded_limit(const Process& process, bool data,
                                                 std::uint64_t pages) const {
  const Limits& limits = process.limits;
  if (limits.address_space && process.space.mapped_pages() + pages > *limits.address_space) {
    return CallReason::AddressSpaceLimit;
  }
  if (data && limits.data && process.space.data_pages() + pages > *limits.data) return CallReason::DataLimit;
  return std::nullopt;
}

// How far a range may become writable: pages that become data are counted, segment by segment, and what comes
// before the first segment too many is changed all the same. Linux asks whether as many pages could be mapped
// once more as they are; where the address-space limit says no to that, it lets the change pass.
VirtualAddress Kernel::end_of_data_limit(const Process& process, AddressRange range) const {
  std::uint64_t added = 0;
  for (const Segment& segment : process.space.segments()) {
    if (!segment.range.overlaps(range) || segment.shared || segment.grows_down()) continue;
    if (segment.permissions.write) continue;
    const Segment part = segment.slice(range);
    added += part.page_count();
    const bool too_many = process.limits.data && process.space.data_pages() + added > *process.limits.data;
    if (too_many && !exceeded_limit(process, false, part.page_count())) return part.range.start;
  }
  return range.end;
}

}  // namespace vmp
