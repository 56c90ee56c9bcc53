// Miss-ratio curves: how often the references of a timeline would fault with so many frames, under several
// policies. LRU for all sizes comes from one count of stack distances; every other pair of policy and size is
// a replay of demand paging (core/sim/demand_paging.h). The work is done in slices, coarse sizes first, so
// that the curves appear at once and get finer.
#pragma once

#include <optional>
#include <vector>

#include "core/sim/demand_paging.h"
#include "core/sim/stack_distance.h"
#include "shell/present/reference_run.h"

namespace vmp {

class MissRatios {
 public:
  // `run` is finished, and stays where it is. Machine settings: of ticks, windows and draws.
  MissRatios(const ReferenceRun& run, const std::vector<PolicyKind>& policies, const MachineConfig& config);

  // Replays about so many references; true while there are more.
  bool advance(std::uint64_t references);
  bool finished() const { return m_phase == Phase::Done; }
  float progress() const;  // 0 to 1

  struct Curve {
    PolicyKind policy = PolicyKind::Lru;
    std::vector<std::optional<std::uint64_t>> faults;  // as sizes(); nothing: not known yet
  };
  std::uint64_t references() const { return m_run.pages().size(); }
  const std::vector<std::uint64_t>& sizes() const { return m_sizes; }  // frames
  const std::vector<Curve>& curves() const { return m_curves; }

 private:
  enum class Phase : std::uint8_t { Distances, Future, Replays, Done };
  struct Pair {
    std::size_t curve = 0;
    std::size_t size = 0;
  };

  void count_distances(std::uint64_t& budget);
  void look_ahead(std::uint64_t& budget);
  void replay(std::uint64_t& budget);

  const ReferenceRun& m_run;
  PagingSettings m_settings;
  std::vector<std::uint64_t> m_sizes;
  std::vector<Curve> m_curves;
  std::vector<Pair> m_pairs;  // to be replayed, in this order
  Phase m_phase = Phase::Distances;
  std::size_t m_pair = 0;
  std::size_t m_at = 0;  // the next reference of the present phase
  StackDistances m_distances;
  std::vector<std::uint32_t> m_next_uses;  // by reference, if Optimal asks
  std::vector<std::uint32_t> m_seen_at;    // by page, going backwards
  std::optional<DemandPaging> m_replay;
  std::uint64_t m_done = 0;
};

// At most `most` numbers of frames from 1 to that many pages, evenly apart.
std::vector<std::uint64_t> curve_sizes(std::uint64_t pages, std::uint64_t most);

}  // namespace vmp
