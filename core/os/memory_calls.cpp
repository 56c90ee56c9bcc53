// The system calls that shape an address space, with Linux's checks in Linux's order (mm/mmap.c,
// mm/mprotect.c, 6.1).
#include "core/os/kernel.h"

namespace vmp {

namespace {

// Where a mapping goes; nothing is changed yet. `usable` tells whether a hint may be followed.
template <class Usable>
Result<VirtualAddress, CallFailed> place_of(const AddressSpace& space, const Kernel::MapRequest& request,
                                            std::uint64_t length, Usable usable) {
  const auto refuse = [](Errno error, CallReason reason) { return Failure{CallFailed{error, reason}}; };
  const VirtualAddress highest(space.layout().user_end.value() - length);
  const VirtualAddress lowest = space.layout().lowest_mappable;
  if (request.fixed) {
    const VirtualAddress wanted = request.address.value_or(VirtualAddress(0));
    if (wanted > highest) return refuse(Errno::Enomem, CallReason::OutsideUserHalf);
    if (!is_page_aligned(wanted)) return refuse(Errno::Einval, CallReason::NotPageAligned);
    if (wanted < lowest) return refuse(Errno::Eperm, CallReason::BelowLowestAddress);
    if (request.no_replace && !space.is_free({wanted, wanted + length})) {
      return refuse(Errno::Eexist, CallReason::AlreadyMapped);
    }
    return wanted;
  }
  if (request.address && *request.address <= highest) {
    const VirtualAddress hint = std::max(address_of(page_of(*request.address)), lowest);
    if (usable(AddressRange{hint, hint + length})) return hint;
  }
  const std::optional<VirtualAddress> place = space.place(length);
  if (!place) return refuse(Errno::Enomem, CallReason::NoRoom);
  return *place;
}

}  // namespace

Outcome Kernel::fail(const Process& process, Errno error, CallReason reason, EventLog* log) {
  const CallFailed failure{error, reason};
  if (log != nullptr) log->push_back(CallReturnedError{process.id, failure});
  return failure;
}

Outcome Kernel::fail_for_frames(const Process& process, RejectReason reason, EventLog* log) {
  const bool enough = reason == RejectReason::NoContiguousFrames;
  return fail(process, Errno::Enomem, enough ? CallReason::NoContiguousFrames : CallReason::NoFrames, log);
}

// A hint is taken if the place is free and keeps the guard gap below a stack.
bool Kernel::hint_is_usable(const Process& process, AddressRange range) const {
  if (range.end > process.space.layout().user_end || !process.space.is_free(range)) return false;
  const Segment* above = process.space.find_at_or_above(range.end);
  return above == nullptr || range.end <= above->lowest_neighbour();
}

Outcome Kernel::mmap(ProcessId id, const MapRequest& request, EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  switch_to(*process, log);
  if (request.file && !is_regular_file(*request.file)) return Rejected{RejectReason::NoSuchFile};
  if (request.offset % kPageSize != 0) return fail(*process, Errno::Einval, CallReason::NotPageAligned, log);
  if (request.length == 0) return fail(*process, Errno::Einval, CallReason::ZeroLength, log);
  if (request.length > process->space.layout().user_end.value())
    return fail(*process, Errno::Enomem, CallReason::OutsideUserHalf, log);
  const std::uint64_t length = round_up_to_page(request.length);

  const Result<VirtualAddress, CallFailed> start = place_of(
      process->space, request, length, [&](AddressRange range) { return hint_is_usable(*process, range); });
  if (!start) return fail(*process, start.error().error, start.error().reason, log);
  const AddressRange range{*start, *start + length};
  Segment segment{.kind = request.grows_down ? SegmentKind::Stack : SegmentKind::Mapped,
                  .range = range,
                  .permissions = request.permissions,
                  .backing = request.file,
                  .file_offset = request.file ? request.offset : 0,
                  .shared = request.shared};
  const std::uint64_t added = segment.page_count() - process->space.mapped_pages(range);
  if (const auto limit = exceeded_limit(*process, segment.is_data(), added)) {
    return fail(*process, Errno::Enomem, *limit, log);
  }
  // Private writable memory is charged, and shared memory as a whole when it is made.
  const bool charged = request.shared ? !request.file.has_value() : request.permissions.write;
  if (charged && !may_commit_in_place_of(*process, range, segment.page_count())) {
    return fail(*process, Errno::Enomem, CallReason::CommitLimit, log);
  }
  if (request.fixed) unmap_range(*process, range, log);
  // Shared memory is a file without a name, as long as the mapping (mm/shmem.c, shmem_zero_setup()).
  if (request.shared && !request.file) {
    segment.backing = next_file();
    m_files.emplace_back(next_file(), length);
  }
  if (log != nullptr) log->push_back(SegmentMapped{id, segment.kind, range, request.permissions});
  process->space.insert(std::move(segment));
  return Completed{start->value()};
}

Outcome Kernel::munmap(ProcessId id, VirtualAddress address, std::uint64_t length, EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  switch_to(*process, log);
  const std::uint64_t user_end = process->space.layout().user_end.value();
  if (!is_page_aligned(address)) return fail(*process, Errno::Einval, CallReason::NotPageAligned, log);
  if (address.value() > user_end || length > user_end - address.value()) {
    return fail(*process, Errno::Einval, CallReason::OutsideUserHalf, log);
  }
  if (length == 0) return fail(*process, Errno::Einval, CallReason::ZeroLength, log);
  unmap_range(*process, {address, address + round_up_to_page(length)}, log);
  return Completed{};
}

Outcome Kernel::mprotect(ProcessId id, VirtualAddress address, std::uint64_t length, Permissions permissions,
                         EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  switch_to(*process, log);
  const std::uint64_t user_end = process->space.layout().user_end.value();
  if (!is_page_aligned(address)) return fail(*process, Errno::Einval, CallReason::NotPageAligned, log);
  if (length == 0) return Completed{};
  if (address.value() > user_end || length > user_end - address.value()) {
    return fail(*process, Errno::Enomem, CallReason::OutsideUserHalf, log);
  }
  const AddressRange wanted{address, address + round_up_to_page(length)};
  const AddressRange range{address, permissions.write ? end_of_data_limit(*process, wanted) : wanted.end};
  if (permissions.write && !may_commit_writable(*process, range)) {
    return fail(*process, Errno::Enomem, CallReason::CommitLimit, log);
  }
  const bool complete = process->space.protect(range, permissions);
  if (log != nullptr) log->push_back(SegmentProtected{id, range, permissions});

  for (const MappedPage& mapped : mapped_pages(*process, range)) {
    const EntryState state = decode_leaf(format(), mapped.pte);
    const Segment* segment = process->space.find(address_of(mapped.page));
    if (segment == nullptr || std::holds_alternative<SwappedEntry>(state) ||
        std::holds_alternative<EmptyEntry>(state)) {
      continue;
    }
    // Write permission comes back by a fault, which also settles whether the page is still shared.
    const bool was_writable = mapped.pte.has(format().write);
    Permissions granted = effective_permissions(format(), segment->permissions);
    granted.write = granted.write && was_writable;
    const Pte flags{mapped.pte.bits & (format().accessed | format().dirty)};
    const Pte entry = make_page_entry(format(), frame_of(format(), mapped.pte), granted).with(flags.bits);
    set_entry(*process, mapped.page, 0, mapped.entry, entry, log);
    invalidate_tlb(*process, mapped.page, log);
  }
  if (!complete) return fail(*process, Errno::Enomem, CallReason::HoleInRange, log);
  if (range != wanted) return fail(*process, Errno::Enomem, CallReason::DataLimit, log);
  return Completed{};
}

Outcome Kernel::brk(ProcessId id, VirtualAddress new_break, EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  switch_to(*process, log);
  AddressSpace& space = process->space;
  if (new_break < space.heap_start) return fail(*process, Errno::Enomem, CallReason::BelowHeapStart, log);
  if (new_break - space.heap_start > space.heap_limit)
    return fail(*process, Errno::Enomem, CallReason::HeapLimit, log);
  const std::uint64_t data = new_break - space.heap_start + space.data_bytes;
  if (process->limits.data && data > *process->limits.data * kPageSize) {
    return fail(*process, Errno::Enomem, CallReason::DataLimit, log);
  }

  const VirtualAddress old_end(round_up_to_page(space.program_break.value()));
  const VirtualAddress new_end(round_up_to_page(new_break.value()));
  if (new_end > old_end) {
    if (!hint_is_usable(*process, {old_end, new_end}))
      return fail(*process, Errno::Enomem, CallReason::WouldCollide, log);
    if (const auto limit = exceeded_limit(*process, true, (new_end - old_end) / kPageSize)) {
      return fail(*process, Errno::Enomem, *limit, log);
    }
    if (!may_commit((new_end - old_end) / kPageSize)) {
      return fail(*process, Errno::Enomem, CallReason::CommitLimit, log);
    }
    space.insert(Segment{.kind = SegmentKind::Heap,
                         .range = {old_end, new_end},
                         .permissions = {.read = true, .write = true, .execute = false}});
  } else if (new_end < old_end) {
    unmap_range(*process, {new_end, old_end}, log);
  }
  if (log != nullptr) log->push_back(BreakMoved{id, space.program_break, new_break});
  space.program_break = new_break;
  return Completed{new_break.value()};
}

}  // namespace vmp
