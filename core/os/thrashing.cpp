#include "core/os/thrashing.h"

namespace vmp {

void Thrashing::page_left(PageUser page) {
  if (!watches()) return;
  m_left[page] = ++m_evictions;
  // Marks too old to matter are cleared away now and then.
  if (m_left.size() <= 2 * m_most_pages) return;
  std::erase_if(m_left, [this](const auto& mark) { return m_evictions - mark.second > m_most_pages; });
}

bool Thrashing::page_came_back(PageUser page, bool waited, std::uint64_t resident, std::uint64_t now) {
  const auto mark = m_left.find(page);
  if (mark == m_left.end()) return false;
  const std::uint64_t distance = m_evictions - mark->second;
  m_left.erase(mark);
  if (!waited || distance > resident) return false;
  if (m_refaults.empty() || m_refaults.back() != now) m_refaults.push_back(now);
  return true;
}

void Thrashing::forget(ProcessId process, AddressRange range) {
  m_left.erase(m_left.lower_bound({process, page_of(range.start)}),
               m_left.lower_bound({process, page_of(range.end)}));
}

void Thrashing::forget(ProcessId process) {
  m_left.erase(m_left.lower_bound({process, PageNumber(0)}),
               m_left.lower_bound({process + 1, PageNumber(0)}));
}

Thrashing::Change Thrashing::look(std::uint64_t now) {
  while (!m_refaults.empty() && m_refaults.front() + m_window < now) m_refaults.pop_front();
  const std::uint64_t limit = m_percent * m_window;  // in hundredths of a reference
  if (!m_active && !m_refaults.empty() && refaults() * 100 >= limit) {
    m_active = true;
    return Change::Began;
  }
  if (m_active && refaults() * 200 < limit) {
    m_active = false;
    return Change::Ended;
  }
  return Change::None;
}

void Thrashing::hash_into(Hasher& hasher) const {
  if (m_evictions == 0) return;
  hasher.add(m_evictions);
  for (const auto& [page, evictions] : m_left) {
    hasher.add(page.process);
    hasher.add(page.page);
    hasher.add(evictions);
  }
  for (const std::uint64_t reference : m_refaults) hasher.add(reference);
  hasher.add(static_cast<std::uint64_t>(m_active));
}

}  // namespace vmp
