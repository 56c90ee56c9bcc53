// Many policies and sizes of memory over one recording, read once. LRU for all sizes is one count of stack
// distances; Optimal, which needs the future, waits until the recording has ended; every other pair of policy
// and frames goes along reference by reference.
#include <iostream>
#include <map>
#include <vector>

#include "core/sim/demand_paging.h"
#include "core/sim/next_use.h"
#include "core/sim/stack_distance.h"
#include "shell/vmctl/options.h"
#include "shell/vmctl/trace_input.h"

namespace vmctl {
namespace {

using vmp::PolicyKind;

constexpr std::size_t kMostRemembered = std::size_t{1}
                                        << 28;  // references, for Optimal: 2 GiB with their future

class Comparison {
 public:
  explicit Comparison(const CompareOptions& options) : m_options(options) {
    for (const PolicyKind policy : options.policies) {
      m_wants_lru = m_wants_lru || policy == PolicyKind::Lru;
      m_wants_optimal = m_wants_optimal || policy == PolicyKind::Optimal;
      if (policy == PolicyKind::Lru || policy == PolicyKind::Optimal) continue;
      for (const std::uint64_t frames : options.frames) {
        m_runs.try_emplace({policy, frames}, settings(policy, frames));
      }
    }
  }

  void take(vmp::TraceReference reference) {
    const std::uint32_t page = m_numbering.number_of(page_of(reference.address()));
    const bool write = reference.kind() == vmp::AccessKind::Write;
    if (m_wants_lru) m_lru.reference(page);
    if (m_wants_optimal && m_pages.size() <= kMostRemembered) m_pages.push_back(page);
    for (auto& [pair, run] : m_runs) run.reference(page, write);
  }

  std::optional<std::string> obstacle() const {
    if (m_pages.size() <= kMostRemembered) return std::nullopt;
    return "the optimal policy looks ahead, in at most " + std::to_string(kMostRemembered) + " references";
  }

  void print(std::uint64_t references) {
    const std::vector<std::uint32_t> distances = vmp::next_uses(m_pages);
    std::cout << "policy,frames,references,faults\n";
    for (const PolicyKind policy : m_options.policies) {
      for (const std::uint64_t frames : m_options.frames) {
        std::cout << vmp::name_of(policy) << ',' << frames << ',' << references << ','
                  << faults(policy, frames, distances) << '\n';
      }
    }
  }

 private:
  vmp::PagingSettings settings(PolicyKind policy, std::uint64_t frames) const {
    return {.policy = policy,
            .frames = frames,
            .tick = m_options.tick,
            .policy_settings = {.seed = m_options.seed, .window = m_options.window}};
  }

  std::uint64_t faults(PolicyKind policy, std::uint64_t frames, const std::vector<std::uint32_t>& distances) {
    if (policy == PolicyKind::Lru) return m_lru.faults(frames);
    if (policy != PolicyKind::Optimal) return m_runs.at({policy, frames}).faults();
    vmp::DemandPaging run(settings(policy, frames));
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
      run.reference(m_pages[i], false, distances[i] == vmp::kNoNextUse ? vmp::kNeverUsed : distances[i]);
    }
    return run.faults();
  }

  const CompareOptions& m_options;
  bool m_wants_lru = false;
  bool m_wants_optimal = false;
  vmp::PageNumbering m_numbering;
  vmp::StackDistances m_lru;
  std::map<std::pair<PolicyKind, std::uint64_t>, vmp::DemandPaging> m_runs;
  std::vector<std::uint32_t> m_pages;  // the whole recording, if Optimal is asked for
};

}  // namespace

int compare(const CompareOptions& options) {
  Comparison comparison(options);
  const auto references = read_references(
      options.file, options.format, vmp::VirtualAddress(vmp::kHighestTraceAddress),
      [&](vmp::TraceReference reference) { comparison.take(reference); },
      [&] { return comparison.obstacle(); });
  if (!references) return kError;
  comparison.print(*references);
  return kSuccess;
}

}  // namespace vmctl
