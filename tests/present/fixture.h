// A small lesson, parsed from text and stepped to where a test wants it.
#pragma once

#include <doctest/doctest.h>
#include <string_view>

#include "core/sim/scenario.h"
#include "shell/present/lesson.h"

namespace vmp::test {

inline constexpr std::string_view kTwoPrograms = R"(vms 1
title Two programs
machine format=x86-32 frames=32 kernel-frames=3 swap=0 policy=clock tlb=4x4 asids=on placement=lowest seed=1

program editor
  code 3
  data 1
  heap 4 limit 16
  stack limit 8
  line p = 0x00403A2C
  line store 42 at p
  line load p
end

text Before anything.

text A starts.
text
text It is alone.
spawn A editor
spawn B editor
write A 0x00403A2C 42 4 @2
text Both have written.
write B 0x00403A2C 7 4 @2
headline Same address, two frames.
read A 0x00403A2C 4 @3 prints
expect value 42
checkpoint same
write A 0x00400000 1 4
)";

struct Loaded {
  Scenario scenario;
  Lesson lesson;
  Timeline timeline;

  const Kernel& kernel() const { return timeline.machine().kernel(); }
  const Process& process(std::string_view name) const { return *kernel().find_process(name); }
};

inline Loaded load(std::string_view text, std::size_t position) {
  Result<Scenario, ParseError> scenario = parse_scenario(text, [](std::string_view) { return nullptr; });
  REQUIRE(scenario.ok());
  Result<Timeline, ConfigError> timeline = Timeline::start(scenario->config());
  REQUIRE(timeline.ok());
  Loaded loaded{*scenario, lesson_of(*scenario), std::move(timeline.value())};
  for (Step& step : loaded.scenario.steps()) loaded.timeline.append(std::move(step));
  loaded.timeline.seek(position);
  return loaded;
}

}  // namespace vmp::test
