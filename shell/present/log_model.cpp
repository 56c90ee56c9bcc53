#include "shell/present/log_model.h"

#include <algorithm>

#include "shell/present/memory_view.h"

namespace vmp {

std::vector<LogLine> event_lines(const StepRecord& record, std::size_t first, std::size_t last,
                                 const Kernel& kernel) {
  std::vector<LogLine> lines;
  for (std::size_t i = first; i < std::min(last, record.events.size()); ++i) {
    const auto message = narrate(record.events[i], kernel);
    if (!message) continue;
    LogLine line{.actor = message->actor,
                 .who = render_actor(*message, english()),
                 .hue = std::nullopt,
                 .text = render(*message, kernel.format(), english())};
    if (message->actor == Actor::Program) {
      if (const Process* process = kernel.find_process(message->process)) line.hue = hue_of(process->id);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<LogLine> step_lines(const StepRecord& record, const Kernel& kernel) {
  return event_lines(record, 0, record.events.size(), kernel);
}

StepTone tone_of(const StepRecord& record) {
  if (std::holds_alternative<Signalled>(record.outcome)) return StepTone::Signal;
  const bool faulted = std::any_of(record.events.begin(), record.events.end(), [](const Event& event) {
    const auto* did = std::get_if<HardwareDid>(&event);
    return did != nullptr && std::holds_alternative<FaultRaised>(did->event);
  });
  return faulted ? StepTone::Fault : StepTone::Quiet;
}

}  // namespace vmp
