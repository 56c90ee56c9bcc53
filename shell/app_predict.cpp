// Predict, then reveal: before a step is made its question waits for an answer.
#include <algorithm>

#include "shell/app_parts.h"

namespace vmp {
namespace {

std::string words_of(const Prediction& question) {
  std::string text = question.situation + " " + question.question;
  for (std::size_t i = 0; i < question.options.size(); ++i)
    text += " " + std::to_string(i + 1) + ": " + question.options[i].label + ".";
  return text;
}

}  // namespace

std::string App::Parts::prediction_text() const {
  const ui::PredictState& predict = state.predict;
  if (!predict.on) return {};
  std::string text =
      "; predicting, " + std::to_string(predict.right) + " of " + std::to_string(predict.answered) + " right";
  if (predict.answer)
    text += "; answer: " + to_string(verdict_of(predict.answer->asked, predict.answer->chosen));
  if (predict.asks()) text += "; question: " + words_of(*predict.question);
  return text;
}

void App::Parts::refresh_prediction() {
  if (find_question() && state.predict.asks()) platform.announce(words_of(*state.predict.question));
}

// False if there is nothing to be found out.
bool App::Parts::find_question() {
  ui::PredictState& predict = state.predict;
  const bool same_state = m_predicted_version == session.version();
  if (!predict.on || (same_state && m_predicted_for == state.viewpoint)) return false;
  m_predicted_version = session.version();
  m_predicted_for = state.viewpoint;
  if (!same_state) predict.answer.reset();
  {
    // The step is tried on a copy: what that writes to a device is none of the device's business.
    const auto held = m_swap_keeper ? m_swap_keeper->hold() : SwapKeeper::Hold();
    predict.question = vmp::predict(session.timeline(), state.viewpoint);
  }
  return true;
}

void App::Parts::handle(const ui::SwitchPrediction&) {
  ui::PredictState& predict = state.predict;
  predict.on = !predict.on;
  predict.question.reset();
  predict.answer.reset();
  m_predicted_version.reset();
  if (!predict.on) platform.announce("No more questions.");
}

void App::Parts::handle(const ui::Predict& given) {
  if (state.predict.asks() && given.option < state.predict.question->options.size()) reveal(given.option);
}

// Makes the step the question was about, and tells what was right.
void App::Parts::reveal(std::optional<std::size_t> chosen) {
  ui::PredictState& predict = state.predict;
  Prediction asked = std::move(*predict.question);
  const bool counts = chosen && m_steps_answered.insert(asked.step).second;
  if (counts) {
    ++predict.answered;
    predict.right += *chosen == asked.right ? 1 : 0;
  }
  predict.question.reset();
  make_step();
  find_question();
  predict.answer = ui::PredictState::Answer{std::move(asked), chosen};
  platform.announce(to_string(verdict_of(predict.answer->asked, chosen)));
}

// With a question before it, a step takes two goes: the question, then the answer or to be shown it.
void App::Parts::step_forward() {
  ui::PredictState& predict = state.predict;
  refresh_prediction();
  if (predict.on && predict.answer && predict.question) {
    predict.answer.reset();
    m_step_age = 1000;
    platform.announce(words_of(*predict.question));
  } else if (predict.asks()) {
    reveal(std::nullopt);
  } else {
    make_step();
  }
}

// "predict": the question before the next step; "answer": one answered wrongly; "compare": with the most
// RAM offered. Else a tab or a window by its name.
void App::Parts::open_window(const std::string& name) {
  constexpr std::array kTabs{std::pair{"log", ui::DetailTab::Log}, std::pair{"tree", ui::DetailTab::Tree},
                             std::pair{"tlb", ui::DetailTab::Tlb}, std::pair{"bytes", ui::DetailTab::Bytes},
                             std::pair{"policy", ui::DetailTab::Policy}};
  for (const auto& [word, tab] : kTabs) {
    if (name == word) return open_detail(tab);
  }
  if (name == "compare") {
    const std::vector<BranchChoice> choices = branch_choices(session.timeline(), {});
    const auto most = std::max_element(choices.begin(), choices.end(), [](const auto& a, const auto& b) {
      return a.config.frames < b.config.frames;
    });
    if (most != choices.end()) compare_futures(session.timeline().config(), *most);
    return;
  }
  for (std::size_t i = 0; i < kPlots; ++i) {
    if (name != "plot-" + std::string(short_name(static_cast<PlotId>(i)))) continue;
    state.plot.shown = static_cast<PlotId>(i);
    return open_detail(ui::DetailTab::Plots);
  }
  if (name != "predict" && name != "answer") {
    state.popup = name;
    return;
  }
  state.predict.on = true;
  refresh_prediction();
  if (name == "answer" && state.predict.question)
    reveal((state.predict.question->right + 1) % state.predict.question->options.size());
}

void App::Parts::forget_answers() {
  m_steps_answered.clear();
  m_predicted_version.reset();
  state.predict.right = state.predict.answered = 0;
  state.predict.answer.reset();
}

}  // namespace vmp
