// The page's text twin: what it is made of, and when it has to be made again.
#include "core/base/hash.h"
#include "shell/app_parts.h"
#include "shell/present/twin_json.h"
#include "shell/present/twin_text.h"

namespace vmp {
namespace {

TwinControl button_for(std::string_view label, std::string_view command) {
  TwinControl control;
  control.id = "message-" + std::string(command);
  control.label = std::string(label);
  control.command = std::string(command);
  return control;
}

// What can be done about the message across the picture.
std::vector<TwinControl> controls_of(const ui::Banner& banner) {
  switch (banner.kind) {
    case ui::Banner::Kind::Offer:
      return {button_for("Continue", "continue"), button_for("Forget it", "forget"),
              button_for("Close", "dismiss")};
    case ui::Banner::Kind::Progress:
      return {button_for("Cancel", "cancel")};
    case ui::Banner::Kind::Error:
    case ui::Banner::Kind::Note:
      break;
  }
  return {button_for("Close", "dismiss")};
}

TwinControl choice_of_place(const ui::SwapPlace& place) {
  TwinControl control;
  control.kind = TwinControl::Kind::Choice;
  control.id = "swap-place";
  control.label = "Swapped pages lie in";
  control.command = "swap-place";
  control.options = {{"memory", "memory"}};
  if (!place.place.empty()) control.options.push_back({"kept", place.place});
  control.value = place.kept ? "kept" : "memory";
  control.error = place.refusal;
  return control;
}

}  // namespace

Twin App::Parts::make_twin() {
  state.system = platform.system_look();
  refresh_model();
  refresh_prediction();
  refresh_branches();
  TwinState shown = twin;
  shown.viewpoint = state.viewpoint;
  shown.appearance = state.appearance;
  shown.theme = theme_for(state.appearance.theme, state.system);
  shown.playing = state.playing;
  shown.minimal = state.minimal;
  shown.speed = state.speed;
  for (const ui::ScenarioName& lesson : state.scenarios) shown.lessons.push_back({lesson.name, lesson.title});
  if (state.banner) {
    shown.message = state.banner->text;
    shown.message_controls = controls_of(*state.banner);
  }
  const ui::PredictState& predict = state.predict;
  shown.predicting = predict.on;
  if (predict.asks()) {
    shown.question = predict.question->situation + " " + predict.question->question;
    for (const PredictionOption& option : predict.question->options) shown.answers.push_back(option.label);
  }
  if (predict.answer) shown.verdict = to_string(verdict_of(predict.answer->asked, predict.answer->chosen));
  shown.branches = state.branch.choices;
  shown.futures = state.branch.model;
  shown.wanted = state.setup.wanted.value_or(session.scenario().config());
  shown.error = state.setup.error;
  shown.undo = session.can_undo_machine();
  shown.redo = session.can_redo_machine();
  const ui::SwapPlace& place = state.swap_place;
  if (!place.place.empty() || !place.refusal.empty()) shown.more_settings.push_back(choice_of_place(place));
  return build_twin(model, shown);
}

std::uint64_t App::Parts::twin_version() const {
  Hasher hasher;
  hasher.add(session.version());
  hasher.add(session.name());
  hasher.add(static_cast<std::uint64_t>(state.viewpoint));
  hasher.add(static_cast<std::uint64_t>(theme_for(state.appearance.theme, state.system)));
  hasher.add(to_setting(state.appearance));
  hasher.add(static_cast<std::uint64_t>(state.playing));
  hasher.add(static_cast<std::uint64_t>(state.speed * 2));
  if (state.banner) hasher.add(state.banner->text);
  if (state.setup.error) hasher.add(state.setup.error->text);
  hasher.add(static_cast<std::uint64_t>(state.setup.wanted.has_value()));
  hasher.add(prediction_text());
  hasher.add(branch_text());
  hasher.add(static_cast<std::uint64_t>(twin.branch_open));
  hasher.add(ui::words_of(state.swap_place));
  hasher.add(state.swap_place.refusal);
  hasher.add(static_cast<std::uint64_t>(twin.setup_open));
  hasher.add(static_cast<std::uint64_t>(twin.help_open));
  for (const auto& [table, first] : twin.first) {
    hasher.add(table);
    hasher.add(first);
  }
  return hasher.value();
}

// Without a page to show it in, the text goes where it can be read.
void App::Parts::handle(const ui::ShowText&) {
  if (platform.show_text_view()) return;
  platform.copy_text(to_text(make_twin()));
  show_note("All that this picture says is in the clipboard, as text.");
}

std::string App::twin_json() {
  return to_json(m_parts->make_twin());
}

std::uint64_t App::twin_version() const {
  return m_parts->twin_version();
}

}  // namespace vmp
