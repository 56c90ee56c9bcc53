// Three pages in a policy's hands, for tests of what sets each policy apart.
#pragma once

#include "tests/support/fake_view.h"

namespace vmp::test {

inline constexpr FrameNumber kA(0);
inline constexpr FrameNumber kB(1);
inline constexpr FrameNumber kC(2);

// Three pages, come in the order of their names, each used by the access that brought it in.
struct Three {
  explicit Three(PolicyKind kind) : policy(make_policy(kind, 4, {.seed = 1, .window = 10})) {
    for (const FrameNumber frame : {kA, kB, kC}) arrive(frame, frame.value());
  }
  void arrive(FrameNumber frame, std::uint64_t page) {
    policy->page_arrived(frame, {ProcessId(1), PageNumber(page)});
    use(frame);
  }
  void use(FrameNumber frame, std::uint64_t next_use = kNeverUsed) {
    view.stamps[frame] = ++view.now;
    view.accessed_frames.insert(frame);
    if (is_ideal(policy->kind())) policy->page_referenced(frame, next_use);
  }
  void tick() {
    for (const FrameNumber frame : policy->tick(view)) view.accessed_frames.erase(frame);
  }
  VictimChoice peek() const { return *policy->choose_victim(view); }
  VictimChoice take() {
    const VictimChoice choice = peek();
    policy->victim_taken(choice, view);
    for (const FrameNumber frame : choice.spared) view.accessed_frames.erase(frame);
    view.accessed_frames.erase(choice.frame);
    return choice;
  }

  std::unique_ptr<ReplacementPolicy> policy;
  test_support::FakeView view;
};

}  // namespace vmp::test
