// The front end as its surroundings see it: something that is handed files, is asked for frames, and draws
// them with Dear ImGui into whatever window or canvas there is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "shell/image_file.h"
#include "shell/platform.h"
#include "shell/present/geometry.h"

namespace vmp {

struct AppOptions {
  std::string scenario;             // name of a built-in scenario; empty for the first one
  std::optional<std::size_t> step;  // where to stand at first; the scenario's start if absent
  bool minimal = false;             // few controls, for embedding (`ui=min`)
  bool resume = false;              // a session kept with its swap device goes before `scenario`
  std::string window{};             // opened at the start: "setup", "predict", "policy"; for pictures
  std::string swap_file{};          // the swap device of every machine; empty: memory
  std::string appearance{};         // "theme=light text=125", before what was chosen at an earlier visit
};

class App {
 public:
  App(Platform& platform, AppOptions options);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // (Re)builds the font atlas at size * ratio with FontGlobalScale 1 / ratio. Call before ImGui::NewFrame().
  void set_pixel_ratio(float ratio);
  // Pixels of the window for one pixel of the layout, which is laid out for a window so much smaller: how
  // large this person wants everything.
  float zoom() const;
  // Draws everything, between ImGui::NewFrame() and ImGui::Render(). `width`, `height`: of the layout.
  void frame(float width, float height);
  // Something moves or a long job is under way: draw again without waiting for input.
  bool wants_frame() const;

  // Where a picture is to be taken of what frame() drew, in logical pixels; hand it to picture_taken().
  std::optional<Rect> picture_due(float width, float height);
  void picture_taken(const Picture& picture);

  // A dropped or chosen file: scenario or trace, told apart by name and content.
  void open_file(std::string name, std::string bytes);
  // A control is being dragged: a finger that rests on it is no long press.
  bool holds_control() const;
  // How Platform::save_swap_folder() ended; `why` is a sentence.
  void swap_folder_saved();
  void swap_folder_failed(const std::string& why);
  // The whole work as scenario text.
  std::string scenario_text() const;
  // A short text of the state: scenario, step, resident pages of each process, and the message shown, if
  // one is. For tests and screen readers.
  std::string state_text() const;
  // The text twin (shell/present/twin.h) as JSON, and a number that changes whenever it may have changed.
  std::string twin_json();
  std::uint64_t twin_version() const;
  // What a control of the twin asks for (shell/app_commands.cpp); a sentence if it cannot be done.
  std::optional<std::string> command(std::string_view name, std::string_view argument);
  // What may come next in the console's line (shell/present/completion.h), as JSON; and the line given before
  // or after the one shown.
  std::string completion_json(std::string_view line, std::size_t cursor);
  std::string console_history(bool older, std::string_view line);
  // Time passes where no frame is drawn: playing and long jobs go on. True while there is more to do.
  bool work(float seconds);

  struct Parts;  // shell/app_parts.h

 private:
  std::unique_ptr<Parts> m_parts;
};

}  // namespace vmp
