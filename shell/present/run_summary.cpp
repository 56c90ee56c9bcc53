#include "shell/present/run_summary.h"

#include <algorithm>

#include "shell/present/format.h"

namespace vmp {

RunSummary summarize(const Timeline& timeline) {
  const Kernel& kernel = timeline.machine().kernel();
  const Counters& totals = kernel.totals();
  RunSummary run;
  run.steps = timeline.position();
  run.faults = totals.faults();
  run.evictions = totals.evictions;
  run.transfers = totals.pages_written_out + totals.pages_read_in;
  run.cycles = cost_of(totals, kernel.costs()).total();
  run.resident_frames = kernel.memory().frame_count() - kernel.frames().free_count();
  for (std::size_t i = 0; i < timeline.position(); ++i) {
    const StepRecord& record = timeline.record(i);
    const std::string who(process_of(record.step.command));
    const auto* done = std::get_if<Completed>(&record.outcome);
    if (record.step.prints && done != nullptr && done->value)
      run.output.push_back(who + " prints " + format_value(*done->value));
    if (const auto* signalled = std::get_if<Signalled>(&record.outcome))
      run.output.push_back(who + " gets " + std::string(name_of(signalled->signal)));
    if (std::holds_alternative<Rejected>(record.outcome))
      run.output.push_back("step " + std::to_string(i + 1) + " is not possible");
  }
  return run;
}

std::string compare_output(const RunSummary& before, const RunSummary& now) {
  if (before.output == now.output)
    return now.output.empty() ? "The programs see no difference." : "The programs printed the same.";
  const auto parting =
      std::mismatch(before.output.begin(), before.output.end(), now.output.begin(), now.output.end());
  if (parting.second != now.output.end()) return "Not the same for the programs: " + *parting.second + ".";
  return "Not the same for the programs: no longer, " + *parting.first + ".";
}

}  // namespace vmp
