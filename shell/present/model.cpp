#include "shell/present/model.h"

#include <algorithm>

#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/step_text.h"

namespace vmp {
namespace {

void add_marks(const Timeline& timeline, const Lesson& lesson, Model& model) {
  for (std::size_t i = 0; i < timeline.size(); ++i) {
    StepMark mark;
    mark.checkpoint = std::any_of(lesson.checkpoints.begin(), lesson.checkpoints.end(),
                                  [i](const Checkpoint& checkpoint) { return checkpoint.position == i + 1; });
    mark.executed = i < timeline.records();
    if (mark.executed) mark.tone = tone_of(timeline.record(i));
    model.marks.push_back(mark);
  }
}

std::vector<TraceSlice> slices_of(const Timeline& timeline) {
  std::vector<TraceSlice> slices;
  for (std::size_t i = 0; i < timeline.records(); ++i) {
    for (const Event& event : timeline.record(i).events) {
      if (const auto* slice = std::get_if<TraceReplayed>(&event))
        slices.push_back({i, slice->count, slice->faults});
    }
  }
  return slices;
}

void add_memory(const Kernel& kernel, Model& model) {
  if (kernel.memory().frame_count() <= kMostCards) {
    for (std::uint64_t frame = 0; frame < kernel.memory().frame_count(); ++frame) {
      model.frames.push_back(frame_card(kernel, model.watches, kernel.frames().nth(frame)));
    }
  }
  if (kernel.swap().size() <= kMostCards) {
    for (std::uint32_t slot = 0; slot < kernel.swap().size(); ++slot) {
      model.slots.push_back(slot_card(kernel, SwapSlot(slot)));
    }
  }
  model.memory_summary = memory_summary(kernel);
  model.memory_short =
      format_count(kernel.memory().frame_count() - kernel.frames().free_count(), "frame") + " used";
  model.swap_summary = swap_summary(kernel);
  model.swap_title = "Swap (" + std::string(device_name(kernel.config().device)) + ")";
  model.swap_costs = swap_costs(kernel);
  model.time = time_summary(kernel);
  model.thrashing = thrashing_summary(kernel);
  model.thrashing_short = thrashing_short(kernel);
}

// The process the step was about; before any step, the first that runs.
const Process* shown_process(const Kernel& kernel, const StepRecord* record) {
  if (record != nullptr) {
    if (const Process* process = kernel.find_process(process_of(record->step.command))) return process;
  }
  for (const Process& process : kernel.processes()) {
    if (process.running()) return &process;
  }
  return nullptr;
}

// Room is kept for so many columns, so that nothing moves when the second process starts.
constexpr std::size_t kMostExpected = 2;

std::size_t processes_started(const Timeline& timeline) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < timeline.size() && count < kMostExpected; ++i) {
    const Command& command = timeline.step(i).command;
    count += std::holds_alternative<SpawnProcess>(command) || std::holds_alternative<ForkProcess>(command) ||
                     std::holds_alternative<SpawnEmpty>(command)
                 ? 1
                 : 0;
  }
  return count;
}

}  // namespace

std::string headline_of(const Timeline& timeline, const Lesson& lesson, std::size_t index) {
  if (index < lesson.steps.size() && !lesson.steps[index].headline.empty())
    return lesson.steps[index].headline;
  const Kernel& kernel = timeline.machine().kernel();
  return render(headline(timeline.record(index), kernel), kernel.format(), english());
}

Model build_model(const Timeline& timeline, const Lesson& lesson) {
  const Kernel& kernel = timeline.machine().kernel();
  const StepRecord* record = timeline.current();
  Model model;
  model.timeline = &timeline;
  model.lesson = &lesson;
  model.position = timeline.position();
  model.size = timeline.size();
  add_marks(timeline, lesson, model);
  model.prose = std::string(lesson.prose_at(model.position));
  for (std::size_t i = 0; i < timeline.records(); ++i)
    model.headlines.push_back(headline_of(timeline, lesson, i));
  if (record != nullptr) model.headline = model.headlines[model.position - 1];
  if (model.position < model.size) model.next = describe_step(timeline.step(model.position), kernel.format());
  model.watches = collect_watches(timeline);
  model.columns = column_models(timeline, model.watches);
  model.expected_processes = std::max(model.columns.size(), processes_started(timeline));
  add_memory(kernel, model);
  model.walk = walk_model(timeline);
  model.paths = access_paths(timeline);
  if (!model.paths.empty() && model.paths.front().current) model.touched = highlight_of(model.paths.front());
  model.slices = slices_of(timeline);
  if (record != nullptr) model.transfers = transfers_of(*record);
  if (const Process* process = shown_process(kernel, record)) model.tree = tree_model(kernel, *process);
  model.tlbs = tlb_models(kernel);
  model.walk_cache = walk_cache_model(kernel);
  return model;
}

}  // namespace vmp
