// Random operations that come near each other, so that they split, join, share and copy: small ranges in a
// small arena, few processes, few files.
#pragma once

#include <array>

#include "core/base/rng.h"
#include "tests/linux/operation.h"

namespace linux_oracle {

class Generator {
 public:
  // Without `moves`, mremap only grows and shrinks in place.
  Generator(std::uint64_t seed, bool moves) : m_rng(seed), m_moves(moves) {}

  // One to `most` operations of one running process. A fork or an exit is the last of its batch.
  std::vector<Operation> batch(std::size_t most);

 private:
  Operation operation(int process);
  Operation map(Operation base);
  Operation remap(Operation base);
  Operation touch(Operation base);
  std::uint64_t page_address();
  std::uint64_t length();
  std::uint32_t permissions();

  vmp::Rng m_rng;
  bool m_moves;
  std::array<bool, kProcesses> m_running{true};
};

}  // namespace linux_oracle
