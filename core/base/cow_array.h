// CowArray<T>: a fixed-length array whose copies share storage until they are written. It is cut into chunks;
// a chunk that was never written does not exist and reads as T{}. Copying a machine of 1 GiB therefore costs
// one pointer per chunk, and keeping a copy for "step back" costs only the chunks written since. Each chunk
// caches its hash, so that the state hash after a step re-reads only what the step changed.
//
// T must be copyable and have `void hash_into(Hasher&) const`; T{} must be the "untouched" value.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "core/base/check.h"
#include "core/base/hash.h"

namespace vmp {

template <class T, std::uint64_t kChunk = 64>
class CowArray {
 public:
  CowArray() = default;
  explicit CowArray(std::uint64_t size)
      : m_size(size), m_chunks(static_cast<std::size_t>((size + kChunk - 1) / kChunk)) {}

  std::uint64_t size() const { return m_size; }

  const T& operator[](std::uint64_t index) const {
    check(index < m_size, "CowArray index out of range");
    const auto& chunk = m_chunks[static_cast<std::size_t>(index / kChunk)];
    return chunk ? chunk->items[static_cast<std::size_t>(index % kChunk)] : untouched();
  }

  // The element for writing: makes this copy's chunk its own and forgets the chunk's cached hash.
  T& mutate(std::uint64_t index) {
    check(index < m_size, "CowArray index out of range");
    auto& chunk = m_chunks[static_cast<std::size_t>(index / kChunk)];
    if (!chunk) {
      chunk = std::make_shared<Chunk>();
    } else if (chunk.use_count() > 1) {
      chunk = std::make_shared<Chunk>(*chunk);
    }
    chunk->hash_known = false;
    return chunk->items[static_cast<std::size_t>(index % kChunk)];
  }

  // Equal contents give equal hashes, whether or not an untouched chunk was ever materialised.
  std::uint64_t hash() const {
    Hasher hasher;
    hasher.add(m_size);
    for (const auto& chunk : m_chunks) hasher.add(chunk ? chunk->hash() : untouched_hash());
    return hasher.value();
  }

 private:
  struct Chunk {
    std::array<T, kChunk> items{};
    mutable std::uint64_t cached_hash = 0;
    mutable bool hash_known = false;

    std::uint64_t hash() const {
      if (!hash_known) {
        Hasher hasher;
        for (const T& item : items) item.hash_into(hasher);
        cached_hash = hasher.value();
        hash_known = true;
      }
      return cached_hash;
    }
  };

  static const T& untouched() {
    static const T value{};
    return value;
  }
  static std::uint64_t untouched_hash() {
    static const std::uint64_t value = Chunk{}.hash();
    return value;
  }

  std::uint64_t m_size = 0;
  std::vector<std::shared_ptr<Chunk>> m_chunks;
};

}  // namespace vmp
