// The page as text: what the picture shows, said in headings, controls, tables and lists, made from the same
// model. The page turns it into real elements of its document, for those who do not see the picture, who
// want to read, to print or to copy. Every part has a name that stays the same from step to step, so that
// what did not change is left alone there: whoever stands on a button or in a table stays there.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shell/present/appearance.h"
#include "shell/present/branch_choices.h"
#include "shell/present/layout.h"
#include "shell/present/model.h"
#include "shell/present/palette.h"
#include "shell/present/setup_model.h"

namespace vmp {

struct TwinOption {
  std::string value;
  std::string text;
};

// Something to operate. `command` and `argument` are what the page hands back (shell/app_commands.cpp); of a
// choice and a range, the value is appended to the argument.
struct TwinControl {
  enum class Kind : std::uint8_t { Button, Choice, Range, Switch, Disclosure };
  Kind kind = Kind::Button;
  std::string id;  // of its own in the whole twin
  std::string label;
  std::string command;
  std::string argument = {};
  bool enabled = true;
  bool on = false;                       // a switch; a disclosure: its section is open
  std::vector<TwinOption> options = {};  // a choice
  std::string value = {};                // the one chosen; of a range, its value in words
  std::uint64_t most = 0;                // a range: from 0
  std::uint64_t at = 0;
  std::string error = {};  // why it cannot be as it was wanted
};

enum class TwinTone : std::uint8_t { Plain, Strong, Dim, Alert };
struct TwinText {
  std::string text;
  TwinTone tone = TwinTone::Plain;
};

struct TwinControls {
  std::string label;  // of the group
  std::vector<TwinControl> controls;
};

struct TwinItem {
  std::string who;  // said first: "CPU", "kernel", "A"
  std::string text;
  std::optional<std::size_t> hue = {};      // of a process
  bool now = false;                         // of this step
  std::optional<TwinControl> control = {};  // in place of the text
  std::vector<TwinItem> items = {};
};
struct TwinList {
  std::string label;
  bool ordered = false;
  bool live = false;  // a log: what is added may be read aloud
  bool mono = false;  // lines of a program
  std::vector<TwinItem> items;
};

struct TwinRow {
  std::vector<std::string> cells;  // the first one names the row
  std::optional<std::size_t> hue = {};
  bool now = false;
  std::optional<TwinControl> control = {};  // in a cell of its own at the end
};
struct TwinTable {
  std::string caption;
  std::vector<std::string> columns;
  std::vector<TwinRow> rows;
  std::vector<TwinControl> pager = {};  // a long table is shown in parts
};

struct TwinBlock {
  std::string id;
  std::variant<TwinText, TwinControls, TwinList, TwinTable> content;
};

struct TwinSection {
  std::string id;
  std::string title;
  std::optional<std::size_t> hue = {};
  std::vector<TwinBlock> blocks = {};
  std::vector<TwinSection> sections = {};
};

struct Twin {
  std::string title;
  ThemeId theme = ThemeId::Dark;
  unsigned text_percent = 100;
  std::vector<TwinSection> sections;
};

// What the twin shows of the interface itself; nothing of it is in the model.
struct TwinState {
  Viewpoint viewpoint = Viewpoint::Machine;
  ThemeId theme = ThemeId::Dark;  // what `appearance` comes to on this system
  Appearance appearance = {};
  bool playing = false;
  bool minimal = false;
  float speed = 1;
  std::vector<TwinOption> lessons = {};
  // The message across the picture, and what can be done about it.
  std::string message = {};
  std::vector<TwinControl> message_controls = {};
  // Prediction: the question before the next step with its answers, and what is told once it is answered.
  bool predicting = false;
  std::string question = {};
  std::vector<std::string> answers = {};
  std::string verdict = {};
  // Forks of the timeline to choose from, and the two futures compared.
  bool branch_open = false;
  std::vector<BranchChoice> branches = {};
  std::optional<BranchModel> futures = {};
  // The set-up: the machine, present or wanted, and what can be chosen beside its settings.
  std::vector<TwinControl> more_settings = {};
  MachineConfig wanted = {};
  std::optional<SettingError> error = {};
  bool undo = false;
  bool redo = false;
  // By "process pages", "frames", ...: where a long table is open. Absent: at its start, or in clusters.
  std::map<std::string, std::uint64_t, std::less<>> first = {};
  bool setup_open = false;
  bool help_open = false;
};

inline constexpr std::uint64_t kTwinRows = 64;  // of a table, at a time

Twin build_twin(const Model& model, const TwinState& state);

}  // namespace vmp
