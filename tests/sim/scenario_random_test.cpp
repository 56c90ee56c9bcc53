// Scenarios made at random, printed and read back: whatever can be said in a Scenario can be said in its
// text.
#include <algorithm>
#include <doctest/doctest.h>

#include "core/base/rng.h"
#include "core/sim/scenario.h"
#include "tests/support/seed.h"

namespace vmp {
namespace {

class Maker {
 public:
  explicit Maker(Rng& rng) : m_rng(rng) {
    m_trace = std::make_shared<Trace>(Trace{.name = "t-1.x", .references = {}, .digest = rng.next()});
    for (int i = 0; i < 50; ++i) m_trace->references.emplace_back(AccessKind::Read, VirtualAddress(0x1000));
  }

  Scenario scenario() {
    Scenario made;
    const auto add = [&](ScenarioContent content) { made.lines.push_back({std::move(content), 0}); };
    if (coin()) add(CommentLine{coin() ? "" : " # odd  comment"});
    if (coin()) add(TitleLine{"A title, with @1 and prints"});
    if (coin()) add(MachineLine{config()});
    for (std::uint64_t i = 0; i < 1 + below(3); ++i) {
      m_programs.push_back(program("p" + std::to_string(i)));
      add(ProgramLine{m_programs.back()});
    }
    for (std::uint64_t i = 0; i < 40; ++i) {
      if (below(8) == 0) add(BlankLine{});
      if (below(8) == 0) add(ProseLine{coin() ? "" : "Some prose."});
      if (below(8) == 0) add(HeadlineLine{"expect value 3"});
      if (below(8) == 0) add(CheckpointLine{"c" + std::to_string(i)});
      add(StepLine{step()});
      if (coin()) add(ExpectLine{expectation()});
    }
    return made;
  }

  TraceLookup traces() const {
    return [trace = m_trace](std::string_view name) {
      return name == trace->name ? std::shared_ptr<const Trace>(trace) : nullptr;
    };
  }

 private:
  std::uint64_t below(std::uint64_t bound) { return m_rng.below(bound); }
  bool coin() { return below(2) == 0; }
  // Small and large numbers alike.
  std::uint64_t number() { return m_rng.next() >> below(64); }
  VirtualAddress address() { return VirtualAddress(number()); }
  std::uint32_t size() { return std::uint32_t{1} << below(4); }
  std::string name() { return coin() ? "A" : "Longer-name_2"; }
  Permissions permissions() { return {.read = coin(), .write = coin(), .execute = coin()}; }
  std::uint64_t value_of(std::uint32_t bytes) {
    return bytes == 8 ? number() : number() & ((std::uint64_t{1} << (8 * bytes)) - 1);
  }
  template <class Enum>
  Enum any(Enum last) {
    return static_cast<Enum>(below(static_cast<std::uint64_t>(last) + 1));
  }
  template <class Enum>
  std::optional<Enum> perhaps(Enum last) {
    return coin() ? std::optional(any(last)) : std::nullopt;
  }

  MachineConfig config() {
    MachineConfig made;
    made.format = any(FormatId::Linear);
    made.frames = (made.format == FormatId::Linear ? 3000 : 100) + below(1000);
    made.kernel_frames = below(50);
    made.swap_slots = static_cast<std::uint32_t>(below(kMostSwapSlots));
    made.policy = any(PolicyKind::ClockRef0);
    made.scope = any(ReplacementScope::Local);
    if (coin()) made.tick = 1 + below(1000);
    if (coin()) made.window = number();
    made.tlb = {.sets = 1 + static_cast<std::uint32_t>(below(60)),
                .ways = static_cast<std::uint32_t>(below(60))};
    made.asids = coin();
    made.placement = any(FramePlacement::Scattered);
    made.flushes_lost = coin();
    if (coin()) made.physical_base = PhysicalAddress(below(0x80000) * kPageSize);
    made.tlb.replacement = any(TlbReplacement::Random);
    if (made.tlb.replacement == TlbReplacement::TreePlru) made.tlb.ways = 1U << below(6);
    if (coin()) made.instruction_tlb = TlbConfig{.sets = 2, .ways = 4, .replacement = made.tlb.replacement};
    if (coin()) made.walk_cache = static_cast<std::uint32_t>(below(kMostTlbEntries));
    made.protection = {coin(), coin(), coin(), coin(), coin()};
    made.seed = m_rng.next();
    return made;
  }

