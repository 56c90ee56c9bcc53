// Predict, then reveal: a question about the next step, asked of the state as it is, before the step is made.
// What the step will do is found out by making it on a copy of the machine, so the right answer is the
// machine's own. The wrong ones are what a person might take for it: the frame another process's table names,
// the index of another level, a node on the way. Each comes with why it is tempting; the fact says what
// decides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/sim/timeline.h"
#include "shell/present/layout.h"

namespace vmp {

enum class QuestionKind : std::uint8_t {
  Index,     // which entry of a node
  Entry,     // at which physical address it lies
  Frame,     // which frame answers, or none
  Physical,  // which physical address comes out
  Tlb,       // hit or miss, and why
  Fault,     // no fault, one that is mended, one that ends in a signal
  Source,    // where the bytes of a missing page come from: a minor or a major fault
  Signal,    // which, with its code
  Copy,      // what a write does to a shared page
  Victim,    // whose frame is taken
  Value,     // what the program reads
  Taken,     // how many frames a call or a new process takes
  Freed,     // how many it gives back
};

struct PredictionOption {
  std::string label;
  std::string diagnosis;  // why it is tempting and wrong; empty for the right one
};

struct Prediction {
  QuestionKind kind = QuestionKind::Index;
  std::size_t step = 0;                   // its index on the timeline
  std::string situation;                  // "B reads 4 bytes at 0x00403A2C."
  std::string question;                   // "Which frame will answer?"
  std::vector<PredictionOption> options;  // three to five, no two alike
  std::size_t right = 0;
  std::string fact;  // "Entry 3 of B's table holds frame 1B."
};

inline constexpr std::size_t kLeastOptions = 3;
inline constexpr std::size_t kMostOptions = 5;

// About the next step; nothing at the end, or if there is nothing about it worth asking. The same for the
// same state, and of another kind at the next step. Who sees only what a program sees is asked only what a
// program can find out: the values it reads and its signals.
std::optional<Prediction> predict(const Timeline& timeline, Viewpoint viewpoint = Viewpoint::Machine);

// What is told once it is answered; with no answer, what would have been right.
struct Verdict {
  std::string head;  // "Yes.", "No: 0E."
  std::string why;   // why the wrong one was tempting, and what decides
};
Verdict verdict_of(const Prediction& prediction, std::optional<std::size_t> chosen);
// In one piece.
std::string to_string(const Verdict& verdict);

}  // namespace vmp
