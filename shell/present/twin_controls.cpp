// Of the twin: what there is to operate. The commands are those of shell/app_commands.cpp.
#include <array>

#include "shell/present/format.h"
#include "shell/present/help_keys.h"
#include "shell/present/twin_parts.h"

namespace vmp::twin {
namespace {

constexpr std::string_view kControls = "Controls";
constexpr std::string_view kLessonGroup = "Lesson";
constexpr std::string_view kSteps = "Steps";
constexpr std::string_view kView = "View";
constexpr std::string_view kWork = "Your work";
constexpr std::string_view kPosition = "Position";
constexpr std::string_view kPositionWords = "step {0} of {1}";
constexpr std::string_view kSpeed = "Speed";
constexpr std::string_view kPlay = "Play";
constexpr std::string_view kPause = "Pause";
constexpr std::string_view kSetup = "Set up the machine";
constexpr std::string_view kUndo = "Undo the change of the machine";
constexpr std::string_view kRedo = "Redo the change of the machine";
constexpr std::string_view kHelp = "Help";
constexpr std::string_view kConsole = "Console";
constexpr std::string_view kBranch = "Branch";
constexpr std::string_view kColours = "Colours";
constexpr std::string_view kSize = "Size";
constexpr std::string_view kStill = "Nothing moves by itself";
constexpr std::array<std::string_view, kThemeChoices> kThemeWords{"as the system", "dark", "light",
                                                                  "high contrast", "projector"};
constexpr std::string_view kPrediction = "Predict";
constexpr std::string_view kAnswers = "Answers";
constexpr std::string_view kKeys = "Keys, while the picture has the focus";

struct SpeedWord {
  float speed;
  std::string_view value;
  std::string_view text;
};
constexpr std::array<SpeedWord, 4> kSpeeds{
    {{0.5F, "0.5", "half"}, {1, "1", "normal"}, {2, "2", "double"}, {4, "4", "four times"}}};

struct HelpText {
  std::string_view id;
  std::string_view text;
};
constexpr std::array<HelpText, 3> kHelpTexts{
    {{"help-console",
      "The console takes the commands of the scenario language, one a line: read A 0x00403A2C, write A "
      "0x00403A2C 42, mmap A any 8192 rw-, fork A B. Every line that is accepted is a step; Back undoes it."},
     {"help-text",
      "This text says all that the picture shows. What belongs to the present step is marked. Long tables "
      "are "
      "shown in parts, with buttons below them."},
     {"help-flags",
      "Flags: a page is accessed once it was used and dirty once it was written. Copy-on-write: shared until "
      "the next write."}}};

TwinControl enabled_if(bool enabled, TwinControl control) {
  control.enabled = enabled;
  return control;
}

TwinControl switch_of(std::string_view id, std::string_view label, std::string_view command,
                      TwinControl::Kind kind, bool on) {
  TwinControl control = button(std::string(id), label, command);
  control.kind = kind;
  control.on = on;
  return control;
}

TwinControl choice(std::string_view id, std::string_view label, std::string_view command,
                   std::vector<TwinOption> options, std::string value) {
  TwinControl control = button(std::string(id), label, command);
  control.kind = TwinControl::Kind::Choice;
  control.options = std::move(options);
  control.value = std::move(value);
  return control;
}

TwinControls lesson_group(const Model& model, const TwinState& state) {
  std::vector<TwinOption> options = state.lessons;
  bool known = false;
  for (const TwinOption& option : options) known = known || option.value == model.scenario;
  if (!known) options.push_back({model.scenario, model.scenario});
  return {std::string(kLessonGroup),
          {choice("lesson-choice", "Lesson", "lesson", std::move(options), model.scenario)}};
}

TwinControls step_group(const Model& model, const TwinState& state) {
  const bool back = model.position > 0;
  const bool forward = model.position < model.size;
  const std::string last = std::to_string(model.size);
  TwinControl position = button("position", kPosition, "seek");
  position.kind = TwinControl::Kind::Range;
  position.most = model.size;
  position.at = model.position;
  position.value = fill(kPositionWords, {group_digits(model.position), group_digits(model.size)});
  std::vector<TwinOption> speeds;
  std::string speed;
  for (const SpeedWord& word : kSpeeds) {
    speeds.push_back({std::string(word.value), std::string(word.text)});
    if (word.speed <= state.speed) speed = word.value;
  }
  return {std::string(kSteps),
          {enabled_if(back, button("start", "Start", "seek", "0")),
           enabled_if(back, button("back", "Back", "back")),
           enabled_if(forward || state.playing, button("play", state.playing ? kPause : kPlay, "play")),
           enabled_if(forward, button("forward", "Forward", "forward")),
           enabled_if(forward, button("end", "End", "seek", last)),
           enabled_if(back, button("previous", "Previous checkpoint", "previous")),
           enabled_if(forward, button("next-checkpoint", "Next checkpoint", "next")), std::move(position),
           choice("speed", kSpeed, "speed", std::move(speeds), speed)}};
}

std::vector<TwinOption> theme_options() {
  std::vector<TwinOption> options;
  for (std::size_t i = 0; i < kThemeChoices; ++i)
    options.push_back({std::string(name_of(static_cast<ThemeChoice>(i))), std::string(kThemeWords[i])});
  return options;
}

std::vector<TwinOption> size_options() {
  std::vector<TwinOption> options;
  for (unsigned percent = kLeastTextPercent;; percent = next_text_percent(percent, true)) {
    options.push_back({std::to_string(percent), std::to_string(percent) + " %"});
    if (percent >= kMostTextPercent) return options;
  }
}

TwinControls view_group(const TwinState& state) {
  TwinControls group{
      std::string(kView),
      {switch_of("viewpoint", "Only what the programs see", "viewpoint", TwinControl::Kind::Switch,
                 state.viewpoint == Viewpoint::Program),
       choice("theme", kColours, "theme", theme_options(), std::string(name_of(state.appearance.theme))),
       choice("text-size", kSize, "size", size_options(), std::to_string(state.appearance.text_percent)),
       switch_of("still", kStill, "still", TwinControl::Kind::Switch, state.appearance.still)}};
  group.controls.push_back(
      switch_of("predict", "Ask before each step", "predict", TwinControl::Kind::Switch, state.predicting));
  if (state.minimal) return group;
  group.controls.push_back(
      switch_of("branch-open", kBranch, "branch", TwinControl::Kind::Disclosure, state.branch_open));
  group.controls.push_back(button("console-open", kConsole, "open-console"));
  group.controls.push_back(
      switch_of("help-open", kHelp, "help", TwinControl::Kind::Disclosure, state.help_open));
  group.controls.push_back(
      switch_of("setup-open", kSetup, "setup", TwinControl::Kind::Disclosure, state.setup_open));
  return group;
}

TwinControls work_group() {
  return {std::string(kWork),
          {button("open", "Open a file …", "open"), button("copy", "Copy the scenario text", "copy"),
           button("save", "Save it as a file", "save"),
           button("copy-text", "Copy this page as text", "copy-text"),
           button("save-text", "Save this page as text", "save-text")}};
}

TwinControl control_of(const Setting& setting, const TwinState& state) {
  const std::string number = std::to_string(static_cast<unsigned>(setting.id));
  TwinControl control = button("setting-" + number, setting.label, "setting", number);
  if (setting.is_slider()) {
    control.kind = TwinControl::Kind::Range;
    control.most = setting.size() - 1;
    control.at = setting.at;
    control.value = setting.value;
  } else {
    control.kind = TwinControl::Kind::Choice;
    for (std::size_t i = 0; i < setting.choices.size(); ++i) {
      if (!setting.choices[i].empty()) control.options.push_back({std::to_string(i), setting.choices[i]});
    }
    control.value = std::to_string(setting.at);
  }
  if (state.error && state.error->id == setting.id) control.error = state.error->text;
  return control;
}

}  // namespace

TwinSection controls_section(const Model& model, const TwinState& state) {
  TwinSection section{.id = "controls", .title = std::string(kControls)};
  if (!state.minimal) section.blocks.push_back({"group-lesson", lesson_group(model, state)});
  section.blocks.push_back({"group-steps", step_group(model, state)});
  section.blocks.push_back({"group-view", view_group(state)});
  if (!state.minimal) section.blocks.push_back({"group-work", work_group()});
  return section;
}

TwinSection setup_section(const TwinState& state) {
  TwinSection section{.id = "setup", .title = std::string(kSetup)};
  std::string_view heading;
  for (const Setting& setting : settings_of(state.wanted)) {
    if (setting.section != heading) {
      heading = setting.section;
      section.blocks.push_back({"setup-" + std::string(heading), TwinControls{std::string(heading), {}}});
    }
    std::get<TwinControls>(section.blocks.back().content).controls.push_back(control_of(setting, state));
  }
  if (!state.more_settings.empty())
    section.blocks.push_back({"setup-more", TwinControls{std::string(kSetup), state.more_settings}});
  section.blocks.push_back(
      {"setup-undo", TwinControls{std::string(kSetup),
                                  {enabled_if(state.undo, button("undo-machine", kUndo, "undo")),
                                   enabled_if(state.redo, button("redo-machine", kRedo, "redo"))}}});
  return section;
}

TwinSection prediction_section(const TwinState& state) {
  TwinSection section{.id = "prediction", .title = std::string(kPrediction)};
  if (!state.verdict.empty()) section.blocks.push_back(text("verdict", state.verdict, TwinTone::Strong));
  if (state.question.empty()) return section;
  section.blocks.push_back(text("question", state.question, TwinTone::Strong));
  TwinControls answers{std::string(kAnswers), {}};
  for (std::size_t i = 0; i < state.answers.size(); ++i) {
    const std::string number = std::to_string(i);
    answers.controls.push_back(button("answer-" + number, state.answers[i], "answer", number));
  }
  section.blocks.push_back({"answers", std::move(answers)});
  return section;
}

TwinSection help_section() {
  TwinSection section{.id = "help", .title = std::string(kHelp)};
  for (const HelpText& help : kHelpTexts)
    section.blocks.push_back(text(std::string(help.id), std::string(help.text)));
  TwinTable table{.caption = std::string(kKeys), .columns = {"Keys", "What they do"}, .rows = {}};
  for (const HelpKey& key : kHelpKeys)
    table.rows.push_back({.cells = {std::string(key.keys), std::string(key.what)}});
  section.blocks.push_back({"help-keys", std::move(table)});
  return section;
}

}  // namespace vmp::twin
