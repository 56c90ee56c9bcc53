// Expectations held against what happened. Both sides of a failure are worded as the scenario words them, so
// that the line can be mended by copying.
#include <type_traits>

#include "core/sim/explain.h"
#include "core/sim/scenario_names.h"

namespace vmp {
namespace {

constexpr std::string_view kNothing = "nothing";

std::string without_keyword(const Expectation& expectation) {
  constexpr std::string_view kKeyword = "expect ";
  return print_expectation(expectation).substr(kKeyword.size());
}

// What a command did, in the words of an expectation.
std::string describe(const Outcome& outcome) {
  if (const auto* signal = std::get_if<Signalled>(&outcome)) {
    return without_keyword(ExpectSignal{signal->signal, signal->code, signal->reason});
  }
  if (const auto* failed = std::get_if<CallFailed>(&outcome)) {
    return without_keyword(ExpectError{failed->error, failed->reason});
  }
  if (const auto* rejected = std::get_if<Rejected>(&outcome)) {
    return without_keyword(ExpectRejected{rejected->reason});
  }
  const auto& value = std::get<Completed>(outcome).value;
  return value ? without_keyword(ExpectValue{*value}) : "completed without a value";
}

// Each check gives what is actually so; nothing if that is what was expected.
using Actual = std::optional<std::string>;

Actual unless(bool holds, std::string actual) {
  return holds ? Actual{} : Actual{std::move(actual)};
}

class Checker {
 public:
  Checker(const StepRecord* record, const Kernel& kernel) : m_record(record), m_kernel(kernel) {}

  Actual operator()(const ExpectValue& expected) const {
    return about_outcome<Completed>([&](const Completed& actual) { return actual.value == expected.value; });
  }
  Actual operator()(const ExpectSignal& expected) const {
    return about_outcome<Signalled>([&](const Signalled& actual) {
      return actual.signal == expected.signal && actual.code == expected.code.value_or(actual.code) &&
             actual.reason == expected.reason.value_or(actual.reason);
    });
  }
  Actual operator()(const ExpectError& expected) const {
    return about_outcome<CallFailed>([&](const CallFailed& actual) {
      return actual.error == expected.error && actual.reason == expected.reason.value_or(actual.reason);
    });
  }
  Actual operator()(const ExpectRejected& expected) const {
    return about_outcome<Rejected>([&](const Rejected& actual) { return actual.reason == expected.reason; });
  }

  Actual operator()(const ExpectFault& expected) const {
    if (m_record == nullptr) return std::string(kNothing);
    std::string others;
    for (const Event& event : m_record->events) {
      const auto* hardware = std::get_if<HardwareDid>(&event);
      const auto* raised = hardware == nullptr ? nullptr : std::get_if<FaultRaised>(&hardware->event);
      if (raised == nullptr) continue;
      if (raised->fault.kind == expected.kind) return std::nullopt;
      others += (others.empty() ? "fault " : ", fault ") + std::string(name_of(raised->fault.kind));
    }
    return others.empty() ? "no fault" : others;
  }

  Actual operator()(const ExpectPage& expected) const {
    const Process* process = m_kernel.find_process(expected.process);
    if (process == nullptr || !process->running()) return not_running(expected.process);
    ExpectPage actual = expected;
    actual.state = state_of(explain_page(m_kernel, *process, page_of(expected.address)).state);
    return unless(actual == expected, without_keyword(actual));
  }

  Actual operator()(const ExpectSameFrame& expected) const {
    for (const std::string& name : {expected.process, expected.other_process}) {
      const Process* process = m_kernel.find_process(name);
      if (process == nullptr || !process->running()) return not_running(name);
    }
    const std::optional<FrameNumber> one = frame_of_page(expected.process, expected.address);
    const std::optional<FrameNumber> other = frame_of_page(expected.other_process, expected.other_address);
    if (!one || !other) return "a page that is in no frame";
    ExpectSameFrame actual = expected;
    actual.same = *one == *other;
    return unless(actual == expected, without_keyword(actual));
  }

  Actual operator()(const ExpectCounter& expected) const {
    ExpectCounter actual = expected;
    if (expected.process.empty()) {
      actual.value = machine_counter(expected.counter);
    } else {
      const Process* process = m_kernel.find_process(expected.process);
      if (process == nullptr) return not_running(expected.process);
      actual.value = process_counter(*process, expected.counter);
    }
    return unless(actual == expected, without_keyword(actual));
  }

 private:
  template <class Kind, class Holds>
  Actual about_outcome(Holds holds) const {
    if (m_record == nullptr) return std::string(kNothing);
    const Kind* actual = std::get_if<Kind>(&m_record->outcome);
    return unless(actual != nullptr && holds(*actual), describe(m_record->outcome));
  }

  static std::string not_running(const std::string& name) { return "no running process " + name; }