  std::shared_ptr<const Program> program(std::string program_name) {
    Program made;
    made.name = std::move(program_name);
    made.code_pages = 1 + below(300);
    made.rodata_pages = below(300);
    made.data_pages = below(300);
    made.bss_pages = below(kMostProgramPages);
    made.heap_limit_pages = below(kMostProgramPages);
    made.heap_pages = below(made.heap_limit_pages + 1);
    made.stack_limit_pages = 1 + below(kMostProgramPages);
    for (std::uint64_t i = 0; i < below(4); ++i) {
      const std::uint32_t bytes = size();
      made.words.push_back({VirtualAddress(0x00400000 + below(512) * 8), value_of(bytes), bytes});
    }
    for (std::uint64_t i = 0; i < below(4); ++i) made.lines.emplace_back(coin() ? "" : "  end");
    return std::make_shared<const Program>(std::move(made));
  }

  Step step() {
    return {.command = command(), .program_line = static_cast<std::uint32_t>(below(4)), .prints = coin()};
  }

  Command command() {
    switch (below(23)) {
      case 21:
        return ReplaceProgram{name(), m_programs[static_cast<std::size_t>(below(m_programs.size()))]};
      case 22:
        return SetLimit{name(), any(Limit::Stack),
                        coin() ? std::optional(below(std::uint64_t{1} << 45)) : std::nullopt};
      case 0:
        return SpawnProcess{name(), m_programs[static_cast<std::size_t>(below(m_programs.size()))]};
      case 1:
        return ForkProcess{name(), name()};
      case 2:
        return ExitProcess{name(), below(256)};
      case 3:
        return SetResidentLimit{name(), coin() ? std::optional(1 + below(kMostFrames)) : std::nullopt};
      case 4:
        return SetSignalHandling{name(), coin()};
      case 5: {
        Access access{any(AccessKind::Execute), address(), size(), 0};
        if (access.kind == AccessKind::Write) access.value = value_of(access.size);
        access.privilege = any(Privilege::Supervisor);
        return AccessMemory{name(), access};
      }
      case 6: {
        Kernel::MapRequest request{coin() ? std::optional(address()) : std::nullopt, number(), permissions(),
                                   false};
        if (request.address) request.fixed = coin();
        request.no_replace = request.fixed && coin();
        request.shared = coin();
        request.grows_down = !request.shared && coin();
        MapMemory map{name(), request};
        if (!request.grows_down && coin()) {
          map.file = name();
          map.request.offset = below(kMostBytesOfFile + 1);
        }
        return map;
      }
      case 7:
        return UnmapMemory{name(), address(), number()};
      case 8:
        return ProtectMemory{name(), address(), number(), permissions()};
      case 9:
        return MoveBreak{name(), address()};
      case 10: {
        const std::uint32_t bytes = size();
        return EditMemory{PhysicalAddress(number()), bytes, value_of(bytes)};
      }
      case 11:
        return SpawnEmpty{name()};
      case 12: {
        const std::uint64_t first = below(51);
        return ReplayTrace{name(), m_trace, first, below(51 - first)};
      }
      case 13: {
        Kernel::RemapRequest request{address(), number(), number(), coin()};
        if (request.may_move && coin()) request.fixed = address();
        request.dont_unmap = request.may_move && coin();
        return RemapMemory{name(), request};
      }
      case 14:
        return AdviseMemory{name(), address(), number(), any(Kernel::Advice::WillNeed)};
      case 15:
        return LockMemory{name(), address(), number(), coin()};
      case 16:
        return SyncMemory{name(), address(), number()};
      case 17:
        return CreateFile{name(), below(kMostBytesOfFile + 1), static_cast<std::uint8_t>(below(256))};
      case 18:
        return TruncateFile{name(), below(kMostBytesOfFile + 1)};
      case 19: {
        const auto first = static_cast<std::uint32_t>(below(kMostSwapSlots));
        return DamageSwap{SwapSlot(first), static_cast<std::uint32_t>(1 + below(kMostSwapSlots - first))};
      }
      default:
        if (coin()) return FlushTlb{};
        return FlushTlb{name(), coin() ? std::optional(address()) : std::nullopt};
    }
  }

