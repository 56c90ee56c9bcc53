// What a view asks for. Views draw a model and change nothing but how they look; everything that concerns the
// machine, the lesson or the world outside is put here and done by the app after the frame.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/sim/command.h"

namespace vmp::ui {

struct Forward {};
struct Back {};
struct Seek {
  std::size_t position = 0;
};
struct TogglePlay {};
struct RunStep {
  Step step;
};
struct ChooseScenario {
  std::string name;
};
struct OpenFile {};
struct CopyScenario {};
struct SaveScenario {};
struct RestoreLesson {};  // drops the steps that were added to it
struct ContinueWork {};   // what was saved at the last visit
struct ForgetWork {};
struct CancelImport {};
struct DismissBanner {};

using Request =
    std::variant<Forward, Back, Seek, TogglePlay, RunStep, ChooseScenario, OpenFile, CopyScenario,
                 SaveScenario, RestoreLesson, ContinueWork, ForgetWork, CancelImport, DismissBanner>;

}  // namespace vmp::ui
