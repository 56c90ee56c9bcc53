// A scenario, told: each command, what it made happen in sentences, and whether the expectations hold.
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/hw/fault_code.h"
#include "core/sim/narrate.h"
#include "core/sim/text_number.h"
#include "shell/vmctl/input.h"
#include "shell/vmctl/options.h"

namespace vmctl {
namespace {

using nlohmann::ordered_json;

std::string outcome_kind(const vmp::Outcome& outcome) {
  if (std::holds_alternative<vmp::Signalled>(outcome)) return "signal";
  if (std::holds_alternative<vmp::CallFailed>(outcome)) return "error";
  if (std::holds_alternative<vmp::Rejected>(outcome)) return "rejected";
  return "completed";
}

ordered_json json_of(const vmp::Outcome& outcome) {
  ordered_json object{{"kind", outcome_kind(outcome)}};
  if (const auto* completed = std::get_if<vmp::Completed>(&outcome)) {
    if (completed->value) object["value"] = *completed->value;
  } else if (const auto* signal = std::get_if<vmp::Signalled>(&outcome)) {
    object["signal"] = vmp::name_of(signal->signal);
    object["code"] = vmp::name_of(signal->code);
    object["reason"] = vmp::name_of(signal->reason);
    object["address"] = vmp::to_hex(signal->address.value(), 8);
    object["caught"] = signal->caught;
  } else if (const auto* failed = std::get_if<vmp::CallFailed>(&outcome)) {
    object["error"] = vmp::name_of(failed->error);
    object["reason"] = vmp::name_of(failed->reason);
  } else if (const auto* rejected = std::get_if<vmp::Rejected>(&outcome)) {
    object["reason"] = vmp::name_of(rejected->reason);
  }
  return object;
}

const vmp::Fault* fault_in(const vmp::Event& event) {
  const auto* hardware = std::get_if<vmp::HardwareDid>(&event);
  const auto* raised = hardware == nullptr ? nullptr : std::get_if<vmp::FaultRaised>(&hardware->event);
  return raised == nullptr ? nullptr : &raised->fault;
}

// The reason, and the few bits a real processor would have given for it.
ordered_json json_of(const vmp::Fault& fault, const vmp::Kernel& kernel) {
  const vmp::FaultCode code = vmp::fault_code(kernel.format(), fault, kernel.config().protection.smep);
  return {{"kind", vmp::name_of(fault.kind)}, {"reported", vmp::to_string(code)}};
}

// What an accountant would ask of one process, or of the machine.
ordered_json cost_json(const vmp::Counters& counters, const vmp::CostModel& costs) {
  const auto tenths = vmp::access_time_in_tenths(counters, costs);
  return {{"accesses", counters.accesses()},
          {"cycles", vmp::cost_of(counters, costs).total()},
          {"tenths_of_cycles_per_access", tenths ? ordered_json(*tenths) : ordered_json()}};
}

std::string cost_line(const std::string& name, const vmp::Counters& counters, const vmp::CostModel& costs) {
  const auto tenths = vmp::access_time_in_tenths(counters, costs);
  std::string line = name + ": " + std::to_string(counters.accesses()) + " accesses, " +
                     std::to_string(vmp::cost_of(counters, costs).total()) + " cycles";
  if (tenths) line += ", " + std::to_string(*tenths / 10) + "." + std::to_string(*tenths % 10) + " an access";
  return line;
}

// Gathers what is told, as text at once or as JSON for the end.
class Teller {
 public:
  Teller(const RunOptions& options, const vmp::Scenario& scenario) : m_options(options) {
    m_report["file"] = options.file;
    m_report["title"] = scenario.title();
    m_report["steps"] = ordered_json::array();
  }

  void say(std::string_view text) const {
    if (!m_options.json && !m_options.quiet) std::cout << text << '\n';
  }

  void step(const vmp::ScenarioLine& line, const vmp::StepRecord& record, const std::string& headline,
            const vmp::Kernel& kernel) {
    const std::string command = vmp::print_step(record.step);
    say("\n" + std::to_string(line.number) + "  " + command);
    say("    " + headline);
    ordered_json log = ordered_json::array();
    ordered_json faults = ordered_json::array();
    for (const vmp::Event& event : record.events) {
      if (const vmp::Fault* fault = fault_in(event)) faults.push_back(json_of(*fault, kernel));
      const std::optional<vmp::Message> message = vmp::narrate(event, kernel);
      if (!message) continue;
      const std::string actor = vmp::render_actor(*message, vmp::english());
      const std::string sentence = vmp::render(*message, kernel.format(), vmp::english());
      say(std::string("    ").append(actor).append(": ").append(sentence));
      log.push_back({{"actor", actor}, {"text", sentence}});
    }
    m_report["steps"].push_back({{"line", line.number},
                                 {"command", command},
                                 {"headline", headline},
                                 {"outcome", json_of(record.outcome)},
                                 {"log", std::move(log)},
                                 {"faults", std::move(faults)},
                                 {"hash", vmp::to_hex(record.hash, 16)}});
  }

