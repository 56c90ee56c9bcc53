// Files and shared memory: what the page cache keeps of them, and the calls that change them (mm/filemap.c,
// mm/truncate.c, mm/shmem.c, mm/msync.c, 6.1).
#include <algorithm>

#include "core/os/kernel.h"

namespace vmp {

const File* Kernel::find_file(std::string_view name) const {
  const auto it = std::find_if(m_files.begin(), m_files.end(), [&](const File& each) {
    return each.kind() == File::Kind::Regular && each.name() == name;
  });
  return it == m_files.end() ? nullptr : &*it;
}

bool Kernel::is_regular_file(FileId id) const {
  return id.value() != 0 && id.value() <= m_files.size() && file(id).kind() == File::Kind::Regular;
}

Outcome Kernel::create_file(const std::string& name, std::uint64_t bytes, std::uint8_t fill, EventLog* log) {
  if (find_file(name) != nullptr) return Rejected{RejectReason::NameTaken};
  if (bytes > kMostBytesOfFile) return Rejected{RejectReason::FileTooLarge};
  const FileId id = next_file();
  m_files.emplace_back(id, name, bytes, fill);
  if (log != nullptr) log->push_back(FileCreated{id});
  return Completed{};
}

bool Kernel::belongs_to_file(FrameNumber frame) const {
  const std::optional<FilePageRef>& page = m_frames[frame].file_page;
  return page && !file(page->file).is_shared_memory();
}

// Reads the page into a frame, which must be free. Nobody maps it yet.
FrameNumber Kernel::cache_file_page(const Process& process, FilePageRef page, EventLog* log, bool ahead) {
  File& source = file_of(page.file);
  const FrameNumber frame = add_page_frame(process, name_of_file_page(page), log);
  m_memory.write_frame(frame, source.on_device(page.index));
  FrameInfo& info = m_frames.mutate(frame);
  info.file_page = page;
  info.source = source.is_shared_memory() ? PageSource::ZeroFill : PageSource::File;
  source.set_frame(page.index, frame);
  info.read_ahead = ahead;
  if (!source.is_shared_memory()) charge(&Counters::file_pages_read);
  if (ahead) charge(&Counters::pages_read_ahead);
  if (log != nullptr) {
    if (source.is_shared_memory()) {
      log->push_back(FrameZeroed{frame});
    } else {
      log->push_back(FilePageCached{frame, page, ahead});
    }
  }
  return frame;
}

// What lies past the end of the file is not part of it, whatever a mapping wrote there.
void Kernel::write_back(FrameNumber frame, EventLog* log) {
  const FilePageRef page = *m_frames[frame].file_page;
  File& target = file_of(page.file);
  PageBytes bytes = m_memory.frame_bytes(frame);
  const std::uint64_t start = page.index * kPageSize;
  if (target.bytes() < start + kPageSize) {
    const std::uint64_t kept = target.bytes() > start ? target.bytes() - start : 0;
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(kept), bytes.end(), std::uint8_t{0});
  }
  target.write_to_device(page.index, bytes);
  charge(&Counters::file_writes);
  if (log != nullptr) log->push_back(PageWrittenToFile{frame, page});
}

void Kernel::clear_dirty(FrameNumber frame, EventLog* log) {
  m_frames.mutate(frame).dirty = false;
  for (const PageUser& user : m_frames[frame].users) {
    const Process& process = user_process(user);
    const auto entry = leaf_entry(process, user.page);
    if (!entry || !entry->pte.has(format().dirty)) continue;
    set_entry(process, user.page, 0, entry->address, entry->pte.without(format().dirty), log);
    invalidate_tlb(process, user.page, log);
  }
}

// The page leaves the page cache and swap, unwritten. Nobody may map it; who still stands in the book does so
// because an entry was edited by hand.
void Kernel::release_file_page(FilePageRef page, EventLog* log) {
  File& owner = file_of(page.file);
  const File::Page where = owner.page(page.index);
  if (where.frame) {
    for (const PageUser& user : m_frames[*where.frame].users) --user_process(user).resident_pages;
    m_policy->page_left(*where.frame);
    m_frames.release(*where.frame);
    if (log != nullptr) log->push_back(FrameFreed{*where.frame});
  }
  if (where.slot) {
    m_swap.set_file_page(*where.slot, std::nullopt);
    m_swap_device->discard(*where.slot);
    if (log != nullptr) log->push_back(SlotFreed{*where.slot});
  }
  owner.set_frame(page.index, std::nullopt);
  owner.set_slot(page.index, std::nullopt);
}

