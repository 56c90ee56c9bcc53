// Files, shared memory and what moves mappings about, in the naive memory.
#include <algorithm>

#include "tests/property/naive_memory.h"

namespace vmp::test {

// A page of a file that ends before it is mapped, but there is nothing in it.
bool NaiveMemory::exists(const Space& space, std::uint64_t page) const {
  const auto it = space.backing.find(page);
  if (it == space.backing.end()) return true;
  return it->second.page < pages_in(m_objects[it->second.object].size);
}

std::uint8_t NaiveMemory::object_byte(const Backing& backing, std::uint64_t offset) const {
  const Object& object = m_objects[backing.object];
  const std::uint64_t at = backing.page * kPageSize + offset;
  if (const auto it = object.written.find(at); it != object.written.end()) return it->second;
  return at < object.filled ? object.fill : 0;
}

void NaiveMemory::store(Space& space, std::uint64_t address, std::uint8_t byte) {
  const std::uint64_t page = address / kPageSize;
  const auto it = space.backing.find(page);
  if (it != space.backing.end() && it->second.shared) {
    m_objects[it->second.object].written[it->second.page * kPageSize + address % kPageSize] = byte;
    return;
  }
  if (it != space.backing.end() && space.copied.insert(page).second) {
    for (std::uint64_t i = 0; i < kPageSize; ++i) {
      space.bytes[page * kPageSize + i] = object_byte(it->second, i);
    }
  }
  space.bytes[address] = byte;
}

void NaiveMemory::back(Space& space, std::uint64_t first_page, const MapMemory& what) {
  if (what.file.empty() && !what.request.shared) return;
  std::size_t object = m_objects.size();
  if (what.file.empty()) {
    m_objects.push_back({{}, round_up_to_page(what.request.length), 0, 0, {}});
  } else {
    const auto it = std::find_if(m_objects.begin(), m_objects.end(),
                                 [&](const Object& each) { return each.name == what.file; });
    object = static_cast<std::size_t>(it - m_objects.begin());
  }
  for (std::uint64_t i = 0; i < pages_in(what.request.length); ++i) {
    space.backing[first_page + i] = {object, what.request.offset / kPageSize + i, what.request.shared};
  }
}

// What the first page of the range is, the pages that come with growth are too.
void NaiveMemory::remap(Space& space, std::uint64_t to, const Kernel::RemapRequest& request) {
  const std::uint64_t from = request.address.value() / kPageSize;
  const std::uint64_t old_pages = pages_in(request.old_length);
  const std::uint64_t new_pages = pages_in(request.new_length);
  const Space before = space;
  const Permissions permissions = before.pages.at(from);
  const bool shared_twice = old_pages == 0;
  if (old_pages > new_pages) drop(space, from + new_pages, old_pages - new_pages);
  if (to != from && !shared_twice && !request.dont_unmap) drop(space, from, std::min(old_pages, new_pages));
  if (to != from && request.dont_unmap) forget_pages(space, from, old_pages);
  if (to != from) drop(space, to, new_pages);
  for (std::uint64_t i = 0; i < new_pages; ++i) {
    space.pages[to + i] = permissions;
    if (const auto backing = before.backing.find(from); backing != before.backing.end()) {
      space.backing[to + i] = backing->second;
      space.backing[to + i].page += i;
    }
    if (i >= old_pages) continue;
    if (before.copied.contains(from + i)) space.copied.insert(to + i);
    const auto end = before.bytes.lower_bound((from + i + 1) * kPageSize);
    for (auto it = before.bytes.lower_bound((from + i) * kPageSize); it != end; ++it) {
      space.bytes[it->first - from * kPageSize + to * kPageSize] = it->second;
    }
  }
}

// A move that finds no frames for its table nodes has emptied its destination and cut off the tail by then,
// as on Linux.
void NaiveMemory::follow_failed_remap(const RemapMemory& what, const Outcome& outcome) {
  Space* space = alive(what.process);
  const auto* failed = std::get_if<CallFailed>(&outcome);
  if (space == nullptr || failed == nullptr || failed->reason != CallReason::NoFrames) return;
  const Kernel::RemapRequest& request = what.request;
  const std::uint64_t old_pages = pages_in(request.old_length);
  const std::uint64_t new_pages = pages_in(request.new_length);
  if (request.fixed) drop(*space, request.fixed->value() / kPageSize, new_pages);
  if (old_pages > new_pages)
    drop(*space, request.address.value() / kPageSize + new_pages, old_pages - new_pages);
}

void NaiveMemory::forget_pages(Space& space, std::uint64_t first_page, std::uint64_t pages) {
  for (std::uint64_t page = first_page; page < first_page + pages; ++page) {
    space.copied.erase(page);
    space.bytes.erase(space.bytes.lower_bound(page * kPageSize),
                      space.bytes.lower_bound((page + 1) * kPageSize));
  }
}

void NaiveMemory::create(const CreateFile& what) {
  m_objects.push_back({what.name, what.bytes, what.fill, what.bytes, {}});
}

void NaiveMemory::truncate(const TruncateFile& what) {
  const auto object = std::find_if(m_objects.begin(), m_objects.end(),
                                   [&](const Object& each) { return each.name == what.name; });
  object->size = what.bytes;
  object->filled = std::min(object->filled, what.bytes);
  object->written.erase(object->written.lower_bound(what.bytes), object->written.end());
  const auto number = static_cast<std::size_t>(object - m_objects.begin());
  for (auto& [name, space] : m_spaces) {
    for (const auto& [page, backing] : space.backing) {
      if (backing.object == number && backing.page >= pages_in(what.bytes)) forget_pages(space, page, 1);
    }
  }
}

}  // namespace vmp::test
