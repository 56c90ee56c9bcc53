#include "shell/present/reference_run.h"

#include <algorithm>

namespace vmp {
namespace {

// The access of step `index`, unless it is known to have ended in a signal or to be impossible.
const AccessMemory* access_at(const Timeline& timeline, std::size_t index) {
  const auto* access = std::get_if<AccessMemory>(&timeline.step(index).command);
  if (access == nullptr || index >= timeline.records()) return access;
  return std::holds_alternative<Completed>(timeline.record(index).outcome) ? access : nullptr;
}

constexpr std::uint32_t kPageBits = 52;  // the process is above them

}  // namespace

std::uint64_t ReferenceRun::identity_of(const Timeline& timeline) {
  Hasher hasher;
  hasher.add(timeline.config().window);
  hasher.add(static_cast<std::uint64_t>(timeline.size()));
  for (std::size_t i = 0; i < timeline.size(); ++i) {
    if (const AccessMemory* access = access_at(timeline, i)) {
      hasher.add(static_cast<std::uint64_t>(i));
      hasher.add(std::string_view(access->process));
      hasher.add(access->access.address.value());
      hasher.add(static_cast<std::uint64_t>(access->access.size));
      hasher.add(static_cast<std::uint64_t>(access->access.kind));
    } else if (const auto* replay = std::get_if<ReplayTrace>(&timeline.step(i).command)) {
      hasher.add(replay->trace->digest);
      hasher.add(replay->first);
      hasher.add(replay->count);
    }
  }
  return hasher.value();
}

ReferenceRun::ReferenceRun(const Timeline& timeline)
    : m_window(std::max<std::uint64_t>(1, timeline.config().window)), m_positions(timeline.size() + 1) {
  for (std::size_t i = 0; i < timeline.size(); ++i) {
    if (const AccessMemory* access = access_at(timeline, i)) {
      const std::uint64_t first = page_of(access->access.address).value();
      const std::uint32_t more = std::max<std::uint32_t>(1, access->access.size) - 1;
      const std::uint64_t last = page_of(access->access.address + more).value();
      m_items.push_back({i, process_named(access->process), nullptr, first,
                         last < first ? 1 : last - first + 1, access->access.kind == AccessKind::Write});
    } else if (const auto* replay = std::get_if<ReplayTrace>(&timeline.step(i).command)) {
      m_items.push_back(
          {i, process_named(replay->process), replay->trace, replay->first, replay->count, false});
    }
  }
  for (const Item& item : m_items) m_total += item.count;
  m_windows.resize(m_sets.size());
  for (WorkingSets& sets : m_sets) sets.sizes.assign(m_positions, kNotRead);
  if (m_items.empty()) m_closed = m_positions;
}

std::size_t ReferenceRun::process_named(std::string_view name) {
  for (std::size_t i = 0; i < m_sets.size(); ++i) {
    if (m_sets[i].process == name) return i;
  }
  m_sets.push_back({std::string(name), {}});
  return m_sets.size() - 1;
}

bool ReferenceRun::advance(std::uint64_t references) {
  while (references > 0 && !finished()) {
    const Item& item = m_items[m_item];
    for (; references > 0 && m_index < item.count; ++m_index, --references) take(item, m_index);
    if (m_index < item.count) break;
    close_item(item);
    m_index = 0;
    ++m_item;
  }
  return !finished();
}

void ReferenceRun::take(const Item& item, std::uint64_t index) {
  std::uint64_t page = item.first + index;
  bool write = item.write;
  if (item.trace) {
    const TraceReference reference = item.trace->references[static_cast<std::size_t>(item.first + index)];
    page = page_of(reference.address()).value();
    write = reference.kind() == AccessKind::Write;
  }
  const std::uint32_t number =
      m_numbering.number_of(PageNumber(std::uint64_t{item.process} << kPageBits | page));
  m_pages.push_back(number);
  m_writes.push_back(write);
  Window& window = m_windows[item.process];
  window.pages.push_back(number);
  ++window.uses[number];
  if (window.pages.size() <= m_window) return;
  const auto oldest = window.uses.find(window.pages.front());
  if (--oldest->second == 0) window.uses.erase(oldest);
  window.pages.pop_front();
}

// Until the next item nothing changes.
void ReferenceRun::close_item(const Item& item) {
  const bool last = m_item + 1 == m_items.size();
  const std::size_t until = last ? m_positions : m_items[m_item + 1].step + 1;
  for (std::size_t process = 0; process < m_sets.size(); ++process) {
    std::vector<std::uint64_t>& sizes = m_sets[process].sizes;
    for (std::size_t position = m_closed; position <= item.step; ++position) sizes[position] = 0;
    for (std::size_t position = item.step + 1; position < until; ++position) {
      sizes[position] = m_windows[process].uses.size();
    }
  }
  m_closed = until;
}

}  // namespace vmp
