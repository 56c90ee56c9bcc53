// Pages that have left RAM, in the order in which they left: a memory of names without bytes.
#pragma once

#include <map>
#include <vector>

#include "core/base/hash.h"
#include "core/os/frame_table.h"

namespace vmp {

class GhostList {
 public:
  std::uint64_t size() const { return m_places.size(); }
  bool contains(PageUser page) const { return m_places.contains(page); }
  void push_back(PageUser page) {
    erase(page);  // two frames may have held copies of it
    m_places[page] = m_next;
    m_pages[m_next++] = page;
  }
  void erase(PageUser page) {
    const auto place = m_places.find(page);
    if (place == m_places.end()) return;
    m_pages.erase(place->second);
    m_places.erase(place);
  }
  void drop_oldest() { erase(m_pages.begin()->second); }
  std::vector<PageUser> pages() const {  // the oldest in front
    std::vector<PageUser> pages;
    for (const auto& [place, page] : m_pages) pages.push_back(page);
    return pages;
  }
  void hash_into(Hasher& hasher) const {
    hasher.add(size());
    for (const auto& [place, page] : m_pages) {
      hasher.add(page.process);
      hasher.add(page.page);
    }
  }

 private:
  std::map<std::uint64_t, PageUser> m_pages;
  std::map<PageUser, std::uint64_t> m_places;
  std::uint64_t m_next = 0;
};

}  // namespace vmp
