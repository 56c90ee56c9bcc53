#include "tests/linux/generator.h"

#include <algorithm>

namespace linux_oracle {

std::vector<Operation> Generator::batch(std::size_t most) {
  int process = 0;
  do process = static_cast<int>(m_rng.below(kProcesses));
  while (!m_running[static_cast<std::size_t>(process)]);
  std::vector<Operation> operations;
  const std::uint64_t count = 1 + m_rng.below(most);
  while (operations.size() < count) {
    operations.push_back(operation(process));
    const Operation& last = operations.back();
    if (last.kind == Kind::Fork) m_running[static_cast<std::size_t>(last.child)] = true;
    if (last.kind == Kind::Exit) m_running[static_cast<std::size_t>(process)] = false;
    if (last.kind == Kind::Fork || last.kind == Kind::Exit) break;
  }
  return operations;
}

std::uint64_t Generator::page_address() {
  return kArena + m_rng.below(kArenaPages) * kPage;
}

// Mostly a few pages, now and then a mistake: nothing, a part of a page, far too much.
std::uint64_t Generator::length() {
  switch (m_rng.below(40)) {
    case 0:
      return 0;
    case 1:
      return 1 + m_rng.below(3 * kPage);
    default:
      return (1 + m_rng.below(12)) * kPage;
  }
}

// Execute-only is left out: whether it can be read depends on the processor.
std::uint32_t Generator::permissions() {
  constexpr std::array<std::uint32_t, 10> kChoices{0, 1, 1, 2, 3, 3, 3, 3, 5, 7};
  return kChoices[m_rng.below(kChoices.size())];
}

Operation Generator::map(Operation base) {
  base.kind = Kind::Map;
  base.address = page_address();
  base.length = std::min(length(), kArenaEnd - base.address);
  base.permissions = permissions();
  if (m_rng.below(60) == 0) base.address += 1 + m_rng.below(kPage - 1);
  if (m_rng.below(6) == 0) base.flags |= kNoReplace;
  if (m_rng.below(4) == 0) base.flags |= kShared;
  if (m_rng.below(4) == 0) {
    base.file = static_cast<int>(m_rng.below(kFiles));
    base.value = m_rng.below(kMostFilePages) * kPage;
    if (m_rng.below(40) == 0) base.value += 1 + m_rng.below(kPage - 1);
  }
  return base;
}

Operation Generator::remap(Operation base) {
  base.kind = Kind::Remap;
  base.address = page_address();
  base.length = std::min(length(), kArenaEnd - base.address);
  base.new_length = length();
  if (m_rng.below(60) == 0) base.address += 1 + m_rng.below(kPage - 1);
  if (m_rng.below(2) == 0 && m_moves) {
    base.flags |= kMayMove;
    base.target = page_address();
    base.new_length = std::min(base.new_length, kArenaEnd - base.target);
    if (m_rng.below(60) == 0) base.target += 1 + m_rng.below(kPage - 1);
  } else {
    base.new_length = std::min(base.new_length, kArenaEnd - std::min(base.address, kArenaEnd));
  }
  return base;
}

Operation Generator::touch(Operation base) {
  base.kind = m_rng.below(2) == 0 ? Kind::Read : Kind::Write;
  base.size = std::uint32_t{1} << m_rng.below(4);
  base.value = m_rng.next();
  std::uint64_t offset = m_rng.below(kPage);
  if (m_rng.below(8) == 0) offset = kPage - 1 - m_rng.below(8);
  if (m_rng.below(8) == 0) {
    base.flags |= kInHeap;
    base.address = m_rng.below(kHeapPages + 1) * kPage + offset;
  } else {
    base.address = page_address() + offset;
  }
  return base;
}

Operation Generator::operation(int process) {
  Operation base;
  base.process = process;
  const std::uint64_t choice = m_rng.below(1000);
  if (choice < 600) return touch(base);
  if (choice < 760) return map(base);
  if (choice < 880) {
    base.kind = choice < 800 ? Kind::Unmap : Kind::Protect;
    base.address = page_address();
    base.length = std::min(length(), kArenaEnd - base.address);
    base.permissions = permissions();
    if (m_rng.below(60) == 0) base.address += 1 + m_rng.below(kPage - 1);
    return base;
  }
  if (choice < 920) return remap(base);
  if (choice < 945) {
    base.kind = Kind::DontNeed;
    base.address = page_address();
    base.length = std::min(length(), kArenaEnd - base.address);
    return base;
  }
  if (choice < 975) {
    base.kind = Kind::Break;
    base.flags |= kInHeap;
    base.address = m_rng.below(kHeapPages * kPage + 1);
    return base;
  }
  if (choice < 982) {
    base.kind = Kind::Truncate;
    base.file = static_cast<int>(m_rng.below(kFiles));
    base.length = m_rng.below(kMostFilePages + 1) * kPage;
    return base;
  }
  if (choice < 985) {
    base.kind = Kind::Limit;
    if (m_rng.below(2) == 0) base.flags |= kOfData;
    if (m_rng.below(2) == 0) base.flags |= kLift;
    base.length = m_rng.below(24) * kPage;
    return base;
  }
  for (int child = 0; choice < 992 && child < kProcesses; ++child) {
    if (m_running[static_cast<std::size_t>(child)]) continue;
    base.kind = Kind::Fork;
    base.child = child;
    return base;
  }
  if (choice >= 992 && std::count(m_running.begin(), m_running.end(), true) > 1) {
    base.kind = Kind::Exit;
    return base;
  }
  return touch(base);
}

}  // namespace linux_oracle