  static ExpectedPage state_of(PageState state) {
    switch (state) {
      case PageState::Unmapped:
        return ExpectedPage::Unmapped;
      case PageState::Untouched:
        return ExpectedPage::Untouched;
      case PageState::Resident:
        return ExpectedPage::Resident;
      case PageState::NoAccess:
        return ExpectedPage::NoAccess;
      case PageState::Swapped:
        return ExpectedPage::Swapped;
    }
    return ExpectedPage::Unmapped;
  }

  // By the entry in RAM, edited by hand or not: what the hardware would use.
  std::optional<FrameNumber> frame_of_page(const std::string& name, VirtualAddress address) const {
    const Process& process = *m_kernel.find_process(name);
    const std::optional<Fault::Entry> entry = m_kernel.leaf_entry(process, page_of(address));
    if (!entry || !entry->pte.has(m_kernel.format().present)) return std::nullopt;
    return frame_of(m_kernel.format(), entry->pte);
  }

  std::uint64_t access_counter(const Counters& counters, CounterName name) const {
    switch (name) {
      case CounterName::Reads:
        return counters.reads;
      case CounterName::Writes:
        return counters.writes;
      case CounterName::Executes:
        return counters.executes;
      case CounterName::Faults:
        return counters.faults();
      case CounterName::MinorFaults:
        return counters.minor_faults;
      case CounterName::MajorFaults:
        return counters.major_faults;
      case CounterName::Evictions:
        return counters.evictions;
      case CounterName::PagesOut:
        return counters.pages_written_out;
      case CounterName::PagesIn:
        return counters.pages_read_in;
      case CounterName::Copies:
        return counters.copies;
      case CounterName::Signals:
        return counters.signals;
      case CounterName::TlbHits:
        return counters.tlb_hits;
      case CounterName::TlbMisses:
        return counters.tlb_misses;
      case CounterName::TableReads:
        return counters.table_reads;
      case CounterName::SwapReads:
        return counters.swap_reads;
      case CounterName::SwapWrites:
        return counters.swap_writes;
      case CounterName::FileReads:
        return counters.file_reads;
      case CounterName::FileWrites:
        return counters.file_writes;
      case CounterName::ReadAhead:
        return counters.pages_read_ahead;
      case CounterName::ReadAheadHits:
        return counters.read_ahead_hits;
      case CounterName::Refaults:
        return counters.refaults;
      case CounterName::Cycles:
        return cost_of(counters, m_kernel.costs()).total();
      case CounterName::AccessTenths:
        return access_time_in_tenths(counters, m_kernel.costs()).value_or(0);
      default:
        return 0;
    }
  }

  std::uint64_t process_counter(const Process& process, CounterName name) const {
    switch (name) {
      case CounterName::ResidentPages:
        return process.resident_pages;
      case CounterName::FrameQuota:
        return process.frame_quota.value_or(0);
      case CounterName::TableNodes:
        return process.node_frames.size() / m_kernel.format().frames_per_node();
      case CounterName::TableBytes:
        return table_sizes(m_kernel, process).in_memory;
      case CounterName::FlatTableBytes:
        return table_sizes(m_kernel, process).flat;
      case CounterName::TreeTableBytes:
        return table_sizes(m_kernel, process).tree;
      default:
        return access_counter(process.counters, name);
    }
  }

  std::uint64_t machine_counter(CounterName name) const {
    switch (name) {
      case CounterName::FreeFrames:
        return m_kernel.frames().free_count();
      case CounterName::UsedSlots:
        return m_kernel.swap().used_count();
      case CounterName::Thrashing:
        return m_kernel.thrashing().active() ? 1 : 0;
      case CounterName::WalkCacheHits:
        return m_kernel.tlbs().walk_cache().hits();
      case CounterName::WalkCacheMisses:
        return m_kernel.tlbs().walk_cache().misses();
      case CounterName::ResidentPages:
      case CounterName::FrameQuota:
      case CounterName::TableNodes:
      case CounterName::TableBytes:
      case CounterName::FlatTableBytes:
      case CounterName::TreeTableBytes: {
        std::uint64_t sum = 0;
        for (const Process& process : m_kernel.processes()) {
          if (process.running()) sum += process_counter(process, name);
        }
        return sum;
      }
      default:
        return access_counter(m_kernel.totals(), name);
    }
  }

  const StepRecord* m_record;
  const Kernel& m_kernel;
};

}  // namespace

std::optional<ExpectationFailure> check_expectation(const ScenarioLine& line, const Expectation& expectation,
                                                    const StepRecord* record, const Kernel& kernel) {
  const Actual actual = std::visit(Checker(record, kernel), expectation);
  if (!actual) return std::nullopt;
  return ExpectationFailure{.line = line.number, .expected = without_keyword(expectation), .actual = *actual};
}

}  // namespace vmp