  Expectation expectation() {
    switch (below(8)) {
      case 0:
        return ExpectValue{number()};
      case 1:
        return ExpectSignal{any(Signal::Kill), perhaps(SignalCode::Kernel),
                            perhaps(SignalReason::SupervisorFault)};
      case 2:
        return ExpectError{any(Errno::E2big), perhaps(CallReason::ArgumentsTooLong)};
      case 3:
        return ExpectRejected{any(RejectReason::BadProgram)};
      case 4:
        return ExpectFault{any(FaultKind::DirtyClear)};
      case 5:
        return ExpectPage{name(), address(), any(ExpectedPage::NoAccess)};
      case 6:
        return ExpectSameFrame{name(), address(), name(), address(), coin()};
      default: {
        ExpectCounter counter{"", any(CounterName::TableNodes), number()};
        const bool of_machine_only =
            counter.counter >= CounterName::FreeFrames && counter.counter <= CounterName::TlbMisses;
        if (!of_machine_only && coin()) counter.process = name();
        return counter;
      }
    }
  }

  Rng& m_rng;
  std::shared_ptr<Trace> m_trace;
  std::vector<std::shared_ptr<const Program>> m_programs;
};

}  // namespace

TEST_CASE("a scenario made at random is the same after printing and parsing") {
  Rng rng(test_support::seed());
  for (int round = 0; round < 200; ++round) {
    Maker maker(rng);
    const Scenario scenario = maker.scenario();
    const std::string text = print_scenario(scenario);
    const auto parsed = parse_scenario(text, maker.traces());
    REQUIRE_MESSAGE(parsed.ok(), (parsed.ok() ? "" : to_string(parsed.error(), text)));
    CHECK_MESSAGE(*parsed == scenario, text);
    CHECK(print_scenario(*parsed) == text);
  }
}

// Whatever bytes come in, the answer is a scenario or an error with a place in the text; never a crash.
TEST_CASE("a scenario with random damage is read or refused") {
  Rng rng(test_support::seed());
  Maker maker(rng);
  const std::string whole = print_scenario(maker.scenario());
  for (int round = 0; round < 500; ++round) {
    std::string text = whole;
    for (std::uint64_t i = 0; i <= rng.below(3); ++i) {
      const auto at = static_cast<std::size_t>(rng.below(text.size()));
      switch (rng.below(3)) {
        case 0:
          text[at] = static_cast<char>(rng.below(256));
          break;
        case 1:
          text.erase(at, static_cast<std::size_t>(1 + rng.below(10)));
          break;
        default:
          text.insert(at, text.substr(static_cast<std::size_t>(rng.below(text.size())), 10));
          break;
      }
    }
    const auto parsed = parse_scenario(text, maker.traces());
    if (parsed) continue;
    const auto lines = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n') + 1);
    CHECK(parsed.error().line >= 1);
    CHECK(parsed.error().line <= lines);
    CHECK(parsed.error().column >= 1);
    CHECK_FALSE(parsed.error().expected.empty());
    CHECK_FALSE(parsed.error().found.empty());
  }
}

}  // namespace vmp