  void finish(std::size_t expectations, const std::vector<vmp::ExpectationFailure>& failures,
              const vmp::Machine& machine) {
    const vmp::Kernel& kernel = machine.kernel();
    if (!m_options.json) {
      say("\nSimulated cost on a processor of 3 GHz, " + std::string(vmp::name_of(kernel.config().device)));
      for (const vmp::Process& process : kernel.processes())
        say("    " + cost_line(process.name, process.counters, kernel.costs()));
      say("    " + cost_line("machine", kernel.totals(), kernel.costs()));
      if (expectations != 0) {
        say("\n" + std::to_string(expectations - failures.size()) + " of " + std::to_string(expectations) +
            " expectations hold");
      }
      return;
    }
    ordered_json failed = ordered_json::array();
    for (const vmp::ExpectationFailure& failure : failures) {
      failed.push_back({{"line", failure.line}, {"expected", failure.expected}, {"actual", failure.actual}});
    }
    m_report["expectations"] = {{"passed", expectations - failures.size()}, {"failed", std::move(failed)}};
    ordered_json cost = cost_json(kernel.totals(), kernel.costs());
    cost["device"] = vmp::name_of(kernel.config().device);
    for (const vmp::Process& process : kernel.processes()) {
      ordered_json row{{"process", process.name}};
      row.update(cost_json(process.counters, kernel.costs()));
      cost["processes"].push_back(std::move(row));
    }
    m_report["cost"] = std::move(cost);
    m_report["hash"] = vmp::to_hex(machine.hash(), 16);
    if (!m_options.quiet)
      std::cout << m_report.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  }

 private:
  const RunOptions& m_options;
  ordered_json m_report;
};

// Goes through the lines in order, as a person would.
class Runner {
 public:
  Runner(const RunOptions& options, const vmp::Scenario& scenario, vmp::Machine machine)
      : m_options(options), m_teller(options, scenario), m_machine(std::move(machine)) {}

  int run(const vmp::Scenario& scenario) {
    for (const vmp::ScenarioLine& line : scenario.lines) take(line);
    tell_prose();
    report_rejection();
    m_teller.finish(m_expectations, m_failures, m_machine);
    if (!m_failures.empty()) return kExpectationFailed;
    return m_rejections == 0 ? kSuccess : kError;
  }

 private:
  void take(const vmp::ScenarioLine& line) {
    if (const auto* title = std::get_if<vmp::TitleLine>(&line.content)) {
      m_teller.say(title->text);
    } else if (const auto* prose = std::get_if<vmp::ProseLine>(&line.content)) {
      add_prose(prose->text);
    } else if (const auto* headline = std::get_if<vmp::HeadlineLine>(&line.content)) {
      m_headline = headline->text;
    } else if (const auto* step = std::get_if<vmp::StepLine>(&line.content)) {
      execute(line, step->step);
    } else if (const auto* expect = std::get_if<vmp::ExpectLine>(&line.content)) {
      check(line, expect->expectation);
    }
  }

  void execute(const vmp::ScenarioLine& line, const vmp::Step& step) {
    tell_prose();
    report_rejection();
    vmp::StepRecord record{.step = step, .events = {}, .outcome = vmp::Completed{}, .hash = 0};
    record.outcome = m_machine.execute(step.command, &record.events);
    record.hash = m_machine.hash();
    const vmp::Kernel& kernel = m_machine.kernel();
    if (m_headline.empty())
      m_headline = vmp::render(vmp::headline(record, kernel), kernel.format(), vmp::english());
    m_teller.step(line, record, m_headline, kernel);
    m_headline.clear();
    m_record = std::move(record);
    m_record_line = line.number;
    if (std::holds_alternative<vmp::Rejected>(m_record->outcome)) m_unexpected_rejection = true;
  }

  // Lines in a row are one paragraph; an empty one begins another.
  void add_prose(const std::string& text) {
    if (text.empty()) {
      tell_prose();
    } else {
      m_paragraph += (m_paragraph.empty() ? "" : " ") + text;
    }
  }

  void tell_prose() {
    if (!m_paragraph.empty()) m_teller.say("\n" + m_paragraph);
    m_paragraph.clear();
  }

  void check(const vmp::ScenarioLine& line, const vmp::Expectation& expectation) {
    ++m_expectations;
    if (std::holds_alternative<vmp::ExpectRejected>(expectation)) m_unexpected_rejection = false;
    const auto failure =
        vmp::check_expectation(line, expectation, m_record ? &*m_record : nullptr, m_machine.kernel());
    if (!failure) return;
    std::cout.flush();
    std::cerr << m_options.file << ':' << failure->line << ": expected " << failure->expected
              << ", but it was " << failure->actual << '\n';
    m_failures.push_back(*failure);
  }

  // A command that makes no sense is a mistake in the scenario, unless an expectation right behind it wants
  // it so.
  void report_rejection() {
    if (!m_unexpected_rejection) return;
    m_unexpected_rejection = false;
    ++m_rejections;
    std::cout.flush();
    const vmp::Message message = vmp::narrate_outcome(*m_record, m_machine.kernel());
    std::cerr << m_options.file << ':' << m_record_line << ": "
              << vmp::render(message, m_machine.kernel().format(), vmp::english()) << '\n';
  }

  const RunOptions& m_options;
  Teller m_teller;
  vmp::Machine m_machine;
  std::string m_paragraph;
  std::string m_headline;  // the lesson's own, for the next command
  std::optional<vmp::StepRecord> m_record;
  std::uint32_t m_record_line = 0;
  bool m_unexpected_rejection = false;
  std::size_t m_rejections = 0;
  std::size_t m_expectations = 0;
  std::vector<vmp::ExpectationFailure> m_failures;
};

}  // namespace

int run(const RunOptions& options) {
  const std::optional<vmp::Scenario> scenario = load_scenario(options.file);
  if (!scenario) return kError;
  std::optional<vmp::Machine> machine = build_machine(*scenario, options.file, options.swap_file);
  if (!machine) return kError;
  return Runner(options, *scenario, std::move(*machine)).run(*scenario);
}

}  // namespace vmctl
