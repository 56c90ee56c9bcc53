// What a view asks for. Views draw a model and change nothing but how they look; everything that concerns the
// machine, the lesson or the world outside is put here and done by the app after the frame.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/sim/command.h"
#include "shell/present/geometry.h"

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
struct OpenConsole {};    // where the scenario language is typed
struct GiveLine {};       // what is typed there
struct ShowText {};       // all of it, in place of the picture
struct RestoreLesson {};  // drops the steps that were added to it
struct ContinueWork {};   // what was saved at the last visit
struct ForgetWork {};
struct CancelImport {};
struct DismissBanner {};
// Another machine for the same steps. Changes of one gesture (a slider dragged on) are undone as one; while
// it goes on, a machine whose steps take long to make again waits for its end.
struct ChangeMachine {
  MachineConfig config;
  std::uint64_t gesture = 0;
  bool ended = true;
};
struct UndoMachine {};
struct RedoMachine {};
// Shows the present future and another one, by its place among the choices.
struct ForkInto {
  std::size_t choice = 0;
};
struct CompareMachines {};  // the one before all changes and the present one
struct ShowBeat {
  std::size_t beat = 0;
  bool spoken = false;
};
struct TakeFuture {
  bool right = true;
};
struct SwitchPrediction {};  // on or off
struct Predict {
  std::size_t option = 0;  // of the question that waits
};
struct Say {
  std::string text;  // to screen readers
};
struct SavePlot {};  // the shown one, as CSV
// What is on screen there, as PNG; nothing: all of it. `name` is that of the file, without the lesson's.
struct SavePicture {
  std::optional<Rect> area;
  std::string name;
};
struct ChooseSwapDevice {
  bool kept = false;  // beyond the end of the program; else in memory
};

using Request = std::variant<Forward, Back, Seek, TogglePlay, RunStep, ChooseScenario, OpenFile, CopyScenario,
                             SaveScenario, OpenConsole, GiveLine, ShowText, RestoreLesson, ContinueWork,
                             ForgetWork, CancelImport, DismissBanner, ChooseSwapDevice, ChangeMachine,
                             UndoMachine, RedoMachine, ForkInto, CompareMachines, ShowBeat, TakeFuture,
                             SwitchPrediction, Predict, Say, SavePlot, SavePicture>;

}  // namespace vmp::ui
