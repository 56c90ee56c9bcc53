// A scenario: the text a lesson, a share link and a bug report are made of. docs/scenario-format.md is its
// specification. Parsing keeps every line, so that parse, print, parse gives the same scenario.
#pragma once

#include <functional>

#include "core/sim/timeline.h"

namespace vmp {

// --- what the lines mean
// --------------------------------------------------------------------------------------------
struct BlankLine {
  bool operator==(const BlankLine&) const = default;
};
struct CommentLine {
  std::string text;  // without the '#'
  bool operator==(const CommentLine&) const = default;
};
struct TitleLine {
  std::string text;
  bool operator==(const TitleLine&) const = default;
};
// The configuration; at most one, before the first command.
struct MachineLine {
  MachineConfig config;
  bool operator==(const MachineLine&) const = default;
};
// Prose for the lesson panel; it is shown from the next command on. Lines in a row make one paragraph, an
// empty one begins another.
struct ProseLine {
  std::string text;
  bool operator==(const ProseLine&) const = default;
};
// A line of the lesson's own for what the next command shows, in place of the generated headline.
struct HeadlineLine {
  std::string text;
  bool operator==(const HeadlineLine&) const = default;
};
struct CheckpointLine {
  std::string name;
  bool operator==(const CheckpointLine&) const = default;
};
// A program block, from `program NAME` to `end`.
struct ProgramLine {
  std::shared_ptr<const Program> program;
  bool operator==(const ProgramLine&) const;
};
struct StepLine {
  Step step;
  bool operator==(const StepLine&) const = default;
};

// --- what must be true after the preceding command
// -------------------------------------------------------------------
struct ExpectValue {  // the value it read or returned
  std::uint64_t value = 0;
  bool operator==(const ExpectValue&) const = default;
};
struct ExpectSignal {
  Signal signal = Signal::Segv;
  std::optional<SignalCode> code;
  std::optional<SignalReason> reason;
  bool operator==(const ExpectSignal&) const = default;
};
struct ExpectError {
  Errno error = Errno::Einval;
  std::optional<CallReason> reason;
  bool operator==(const ExpectError&) const = default;
};
// The command made no sense at that moment and nothing happened.
struct ExpectRejected {
  RejectReason reason = RejectReason::NoSuchProcess;
  bool operator==(const ExpectRejected&) const = default;
};
// The hardware raised a fault of this kind during the step, whether or not the kernel mended it.
struct ExpectFault {
  FaultKind kind = FaultKind::NotPresent;
  bool operator==(const ExpectFault&) const = default;
};
enum class ExpectedPage : std::uint8_t { Resident, Swapped, Untouched, Unmapped, NoAccess };
struct ExpectPage {
  std::string process;
  VirtualAddress address;
  ExpectedPage state = ExpectedPage::Resident;
  bool operator==(const ExpectPage&) const = default;
};
// Two virtual addresses lie in the same frame, or do not.
struct ExpectSameFrame {
  std::string process;
  VirtualAddress address;
  std::string other_process;
  VirtualAddress other_address;
  bool same = true;
  bool operator==(const ExpectSameFrame&) const = default;
};
// A counter of one process, or of the machine if `process` is empty.
enum class CounterName : std::uint8_t {
  Reads,
  Writes,
  Executes,
  Faults,
  MinorFaults,
  MajorFaults,
  Evictions,
  PagesOut,
  PagesIn,
  Copies,
  Signals,
  ResidentPages,
  FreeFrames,
  UsedSlots,
  TlbHits,
  TlbMisses,
  TableNodes,
  TableReads,
  SwapReads,
  SwapWrites,
  FileReads,
  FileWrites,
  ReadAhead,
  ReadAheadHits,
  Refaults,
  FrameQuota,
  Thrashing,
  Cycles,
  AccessTenths,
  TableBytes,
  FlatTableBytes,
  TreeTableBytes,
  WalkCacheHits,
  WalkCacheMisses,
};
struct ExpectCounter {
  std::string process;
  CounterName counter = CounterName::Faults;
  std::uint64_t value = 0;
  bool operator==(const ExpectCounter&) const = default;
};

using Expectation = std::variant<ExpectValue, ExpectSignal, ExpectError, ExpectRejected, ExpectFault,
                                 ExpectPage, ExpectSameFrame, ExpectCounter>;
struct ExpectLine {
  Expectation expectation;
  bool operator==(const ExpectLine&) const = default;
};

using ScenarioContent = std::variant<BlankLine, CommentLine, TitleLine, MachineLine, ProseLine, HeadlineLine,
                                     CheckpointLine, ProgramLine, StepLine, ExpectLine>;
struct ScenarioLine {
  ScenarioContent content;
  std::uint32_t number = 0;  // where it stood in the text; not part of equality
  bool operator==(const ScenarioLine& other) const { return content == other.content; }
};

struct Scenario {
  std::vector<ScenarioLine> lines;
  bool operator==(const Scenario&) const = default;

  std::string_view title() const;  // empty if there is none
  MachineConfig config() const;    // the usual one if there is no machine line
  std::vector<Step> steps() const;
};

// --- text
// -------------------------------------------------------------------------------------------------------------
struct ParseError {
  std::uint32_t line = 0;    // from 1
  std::uint32_t column = 0;  // from 1, in bytes
  std::string expected;      // what should have stood there
  std::string found;         // what stood there
};
std::string to_string(const ParseError& error, std::string_view file_name);

// Gives the trace of that name, or null: a scenario names traces, it does not contain them.
using TraceLookup = std::function<std::shared_ptr<const Trace>(std::string_view name)>;
// Gives the bytes of the file of that name, or null.
using FileLookup = std::function<FileBytes(std::string_view name)>;

inline constexpr std::size_t kLongestScenario = std::size_t{4} << 20;  // bytes
inline constexpr std::size_t kLongestLine = 2000;                      // bytes

Result<Scenario, ParseError> parse_scenario(std::string_view text, const TraceLookup& traces,
                                            const FileLookup& files = {});
std::string print_scenario(const Scenario& scenario);
// One step as its line of scenario text.
std::string print_step(const Step& step);
// An expectation as its line, `expect` included.
std::string print_expectation(const Expectation& expectation);
// One line of commands, as typed in the console; programs and traces it names must be among those given.
Result<Step, ParseError> parse_step(std::string_view line, const Scenario& programs,
                                    const TraceLookup& traces);

// Which expectations hold after `record`, with a sentence for each that does not.
struct ExpectationFailure {
  std::uint32_t line = 0;
  std::string expected;
  std::string actual;
};
std::optional<ExpectationFailure> check_expectation(const ScenarioLine& line, const Expectation& expectation,
                                                    const StepRecord* record, const Kernel& kernel);

}  // namespace vmp