void Kernel::release_unmapped_shared_memory(const std::vector<Segment>& gone, EventLog* log) {
  for (const Segment& segment : gone) {
    if (!segment.backing || !file(*segment.backing).is_shared_memory()) continue;
    const bool mapped = std::any_of(m_processes.begin(), m_processes.end(), [&](const Process& process) {
      const std::vector<Segment>& segments = process.space.segments();
      return std::any_of(segments.begin(), segments.end(),
                         [&](const Segment& each) { return each.backing == segment.backing; });
    });
    if (mapped) continue;
    File& shared = file_of(*segment.backing);
    while (!shared.pages().empty()) release_file_page({shared.id(), shared.pages().begin()->first}, log);
    shared.resize(0);
  }
}

// Pages beyond the new end go from every address space, private copies too (mm/memory.c,
// unmap_mapping_range() with even_cows): the next touch is a bus error.
Outcome Kernel::truncate_file(FileId id, std::uint64_t bytes, EventLog* log) {
  if (!is_regular_file(id)) return Rejected{RejectReason::NoSuchFile};
  if (bytes > kMostBytesOfFile) return Rejected{RejectReason::FileTooLarge};
  File& target = file_of(id);
  const std::uint64_t before = target.bytes();
  target.resize(bytes);
  if (log != nullptr) log->push_back(FileResized{id, before, bytes});

  for (Process& process : m_processes) {
    const std::vector<Segment> segments = process.space.segments();
    for (const Segment& segment : segments) {
      const std::uint64_t end = round_up_to_page(bytes);
      if (segment.backing != id || segment.end_offset() <= end) continue;
      const std::uint64_t kept = end > segment.file_offset ? end - segment.file_offset : 0;
      drop_pages(process, {segment.range.start + kept, segment.range.end}, log);
    }
  }
  std::vector<std::uint64_t> beyond;
  for (const auto& [index, page] : target.pages()) {
    if (index >= target.page_count()) beyond.push_back(index);
  }
  for (const std::uint64_t index : beyond) release_file_page({id, index}, log);

  // The rest of the last page reads as zeros from now on.
  const std::optional<FrameNumber> last = target.page(bytes / kPageSize).frame;
  if (last && bytes < before && bytes % kPageSize != 0) {
    PageBytes contents = m_memory.frame_bytes(*last);
    std::fill(contents.begin() + static_cast<std::ptrdiff_t>(bytes % kPageSize), contents.end(),
              std::uint8_t{0});
    m_memory.write_frame(*last, contents);
  }
  return Completed{};
}

Outcome Kernel::msync(ProcessId id, VirtualAddress address, std::uint64_t length, EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  switch_to(*process, log);
  if (!is_page_aligned(address)) return fail(*process, Errno::Einval, CallReason::NotPageAligned, log);
  const std::uint64_t user_end = process->space.layout().user_end.value();
  if (address.value() > user_end || length > user_end - address.value()) {
    return fail(*process, Errno::Enomem, CallReason::OutsideUserHalf, log);
  }
  const AddressRange range{address, address + round_up_to_page(length)};
  for (const MappedPage& mapped : mapped_pages(*process, range)) {
    const Segment* segment = process->space.find(address_of(mapped.page));
    if (segment == nullptr || !segment->shared) continue;
    const std::optional<FrameNumber> frame =
        file(*segment->backing).page(segment->backing_page(mapped.page).index).frame;
    if (!frame || !belongs_to_file(*frame) || !frame_dirty(*frame)) continue;
    write_back(*frame, log);
    ++process->counters.pages_written_out;
    ++m_totals.pages_written_out;
    clear_dirty(*frame, log);
  }
  if (!process->space.is_mapped(range)) return fail(*process, Errno::Enomem, CallReason::HoleInRange, log);
  return Completed{};
}

}  // namespace vmp
