#include "shell/present/miss_ratio.h"

#include <algorithm>

namespace vmp {
namespace {

constexpr std::uint64_t kMostSizes = 24;

}  // namespace

std::vector<std::uint64_t> curve_sizes(std::uint64_t pages, std::uint64_t most) {
  std::vector<std::uint64_t> sizes;
  const std::uint64_t count = std::min(pages, most);
  for (std::uint64_t i = 1; i <= count; ++i) sizes.push_back((pages * i + count - 1) / count);
  if (count > 1) sizes.front() = 1;
  return sizes;
}

MissRatios::MissRatios(const ReferenceRun& run, const std::vector<PolicyKind>& policies,
                       const MachineConfig& config)
    : m_run(run),
      m_settings{.policy = PolicyKind::Lru,
                 .frames = 1,
                 .tick = config.tick,
                 .policy_settings = {.seed = config.seed, .window = config.window}},
      m_sizes(curve_sizes(run.distinct_pages(), kMostSizes)),
      m_seen_at(run.distinct_pages(), kNoNextUse) {
  for (const PolicyKind policy : policies) {
    m_curves.push_back({policy, std::vector<std::optional<std::uint64_t>>(m_sizes.size())});
  }
  // Every fourth size first, then those between.
  for (const std::size_t offset : {3U, 1U, 2U, 0U}) {
    for (std::size_t size = offset; size < m_sizes.size(); size += 4) {
      for (std::size_t curve = 0; curve < m_curves.size(); ++curve) {
        if (m_curves[curve].policy != PolicyKind::Lru) m_pairs.push_back({curve, size});
      }
    }
  }
  if (run.pages().empty()) m_phase = Phase::Done;
}

bool MissRatios::advance(std::uint64_t references) {
  while (references > 0 && !finished()) {
    switch (m_phase) {
      case Phase::Distances:
        count_distances(references);
        break;
      case Phase::Future:
        look_ahead(references);
        break;
      case Phase::Replays:
        replay(references);
        break;
      case Phase::Done:
        break;
    }
  }
  return !finished();
}

void MissRatios::count_distances(std::uint64_t& budget) {
  const std::vector<std::uint32_t>& pages = m_run.pages();
  for (; budget > 0 && m_at < pages.size(); --budget, ++m_at, ++m_done) m_distances.reference(pages[m_at]);
  if (m_at < pages.size()) return;
  for (Curve& curve : m_curves) {
    if (curve.policy != PolicyKind::Lru) continue;
    for (std::size_t i = 0; i < m_sizes.size(); ++i) curve.faults[i] = m_distances.faults(m_sizes[i]);
  }
  m_at = 0;
  m_phase = m_pairs.empty() ? Phase::Done : Phase::Future;
}

void MissRatios::look_ahead(std::uint64_t& budget) {
  const std::vector<std::uint32_t>& pages = m_run.pages();
  m_next_uses.resize(pages.size(), kNoNextUse);
  for (; budget > 0 && m_at < pages.size(); --budget, ++m_at, ++m_done) {
    const std::size_t index = pages.size() - 1 - m_at;
    std::uint32_t& seen = m_seen_at[pages[index]];
    if (seen != kNoNextUse) m_next_uses[index] = seen - static_cast<std::uint32_t>(index);
    seen = static_cast<std::uint32_t>(index);
  }
  if (m_at < pages.size()) return;
  m_at = 0;
  m_phase = Phase::Replays;
}

void MissRatios::replay(std::uint64_t& budget) {
  const std::vector<std::uint32_t>& pages = m_run.pages();
  const Pair pair = m_pairs[m_pair];
  if (!m_replay) {
    m_settings.policy = m_curves[pair.curve].policy;
    m_settings.frames = m_sizes[pair.size];
    m_replay.emplace(m_settings);
  }
  for (; budget > 0 && m_at < pages.size(); --budget, ++m_at, ++m_done) {
    const std::uint32_t next = m_next_uses[m_at];
    m_replay->reference(pages[m_at], m_run.writes()[m_at], next == kNoNextUse ? kNeverUsed : next);
  }
  if (m_at < pages.size()) return;
  m_curves[pair.curve].faults[pair.size] = m_replay->faults();
  m_replay.reset();
  m_at = 0;
  if (++m_pair == m_pairs.size()) m_phase = Phase::Done;
}

float MissRatios::progress() const {
  const auto total = static_cast<float>(references()) * static_cast<float>(m_pairs.size() + 2);
  return finished() || total == 0 ? 1.0F : static_cast<float>(m_done) / total;
}

}  // namespace vmp
