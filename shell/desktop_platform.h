// What a desktop gives the front end: files in the working folder, a clipboard, and a settings folder that
// keeps the work between two starts.
#pragma once

#include <string>

#include "shell/platform.h"

namespace vmp {

enum class KeepWork : bool { No, Yes };

class DesktopPlatform : public Platform {
 public:
  // With KeepWork::No (pictures) earlier work is neither offered nor replaced, and nothing is animated.
  explicit DesktopPlatform(KeepWork keep_work);

  void open_file_dialog() override;
  void copy_text(std::string_view text) override;
  void save_file(std::string_view name, std::string_view bytes) override;
  void announce(std::string_view) override {}
  void save_work(std::string_view scenario_text) override;
  std::optional<std::string> load_work() override;
  void forget_work() override;
  SwapFolder swap_folder() override;
  bool save_swap_folder() override { return true; }
  bool keep_setting(std::string_view name, std::string_view value) override;
  std::optional<std::string> setting(std::string_view name) override;
  SystemLook system_look() const override { return {.reduced_motion = m_keep_work == KeepWork::No}; }

  // The path the user chose in the dialog since the last call; empty if none.
  std::string take_chosen_file();

 private:
  KeepWork m_keep_work;
  std::string m_folder;       // for settings, ending in a separator; empty if there is none
  std::string m_swap_folder;  // empty if there is no settings folder
  std::string m_work_file;    // empty if there is no settings folder
  std::string m_chosen_file;
};

// The whole file, or nothing if it cannot be read or is longer than `longest` bytes.
std::optional<std::string> read_file(const std::string& path, std::size_t longest);
// True if every byte was written.
bool write_file(const std::string& path, std::string_view bytes);

}  // namespace vmp
