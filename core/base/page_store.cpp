#include "core/base/page_store.h"

#include <algorithm>

namespace vmp {
namespace {

const PageBytes& zeros() {
  static const PageBytes bytes{};
  return bytes;
}

std::uint64_t hash_of_zeros() {
  static const std::uint64_t hash = hash_words(zeros());
  return hash;
}

}  // namespace

void PageStore::Page::hash_into(Hasher& hasher) const {
  if (!contents) {
    hasher.add(hash_of_zeros());
    return;
  }
  if (!contents->hash_known) {
    contents->cached_hash = hash_words(contents->bytes);
    contents->hash_known = true;
  }
  hasher.add(contents->cached_hash);
}

const PageBytes& PageStore::read(std::uint64_t index) const {
  const auto& contents = m_pages[index].contents;
  return contents ? contents->bytes : zeros();
}

PageBytes& PageStore::writable(std::uint64_t index) {
  auto& contents = m_pages.mutate(index).contents;
  if (!contents) {
    contents = std::make_shared<Contents>();
  } else if (contents.use_count() > 1) {
    contents = std::make_shared<Contents>(*contents);
  }
  contents->hash_known = false;
  return contents->bytes;
}

void PageStore::write(std::uint64_t index, const PageBytes& bytes) {
  if (bytes == zeros()) {
    zero(index);
  } else {
    writable(index) = bytes;
  }
}

void PageStore::zero(std::uint64_t index) {
  if (m_pages[index].contents) m_pages.mutate(index).contents = nullptr;
}

bool PageStore::is_zero(std::uint64_t index) const {
  const auto& contents = m_pages[index].contents;
  return !contents || contents->bytes == zeros();
}

}  // namespace vmp
