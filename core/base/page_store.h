// A numbered collection of pages of bytes: RAM frames and swap slots are both one of these. A page that was
// never written takes no space on the host and reads as zeros; copies of the store share pages until they are
// written.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "core/base/cow_array.h"
#include "core/base/page.h"

namespace vmp {

using PageBytes = std::array<std::uint8_t, kPageSize>;

class PageStore {
 public:
  explicit PageStore(std::uint64_t pages = 0) : m_pages(pages) {}

  std::uint64_t size() const { return m_pages.size(); }
  const PageBytes& read(std::uint64_t index) const;
  PageBytes& writable(std::uint64_t index);
  void write(std::uint64_t index, const PageBytes& bytes);
  void zero(std::uint64_t index);
  bool is_zero(std::uint64_t index) const;

  std::uint64_t hash() const { return m_pages.hash(); }

 private:
  struct Contents {
    PageBytes bytes{};
    mutable std::uint64_t cached_hash = 0;
    mutable bool hash_known = false;
  };
  struct Page {
    std::shared_ptr<Contents> contents;  // null: all zeros
    void hash_into(Hasher& hasher) const;
  };

  CowArray<Page> m_pages;
};

}  // namespace vmp
