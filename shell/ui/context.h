// What every view is given: the model, where to draw, what the pointer does, the state of the interface
// itself, and a place for requests.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shell/present/appearance.h"
#include "shell/present/layout.h"
#include "shell/present/model.h"
#include "shell/present/run_summary.h"
#include "shell/present/setup_model.h"
#include "shell/ui/branch_state.h"
#include "shell/ui/cell_cache.h"
#include "shell/ui/console_state.h"
#include "shell/ui/painter.h"
#include "shell/ui/predict_state.h"
#include "shell/ui/request.h"

namespace vmp::ui {

enum class DetailTab : std::uint8_t { Walk, Log, Tree, Tlb, Bytes, Policy, Plots };

// The small window that opens on a page, to act there.
enum class PopoverField : std::uint8_t { None, Address, Value };
struct PagePopover {
  ProcessId process;
  VirtualAddress address;
  std::uint64_t value = 42;                 // what a write stores
  PopoverField field = PopoverField::None;  // the one that takes digits from the keyboard
};

// A message across the top: an error, an offer, or the progress of a long job.
struct Banner {
  enum class Kind : std::uint8_t { Error, Offer, Progress, Note };
  Kind kind = Kind::Note;
  std::string text;
  float progress = 0;
};

struct ScenarioName {
  std::string name;
  std::string title;
};

// Where the pages on the swap device really lie.
struct SwapPlace {
  bool kept = false;    // where they outlive the program; else in memory
  bool saved = false;   // all of them have arrived there
  std::string place;    // "this browser's storage"; empty: there is no such place
  std::string refusal;  // why there is none, or why it was left
};
// "kept in this browser's storage"
std::string words_of(const SwapPlace& place);

// The window in which the machine is set up.
struct SetupState {
  bool open = false;
  bool undo = false;  // there is a machine before this one
  bool redo = false;
  std::optional<MachineConfig>
      wanted;  // shown in place of the present one: it cannot be, or is still dragged
  std::optional<SettingError> error;
  std::optional<SettingId> dragged;
  std::uint64_t gesture = 0;
  std::size_t row = 0;    // the one the keyboard changes
  bool keyboard = false;  // it was used last: the row is marked
  std::optional<std::uint64_t> typed;
  // The same steps on the machine before all changes, and on the present one.
  std::optional<RunSummary> before;
  std::optional<RunSummary> now;
};

// The guided tour of a first visit.
struct TourState {
  bool on = false;
  std::size_t stop = 0;
};

struct PlotState {
  PlotId shown = PlotId::Resident;
  PlotSum sum = PlotSum::EachStep;
  std::uint64_t frames = 0;  // where the keyboard stands on a plot by frames; 0: in its middle
};

// The byte of RAM that is looked at closely, and edited by the keys.
struct ByteCursor {
  FrameNumber frame;
  std::uint32_t offset = 0;
  std::optional<std::uint8_t> first_digit{};  // of two, typed so far
  bool on_screen = true;                      // in this frame
};

// The interface's own state. Nothing in it changes the machine.
struct UiState {
  Viewpoint viewpoint = Viewpoint::Machine;
  Appearance appearance;
  SystemLook system;  // as of this frame
  NarrowTab narrow_tab = NarrowTab::Spaces;
  DetailTab detail = DetailTab::Tree;  // in a panel of their own
  DetailTab strip = DetailTab::Walk;   // in the walk's strip, where they share it
  DetailTab narrow_detail = DetailTab::Log;
  bool minimal = false;
  bool playing = false;
  float speed = 1;
  bool show_fault = true;  // the walk strip shows the fault, else the walk that followed
  Target hover;            // what the pointer was on in the last frame
  std::optional<ByteCursor> byte_cursor;
  std::optional<std::pair<FrameNumber, std::size_t>> bytes_shown;  // the frame, and at which step
  Target selected;  // chosen by a click: a frame for the bytes view
  std::optional<PagePopover> popover;
  std::string popup;  // to be opened in this frame
  Point popup_at;     // where the open one stands
  std::optional<Banner> banner;
  std::vector<ScenarioName> scenarios;
  SwapPlace swap_place;
  SetupState setup;
  PlotState plot;
  struct {
    bool policy = false;
    bool plots = false;
  } looked_at;  // in the last frame
  ConsoleState console;
  PredictState predict;
  BranchState branch;
  TourState tour;
  bool grabbed = false;                 // what is dragged is a control: nothing scrolls
  std::map<std::string, float> scroll;  // by panel, in pixels
  CellCache cells;
  std::size_t spaces_position = 0;  // for which the columns were scrolled to the active one
  std::size_t log_position = 0;     // where the log was scrolled to last
};

// Wherever the details are.
inline void show_detail(UiState& state, DetailTab tab) {
  state.detail = state.strip = state.narrow_detail = tab;
}

// Light colours where they were dark, and the other way round: a choice of its own from then on.
void turn_colours(UiState& state);

// Where things were drawn in this frame, for the curves between them.
struct Anchors {
  std::map<std::pair<ProcessId, PageNumber>, Rect> pages;
  std::map<FrameNumber, Rect> frames;
  std::map<SwapSlot, Rect> slots;
  std::map<ProcessId, Rect> columns;
  Rect spaces;
  Rect step_button;
  Rect predict_button;  // or the menu that has it
};

struct Context {
  const Model& model;
  const Layout& layout;
  UiState& state;
  Painter& paint;
  const Highlight& highlight;  // what the pointer is on, in every view
  std::vector<Request>& requests;
  Anchors& anchors;
  float motion = 1;     // how far the step's path has been drawn, 0 to 1
  bool pointer = true;  // the pointer is over this window, and no popup lies between
  Target next_hover;

  const Theme& theme() const { return paint.theme(); }
  const Kernel& kernel() const { return model.kernel(); }
  void ask(Request request) { requests.push_back(std::move(request)); }

  bool over(Rect rect) const;
  // Pressed and released inside the rectangle, without dragging away.
  bool clicked(Rect rect) const;
  // Takes note of what lies under the pointer; the same thing glows everywhere in the next frame.
  void point_at(Rect rect, Target target);
};

}  // namespace vmp::ui
