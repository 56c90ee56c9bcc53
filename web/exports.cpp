// Everything JavaScript may call: the whole interface from the page to the module. web/page/ wraps these
// functions; embedding pages see only what docs/embed.md describes.
#include <cstdint>
#include <emscripten.h>
#include <imgui.h>
#include <new>
#include <string>

#include "web/golden_run.h"
#include "web/run_web.h"

namespace {

// A file on its way in: JavaScript asks for room, writes a piece there, and so on. One at a time.
std::string& incoming_file() {
  static std::string bytes;
  return bytes;
}

// Keeps the last text handed out until the next one.
const char* hand_out(std::string text) {
  static std::string kept;
  kept = std::move(text);
  return kept.c_str();
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void vmp_wake() {
  vmp::running_app()->wake();
}

EMSCRIPTEN_KEEPALIVE void vmp_draw_now() {
  vmp::running_app()->draw_now();
}

EMSCRIPTEN_KEEPALIVE std::uint32_t vmp_frames_drawn() {
  return vmp::running_app()->window().frames_drawn();
}

EMSCRIPTEN_KEEPALIVE void vmp_set_on_screen(int on_screen) {
  vmp::running_app()->set_on_screen(on_screen != 0);
}

EMSCRIPTEN_KEEPALIVE void vmp_lose_context() {
  vmp::running_app()->lose_context();
}
EMSCRIPTEN_KEEPALIVE void vmp_restore_context() {
  vmp::running_app()->restore_context();
}

// --- text of the state: valid until the next call that gives text
// --------------------------------------------------

EMSCRIPTEN_KEEPALIVE const char* vmp_state_text() {
  return hand_out(vmp::running_app()->app().state_text());
}
EMSCRIPTEN_KEEPALIVE const char* vmp_scenario_text() {
  return hand_out(vmp::running_app()->app().scenario_text());
}

// --- the text view
// ---------------------------------------------------------------------------------------------------

// All that the picture shows, as JSON (shell/present/twin_json.cpp).
EMSCRIPTEN_KEEPALIVE const char* vmp_twin() {
  return hand_out(vmp::running_app()->app().twin_json());
}

// What a control of it asks for (shell/app_commands.cpp). An empty text, or a sentence if it cannot be done.
EMSCRIPTEN_KEEPALIVE const char* vmp_command(const char* name, const char* argument) {
  vmp::WebApp& running = *vmp::running_app();
  std::string answer = running.app().command(name, argument).value_or("");
  running.wake();
  running.tell_changes();
  return hand_out(std::move(answer));
}

// The console's line: what may come next at the cursor (in bytes), as JSON; and the line given before
// (`older`) or after the one shown.
EMSCRIPTEN_KEEPALIVE const char* vmp_complete(const char* line, std::uint32_t cursor) {
  return hand_out(vmp::running_app()->app().completion_json(line, cursor));
}
EMSCRIPTEN_KEEPALIVE const char* vmp_history(int older, const char* line) {
  return hand_out(vmp::running_app()->app().console_history(older != 0, line));
}

// Time passes while the picture is not drawn; true while there is more to do.
EMSCRIPTEN_KEEPALIVE int vmp_work(float seconds) {
  vmp::WebApp& running = *vmp::running_app();
  const bool more = running.app().work(seconds);
  running.tell_changes();
  return more ? 1 : 0;
}

// Runs a built-in scenario to its end, apart from the one on screen; its final state hash as 16 hex digits,
// or a sentence that says why there is none.
EMSCRIPTEN_KEEPALIVE const char* vmp_golden_run(const char* name) {
  return hand_out(vmp::golden_run(name));
}

// --- storage
// ---------------------------------------------------------------------------------------------------------

// What the front end wrote for its swap device has arrived in the browser's storage ...
EMSCRIPTEN_KEEPALIVE void vmp_storage_saved() {
  if (vmp::running_app() == nullptr) return;
  vmp::running_app()->app().swap_folder_saved();
  vmp::running_app()->wake();
}
// ... or never will: `why` is a sentence for people.
EMSCRIPTEN_KEEPALIVE void vmp_storage_failed(const char* why) {
  if (vmp::running_app() == nullptr) return;
  vmp::running_app()->app().swap_folder_failed(why);
  vmp::running_app()->wake();
}

// --- files
// -----------------------------------------------------------------------------------------------------------

// Starts a file of about that many bytes; false if there is no memory for it.
EMSCRIPTEN_KEEPALIVE int vmp_begin_file(std::uint32_t expected_size) {
  try {
    incoming_file().clear();
    incoming_file().reserve(expected_size);
    return 1;
  } catch (const std::bad_alloc&) {
    return 0;
  }
}

// Room for `size` more bytes at the file's end, to be filled before the next call; null if there is no memory
// for it.
EMSCRIPTEN_KEEPALIVE char* vmp_extend_file(std::uint32_t size) {
  std::string& bytes = incoming_file();
  try {
    const std::size_t start = bytes.size();
    bytes.resize(start + size);
    return bytes.data() + start;
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

// Hands the file to the front end; false if there is no memory for what it holds.
EMSCRIPTEN_KEEPALIVE int vmp_end_file(const char* name) {
  try {
    vmp::running_app()->app().open_file(name, std::exchange(incoming_file(), {}));
  } catch (const std::bad_alloc&) {
    return 0;
  }
  vmp::running_app()->wake();
  return 1;
}

EMSCRIPTEN_KEEPALIVE void vmp_drop_file() {
  incoming_file() = {};
}

// --- input that SDL does not pass on
// ----------------------------------------------------------------------------------

// Dear ImGui is waiting for text: keys such as Ctrl+A are meant for it.
EMSCRIPTEN_KEEPALIVE int vmp_wants_text() {
  return ImGui::GetIO().WantTextInput ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void vmp_paste(const char* text) {
  ImGui::GetIO().AddInputCharactersUTF8(text);
  vmp::running_app()->wake();
}

EMSCRIPTEN_KEEPALIVE void vmp_release_keys() {
  vmp::running_app()->window().release_keys();
  vmp::running_app()->wake();
}

// Shift, Ctrl, Alt and the system key as bits 0 to 3, as Dear ImGui believes them to be.
EMSCRIPTEN_KEEPALIVE int vmp_modifiers() {
  const ImGuiIO& io = ImGui::GetIO();
  return (io.KeyShift ? 1 : 0) | (io.KeyCtrl ? 2 : 0) | (io.KeyAlt ? 4 : 0) | (io.KeySuper ? 8 : 0);
}

// A finger as a mouse: where it is, in logical pixels of the canvas.
EMSCRIPTEN_KEEPALIVE void vmp_touch_move(float x, float y) {
  ImGui::GetIO().AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
  vmp::running_app()->window().point(x, y);
  vmp::running_app()->wake();
}

// The finger is on a slider.
EMSCRIPTEN_KEEPALIVE int vmp_holds_control() {
  return vmp::running_app()->app().holds_control() ? 1 : 0;
}

// Button 0 for a touch, 1 for a long press.
EMSCRIPTEN_KEEPALIVE void vmp_touch_button(int button, int down) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
  io.AddMouseButtonEvent(button, down != 0);
  vmp::running_app()->wake();
}

}  // extern "C"
