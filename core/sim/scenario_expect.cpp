// Expectations as lines of text, read: `expect signal SIGSEGV SEGV_MAPERR no-segment`.
#include "core/sim/scenario_lines.h"
#include "core/sim/scenario_names.h"

namespace vmp {
namespace {

constexpr std::uint64_t kAnyNumber = ~std::uint64_t{0};

// The next word as what `lookup` makes of it; nothing, and nothing taken, if it makes nothing of it.
template <class Lookup>
auto optional_choice(LineReader& line, Lookup lookup) {
  const auto found = lookup(line.peek());
  if (found) line.word({});
  return found;
}

ExpectSignal read_signal(LineReader& line) {
  ExpectSignal expectation;
  expectation.signal = line.choice("a signal: SIGSEGV, SIGBUS or SIGKILL", signal_named);
  expectation.code = optional_choice(line, signal_code_named);
  expectation.reason = optional_choice(line, signal_reason_named);
  if (!line.at_end()) {
    line.fail_at_next(
        expectation.code ? "a reason such as no-segment, or the end of the line"
                         : "a code such as SEGV_MAPERR, a reason such as no-segment, or the end of the line");
  }
  return expectation;
}

ExpectError read_error(LineReader& line) {
  ExpectError expectation;
  expectation.error = line.choice("an error such as ENOMEM", errno_named);
  if (!line.at_end()) expectation.reason = line.choice("a reason such as heap-limit", call_reason_named);
  return expectation;
}

ExpectPage read_page(LineReader& line) {
  ExpectPage expectation;
  expectation.process = line.name("the name of a process");
  expectation.address = line.address();
  expectation.state = line.choice("resident, swapped, untouched, unmapped or no-access", expected_page_named);
  return expectation;
}

ExpectSameFrame read_frames(LineReader& line, bool same) {
  ExpectSameFrame expectation;
  expectation.process = line.name("the name of a process");
  expectation.address = line.address();
  expectation.other_process = line.name("the name of a process");
  expectation.other_address = line.address();
  expectation.same = same;
  return expectation;
}

// `counter faults 3` is the machine's, `counter A faults 3` is A's.
ExpectCounter read_counter(LineReader& line) {
  constexpr std::string_view kExpected = "a counter such as faults";
  ExpectCounter expectation;
  const std::string_view first = line.word("a counter, or the name of a process and a counter");
  const std::optional<CounterName> counter = counter_named(first);
  if (counter && line.next_is_number()) {
    expectation.counter = *counter;
  } else {
    if (line.ok() && !is_name(first)) line.fail_at_word("a counter, or the name of a process and a counter");
    expectation.process = first;
    expectation.counter = line.choice(kExpected, counter_named);
    if (is_machine_counter(expectation.counter))
      line.fail_at_word("a counter a process has (this one is the machine's)");
  }
  expectation.value = line.number("a number", 0, kAnyNumber);
  return expectation;
}

}  // namespace

Expectation read_expectation(LineReader& line) {
  const auto read = [&]() -> Expectation {
    const std::string_view what = line.word("what is expected");
    if (what == "value") return ExpectValue{line.number("a value", 0, kAnyNumber)};
    if (what == "signal") return read_signal(line);
    if (what == "error") return read_error(line);
    if (what == "rejected")
      return ExpectRejected{line.choice("a reason such as no-such-process", reject_reason_named)};
    if (what == "fault")
      return ExpectFault{line.choice("a kind of fault such as not-present", fault_kind_named)};
    if (what == "page") return read_page(line);
    if (what == "same-frame") return read_frames(line, true);
    if (what == "different-frame") return read_frames(line, false);
    if (what == "counter") return read_counter(line);
    line.fail_at_word("value, signal, error, rejected, fault, page, same-frame, different-frame or counter");
    return ExpectValue{};
  };
  Expectation expectation = read();
  line.end();
  return expectation;
}

bool is_about_command(const Expectation& expectation) {
  return std::holds_alternative<ExpectValue>(expectation) ||
         std::holds_alternative<ExpectSignal>(expectation) ||
         std::holds_alternative<ExpectError>(expectation) ||
         std::holds_alternative<ExpectRejected>(expectation) ||
         std::holds_alternative<ExpectFault>(expectation);
}

}  // namespace vmp
