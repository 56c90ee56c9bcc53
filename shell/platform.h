// What the front end asks of the world around it. The page and the desktop window answer the same questions
// differently: a browser keeps work in its storage and reads sentences aloud through a live region, a window
// keeps work in the user's settings folder and has nobody to announce to. The front end never knows which of
// the two it runs in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shell/present/appearance.h"

namespace vmp {

class Platform {
 public:
  virtual ~Platform() = default;

  // Lets the user choose a file; the result arrives through App::open_file, or never, if the user changes
  // their mind.
  virtual void open_file_dialog() = 0;
  virtual void copy_text(std::string_view text) = 0;
  // Hands `bytes` to the user as a file of that name: a download on the page, a file in the working folder
  // otherwise.
  virtual void save_file(std::string_view name, std::string_view bytes) = 0;
  // Says a sentence to screen readers; does nothing where there is no way to.
  virtual void announce(std::string_view sentence) = 0;

  // Shows what the picture says as a text, in its place; false where there is none.
  virtual bool show_text_view() { return false; }

  // Shows a console of its own; false where there is none, and the picture has one.
  virtual bool show_console() { return false; }

  // Keeps the work until the next start. A full or forbidden storage is not an error: then nothing is kept.
  virtual void save_work(std::string_view scenario_text) = 0;
  virtual std::optional<std::string> load_work() = 0;
  virtual void forget_work() = 0;

  // A folder whose files outlive the program, for a swap device that does.
  struct SwapFolder {
    std::string path{};     // ends in a slash; empty: there is none
    std::string place{};    // how people call it: "this browser's storage"
    std::string refusal{};  // a sentence: why there is none
    bool emptied = false;   // files were kept here, and are gone
  };
  virtual SwapFolder swap_folder() = 0;
  // Makes what was written to the folder last. If that takes time, App::swap_folder_saved() or
  // App::swap_folder_failed() tells how it ended; true if it is done already.
  virtual bool save_swap_folder() = 0;

  // A small setting of this person, kept beyond the end of the program. `name`: letters and '-'. A full or
  // forbidden storage is not an error: then nothing is kept, and false returned.
  virtual bool keep_setting(std::string_view name, std::string_view value) = 0;
  virtual std::optional<std::string> setting(std::string_view name) = 0;

  // How this person wants every program to look. Asked each frame: it may change while the program runs.
  virtual SystemLook system_look() const = 0;
};

}  // namespace vmp
