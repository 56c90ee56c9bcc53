// One line of commands, as typed in the console: read as a whole, or as far as it has been typed.
#include "core/sim/next_words.h"

#include "core/sim/scenario_lines.h"
#include "core/sim/text_check.h"

namespace vmp {
namespace {

KnownNames names_in(const Scenario& programs, const TraceLookup& traces) {
  const auto find_program = [&programs](std::string_view name) -> std::shared_ptr<const Program> {
    for (const ScenarioLine& each : programs.lines) {
      const auto* program = std::get_if<ProgramLine>(&each.content);
      if (program != nullptr && program->program->name == name) return program->program;
    }
    return nullptr;
  };
  return {.program = find_program, .trace = traces};
}

}  // namespace

Result<Step, ParseError> parse_step(std::string_view line, const Scenario& programs,
                                    const TraceLookup& traces) {
  if (const auto odd = find_odd_byte(line))
    return Failure{ParseError{odd->line, odd->column, "text in UTF-8", odd->found}};
  LineReader reader(line, 1);
  reader.check_length();
  Step step = read_step(reader, names_in(programs, traces));
  if (!reader.ok()) return Failure{*reader.error()};
  return step;
}

NextWords next_words(std::string_view line, const Scenario& programs, const TraceLookup& traces) {
  NextWords next;
  if (const auto odd = find_odd_byte(line)) {
    next.error = ParseError{odd->line, odd->column, "text in UTF-8", odd->found};
    return next;
  }
  LineReader reader(line, 1);
  reader.collect_offers(next.offers);
  reader.check_length();
  read_step(reader, names_in(programs, traces));
  next.complete = reader.ok();
  // An error at the end of the line says only that more has to come.
  if (!reader.ok() && reader.error()->column <= line.size()) next.error = reader.error();
  return next;
}

}  // namespace vmp
