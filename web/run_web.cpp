#include "web/run_web.h"

#include <charconv>
#include <emscripten.h>
#include <emscripten/html5.h>
#include <imgui.h>
#include <string_view>
#include <system_error>
#include <utility>

// SDL measures its canvas again when the window is resized, and at no other time.
EM_JS(void, vmp_host_changed, (), { Module.host.changed(); });
EM_JS(void, vmp_host_measure_again, (), { dispatchEvent(new Event('resize')); });

namespace vmp {
namespace {

// SDL finds its canvas by this selector and no other; a page holds one playground (docs/embed.md: one iframe
// each).
constexpr const char* kCanvas = "#canvas";
// Dear ImGui needs a second frame for what an input changes in the layout, and a third for what that changes.
constexpr int kFramesAfterInput = 3;

std::unique_ptr<WebApp>& the_app() {
  static std::unique_ptr<WebApp> app;
  return app;
}

// The page hands its address on as a command line: --scenario NAME, --step N, --resume,
// --appearance SETTING, --minimal.
AppOptions parse_options(int argc, char** argv) {
  AppOptions options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--minimal") {
      options.minimal = true;
      continue;
    }
    if (name == "--resume") {
      options.resume = true;
      continue;
    }
    if (i + 1 == argc) break;
    const std::string_view value = argv[++i];
    if (name == "--scenario") options.scenario = value;
    if (name == "--appearance") options.appearance = value;
    std::size_t step = 0;
    if (name == "--step" &&
        std::from_chars(value.data(), value.data() + value.size(), step).ec == std::errc())
      options.step = step;
  }
  return options;
}

}  // namespace

std::unique_ptr<WebApp> WebApp::start(AppOptions options) {
  WindowOptions window_options;
  window_options.title = "Virtual Memory Playground";
  window_options.keyboard_element = kCanvas;
  Result<std::unique_ptr<SdlWindow>, std::string> window = SdlWindow::open(window_options);
  if (!window) {
    show_start_failure(window.error());
    return nullptr;
  }
  return std::unique_ptr<WebApp>(new WebApp(std::move(window.value()), std::move(options)));
}

WebApp::WebApp(std::unique_ptr<SdlWindow> window, AppOptions options)
    : m_window(std::move(window)), m_app(m_platform, std::move(options)) {
  m_window->on_event([this] { wake(); });
  // SDL's clipboard does not leave the page; text copied inside the canvas goes where the user expects it.
  ImGuiIO& io = ImGui::GetIO();
  io.ClipboardUserData = &m_platform;
  io.SetClipboardTextFn = [](void* platform, const char* text) {
    static_cast<WebPlatform*>(platform)->copy_text(text);
  };
  draw();  // the page shows its canvas when the module is there: something must be on it
  wake();
}

bool WebApp::visible() const {
  EmscriptenVisibilityChangeEvent visibility;
  return m_on_screen && emscripten_get_visibility_status(&visibility) == EMSCRIPTEN_RESULT_SUCCESS &&
         !visibility.hidden;
}

void WebApp::wake() {
  m_frames_to_draw = kFramesAfterInput;
  ask_for_frame();
}

void WebApp::ask_for_frame() {
  if (m_frame_asked_for || !m_has_context || !visible()) return;
  m_frame_asked_for = true;
  emscripten_request_animation_frame(on_animation_frame, this);
}

EM_BOOL WebApp::on_animation_frame(double, void* self) {
  WebApp& app = *static_cast<WebApp*>(self);
  app.m_frame_asked_for = false;
  app.m_window->take_events();
  if (!app.m_has_context || !app.visible()) return EM_FALSE;
  if (app.m_frames_to_draw > 0 || app.m_app.wants_frame()) app.draw();
  if (app.m_frames_to_draw > 0) --app.m_frames_to_draw;
  if (SdlWindow::input_waits()) app.m_frames_to_draw = kFramesAfterInput;
  if (app.m_frames_to_draw > 0 || app.m_app.wants_frame()) app.ask_for_frame();
  return EM_FALSE;  // one frame was asked for, not a loop
}

void WebApp::draw_now() {
  m_window->take_events();
  if (m_has_context && visible()) draw();
}

void WebApp::draw() {
  const auto ratio = static_cast<float>(emscripten_get_device_pixel_ratio());
  if (ratio != m_pixel_ratio) {
    m_pixel_ratio = ratio;
    vmp_host_measure_again();
  }
  m_window->draw(m_app, ratio);
  tell_changes();
}

void WebApp::tell_changes() {
  const std::uint64_t version = m_app.twin_version();
  if (version == m_told) return;
  m_told = version;
  vmp_host_changed();
}

void WebApp::set_on_screen(bool on_screen) {
  m_on_screen = on_screen;
  if (on_screen) wake();
}

void WebApp::lose_context() {
  m_window->drop_renderer();
  m_has_context = false;
}

void WebApp::restore_context() {
  m_window->rebuild_renderer();
  m_has_context = true;
  wake();
}

WebApp* running_app() {
  return the_app().get();
}

}  // namespace vmp

int main(int argc, char** argv) {
  vmp::the_app() = vmp::WebApp::start(vmp::parse_options(argc, argv));
  return 0;  // the runtime stays; the browser calls from here on
}
