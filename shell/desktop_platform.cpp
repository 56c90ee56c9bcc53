#include "shell/desktop_platform.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <utility>

#include "shell/platform_sdl.h"

namespace vmp {
namespace {

constexpr std::size_t kLongestWork = std::size_t{64} << 20;  // bytes
constexpr std::size_t kLongestSetting = 4096;                // bytes

// SDL 2 has no file dialog. These programs come with the usual desktops and print the chosen path.
constexpr std::array kDialogCommands = {
    "zenity --file-selection --title='Open a scenario or a trace' 2>/dev/null",
    "kdialog --getopenfilename . 2>/dev/null",
};
constexpr int kNotThere = 127;  // a shell's status for a command it does not find

struct CommandOutput {
  int status = kNotThere;
  std::string text;
};

CommandOutput run_command(const char* command) {
  CommandOutput output;
  std::FILE* pipe = popen(command, "r");
  if (!pipe) return output;
  std::array<char, 4096> part{};
  while (std::fgets(part.data(), static_cast<int>(part.size()), pipe)) output.text += part.data();
  const int wait_status = pclose(pipe);
  output.status = wait_status >> 8 & 0xFF;
  while (!output.text.empty() && output.text.back() == '\n') output.text.pop_back();
  return output;
}

}  // namespace

std::optional<std::string> read_file(const std::string& path, std::size_t longest) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return std::nullopt;
  const std::streamoff size = file.tellg();
  if (size < 0 || static_cast<std::uintmax_t>(size) > longest) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(size), '\0');
  file.seekg(0);
  file.read(bytes.data(), size);
  if (!file) return std::nullopt;
  return bytes;
}

bool write_file(const std::string& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  return static_cast<bool>(file);
}

DesktopPlatform::DesktopPlatform(KeepWork keep_work) : m_keep_work(keep_work) {
  if (keep_work == KeepWork::Yes) m_folder = SdlWindow::settings_folder();
  if (m_folder.empty()) return;
  m_work_file = m_folder + "work.vms";
  std::error_code error;
  std::filesystem::create_directories(m_folder + "swap", error);
  if (!error) m_swap_folder = m_folder + "swap/";
}

Platform::SwapFolder DesktopPlatform::swap_folder() {
  if (m_swap_folder.empty()) return {.refusal = "There is no folder for settings, where a file could be."};
  return {.path = m_swap_folder, .place = "a file"};
}

void DesktopPlatform::open_file_dialog() {
  for (const char* command : kDialogCommands) {
    CommandOutput output = run_command(command);
    if (output.status == kNotThere) continue;
    if (output.status == 0) m_chosen_file = std::move(output.text);
    return;
  }
  SdlWindow::show_message(
      "Open a file",
      "Drop a scenario or a trace onto this window, or name it when you start the playground.");
}

std::string DesktopPlatform::take_chosen_file() {
  return std::exchange(m_chosen_file, {});
}

void DesktopPlatform::copy_text(std::string_view text) {
  SdlWindow::copy_text(std::string(text));
}

void DesktopPlatform::save_file(std::string_view name, std::string_view bytes) {
  const std::string path = (std::filesystem::current_path() / name).string();
  const bool written = write_file(path, bytes);
  SdlWindow::show_message("Save a file", (written ? "Written: " : "Could not be written: ") + path);
}

bool DesktopPlatform::keep_setting(std::string_view name, std::string_view value) {
  return !m_folder.empty() && write_file(m_folder + std::string(name) + ".txt", value);
}

std::optional<std::string> DesktopPlatform::setting(std::string_view name) {
  if (m_folder.empty()) return std::nullopt;
  return read_file(m_folder + std::string(name) + ".txt", kLongestSetting);
}

void DesktopPlatform::save_work(std::string_view scenario_text) {
  if (m_work_file.empty()) return;
  // Through a second file, so that a crash leaves either the old work or the new.
  const std::string fresh = m_work_file + ".new";
  std::error_code ignored;
  if (write_file(fresh, scenario_text)) std::filesystem::rename(fresh, m_work_file, ignored);
}

std::optional<std::string> DesktopPlatform::load_work() {
  if (m_work_file.empty()) return std::nullopt;
  return read_file(m_work_file, kLongestWork);
}

void DesktopPlatform::forget_work() {
  std::error_code ignored;
  if (!m_work_file.empty()) std::filesystem::remove(m_work_file, ignored);
}

}  // namespace vmp
