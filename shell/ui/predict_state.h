// What is asked before a step, and what was answered. Nothing in it changes the machine.
#pragma once

#include "shell/present/prediction.h"

namespace vmp::ui {

struct PredictState {
  bool on = false;
  std::optional<Prediction> question;  // about the next step
  // About the step just made; shown until one goes on.
  struct Answer {
    Prediction asked;
    std::optional<std::size_t> chosen;  // nothing: it was shown
  };
  std::optional<Answer> answer;
  std::size_t right = 0;  // each step counts once
  std::size_t answered = 0;

  // A question waits for its answer.
  bool asks() const { return on && question && !answer; }
  // Something of it is on screen.
  bool shows() const { return on && (question || answer); }
};

}  // namespace vmp::ui
