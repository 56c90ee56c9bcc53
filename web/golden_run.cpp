#include "web/golden_run.h"

#include <cstdio>
#include <memory>

#include "core/sim/machine.h"
#include "core/sim/scenario.h"
#include "core/sim/trace_reader.h"
#include "shell/assets.h"

namespace vmp {
namespace {

const EmbeddedFile* find(std::span<const EmbeddedFile> files, std::string_view name) {
  for (const EmbeddedFile& file : files)
    if (file.name == name) return &file;
  return nullptr;
}

std::shared_ptr<const Trace> embedded_trace(std::string_view name) {
  const EmbeddedFile* file = find(embedded_traces(), name);
  if (!file) return nullptr;
  Result<Trace, TraceError> trace = read_trace(std::string(name), TraceFormat::Lackey, file->text);
  return trace ? std::make_shared<const Trace>(std::move(*trace)) : nullptr;
}

}  // namespace

std::string golden_run(std::string_view name) {
  const EmbeddedFile* file = find(embedded_scenarios(), name);
  if (!file) return "there is no such scenario";
  const Result<Scenario, ParseError> scenario = parse_scenario(file->text, embedded_trace);
  if (!scenario) return to_string(scenario.error(), name);
  Result<Machine, ConfigError> machine = Machine::build(scenario->config());
  if (!machine) return "there is no machine of that configuration";
  for (const Step& step : scenario->steps()) machine->execute(step.command, nullptr);

  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(machine->hash()));
  return digits;
}

}  // namespace vmp
